"""Write the invented studies of `trialfinder/demo/` from `scripts/demo/*.toml`. Same input, same output."""

import json
import random
import tomllib
from pathlib import Path
from typing import Any

from demo_criteria import criteria
from demo_places import places, present

HERE = Path(__file__).parent
TARGET = HERE.parent / "trialfinder" / "demo" / "studies.jsonl"
DATA_DATE = "2026-11-20"
OUTCOMES = {
    "TREATMENT": ("Progression-free survival", "From entry until progression or death, up to 36 months"),
    "SUPPORTIVE_CARE": ("Change of the symptom score", "12 weeks"),
    "DIAGNOSTIC": ("Sensitivity of the test", "6 months"),
}


def main() -> None:
    """Write one study a line, sorted by NCT number."""
    specs = [spec for path in sorted((HERE / "demo").glob("studies_*.toml")) for spec in read(path)["study"]]
    specs.sort(key=lambda spec: spec["number"])
    lines = [json.dumps(study(spec), ensure_ascii=False, separators=(",", ":")) for spec in specs]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} studies")


def read(path: Path) -> dict[str, Any]:
    """A TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def study(spec: dict[str, Any]) -> dict[str, Any]:
    """A study in the API's shape; what a specification does not name is absent."""
    rng = random.Random(spec["number"])  # noqa: S311 the same studies every time
    protocol = {
        "identificationModule": identification(spec),
        "statusModule": status(spec, rng),
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": spec["sponsor"], "class": spec.get("class", "OTHER")}},
        "oversightModule": {
            "oversightHasDmc": rng.random() < 0.5,
            "isFdaRegulatedDrug": False,
            "isFdaRegulatedDevice": False,
        },
        "descriptionModule": present(briefSummary=spec["summary"], detailedDescription=spec.get("detail")),
        "conditionsModule": present(conditions=spec["conditions"], keywords=spec.get("keywords")),
        "designModule": design(spec),
        "armsInterventionsModule": treatments(spec),
        "outcomesModule": outcomes(spec),
        "eligibilityModule": eligibility(spec),
        "contactsLocationsModule": places(spec, rng),
    }
    derived = {"miscInfoModule": {"versionHolder": DATA_DATE}}
    return {"protocolSection": present(**protocol), "derivedSection": derived, "hasResults": False}


def nct(number: int) -> str:
    """The NCT number of an invented study."""
    return f"NCT99{number:06d}"


def identification(spec: dict[str, Any]) -> dict[str, Any]:
    """Numbers and titles."""
    return present(
        nctId=nct(spec["number"]),
        nctIdAliases=[nct(900 + spec["number"])] if spec["number"] == 14 else None,
        orgStudyIdInfo={"id": f"DEMO-{spec['number']:03d}"},
        organization={"fullName": spec["sponsor"], "class": spec.get("class", "OTHER")},
        briefTitle=f"Demo: {spec['title']}",
        officialTitle=f"Demo: {spec['official']}" if spec["number"] % 17 else None,
        acronym=spec.get("acronym"),
    )


