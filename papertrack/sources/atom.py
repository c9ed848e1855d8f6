"""Feeds as arXiv sends them, examined before anything is read out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field

from papertrack.sources import Failed
from papertrack.sources.http import ServiceError
from papertrack.text import clean_line

_ATOM = "{http://www.w3.org/2005/Atom}"
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));",
    re.IGNORECASE,
)
"""Characters that XML 1.0 does not allow, raw or as references."""

_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


class Feed(Struct, frozen=True):
    """An Atom feed that is whole, and the entries that were taken out of it."""

    body: bytes
    rejected: dict[str, Failed] = field(default_factory=dict)


def read_feed(body: bytes) -> Feed:
    """Examine a feed: it is well-formed, complete, and not one of arXiv's error messages.

    One bad entry must not cost a hundred papers: forbidden characters are dropped, and entries
    with dates that nobody can read are taken out and rejected. Raises `ValueError` for what is no
    feed, `ServiceError` with status 400 for an error message.
    """
    body = _FORBIDDEN.sub(b"", body)
    root = _root(body)
    entries = [(entry.findtext(f"{_ATOM}id", ""), entry) for entry in root.findall(f"{_ATOM}entry")]
    for entry_id, entry in entries:
        if "/api/errors" in entry_id:
            raise ServiceError(clean_line(entry.findtext(f"{_ATOM}summary", "")), status=400)
    ids = [entry_id for entry_id, _ in entries]
    total = root.findtext(_TOTAL, "").strip()
    if not all(ids) or total not in {str(len(ids)), str(len(set(ids)))}:
        raise ValueError(f"{len(ids)} entries came of {total or 'an unknown number'}")
    unreadable = [(entry_id, entry) for entry_id, entry in entries if not _dated(entry)]
    return _without(unreadable, root) if unreadable else Feed(body)


def _root(body: bytes) -> Any:
    """Parse strictly: the `arxiv` package repairs what is cut off, and answers for the rest."""
    from lxml import etree

    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise ValueError(f"no complete Atom feed: {_beginning(body)}") from None
    if root.tag != f"{_ATOM}feed" or root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(f"no plain Atom feed: {_beginning(body)}")
    return root


def _without(unreadable: Sequence[tuple[str, Any]], root: Any) -> Feed:
    """Take entries out, and count the rest: of too few, the `arxiv` package asks for more."""
    from lxml import etree

    for _, entry in unreadable:
        root.remove(entry)
    root.find(_TOTAL).text = str(len(root.findall(f"{_ATOM}entry")))
    failed = Failed("an entry without a proper date")
    return Feed(etree.tostring(root), {base_id(entry_id): failed for entry_id, _ in unreadable})


def _beginning(body: bytes) -> str:
    text = clean_line(body[:80].decode(errors="replace"))
    return f"it begins {text!r}" if text else "it is empty"


def _dated(entry: Any) -> bool:
    try:
        for name in ("published", "updated"):
            date = entry.findtext(_ATOM + name, "").strip().replace("Z", "+00:00")
            datetime.fromisoformat(date).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def base_id(entry_id: str) -> str:
    """Take the identifier without its version from the address of an entry."""
    return re.sub(r"v\d+$", "", entry_id.strip().partition("/abs/")[2])
