"""The eligibility texts of the invented studies, each in its house style."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PASSAGES = Path(__file__).parent / "demo" / "passages.toml"
SHORT_STYLES = ("plain", "old", "only_inclusion", "only_exclusion")
USUAL = (
    ("@contraception", "@consent"),
    ("@infection", "@washout", "@surgery", "@other_cancer", "@allergy", "@other_trial", "@psychosocial"),
)

Item = str | list[Any]


def criteria(spec: dict[str, Any]) -> str:
    """The eligibility text in the house style of the study."""
    style, number = spec.get("style", "star"), spec["number"]
    included, excluded = (passages(items, number) for items in completed(spec))
    if style == "plain":
        parts = ["Patients must meet all of these conditions.", *map(flat, included)]
        parts += ["People with any of the following cannot take part.", *map(flat, excluded)] if excluded else []
        return signs("\n\n".join(parts), number)
    heads = {
        "dash": ("INCLUSION CRITERIA", "EXCLUSION CRITERIA"),
        "key": ("Key Inclusion Criteria:", "Key Exclusion Criteria:"),
    }
    first, second = heads.get(style, ("Inclusion Criteria:", "Exclusion Criteria:"))
    blocks = [] if style in ("old", "only_exclusion") else [first]
    blocks += bulleted(included, style)
    if excluded and style != "only_inclusion":
        blocks += [second, *bulleted(excluded, style)]
    return signs("\n\n".join(blocks), number)


def completed(spec: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The lists of a study; a trial of a treatment also says what nearly all of them say."""
    included, excluded = spec["include"], spec["exclude"]
    if spec.get("purpose") or spec.get("type") or spec.get("style") in SHORT_STYLES:
        return included, excluded
    more, less = ([item for item in usual if item not in [*included, *excluded]] for usual in USUAL)
    return [*included, *more], [*excluded, *less]


def passages(items: list[str], number: int) -> list[Item]:
    """The items of a list, "@name" replaced by one wording of that passage."""
    shared = shared_passages()
    return [pick(shared, item[1:], number) if item.startswith("@") else item for item in items]


def pick(shared: dict[str, Any], name: str, number: int) -> Item:
    """One wording of a passage, another for the next study."""
    texts: list[Item] = shared[name]["texts"]
    return texts[(number + sum(map(ord, name))) % len(texts)]


def flat(item: Item) -> str:
    """A passage with its nested list as one sentence."""
    text = item if isinstance(item, str) else f"{item[0]} {', '.join(item[1])}"
    return text + "."


def bulleted(items: list[Item], style: str) -> list[str]:
    """Lists in Markdown, with the headings that stand between them."""
    blocks: list[list[str]] = [[]]
    for item in items:
        if isinstance(item, str) and item.endswith(":"):
            blocks += [[item], []]
            continue
        head, nested = (item, []) if isinstance(item, str) else item
        mark = {"number": f"{len(blocks[-1]) + 1}.", "dash": "-"}.get(style, "*")
        blocks[-1].append("\n".join([f"{mark} {head}", *(f"   * {line}" for line in nested)]))
    return ["\n".join(block) for block in blocks if block]


def signs(text: str, number: int) -> str:
    """Signs as the registry's Markdown has them: ≥ in some records, an escape in others, full-width brackets in one."""
    if number % 3 == 0:
        text = text.replace(">=", "≥").replace("<=", "≤")
    text = re.sub(r"[<>^\[\]]", lambda sign: "\\" + sign[0], text)
    if number == 34:
        text = text.replace(r"\<", "&lt;")
    return text.replace("(", "（").replace(")", "）").replace("; ", "；") if number == 19 else text


@cache
def shared_passages() -> dict[str, Any]:
    """The passages that many studies share."""
    return tomllib.loads(PASSAGES.read_text(encoding="utf-8"))
