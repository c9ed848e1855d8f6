"""The ids of arXiv, new (`1505.04597`) and old (`math/0309136`).

Their forms are described in info.arxiv.org/help/arxiv_identifier.html.
"""

from __future__ import annotations

import re

from papertrack.identifiers.identifier import FLAGS, Identifier, Slip

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
)
"""The archives of arXiv that numbered papers themselves, until March 2007 (arxiv.org/archive)."""

_ID = (
    r"(?:(?P<yymm>\d{4})\.(?P<number>\d+)"
    rf"|(?P<archive>{_ARCHIVES.replace(' ', '|')})(?:\.[a-z-]+)?/(?P<old>\d{{5,9}}))(?:v\d+)?"
)
_STAMP = r"(?:\s?\[[a-z.-]+\](?:\s\d+\s[a-z]+\s\d+)?)?"
"""Subject class and date, as arXiv prints them on the margin of a PDF."""
_ALONE = re.compile(rf"{_ID}(?:\.pdf)?{_STAMP}", FLAGS)
_WITHIN = re.compile(rf"[/=:]{_ID}(?![\w-])", FLAGS)

_MISTYPED = re.compile(r"(?<![\w.])([\doil]{4})[.,:;_-]?([\doil]{4,5})(?:v\d+)?(?!\w)", FLAGS)
"""O for zero, l or I for one, no dot or another sign."""
_DIGITS = str.maketrans("oil", "011")
"""Letters that are taken for digits."""

_DATED = re.compile(r"(?P<year>\d\d)(?P<month>\d\d)(?P<early>\.00)?")


def read_arxiv_id(text: str) -> Identifier | None:
    """Read a text that is an arXiv id from end to end; raise `Slip` for an impossible one."""
    match = _ALONE.fullmatch(text)
    return _checked(match) if match else None


def find_arxiv_id(place: str) -> Identifier | None:
    """Find the arXiv id in path and query of an address; raise `Slip` for an impossible one."""
    match = _WITHIN.search(place)
    return _checked(match) if match else None


def mistyped_arxiv_id(text: str) -> Slip | None:
    """Explain a text that holds an arXiv id, or would if a sign or two were others."""
    match = _MISTYPED.search(text)
    if not match:
        return None
    yymm, number = (part.lower().translate(_DIGITS) for part in match.groups())
    if _trouble(yymm, number):
        return None
    meant = f"{yymm}.{number}"
    why = "an arXiv id is four digits, a dot, and four or five digits"
    if match[0].startswith(meant):
        why = "there is more than an arXiv id"
    return Slip(why, f"if arXiv is meant: {meant}")


def arxiv_date(identifier: str) -> tuple[int, int] | None:
    """Read year and month off an arXiv id: its first four digits.

    The first numbers of a year were sent in on the last day of the one before.
    """
    match = _DATED.match(identifier.rpartition("/")[2])
    if not match:
        return None
    year, month = int(match["year"]), int(match["month"])
    year += 1900 if year > 90 else 2000
    return (year - 1, 12) if month == 1 and match["early"] else (year, month)


def _checked(match: re.Match[str]) -> Identifier:
    """Take version and subject class off an arXiv id, and check its digits."""
    yymm, number, archive, old = match.group("yymm", "number", "archive", "old")
    if trouble := _trouble_of_old(old) if archive else _trouble(yymm, number):
        raise Slip(trouble)
    return Identifier("arxiv", f"{archive.lower()}/{old}" if archive else f"{yymm}.{number}")


def _trouble(yymm: str, number: str) -> str:
    """Say what is wrong with the digits of a new arXiv id, which begin with year and month."""
    digits = 4 if yymm < "1501" else 5
    if not "01" <= yymm[2:] <= "12":
        return f"an arXiv id begins with year and month, and there is no month {yymm[2:]}"
    if not "0704" <= yymm < "9100":  # from 91 on they are of the last century
        return "arXiv ids with a dot begin in April 2007, with 0704"
    if len(number) != digits:
        return f"an arXiv id of {yymm} has {digits} digits after the dot, not {len(number)}"
    return ""


def _trouble_of_old(number: str) -> str:
    """Say what is wrong with the digits of an old arXiv id, which begin with year and month."""
    if len(number) != 7:
        return f"an arXiv id with a slash has 7 digits behind it, not {len(number)}"
    if not "01" <= number[2:4] <= "12":
        return f"an arXiv id begins with year and month, and there is no month {number[2:4]}"
    if "0704" <= number[:4] <= "8812":
        return "arXiv ids with a slash end in March 2007, with 0703"
    return ""
