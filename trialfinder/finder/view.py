"""One trial as people look at it: what it asks, how a person stands to it, its sites, whom to call."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from trialfinder.errors import UsageError
from trialfinder.export.listing import Stamp
from trialfinder.finder.plain_words import STUDY_PAGE, distance_words, kind_words, phase_words, status_words
from trialfinder.matching.vocabularies import label_of
from trialfinder.model import Answer, Assessment, Contact, EligibilityFacts, Evidence, Fact, Site, Study
from trialfinder.places import Place
from trialfinder.wording import Language, has_sentence, render
from trialfinder.wording.answers import question_of, sentence_of, variable_name

Said = tuple[str, str]
"""A sentence for people, and the record's own words behind it ("" where there are none)."""


@dataclass(frozen=True)
class TrialView:
    """One trial; `assessment` is None where no profile was given. Sites are sorted by distance, open ones first."""

    study: Study
    facts: EligibilityFacts
    assessment: Assessment | None
    place: Place | None
    stamp: Stamp
    language: Language
    notices: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The trial's page at the registry."""
        return STUDY_PAGE + self.study.nct_id

    def answers(self, kind: str) -> list[Answer]:
        """The answers of a kind (`fits`, `conflicts`, `ask`, `doctor`, `overruled`), as the page groups them."""
        return [answer for answer in (self.assessment.answers if self.assessment else ()) if _group(answer) == kind]

    def said(self, kind: str) -> list[Said]:
        """What the trial asks and the person said, for the answers of a kind, each with the trial's own sentence."""
        return [(self.sentence(answer), quote_of(answer.evidence)) for answer in self.answers(kind)]

    def sentence(self, answer: Answer) -> str:
        """An answer in plain words."""
        return sentence_of(answer, label_of, self.language)

    def questions(self) -> list[Said]:
        """The questions for the trial team: exactly the asks."""
        return [
            (question_of(answer, label_of, self.language), quote_of(answer.evidence)) for answer in self.answers("ask")
        ]

    def asked(self) -> list[Said]:
        """What the trial asks, whoever reads it: one line a fact that is not silent, with its sentence."""
        return [line for fact in self.facts.facts.values() for line in self._asked_of(fact)]

    def _asked_of(self, fact: Fact) -> Iterator[Said]:
        for demand in fact.demands:
            members = ",".join(demand.members or _unnamed(fact))
            name = variable_name(f"{fact.key}:{members}" if members else fact.key, label_of, self.language)
            limits = _limits(demand.minimum, demand.maximum)
            yield f"{name} {limits}".strip(), quote_of(demand.evidence[0] if demand.evidence else None)

    def contacts(self) -> tuple[Contact, ...]:
        """Whom to call for the whole trial: its central contacts, else the sponsor."""
        return self.study.contacts

    def as_json(self) -> dict[str, Any]:
        """The view as JSON-ready values."""
        return {
            "nct_id": self.study.nct_id,
            "url": self.url,
            "data_timestamp": self.stamp.data_timestamp,
            "refreshed_at": self.stamp.refreshed_at,
            "is_demo": self.stamp.is_demo,
            "caution": self.stamp.caution,
            "notices": list(self.notices),
            "study": _plain(asdict(self.study)),
            "facts": self.facts.flat(),
            "is_read": self.facts.is_read,
            "evidence": {key: [asdict(item) for item in fact.evidence] for key, fact in self.facts.facts.items()},
            "assessment": _plain(asdict(self.assessment)) if self.assessment else None,
            "questions": [question for question, _ in self.questions()],
        }

    def sections(self, n_sites: int) -> Iterator[tuple[str, list[str]]]:
        """(heading, lines) pairs of the whole page as text, with at most `n_sites` sites."""
        language, study = self.language, self.study
        yield "", [study.brief_title, self.url, *self._about()]
        yield "", [self.stamp.origin]
        if self.assessment:
            for kind in ("conflicts", "fits", "ask", "doctor", "overruled"):
                pairs = self.questions() if kind == "ask" else self.said(kind)
                if pairs:
                    yield render(f"headings.{kind}", language), _indented(pairs)
        elif self.asked():
            yield render("lists.asked", language), _indented(self.asked())
        yield render("headings.contacts", language), [contact_line(contact, language) for contact in self.contacts()]
        yield render("headings.sites", language), self._site_lines(n_sites)
        yield "", [render("cautions.distance", language), self.stamp.caution]

    def _about(self) -> list[str]:
        study, language = self.study, self.language
        parts = [
            status_words(study.overall_status, language),
            phase_words(study.phases, language),
            kind_words(study.kind, language),
        ]
        lines = [" · ".join(part for part in parts if part), "; ".join(item.name for item in study.interventions)]
        if study.left_date:
            lines.append(render("data.left", language, date=study.left_date.isoformat()))
        if not self.facts.is_read:
            lines.append(render("lists.not_read", language))
        return [line for line in lines if line]

    def _site_lines(self, n_sites: int) -> list[str]:
        shown = [site_line(site, self.language) for site in self.study.sites[:n_sites]]
        more = len(self.study.sites) - len(shown)
        return [*shown, render("lists.more_sites", self.language, n=more)] if more > 0 else shown


