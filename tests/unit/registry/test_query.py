"""What is asked: safe parameters only, and one fingerprint for one search."""

import pytest

from trialfinder.errors import UsageError
from trialfinder.registry.query import IDS_PER_REQUEST, checked_nct_id, fingerprint, ids_params, query_params, term


def test_the_search_names_breast_cancer_and_solid_tumours_that_do() -> None:
    assert "AREA[ConditionSearch]" in term()
    assert "AREA[EligibilitySearch]" in term()
    assert term().count("(") == term().count(")")
    assert term().count('"') % 2 == 0


def test_pages_are_counted_and_limited_to_fields() -> None:
    params = query_params(("NCTId", "OverallStatus"), 1000)
    assert (params["fields"], params["pageSize"], params["countTotal"]) == ("NCTId,OverallStatus", "1000", "true")


def test_numbers_are_joined_into_one_request() -> None:
    params = ids_params(["NCT00000001", "NCT00000002"], ("NCTId",))
    assert (params["filter.ids"], params["pageSize"]) == ("NCT00000001|NCT00000002", "2")
    assert "query.term" not in params


def test_an_address_stays_short_enough_for_proxies() -> None:
    assert IDS_PER_REQUEST * len("NCT01234567%7C") < 4000


@pytest.mark.parametrize(
    "text",
    ["", "NCT1234567", "NCT123456789", "nct01234567", "NCT0123456７", "NCT01234567\n", "../NCT01234567", "NCT%2e%2e"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="NCT number"):
        checked_nct_id(text)


def test_a_fingerprint_tells_searches_apart() -> None:
    prints = {fingerprint(url, fields) for url in ("https://a", "https://b") for fields in (("NCTId",), ("Phase",))}
    assert len(prints) == 4
    assert fingerprint("https://a", ("NCTId",)) in prints
