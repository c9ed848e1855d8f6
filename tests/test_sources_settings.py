"""Settings: what the environment may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.errors import UsageError
from papertrack.settings import Settings


def test_an_empty_environment_means_the_real_services() -> None:
    settings = Settings.from_environment({"PAPERTRACK_TIMEOUT": "", "PAPERTRACK_OFFLINE": ""})
    assert settings == Settings()
    assert settings.arxiv_url == "https://export.arxiv.org/api/query"
    assert (settings.arxiv_delay, settings.timeout, settings.offline) == (3.0, 30.0, False)
    assert settings.cache_dir.name == "papertrack"


def test_every_variable_counts() -> None:
    settings = Settings.from_environment(
        {
            "PAPERTRACK_ARXIV_URL": "http://127.0.0.1:80/api/query",
            "PAPERTRACK_S2_URL": "http://127.0.0.1:81/",
            "PAPERTRACK_HF_URL": "http://127.0.0.1:82",
            "PAPERTRACK_ARXIV_DELAY": "0",
            "PAPERTRACK_TIMEOUT": "0.5",
            "PAPERTRACK_CACHE_DIR": "/somewhere",
            "PAPERTRACK_OFFLINE": "1",
            "S2_API_KEY": " key ",
        }
    )
    assert settings == Settings(
        arxiv_url="http://127.0.0.1:80/api/query",
        s2_url="http://127.0.0.1:81",
        hf_url="http://127.0.0.1:82",
        arxiv_delay=0,
        timeout=0.5,
        cache_dir=Path("/somewhere"),
        offline=True,
        s2_key="key",
    )


@pytest.mark.parametrize("text", ["0", "no", "False", "off"])
def test_offline_can_be_said_no_to(text: str) -> None:
    assert not Settings.from_environment({"PAPERTRACK_OFFLINE": text}).offline


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAPERTRACK_ARXIV_DELAY", "soon"),
        ("PAPERTRACK_ARXIV_DELAY", "-1"),
        ("PAPERTRACK_ARXIV_DELAY", "nan"),
        ("PAPERTRACK_TIMEOUT", "0"),
        ("PAPERTRACK_TIMEOUT", "inf"),
        ("PAPERTRACK_ARXIV_URL", "file:///etc/passwd"),
        ("PAPERTRACK_S2_URL", "api.semanticscholar.org"),
        ("PAPERTRACK_HF_URL", "http://host:port"),
        ("PAPERTRACK_HF_URL", "http://[1"),
        ("PAPERTRACK_OFFLINE", "perhaps"),
        ("S2_API_KEY", "two\nlines"),
        ("S2_API_KEY", "schlüssel"),
    ],
)
def test_a_value_that_says_nothing_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name) as caught:
        Settings.from_environment({name: value})
    assert name != "S2_API_KEY" or value not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(Settings(s2_key="secret"))
