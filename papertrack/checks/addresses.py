"""Addresses that are written wrongly, and what they must mean."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?P<scheme>[a-z]{3,7})(?::/{0,4}|/{2,4})(?P<rest>[\w-]+\.[\w.-]+.*)",
    re.IGNORECASE | re.DOTALL,
)
_SLIPS = 2
"""Letters that may be wrong in a misspelt scheme."""
_NO_SCHEME = re.compile(
    r"(?:www\.[\w-]+\.[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|ai|cn|de|uk|fr|ch|eu|co"
    r"|dev|cc|me|in|jp|kr|info|science)(?=[/?#:]|\Z))",
    re.IGNORECASE,
)
_FILE = re.compile(r"\A[\w-]+\.(?:md|txt|pdf|io|me|cc)\Z", re.IGNORECASE)
"""What may as well be a file of the repository."""
_DOUBLED = re.compile(r"https?:/{0,2}\s?(?=https?:/)", re.IGNORECASE)
_WRAPPED = re.compile(r"\((https?://[^\s()]+)\)")


def mended_address(target: str) -> str:
    """Return what a wrong address must mean; empty where it is right or beyond guessing."""
    address = target.strip()
    if wrapped := _WRAPPED.fullmatch(address):
        return wrapped[1]
    if doubled := _DOUBLED.match(address):
        return address[doubled.end() :]
    if _NO_SCHEME.match(address) and not _FILE.match(address):
        return f"https://{address}"
    parts = _ADDRESS.fullmatch(address)
    meant = _meant_scheme(parts["scheme"].lower()) if parts else ""
    if not parts or not meant:
        return ""
    right = f"{meant}://{parts['rest']}"
    return right if right.casefold() != address.casefold() else ""


def _meant_scheme(scheme: str) -> str:
    """Return http or https for what is one of them, or misspelt."""
    if scheme in ("http", "https"):
        return scheme
    if scheme[0] not in "ht":
        return ""
    from rapidfuzz.distance import OSA

    distance, known = min((OSA.distance(scheme, known), known) for known in ("https", "http"))
    return known if distance <= _SLIPS else ""
