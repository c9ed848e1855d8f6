"""What the environment says about services, waiting and caching."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from papertrack.errors import UsageError


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("papertrack")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the services are and how long to wait for them; the API key is never shown."""

    arxiv_url: str = "https://export.arxiv.org/api/query"
    s2_url: str = "https://api.semanticscholar.org"
    hf_url: str = "https://huggingface.co"
    arxiv_delay: float = 3.0
    """Seconds from one request to arXiv to the next; its terms of use ask for three."""
    timeout: float = 30.0
    """Seconds that one request may take in all."""
    cache_dir: Path = field(default_factory=_user_cache)
    offline: bool = False
    s2_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the `PAPERTRACK_` variables and `S2_API_KEY`; an empty one counts as not set.

        Raises `UsageError`, which names the variable, where a value cannot be used.
        """
        cache_dir = environ.get("PAPERTRACK_CACHE_DIR")
        return cls(
            arxiv_url=_url(environ, "PAPERTRACK_ARXIV_URL", cls.arxiv_url),
            s2_url=_url(environ, "PAPERTRACK_S2_URL", cls.s2_url),
            hf_url=_url(environ, "PAPERTRACK_HF_URL", cls.hf_url),
            arxiv_delay=_seconds(environ, "PAPERTRACK_ARXIV_DELAY", cls.arxiv_delay),
            timeout=_seconds(environ, "PAPERTRACK_TIMEOUT", cls.timeout, least=0.05),
            cache_dir=Path(cache_dir).expanduser() if cache_dir else _user_cache(),
            offline=_switch(environ, "PAPERTRACK_OFFLINE"),
            s2_key=_key(environ, "S2_API_KEY"),
        )


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    url = environ.get(name, "").strip().rstrip("/") or default
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{name} is not the URL of a web service: {url!r}")
    return url


def _seconds(environ: Mapping[str, str], name: str, default: float, least: float = 0.0) -> float:
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not least <= seconds <= 3600:
        raise UsageError(f"{name} is not a number of seconds from {least:g} to 3600: {text!r}")
    return seconds


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().lower()
    if text not in ("", "0", "1", "no", "yes", "false", "true", "off", "on"):
        raise UsageError(f"{name} is neither 1 nor 0: {text!r}")
    return text in ("1", "yes", "true", "on")


def _key(environ: Mapping[str, str], name: str) -> str:
    key = environ.get(name, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise UsageError(f"{name} holds characters that no API key has")
    return key
