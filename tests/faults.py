"""Ways in which arXiv and Semantic Scholar misbehave, and what papertrack must make of each.

A test and `benchmarks.safety.network` go through the same table. The service that misbehaves is
asked for three papers that it alone knows (`know`).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NamedTuple

from tests.services import ARXIV, S2, Fault, Services

TITLES = ["Alpha weaving of threads", "Beta looms of brass", "Gamma cards of paper"]
ARXIV_IDS = ["2001.00001", "2001.00002", "2001.00003"]
DOIS = ["10.1000/alpha", "10.1000/beta", "10.1000/gamma"]

Change = Callable[[bytes], bytes]


class Outcome(NamedTuple):
    """What becomes of the three papers, and the exit codes that say so."""

    statuses: tuple[str, str, str]
    add: int
    refresh: int


SILENT = Outcome(("failed", "failed", "failed"), 5, 5)
REFUSED = Outcome(("failed", "failed", "failed"), 4, 4)
ANSWERED = Outcome(("added", "added", "added"), 0, 0)
UNKNOWN = Outcome(("not_found", "not_found", "not_found"), 3, 0)
ONE_UNKNOWN = Outcome(("added", "not_found", "added"), 7, 0)
ONE_BROKEN = Outcome(("added", "failed", "added"), 7, 7)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A service that misbehaves, for ever or for a number of requests."""

    service: str
    what: str
    fault: Fault
    outcome: Outcome
    requests: int | None = None
    huge: bool = False
    """Whether it takes time and memory to serve."""

    @property
    def name(self) -> str:
        return f"{self.service}: {self.what}"

    @property
    def ids(self) -> list[str]:
        return ARXIV_IDS if self.service == ARXIV else DOIS

    def know(self, services: Services) -> None:
        """Make the papers known to the service that misbehaves, and to no other one."""
        for arxiv_id, doi, title in zip(ARXIV_IDS, DOIS, TITLES, strict=True):
            if self.service == ARXIV:
                services.add(arxiv_id, title, s2=None)
            else:
                services.add(arxiv_id, title, doi=doi, on_arxiv=False)

    def begin(self, services: Services) -> None:
        """Let the service misbehave."""
        services.fault(self.service, self.fault, self.requests)


def _in(seconds: float) -> Callable[[], str]:
    return lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


# --- either service ------------------------------------------------------------------------------

_STATUSES = [400, 401, 403, 404, 408, 429, 500, 502, 503, 504]

_PAGE = b"<!doctype html><html><title>Please wait</title><body>Checking your browser</body></html>"


def _packed(packing: str, pack: Change) -> Fault:
    return Fault(headers={"Content-Encoding": packing}, body=pack)


def _bomb(_: bytes) -> bytes:
    return gzip.compress(b" " * 200_000_000, 1)