def _unnamed(fact: Fact) -> tuple[str, ...]:
    """What stands for the members of a demand that has none: yes or no, or no group at all."""
    if isinstance(fact.value, bool):
        return (str(fact.value).lower(),)
    return ("none",) if has_sentence(f"values.{fact.key}.none") else ()


def checked_nct_id(text: str) -> str:
    """The NCT number in its right form. Raises UsageError for what is none."""
    number = text.strip().upper()
    if not (
        number.startswith("NCT") and len(number) == len("NCT00000000") and number[3:].isascii() and number[3:].isdigit()
    ):
        raise UsageError(f"{text!r} is no NCT number. It is NCT and eight digits, for example NCT01234567.", value=text)
    return number


def quote_of(evidence: Evidence | None) -> str:
    """The record's words, without the registry's Markdown escapes; "" where there are none."""
    return "" if evidence is None else unescaped(evidence.quote)


def unescaped(text: str) -> str:
    """Registry text as people should see it: Markdown escapes undone once, on one line."""
    out, is_escaped = [], False
    for sign in text:
        if sign == "\\" and not is_escaped:
            is_escaped = True
            continue
        out.append(("\\" if is_escaped and sign.isalnum() else "") + sign)
        is_escaped = False
    return " ".join("".join(out).split())


def site_line(site: Site, language: Language) -> str:
    """One site in one line: place, status, distance, contacts."""
    place = ", ".join(part for part in (site.facility, site.city, site.state, site.country) if part)
    parts = [place, status_words(site.status, language), distance_words(site.distance_km, language)]
    contact = contact_line(site.contacts[0], language) if site.contacts else ""
    return " · ".join(part for part in [*parts, contact] if part)


def contact_line(contact: Contact, language: Language) -> str:
    """One contact in one line, labelled whose it is."""
    reach = ", ".join(part for part in (contact.name, contact.phone, contact.email) if part)
    return f"{render(f'values.contact_level.{contact.level}', language)}: {reach}"


def _group(answer: Answer) -> str:
    if answer.is_overruled:
        return "overruled"
    return "doctor" if answer.is_doctors else answer.answer


def _indented(pairs: list[Said]) -> list[str]:
    return [line for sentence, quote in pairs for line in (f"- {sentence}", f'    "{quote}"' if quote else "") if line]


def _limits(minimum: float | None, maximum: float | None) -> str:
    if minimum is None and maximum is None:
        return ""
    if minimum is not None and maximum is not None:
        return f"{minimum:g}-{maximum:g}"
    return f"≥ {minimum:g}" if minimum is not None else f"≤ {maximum:g}"


def _plain(value: Any) -> Any:
    plainer: dict[type, Callable[[Any], Any]] = {
        dict: lambda item: {key: _plain(inner) for key, inner in item.items()},
        tuple: lambda item: [_plain(inner) for inner in item],
        list: lambda item: [_plain(inner) for inner in item],
        date: lambda item: item.isoformat(),
    }
    return plainer[type(value)](value) if type(value) in plainer else value
