"""A visitor with Chromium: waits until a page is drawn, records every request, takes pictures, runs axe-core."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "artefacts" / "ui"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE, DESK = 390, 1280
HEIGHTS = {PHONE: 844, DESK: 900}
DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FOCUSED = "document.activeElement?.matches('a, button') ? document.activeElement.innerText : ''"
KNOWN_WORDS = (
    "Upload|Open|Choose an option|Decrement|Increment|Selected values|No results|Select all|Zoom In|Zoom Out|Map|"
    "file upload|Press Enter.*|Add: .*|Remove .*|Help for .*|Fullscreen: .*|.*per file.*|Clear all"
)
WIDGET_WORDS = """known => {
  const parts = [...document.querySelectorAll('[data-testid=stMain] *, [role=listbox] *')];
  const said = parts.flatMap((part) => [part.getAttribute('aria-label'), part.getAttribute('placeholder'), part.title,
    part.childElementCount || !part.checkVisibility() ? '' : part.textContent]);
  return said.filter((text) => new RegExp(`^(${known})$`).test((text ?? '').trim()));
}"""
SETTLE_MS = 600
MOST_FOLDS = 6
MOST_TABS = 120
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Visitor:
    """One visitor of the app at `url`; `requests` are the addresses of all that the browser asked for."""

    page: Page
    url: str
    width: int
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> None:
        """Open a page by its address, as a new visit."""
        self.page.goto(f"{self.url}/{path}")
        self.wait()

    def go(self, menu: str) -> None:
        """Follow a link of the menu, in the same visit."""
        self.page.get_by_test_id("stPageLink-NavLink").filter(has_text=menu).first.click()
        self.wait()

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name).first.click()
        self.wait()

    def press_by_keyboard(self, name: str) -> None:
        """Go to a button with the Tab key, and press it with Enter."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if name in str(self.page.evaluate(FOCUSED)):
                self.page.keyboard.press("Enter")
                self.wait()
                return
        raise AssertionError(f"no way to {name!r} with the Tab key")

    def load(self, file: Path) -> None:
        """Give a file to the page's place for one."""
        self.page.locator("input[type=file]").set_input_files(file)
        self.wait()

    def choose(self, name: str, number: int) -> None:
        """Take the option of that number (from 0) in a list."""
        self.page.get_by_role("combobox", name=name).click()
        self.page.get_by_role("option").nth(number).click()
        self.wait()

    def write(self, name: str, text: str) -> None:
        """Put words into a field."""
        self.page.get_by_role("textbox", name=name).fill(text)
        self.page.keyboard.press("Tab")
        self.wait()

    def open_folds(self) -> None:
        """Open all that is folded, at most six parts."""
        folds = self.page.locator("details:not([open]) > summary")
        for _ in range(min(folds.count(), MOST_FOLDS)):
            if folds.count():
                folds.first.click()
                self.wait()

    def wait(self) -> None:
        """Wait until the page is drawn."""
        self.page.wait_for_timeout(200)
        self.page.locator(DRAWN).wait_for()
        self.page.wait_for_timeout(SETTLE_MS)

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page, however long, under artefacts/."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 900")
        self.page.set_viewport_size({"width": self.width, "height": min(max(int(height), HEIGHTS[self.width]), 8000)})
        self.page.wait_for_timeout(SETTLE_MS)
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png")
        self.page.set_viewport_size({"width": self.width, "height": HEIGHTS[self.width]})
        self.page.wait_for_timeout(SETTLE_MS)

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA, in every frame: "rule: element"."""
        found: list[str] = []
        for frame in self.page.frames:
            frame.evaluate(AXE.read_text(encoding="utf-8"))
            result: dict[str, Any] = frame.evaluate("tags => axe.run({runOnly: tags})", WCAG)
            found += [
                f"{violation['id']}: {node['html'][:160]} ({node['failureSummary']})"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
        return found

    def widget_words(self) -> list[str]:
        """The English words of Streamlit's own widgets that are seen or heard on the page."""
        return [str(word) for word in self.page.evaluate(WIDGET_WORDS, KNOWN_WORDS)]

    def is_in_sight(self, css: str) -> bool:
        """Whether the element lies whole within the screen."""
        box, size = self.page.locator(css).first.bounding_box(), self.page.viewport_size
        return box is not None and size is not None and 0 <= box["y"] <= size["height"] - box["height"]

    def is_too_wide(self) -> bool:
        """Whether the page has to be scrolled sideways."""
        return bool(self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth + 1"))


@contextmanager
def visit(browser: Browser, url: str, width: int) -> Iterator[Visitor]:
    """A visitor with a fresh browser profile."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, has_touch=width == PHONE, locale="en-US"
    )
    try:
        page = context.new_page()
        visitor = Visitor(page, url, width)
        context.on("request", lambda request: visitor.requests.append(request.url))
        page.on("websocket", lambda opened: visitor.requests.append(opened.url))
        page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        yield visitor
    finally:
        context.close()
