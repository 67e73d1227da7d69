"""`docs/library.md` runs from top to bottom."""

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "library.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL))


def test_the_librarys_page_runs_and_prints_what_it_says(capsys):
    """What stands there in comments is what comes out."""
    names: dict[str, object] = {"__name__": "page"}
    exec(compile(CODE, "docs/library.md", "exec"), names)  # noqa: S102 - our own page
    printed = capsys.readouterr().out
    assert "\n1\n(None, 2)\n" in printed
    assert "NCT99" in printed
    assert "fits - " in printed
    assert "ask - " in printed
