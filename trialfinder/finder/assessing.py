"""A person against many raw records, best first: the same rules and the same order as a search of the store."""

from collections.abc import Iterable, Iterator

from trialfinder.matching import Known, assess_study
from trialfinder.matching.assess_all import assess_all
from trialfinder.matching.encode import encode_facts
from trialfinder.matching.order import order
from trialfinder.model import Assessment, EligibilityFacts, Evidence, SourceField, Study
from trialfinder.tables import build_facts, build_source, build_study, build_tables


def assess_one(known: Known, raw: bytes, study: Study, facts: EligibilityFacts) -> Assessment:
    """A person against one study: its facts, and the registry's own age and sex limits, quoted from the raw record."""
    source = build_source(raw)
    return assess_study(
        known,
        facts,
        minimum_age_years=study.minimum_age_years,
        maximum_age_years=study.maximum_age_years,
        sex=study.sex,
        age_evidence=_quoted("structured.age", source.minimum_age, source.maximum_age),
        sex_evidence=_quoted("structured.sex", source.sex),
    )


def _quoted(rule: str, *fields: SourceField | None) -> list[Evidence]:
    """Structured fields quote their value."""
    said = [field for field in fields if field is not None]
    return [Evidence(field.text, field.path, field.text, 0, len(field.text), rule) for field in said]


def assess_records(known: Known, records: Iterable[tuple[bytes, EligibilityFacts]]) -> Iterator[Assessment]:
    """The assessments of raw records with their facts, best first; a study that stands twice is answered once."""
    by_id = {facts.nct_id: (raw, facts) for raw, facts in records}
    tables = build_tables(raw for raw, _ in by_id.values())
    encoded = encode_facts(build_facts(facts for _, facts in by_id.values()), tables.studies)
    answers = assess_all(known, encoded)
    studies = tables.studies
    frame = answers.assign(kind=studies["kind"], last_update_date=studies["last_update_date"])
    for nct_id in order(frame)["nct_id"]:
        raw, facts = by_id[nct_id]
        yield assess_one(known, raw, build_study(raw), facts)
