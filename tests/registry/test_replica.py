"""The replica behaves as the registry does: what is refused, coerced, bound and redirected."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.registry.dataset import make_record
from tests.registry.server import Replica
from trialfinder.registry.query import query_params
from trialfinder.tables import FIELDS, INDEX_FIELDS


def ask(replica: Replica, path: str, params: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Status, content type and text, without following redirects."""
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(f"{replica.url}{path}?{urlencode(params or {})}") as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.headers.get("Location") or error.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def page(replica: Replica, **params: str) -> dict[str, Any]:
    named = {name.replace("__", "."): value for name, value in params.items()}
    status, _, text = ask(replica, "/studies", named)
    assert status == 200, text
    body: dict[str, Any] = json.loads(text)
    return body


@pytest.mark.parametrize(("asked", "given"), [("", 10), ("0", 10), ("7", 7), ("5000", 25)])
def test_page_sizes_are_coerced(replica: Replica, asked: str, given: int) -> None:
    assert len(page(replica, **({"pageSize": asked} if asked else {}))["studies"]) == given


def test_the_count_stands_on_the_first_page_only(replica: Replica) -> None:
    first = page(replica, countTotal="true")
    assert first["totalCount"] == 25
    assert "totalCount" not in page(replica, countTotal="true", pageToken=first["nextPageToken"])
    assert "totalCount" not in page(replica)


def test_the_last_page_has_no_token(replica: Replica) -> None:
    assert "nextPageToken" not in page(replica, pageSize="25")


@pytest.mark.parametrize("other", [{"query__cond": "pain"}, {"fields": "NCTId"}])
def test_a_token_belongs_to_its_query(replica: Replica, other: dict[str, str]) -> None:
    token = page(replica)["nextPageToken"]
    assert (
        ask(replica, "/studies", {**{k.replace("__", "."): v for k, v in other.items()}, "pageToken": token})[0] == 400
    )
    assert page(replica, pageToken=token, pageSize="3", countTotal="true")["studies"]


def test_a_token_belongs_to_its_data(replica: Replica) -> None:
    token = page(replica)["nextPageToken"]
    replica.data.advance()
    assert ask(replica, "/studies", {"pageToken": token})[0] == 400


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"filter.studyType": "x"}, "`filter.studyType` is unknown parameter"),
        ({"fields": "NCTId,StudyDesign"}, "Parameter 'fields' contains invalid field name: 'StudyDesign'"),
        ({"fields": ""}, "Parameter 'fields' contains invalid field name: ''"),
        ({"query.term": "(pain"}, "Error parsing query in Other terms: missing ')' at '<EOF>'"),
        ({"filter.advanced": "AREA[NotARealField]x"}, "in advanced filter: Unknown area name: `NotARealField`"),
        ({"filter.ids": "NCT98000001|NCT1x"}, "not a valid NCT number"),
        ({"pageToken": "nonsense"}, "pageToken"),
    ],
)
def test_wrong_questions_are_refused_in_plain_text(replica: Replica, params: dict[str, str], said: str) -> None:
    status, kind, text = ask(replica, "/studies", params)
    assert (status, kind.split(";")[0]) == (400, "text/plain")
    assert said in text


def test_studies_are_selected_by_number_status_and_date(replica: Replica) -> None:
    replica.data.close("NCT98000003")
    replica.data.touch("NCT98000004")
    assert len(page(replica, filter__ids="NCT98000003|nct98000004,NCT98999999")["studies"]) == 2
    assert len(page(replica, filter__overallStatus="COMPLETED|SUSPENDED")["studies"]) == 1
    since = "AREA[LastUpdatePostDate]RANGE[2026-11-20,MAX]"
    assert len(page(replica, filter__advanced=since)["studies"]) == 2
    assert len(page(replica, filter__ids="NCT98000003", query__term="NCT98000004", pageSize="99")["studies"]) == 25


def test_fields_are_pieces_or_paths(replica: Replica) -> None:
    asked = "NCTId|protocolSection.statusModule,LocationCity"
    (study,) = page(replica, fields=asked, pageSize="1")["studies"]
    modules = study["protocolSection"]
    assert set(modules) == {"identificationModule", "statusModule", "contactsLocationsModule"}
    assert modules["identificationModule"] == {"nctId": "NCT98000000"}
    assert modules["contactsLocationsModule"] == {"locations": [{"city": "Cleveland"}]}


def test_an_alias_is_redirected_and_found_by_number(replica: Replica) -> None:
    replica.data.alias("NCT98000005", "NCT98000006")
    status, _, location = ask(replica, "/studies/NCT98000005")
    assert (status, location) == (301, "/api/v2/studies/NCT98000006")
    (study,) = page(replica, filter__ids="NCT98000005")["studies"]
    assert study["protocolSection"]["identificationModule"]["nctId"] == "NCT98000006"


def test_an_unknown_study_is_not_found(replica: Replica) -> None:
    assert ask(replica, "/studies/NCT09999999") == (
        404,
        "text/plain; charset=utf-8",
        "NCT number NCT09999999 not found",
    )


def test_our_own_questions_are_taken(replica: Replica) -> None:
    for fields in (FIELDS, INDEX_FIELDS):
        status, _, text = ask(replica, "/studies", query_params(fields, 1000))
        assert status == 200, text


def test_every_change_is_a_new_version_of_the_data(replica: Replica) -> None:
    stamps = {replica.data.data_timestamp}
    for change in (
        lambda: replica.data.touch("NCT98000001"),
        lambda: replica.data.close("NCT98000001"),
        lambda: replica.data.add(make_record(77)),
        lambda: replica.data.drop("NCT98000002"),
        lambda: replica.data.alias("NCT98000003", "NCT98000004"),
        lambda: replica.data.edit("NCT98000004", "hasResults", value=True),
    ):
        change()
        stamps.add(json.loads(ask(replica, "/version")[2])["dataTimestamp"])
    assert len(stamps) == 7
