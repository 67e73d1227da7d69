"""The command line: what goes to stdout and stderr, and the exit codes."""

import json
import socket

import pytest

from tests.calling import caller


@pytest.fixture
def call(monkeypatch, capfdbinary, tmp_path):
    """Run `trialfinder ARGS`; gives (exit code, stdout, stderr)."""
    call = caller(monkeypatch, capfdbinary, tmp_path / "none" / "trialfinder.sqlite")

    def called(*arguments: str) -> tuple[int, str, str]:
        code, out, err = call(*arguments)
        return code, out.decode(), err

    return called


def test_info_without_a_store_ends_well(call):
    """It says that there is nothing."""
    code, out, _ = call("info", "--format", "json")
    assert code == 0
    assert json.loads(out)["studies"] == 0
    assert json.loads(out)["store"] is None


def test_info_of_the_demo_says_that_it_is_one(call):
    """The invented studies are counted and named as invented."""
    _, out, _ = call("info", "--demo", "--format", "json")
    facts = json.loads(out)
    assert facts["is_demo"] is True
    assert 40 <= facts["studies"] <= 60


@pytest.mark.parametrize("command", [("find",), ("show", "NCT99000001"), ("changes",), ("facts",)])
def test_without_a_store_a_command_says_what_to_do(call, command):
    """Exit code 3, and the two ways out."""
    code, out, err = call(*command)
    assert code == 3
    assert not out
    assert "trialfinder refresh" in err
    assert "--demo" in err


def test_find_as_json_has_the_documented_shape(call):
    """The keys other programs rely on."""
    code, out, _ = call("find", "--demo", "--near", "Cleveland, OH", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert set(document) == {"data_timestamp", "refreshed_at", "is_demo", "search", "caution", "notices", "studies"}
    assert document["is_demo"] is True
    assert all(row["nct_id"].startswith("NCT99") for row in document["studies"])


def test_find_as_a_table_folds_conflicts_under_a_count(call, tmp_path):
    """The table shows what may fit, and says how many conflict."""
    profile = tmp_path / "me.toml"
    profile.write_text('subtype = "TNBC"\n')
    code, out, err = call("find", "--demo", "--profile", str(profile), "--limit", "3")
    assert code == 0
    assert out.count("NCT99") == 3
    assert "speaks against" in out
    assert "hidden" in err


def test_what_is_shown_of_invented_trials_says_so(call):
    """On the screen, too, where no file carries a stamp."""
    for arguments in (("find",), ("show", "NCT99000001"), ("changes",)):
        _, out, _ = call("--demo", *arguments)
        assert "invented trials" in out
        assert "Data from" not in out


def test_without_a_place_no_site_is_called_the_nearest(call):
    """There is no distance to measure, so none is shown."""
    _, near, _ = call("find", "--demo", "--near", "Cleveland, OH", "--limit", "3")
    _, anywhere, _ = call("find", "--demo", "--limit", "3")
    assert ("Nearest open site" in near, "Distance" in near) == (True, True)
    assert ("Nearest open site" in anywhere, "Distance" in anywhere) == (False, False)


def test_a_table_of_nothing_is_a_sentence(call):
    """Not a row of headers above nothing."""
    code, out, _ = call("find", "--demo", "--text", "qqqzzz")
    assert code == 0
    assert "No trial was found" in out
    assert "NCT number" not in out


def test_a_taken_port_says_which_and_how_to_choose_another(call):
    """The web server's own word would leave that open."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = call("app", "--demo", "--port", str(port))
    assert code == 2
    assert f"port {port}" in err
    assert "--port N" in err


def test_the_language_can_come_from_the_environment(call, monkeypatch):
    """`--lang` wins over it."""
    monkeypatch.setenv("TRIALFINDER_LANG", "es")
    assert "Número NCT" in call("find", "--demo")[1]
    assert "NCT number" in call("find", "--demo", "--lang", "en")[1]


def test_the_version_can_be_asked(call):
    code, out, _ = call("--version")
    assert (code, out.split()[0]) == (0, "trialfinder")


def test_facts_of_a_file_reports_broken_lines_by_number_and_answers_the_rest(call, tmp_path):
    """Nothing is lost: exit code 1, one answer, two complaints."""
    file = tmp_path / "studies.jsonl"
    study = {"nctId": "NCT99000001", "eligibilityCriteria": "Inclusion Criteria:\n* ECOG performance status 0-1"}
    file.write_bytes(b"{broken\n" + json.dumps(study).encode() + b"\n\n[1]\n")
    code, out, err = call("facts", "--file", str(file))
    assert code == 1
    assert json.loads(out)["facts"]["ecog_max"] == 1
    assert "line 1" in err
    assert "line 4" in err


def test_assess_prints_best_first(call, tmp_path):
    """Conflicts come last."""
    profile = tmp_path / "me.toml"
    profile.write_text('subtype = "TNBC"\nage = 50\nsex = "female"\n')
    code, out, _ = call("assess", "--demo", "--profile", str(profile))
    verdicts = [json.loads(line)["verdict"] for line in out.splitlines()]
    assert code == 0
    assert len(verdicts) >= 40
    assert verdicts == sorted(verdicts, key=["may_fit", "conflict"].index)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("find", "--demo", "--status", "RECRUTING"), 2, "RECRUITING"),
        (("find", "--demo", "--near", "Qwxzvtown"), 9, "Qwxzvtown"),
        (("find", "--demo", "--near", "Cambridge"), 9, "Cambridge"),
        (("find", "--demo", "--drug", "qwertyuiop"), 9, "qwertyuiop"),
        (("find", "--demo", "--format", "pdf"), 2, "pdf"),
        (("show", "--demo", "NCT12"), 2, "NCT01234567"),
        (("show", "--demo", "NCT00000000"), 9, "NCT00000000"),
        (("changes", "--demo", "--since", "2199-01-01"), 2, "future"),
        (("find", "--demo", "--output", "list.pdf"), 2, "list.pdf"),
        (("facts", "--demo", "NCT00000000"), 1, "Check the number"),
        (("find", "--demo", "--lang", "xx"), 2, "en or es"),
    ],
)
def test_a_users_mistake_is_one_clear_sentence(call, arguments, code, said):
    """No traceback, and the documented exit code."""
    ended, out, err = call(*arguments)
    assert ended == code
    assert said in err
    assert "Traceback" not in out + err


def test_columns_explains_every_column_of_the_tables(call):
    """The dictionary can be had as CSV."""
    code, out, _ = call("columns", "--format", "csv")
    assert code == 0
    assert out.startswith("table,column,dtype,unit,is_nullable,api_path,meaning")
    assert "studies,nct_id" in out


def test_spanish_sentences_are_spanish(call):
    """`--lang` is taken before and after the command."""
    _, before, _ = call("--lang", "es", "find", "--demo", "--limit", "1")
    _, after, _ = call("find", "--demo", "--limit", "1", "--lang", "es")
    assert before == after
    assert "ensayos" in before


@pytest.mark.parametrize(("format_name", "before"), [("html", "<h1>"), ("md", "# "), ("atom", "<title>")])
def test_a_saved_searchs_title_heads_its_list(call, format_name, before):
    """Who named a list sees that name above it; without one the usual words stand there."""
    call("searches", "add", "near-me", "--title", "Trials near Berlin", "--near", "Berlin")
    call("searches", "add", "plain", "--near", "Berlin")
    assert f"{before}Trials near Berlin" in call("searches", "run", "near-me", "--demo", "--format", format_name)[1]
    assert f"{before}Trials that may fit" in call("searches", "run", "plain", "--demo", "--format", format_name)[1]