_EITHER: dict[str, tuple[Fault, Outcome]] = {
    **{f"HTTP {status}": (Fault(status=status), SILENT) for status in _STATUSES},
    "HTTP 204 without a body": (Fault(status=204, body=b""), SILENT),
    "HTTP 206": (Fault(status=206), SILENT),
    "Retry-After of a thousand years": (
        Fault(status=429, headers={"Retry-After": "31556952000"}),
        SILENT,
    ),
    "Retry-After of 400 digits": (Fault(status=429, headers={"Retry-After": "9" * 400}), SILENT),
    "Retry-After below zero": (Fault(status=503, headers={"Retry-After": "-5"}), SILENT),
    "Retry-After on a date of no calendar": (
        Fault(status=503, headers={"Retry-After": "Mon, 42 Foo 99999 25:61:61 GMT"}),
        SILENT,
    ),
    "Retry-After tomorrow": (Fault(status=429, headers={"Retry-After": _in(86_400)}), SILENT),
    "a web page with HTTP 200": (
        Fault(body=_PAGE, headers={"Content-Type": "text/html"}),
        SILENT,
    ),
    "an empty body": (Fault(body=b""), SILENT),
    "blanks": (Fault(body=b" \n " * 1000), SILENT),
    "half of the promised body": (Fault(truncate=True), SILENT),
    "half of the body, said to be the whole": (Fault(body=lambda b: b[: len(b) // 2]), SILENT),
    "a connection reset": (Fault(reset=True), SILENT),
    "a connection reset in the body": (Fault(reset=True, truncate=True), SILENT),
    "no answer at all": (Fault(silence=300), SILENT),
    "a body byte by byte": (Fault(drip=0.05), SILENT),
    "a head byte by byte": (Fault(drip_head=1), SILENT),
    "a redirect to another host": (
        Fault(status=302, headers={"Location": "http://127.0.0.2:9/elsewhere"}),
        SILENT,
    ),
    "a redirect to a file": (
        Fault(status=301, headers={"Location": "file:///etc/passwd"}),
        SILENT,
    ),
    "a redirect to itself": (Fault(status=307, headers={"Location": "/api/query"}), SILENT),
    "gzip that is none": (_packed("gzip", lambda body: body), SILENT),
    "gzip cut off": (_packed("gzip", lambda body: gzip.compress(body)[:-20]), SILENT),
    "gzip with something behind it": (
        _packed("gzip", lambda body: gzip.compress(body) + b"more"),
        SILENT,
    ),
    "gzip in two pieces": (
        _packed("gzip", lambda body: gzip.compress(body[:99]) + gzip.compress(body[99:])),
        SILENT,
    ),
    "gzip as promised": (_packed("gzip", gzip.compress), ANSWERED),
    "an unknown packing": (_packed("br", lambda body: body), SILENT),
    "something that is not HTTP": (Fault(raw=b"SSH-2.0-OpenSSH_9.9\r\n"), SILENT),
    "a megabyte of headers": (
        Fault(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 0123456789\r\n" * 50_000 + b"\r\n"),
        SILENT,
    ),
    "ten thousand times 100 Continue": (
        Fault(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
        SILENT,
    ),
}

_PASSING: dict[str, Fault] = {
    "HTTP 503 once": Fault(status=503),
    "Retry-After in seconds, once": Fault(status=429, headers={"Retry-After": "1"}),
    "Retry-After on a date, once": Fault(status=503, headers={"Retry-After": _in(2)}),
    "a connection reset once": Fault(reset=True),
}

_HUGE: dict[str, Fault] = {
    "200 MB in 0.2 MB of gzip": _packed("gzip", _bomb),
    "gzip in gzip": _packed("gzip, gzip", lambda body: gzip.compress(_bomb(body))),
    "400 MB behind gzip": Fault(
        headers={"Content-Encoding": "gzip"},
        body=gzip.compress(b"[]") + b" " * 1_000_000,
        times=400,
    ),
    "a body of 400 MB": Fault(body=b" " * 1_000_000, times=400),
    "19 MB of opening brackets": Fault(body=lambda _: b"[" * 19_000_000),
    "19 MB of small objects": Fault(body=lambda _: b"[" + b'{"a":1},' * 2_400_000 + b"0]"),
    "600,000 small objects": Fault(body=lambda _: b"[" + b'{"a":1},' * 600_000 + b"0]"),
    "19 MB of small texts": Fault(body=lambda _: b"[" + b'"a",' * 4_700_000 + b"0]"),
    "19 MB of empty elements": Fault(
        body=lambda _: (
            b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<a/>" * 4_700_000 + b"</feed>"
        )
    ),
    "900,000 empty elements": Fault(
        body=lambda _: (
            b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<a/>" * 900_000 + b"</feed>"
        )
    ),
    "19 MB of attributes": Fault(
        body=lambda _: b"<feed %s/>" % b" ".join(b'a%d=""' % n for n in range(1_600_000))
    ),
}

# --- arXiv ---------------------------------------------------------------------------------------


def _sub(pattern: str, replacement: str, count: int = 0) -> Change:
    """Change a feed by a regular expression."""

    def change(body: bytes) -> bytes:
        changed, number = re.subn(pattern, replacement, body.decode(), count=count, flags=re.DOTALL)
        assert number, f"the feed has no {pattern}"
        return changed.encode()

    return change


def _second(pattern: str, replacement: str) -> Change:
    """Change the second entry of a feed."""
    return _sub(rf"(</entry>.*?){pattern}", rf"\g<1>{replacement}", 1)


def _with_doctype(declarations: str, title: str) -> Change:
    def change(body: bytes) -> bytes:
        feed = body.decode().replace("Alpha weaving", f"Alpha {title} weaving")
        return re.sub(r"\?>", f"?>\n<!DOCTYPE feed [{declarations}]>", feed, count=1).encode()

    return change


_LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)
_ERROR = (
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
    b'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><id>x</id><title>x</title>'
    b"<updated>2026-01-01T00:00:00Z</updated><opensearch:totalResults>1</opensearch:totalResults>"
    b"<opensearch:startIndex>0</opensearch:startIndex><opensearch:itemsPerPage>1"
    b"</opensearch:itemsPerPage><entry><id>https://arxiv.org/api/errors#backend</id>"
    b"<title>Error</title><updated>2026-01-01T00:00:00Z</updated>"
    b"<published>2026-01-01T00:00:00Z</published><summary>backend trouble</summary></entry></feed>"
)


def _reversed_entries(body: bytes) -> bytes:
    head, *entries = body.decode().split("  <entry>")
    last, end = entries[-1].split("</feed>")
    parts = [*entries[:-1], last][::-1]
    return (head + "".join(f"  <entry>{part}" for part in parts) + "</feed>" + end).encode()


_ARXIV: dict[str, tuple[Fault | Change, Outcome]] = {
    "its error entry with HTTP 200": (Fault(body=_ERROR), SILENT),
    "a rate limit in plain words": (Fault(body=b"Rate exceeded."), SILENT),
    "entries of other papers": (_sub(r"abs/2001\.", "abs/1999."), SILENT),
    "entries in another order": (_reversed_entries, ANSWERED),
    "an entry twice": (_sub(r"(  <entry>.*?</entry>\n)", r"\1\1", 1), ANSWERED),
    "an entry less": (
        lambda body: _sub("totalResults>3", "totalResults>2")(
            _second(r"  <entry>.*?</entry>\n", "")(body)
        ),
        ONE_UNKNOWN,
    ),
    "an entry less than it counts": (_second(r"  <entry>.*?</entry>\n", ""), SILENT),
    "no entry": (
        lambda body: _sub("totalResults>3", "totalResults>0")(
            _sub(r"  <entry>.*</entry>\n", "")(body)
        ),
        UNKNOWN,
    ),
    "an entry without an id": (_second("<id>[^<]*</id>", ""), SILENT),
    "an entry without a title": (_second("<title>[^<]*</title>", "<title/>"), ONE_BROKEN),
    "an entry without a date": (_second("<published>[^<]*</published>", ""), ONE_BROKEN),
    "a date of no calendar": (_second("<published>[^<]*", "<published>2020-02-31"), ONE_BROKEN),
    "a date beyond all years": (
        _second("<published>[^<]*", "<published>9999-12-31T23:59:59-23:59"),
        ONE_BROKEN,
    ),
    "10^9 results": (_sub("totalResults>3", "totalResults>1000000000"), SILENT),
    "results without a number": (_sub("totalResults>3", "totalResults>many"), SILENT),
    "an abstract of 5 MB": (_sub("<summary>", "<summary>" + "words " * 800_000, 1), ANSWERED),
    "a NUL in a title": (_sub("Beta looms", "Beta\x00 looms"), ANSWERED),
    "a terminal escape in a title": (_sub("Beta looms", "Beta&#27;&#x9b; looms"), ANSWERED),
    "bad UTF-8": (lambda body: body.replace(b"Beta", b"B\xe9ta"), SILENT),
    "Latin-1, said to be UTF-8": (
        lambda body: body.decode().replace("Beta", "Bêta").encode("latin-1"),
        SILENT,
    ),
    "Latin-1, said to be Latin-1": (
        lambda body: body.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        ANSWERED,
    ),
    "UTF-16": (
        lambda body: body.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        SILENT,
    ),
    "a byte order mark": (lambda body: b"\xef\xbb\xbf" + body, ANSWERED),
    "words behind the feed": (lambda body: body + b"<!-- done --> bye", SILENT),
    "a billion laughs": (_with_doctype(_LAUGHS, "&l9;"), SILENT),
    "an entity that is a file": (
        _with_doctype('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"),
        SILENT,
    ),
    "a harmless DOCTYPE": (_with_doctype("", ""), SILENT),
    "10,000 elements deep": (_sub("</feed>", "<x>" * 10_000 + "</x>" * 10_000 + "</feed>"), SILENT),
    "another namespace": (_sub("2005/Atom", "2005/Molecule"), SILENT),
}

# --- Semantic Scholar ----------------------------------------------------------------------------


def _papers(change: Callable[[list[Any]], Any]) -> Change:
    """Change the papers of an answer."""
    return lambda body: json.dumps(change(json.loads(body))).encode()


def _beta(**fields: Any) -> Change:
    """Change fields of the second paper."""
    return _papers(lambda papers: [papers[0], papers[1] | fields, papers[2]])


_SEMANTIC_SCHOLAR: dict[str, tuple[Fault | Change, Outcome]] = {
    "HTTP 401": (Fault(status=401), REFUSED),
    "HTTP 403": (Fault(status=403), REFUSED),
    "an error message with HTTP 200": (Fault(body=b'{"error": "Internal error"}'), SILENT),
    "a message with HTTP 200": (Fault(body=b'{"message": "Endpoint request timed out"}'), SILENT),
    "null": (Fault(body=b"null"), SILENT),
    "an empty list": (Fault(body=b"[]"), SILENT),
    "an object for a list": (_papers(lambda papers: {"data": papers}), SILENT),
    "a number": (Fault(body=b"42"), SILENT),
    "no number": (Fault(body=b"[NaN, NaN, NaN]"), SILENT),
    "a paper less": (_papers(lambda papers: papers[:2]), SILENT),
    "a paper more": (_papers(lambda papers: [*papers, papers[0]]), SILENT),
    "null for one paper": (_papers(lambda p: [p[0], None, p[2]]), ONE_UNKNOWN),
    "null for all papers": (_papers(lambda p: [None] * 3), UNKNOWN),
    "no paper of these": (
        Fault(status=400, body=b'{"error": "No valid paper ids given"}'),
        UNKNOWN,
    ),
    "papers in another order": (_papers(lambda p: [*p[1:], p[0]]), SILENT),
    "words for papers": (_papers(lambda papers: ["a", "b", "c"]), SILENT),
    "a paper without a title": (_beta(title=None), ONE_BROKEN),
    "a title that is a list": (_beta(title=["Beta"]), ONE_BROKEN),
    "a year that is a word": (_beta(year="soon"), ONE_BROKEN),
    "a year of 30 digits": (_beta(year=10**30), ANSWERED),
    "a year before Christ": (_beta(year=-44), ANSWERED),
    "authors that are names": (_beta(authors=["Ada"]), ONE_BROKEN),
    "nothing but a title": (
        _beta(externalIds=None, authors=None, year=None, venue=None, journal=None, abstract=None),
        ANSWERED,
    ),
    "a paper without an id": (_beta(paperId=None), ANSWERED),
    "a merged paper": (_beta(paperId="f" * 40, externalIds={"DOI": "10.1000/merged"}), ANSWERED),
    "an abstract of 5 MB": (_beta(abstract="words " * 800_000), ANSWERED),
    "a NUL and an escape in a title": (
        _beta(title="Beta\x00 looms\x1b of\x07 brass"),
        ANSWERED,
    ),
    "half a surrogate pair": (_papers(lambda p: [p[0], p[1] | {"title": "\ud800"}, p[2]]), SILENT),
    "bad UTF-8": (lambda body: body.replace(b"Beta", b"B\xe9ta"), SILENT),
    "200,000 lists deep": (Fault(body=b"[" * 200_000 + b"]" * 200_000), SILENT),
    "a field 2,000 lists deep": (
        lambda body: body.replace(b'"Beta looms of brass"', b"[" * 2000 + b"]" * 2000),
        SILENT,
    ),
}


def _cases() -> list[Case]:
    found: dict[tuple[str, str], Case] = {}

    def case(service: str, what: str, fault: Fault | Change, outcome: Outcome, **more: Any) -> None:
        made = fault if isinstance(fault, Fault) else Fault(body=fault)
        found[service, what] = Case(service=service, what=what, fault=made, outcome=outcome, **more)

    for service, own in ((ARXIV, _ARXIV), (S2, _SEMANTIC_SCHOLAR)):
        for what, (either, outcome) in _EITHER.items():
            case(service, what, either, outcome)
        for what, passing in _PASSING.items():
            case(service, what, passing, ANSWERED, requests=1)
        for what, huge in _HUGE.items():
            case(service, what, huge, SILENT, huge=True)
        for what, (fault, outcome) in own.items():
            case(service, what, fault, outcome)
    return list(found.values())


CASES = _cases()
