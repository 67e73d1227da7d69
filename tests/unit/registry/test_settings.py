"""Settings: what the environment says is checked before anything is asked."""

from pathlib import Path

import pytest

from trialfinder.errors import UsageError
from trialfinder.registry.settings import API_URL, RegistrySettings, checked_api_url


def test_without_an_environment_the_registry_is_asked_once_a_second() -> None:
    settings = RegistrySettings.from_environment({})
    assert (settings.api_url, settings.interval, settings.retry_budget, settings.page_size) == (API_URL, 1, 300, 1000)
    assert (settings.connect_deadline, settings.read_deadline, settings.request_deadline) == (10, 20, 120)
    assert settings.user_agent.startswith("trialfinder/")


def test_every_variable_is_heard(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    settings = RegistrySettings.from_environment(
        {
            "TRIALFINDER_API_URL": "http://127.0.0.1:8000/api/v2/",
            "TRIALFINDER_API_INTERVAL": "0",
            "TRIALFINDER_RETRY_SECONDS": "2.5",
            "TRIALFINDER_PAGE_SIZE": "100",
            "TRIALFINDER_USER_AGENT": "clinic (admin@example.org)",
            "TRIALFINDER_CA_BUNDLE": str(tmp_path / "ca.pem"),
            "TRIALFINDER_TLS_MAX": "1.2",
        }
    )
    assert settings == RegistrySettings(
        api_url="http://127.0.0.1:8000/api/v2",
        interval=0,
        retry_budget=2.5,
        page_size=100,
        user_agent="clinic (admin@example.org)",
        ca_bundle=tmp_path / "ca.pem",
        tls_max="1.2",
    )


def test_an_address_of_the_command_line_wins() -> None:
    environ = {"TRIALFINDER_API_URL": "https://one.example/api"}
    settings = RegistrySettings.from_environment(environ, api_url="https://two.example/api")
    assert settings.api_url == "https://two.example/api"


def test_an_empty_variable_is_as_none() -> None:
    names = ("API_URL", "API_INTERVAL", "RETRY_SECONDS", "PAGE_SIZE", "USER_AGENT", "CA_BUNDLE", "TLS_MAX")
    assert RegistrySettings.from_environment({f"TRIALFINDER_{name}": "" for name in names}) == RegistrySettings()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://clinicaltrials.gov/api",
        "clinicaltrials.gov/api",
        "//clinicaltrials.gov/api",
        "http://clinicaltrials.gov/api/v2",
        "http://127.0.0.1.example.org/api",
        "http://localhost@evil.example/api",
        "https://user:secret@clinicaltrials.gov/api/v2",
        "https://@clinicaltrials.gov/api",
        "https://clinicaltrials.gov/api?x=1",
        "https://clinicaltrials.gov/api#x",
        "https://clinicaltrials.gov:99999/api",
        "https://clinicaltrials.gov:port/api",
        "https://clinicaltrials.gov/api\r\nHost: evil.example",
        "https://clinicaltrials.gov/a b",
        "https://",
        "https://[::1/api",
        "",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        checked_api_url(url)
    assert "secret" not in raised.value.message


@pytest.mark.parametrize("url", ["https://mirror.example/ct/api/v2", "http://localhost:1/api", "http://[::1]:8080/api"])
def test_https_anywhere_and_http_on_this_machine_are_taken(url: str) -> None:
    assert checked_api_url(url + "/") == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("API_INTERVAL", value) for value in ("-1", "nan", "inf", "often")),
        ("RETRY_SECONDS", "5 minutes"),
        *(("PAGE_SIZE", value) for value in ("0", "1001", "-5", "1.5", "٣")),
        ("USER_AGENT", "a\r\nX-Evil: 1"),
        ("USER_AGENT", "clinique médicale"),
        ("CA_BUNDLE", "/no/such/file.pem"),
        ("TLS_MAX", "1.1"),
    ],
)
def test_a_bad_value_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"TRIALFINDER_{name}"):
        RegistrySettings.from_environment({f"TRIALFINDER_{name}": value})
