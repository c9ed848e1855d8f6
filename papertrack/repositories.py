"""Addresses of repositories, in one form however they are written."""

from __future__ import annotations

import re
from functools import lru_cache

from papertrack.text import clean_line

FORGES = r"(?:(?:github|gitlab)\.com|bitbucket\.org|codeberg\.org|gitee\.com|framagit\.org)"
SELF_HOSTED = r"(?:git|gitlab|gitea|forgejo)\.[a-z0-9.-]+(?::\d+)?"
OTHER_HOSTS = (
    r"(?:gist\.github\.com|git\.sr\.ht|anonymous\.4open\.science|sourceforge\.net|zenodo\.org"
    r"|huggingface\.co|code\.google\.com)"
)

_LONGEST = 500
"""Longest URL believed; an owner and a name have at most 39 and 100 characters on GitHub."""

_AROUND = "<>()[]{}\"'`,;:.!*$ "
BEHIND = _AROUND + "?#&=/"
"""What may stand around a URL, and what may end it, without being part of it."""

_KNOWN_HOST = re.compile(rf"{FORGES}|{SELF_HOSTED}|{OTHER_HOSTS}")

_PARTS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[a-z0-9][a-z0-9.-]*(?::\d+)?)"
    r"(?P<path>/[^?#]*)?(?P<rest>[?#].*)?",
    re.IGNORECASE | re.ASCII,
)

_CLONED = re.compile(r"^(?:(?:ssh|git)://(?:[^/?#\\]*@)?([^/:@]+)(?::\d+/|[:/])|git@([^/:]+)[:/])")
"""Where a repository is cloned from; the port is not that of its page."""

_USER = re.compile(r"^(https?://)[^/?#\\]*@", re.IGNORECASE)


def normalise_url(text: str) -> str:
    """Bring the URL of a repository into one form; empty if the text is no http(s) URL.

    Punctuation around it, TeX escapes, user and password, `.git`, a last slash and `/tree/main` go;
    a missing scheme comes; a clone address (`git@host:owner/name`) becomes its page. A directory of
    a repository stays what it is, and so does the spelling of owner and name.
    """
    line = unescape(clean_line(text)).lstrip(_AROUND).rstrip(BEHIND)
    line = _USER.sub(r"\1", _CLONED.sub(r"https://\1\2/", line))
    parts = _PARTS.fullmatch(line)
    if not parts or len(line) > _LONGEST or re.search(r"[\s<>\"`{}|\\^]", line):
        return ""
    host, path, rest = parts["host"].lower(), parts["path"] or "", parts["rest"] or ""
    if "." not in host and not parts["scheme"]:
        return ""
    if not _KNOWN_HOST.fullmatch(host.removeprefix("www.")):
        return f"{(parts['scheme'] or 'https').lower()}://{host}{path}{rest}"
    project, inside = _split_path(path)
    return f"https://{host.removeprefix('www.')}{project}{inside}{rest if inside else ''}"


@lru_cache(maxsize=65_536)
def identity(url: str) -> str:
    """Reduce a URL to what makes two of them the same repository: hosts do not tell case apart."""
    return (normalise_url(url) or url).casefold().partition("://")[2]


def unescape(text: str) -> str:
    r"""Take TeX's backslash off the characters of URLs: `\_`, `{\_}` and `\~{}`."""
    return re.sub(r"\{\\([_%#&~])\}|\\([_%#&~])(?:\{\})?", r"\1\2", text)


def _split_path(path: str) -> tuple[str, str]:
    """Part the path of a forge into the repository and the place inside of it."""
    segments = [s for s in path.split("/") if s]
    inner = ("-", "tree", "blob", "raw", "src")
    cut = next((i for i, s in enumerate(segments) if i > 1 and s in inner), len(segments))
    project, inside = "/".join(segments[:cut]).rstrip(BEHIND), segments[cut:]
    while project.endswith(".git"):
        project = project.removesuffix(".git").rstrip(BEHIND)
    whole = inside[-1:] in (["main"], ["master"]) and {*inside[:-1]} <= {*inner, "branch"}
    if whole or "/" not in project:
        inside = []
    return f"/{project}" if project else "", "".join(f"/{s}" for s in inside)