def status(spec: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Status and dates. A status that nobody confirms is old."""
    year = 2023 if spec["status"] == "UNKNOWN" else rng.choice((2025, 2026, 2026))
    updated = f"{year}-{rng.randint(1, 11):02d}-{rng.randint(1, 19):02d}"
    end_type = "ACTUAL" if spec.get("ended") else "ESTIMATED"
    start_type = "ESTIMATED" if spec["status"] == "NOT_YET_RECRUITING" else "ACTUAL"
    access = {"hasExpandedAccess": False}
    if spec["number"] == 1:
        access = {"hasExpandedAccess": True, "nctId": nct(50), "statusForNctId": "AVAILABLE"}
    return present(
        statusVerifiedDate=updated[:7],
        overallStatus=spec["status"],
        lastKnownStatus=spec.get("last_known"),
        whyStopped=spec.get("why"),
        expandedAccessInfo=None if spec.get("type") == "EXPANDED_ACCESS" else access,
        startDateStruct=dated(spec.get("start"), start_type if spec["number"] % 9 else None),
        primaryCompletionDateStruct=dated(spec.get("end"), end_type),
        completionDateStruct=dated(spec.get("end"), end_type),
        studyFirstPostDateStruct=dated(first_posted(spec), "ACTUAL"),
        lastUpdatePostDateStruct=dated(updated, "ACTUAL"),
    )


def first_posted(spec: dict[str, Any]) -> str:
    """A day in the year before the study begins, never after the data's date."""
    return min(
        f"{int(spec.get('start', '2025')[:4]) - 1}-{1 + spec['number'] % 12:02d}-{1 + spec['number'] % 27:02d}",
        "2026-10-30",
    )


def dated(date: str | None, kind: str | None) -> dict[str, Any] | None:
    """A date with its type."""
    return present(date=date, type=kind) if date else None


def design(spec: dict[str, Any]) -> dict[str, Any]:
    """Type, phases and build of a study."""
    kind = spec.get("type", "INTERVENTIONAL")
    if kind == "EXPANDED_ACCESS":
        return {"studyType": kind, "expandedAccessTypes": dict.fromkeys(spec["access"], True)}
    count = {"count": spec["enrollment"], "type": "ACTUAL" if spec.get("ended") else "ESTIMATED"}
    if kind == "OBSERVATIONAL":
        info = {
            "observationalModel": "COHORT",
            "timePerspective": "RETROSPECTIVE" if spec.get("ended") else "PROSPECTIVE",
        }
        return present(studyType=kind, patientRegistry=spec.get("registry"), designInfo=info, enrollmentInfo=count)
    allocation, model, masking = spec["design"].split()
    info = {
        "allocation": allocation,
        "interventionModel": model,
        "primaryPurpose": spec.get("purpose", "TREATMENT"),
        "maskingInfo": {"masking": masking},
    }
    return present(studyType=kind, phases=spec["phases"], designInfo=info, enrollmentInfo=count)


def treatments(spec: dict[str, Any]) -> dict[str, Any]:
    """Arms and interventions, each naming the other as the registry does."""
    arms = [
        present(
            label=label,
            type=kind,
            description=said,
            interventionNames=[named(drug) for drug in spec["drugs"] if position in drug[4]],
        )
        for position, (label, kind, said) in enumerate(named_arms(spec))
    ]
    drugs = [
        present(
            type=kind,
            name=name,
            description=said,
            armGroupLabels=[spec["arms"][arm][0] for arm in given],
            otherNames=others,
        )
        for kind, name, said, others, given in spec["drugs"]
    ]
    return present(armGroups=arms, interventions=drugs)


def named_arms(spec: dict[str, Any]) -> list[list[str]]:
    """The arms as label, type and description."""
    return [[*arm, "", ""][:3] for arm in spec["arms"]]


def named(drug: list[Any]) -> str:
    """An intervention the way an arm names it, "Drug: Name"."""
    return f"{drug[0].replace('_', ' ').capitalize()}: {drug[1]}"


def outcomes(spec: dict[str, Any]) -> dict[str, Any] | None:
    """One primary outcome."""
    if spec.get("type") == "EXPANDED_ACCESS":
        return None
    measure, frame = OUTCOMES.get(spec.get("purpose", "TREATMENT"), ("Main measure of the study", "1 year"))
    return {"primaryOutcomes": [{"measure": measure, "timeFrame": frame}]}


def eligibility(spec: dict[str, Any]) -> dict[str, Any]:
    """The criteria's text and the structured fields."""
    minimum, maximum = spec.get("min_age", "18 Years"), spec.get("max_age")
    is_observed = spec.get("type") == "OBSERVATIONAL"
    young, old = minimum.startswith("12 "), not maximum or int(maximum.split()[0]) > 64
    return present(
        eligibilityCriteria=criteria(spec),
        healthyVolunteers=None if spec["number"] % 19 == 0 else False,
        sex=spec.get("sex", "ALL"),
        minimumAge=minimum,
        maximumAge=maximum,
        stdAges=[*(["CHILD"] if young else []), "ADULT", *(["OLDER_ADULT"] if old else [])],
        studyPopulation=spec.get("population"),
        samplingMethod="NON_PROBABILITY_SAMPLE" if is_observed else None,
    )


if __name__ == "__main__":
    main()
