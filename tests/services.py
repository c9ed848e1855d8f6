"""A server that speaks for arXiv, Semantic Scholar and Hugging Face, on a real socket.

It knows the papers that a test gives it, records every request, and misbehaves when told to.
Without pytest: `with Services() as services: ...`, and `services.environment` for a subprocess.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import struct
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

ARXIV, S2, HF = "arxiv", "semantic-scholar", "hugging-face"


@dataclass(kw_only=True)
class FakePaper:
    """A paper as the services know it."""

    id: str
    title: str
    authors: list[str] = field(default_factory=lambda: ["Ada Lovelace", "Charles Babbage"])
    published: str = "2020-01-02T03:04:05Z"
    version: int = 1
    summary: str = "We show that engines can weave."
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    categories: list[str] = field(default_factory=lambda: ["cs.CV"])
    on_arxiv: bool = True
    s2: dict[str, Any] | None = field(default_factory=dict)
    """Fields of Semantic Scholar's answer that differ from the usual; None: it is unknown there."""
    hf: dict[str, Any] | None = None
    """Fields of its page on Hugging Face; None: it has no page."""

    @property
    def paper_id(self) -> str:
        return hashlib.sha1(self.id.encode()).hexdigest()

    def raw(self) -> dict[str, Any]:
        """Return the whole answer of Semantic Scholar."""
        external = {"CorpusId": int(self.paper_id[:6], 16)}
        external |= {"ArXiv": self.id} if self.on_arxiv else {}
        external |= {"DOI": self.doi} if self.doi else {}
        usual = {
            "paperId": self.paper_id,
            "externalIds": external,
            "title": self.title,
            "abstract": self.summary,
            "authors": [{"authorId": str(n), "name": name} for n, name in enumerate(self.authors)],
            "year": int(self.published[:4]),
            "venue": "arXiv.org",
            "publicationVenue": None,
            "journal": {"name": "ArXiv", "volume": f"abs/{self.id}"},
            "citationCount": 3,
            "influentialCitationCount": 1,
        }
        return usual | (self.s2 or {})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One way in which a service misbehaves; what is not set stays as it would have been."""

    status: int | None = None
    headers: dict[str, str | Callable[[], str]] = field(default_factory=dict)
    body: bytes | Callable[[bytes], bytes] | None = None
    times: int = 1
    """How often the body is sent."""
    raw: bytes = b""
    """Sent in the place of the head, and with nothing behind it."""
    silence: float = 0
    """Seconds before anything is sent."""
    drip: float = 0
    """Seconds between single bytes of the body."""
    drip_head: float = 0
    """Seconds between single bytes of the head."""
    reset: bool = False
    """Break the connection instead of answering, or behind the half that `truncate` leaves."""
    truncate: bool = False
    """Promise the whole body and send half of it."""

    @property
    def patience(self) -> float:
        """Return the timeout, in seconds, with which a test meets this fault."""
        return 0.2 if self.silence or self.drip or self.drip_head else 10


class Request(NamedTuple):
    """A request that came in."""

    service: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str = "application/json"


class Services:
    """The three services on one port of this machine."""

    def __init__(self, legacy: bool = False) -> None:
        self.legacy = legacy
        """Whether arXiv's feeds have the form of before November 2025."""
        self.papers: dict[str, FakePaper] = {}
        self.requests: list[Request] = []
        self._faults: list[tuple[str, Fault, list[None] | None]] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.services = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Services:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that send papertrack here."""
        return {
            "PAPERTRACK_ARXIV_URL": f"{self.url}/api/query",
            "PAPERTRACK_S2_URL": self.url,
            "PAPERTRACK_HF_URL": self.url,
            "PAPERTRACK_ARXIV_DELAY": "0",
        }

    def add(self, arxiv_id: str, title: str = "", **fields: Any) -> FakePaper:
        """Make a paper known to the services."""
        paper = FakePaper(id=arxiv_id, title=title or f"The paper {arxiv_id}", **fields)
        self.papers[arxiv_id] = paper
        return paper

    def fault(self, service: str, fault: Fault, times: int | None = None) -> None:
        """Let a service misbehave for a number of requests, or for ever."""
        with self._lock:
            self._faults.append((service, fault, None if times is None else [None] * times))

    def mend(self) -> None:
        """End all misbehaviour."""
        with self._lock:
            self._faults.clear()

    def count(self, service: str) -> int:
        """Count the requests that a service got."""
        return sum(request.service == service for request in self.requests)

    def received(self, request: Request) -> Fault:
        """Record a request and choose the fault for it."""
        with self._lock:
            self.requests.append(request)
            for service, fault, left in self._faults:
                if service == request.service and left != []:
                    if left:
                        left.pop()
                    return fault
        return Fault()

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the end of the server."""
        self._stopping.wait(seconds)

    def answer(self, request: Request) -> Answer:
        """Answer as the service would."""
        if request.service == ARXIV:
            return _arxiv(self.papers, request.query, self.legacy)
        if request.service == HF:
            return _hugging_face(self.papers, request.path)
        return _semantic_scholar(self.papers, request)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True
    block_on_close = False
    services: Services

    def handle_error(self, *_: object) -> None:
        """Say nothing when a client has had enough."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""

    def _respond(self) -> None:
        services = self.server.services
        request = self._request()
        fault = services.received(request)
        services.wait(fault.silence)
        if fault.reset and not fault.truncate:
            self._reset()
            return
        if fault.raw:
            self.close_connection = True
            self.wfile.write(fault.raw)
            return
        status, body, content_type = services.answer(request)
        if callable(fault.body):
            body = fault.body(body)
        elif fault.body is not None:
            body = fault.body
        length = str(len(body) * fault.times)
        headers = {"Content-Type": content_type, "Content-Length": length} | {
            name: value if isinstance(value, str) else value()
            for name, value in fault.headers.items()
        }
        lines = [f"HTTP/1.1 {fault.status or status} -", *map(": ".join, headers.items()), "", ""]
        head = "\r\n".join(lines).encode()
        if fault.truncate:
            body = body[: len(body) // 2]
            self.close_connection = True
        if not (fault.drip or fault.drip_head or fault.times > 1):
            self.wfile.write(head + body)  # at once: in two pieces, the second one waits
        else:
            self._drip(head, fault.drip_head)
            for _ in range(fault.times):
                self._drip(body, fault.drip)
        if fault.reset:
            self._reset()

    def _drip(self, data: bytes, seconds: float) -> None:
        """Send byte by byte with a pause behind each, or all at once without pauses."""
        for piece in (data[n : n + 1] for n in range(len(data))) if seconds else [data]:
            self.wfile.write(piece)
            self.server.services.wait(seconds)

    def _reset(self) -> None:
        """Linger for no time: the kernel sends RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(_service(parts.path), self.command, parts.path, query, headers, body)


def _service(path: str) -> str:
    if path.startswith("/graph/"):
        return S2
    return HF if path.startswith("/api/papers/") else ARXIV


# --- arXiv ---------------------------------------------------------------------------------------

_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_NEW_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" \
xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/zUwBFJ</id>
  <title>arXiv Query: search_query=&amp;id_list=...</title>
  <updated>2026-04-05T13:22:32Z</updated>
  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}
</feed>
"""
_OPENSEARCH = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
_LEGACY_FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=...</title>
  <id>http://arxiv.org/api/FluLrO</id>
  <updated>2024-10-16T00:00:00-04:00</updated>
  <opensearch:totalResults {_OPENSEARCH}>{{total}}</opensearch:totalResults>
  <opensearch:startIndex {_OPENSEARCH}>{{start}}</opensearch:startIndex>
  <opensearch:itemsPerPage {_OPENSEARCH}>{{size}}</opensearch:itemsPerPage>
{{entries}}
</feed>
"""


def _arxiv(papers: dict[str, FakePaper], query: dict[str, str], legacy: bool) -> Answer:
    ids = [i for i in query.get("id_list", "").split(",") if i]
    malformed = next((i for i in ids if not _ID.fullmatch(i)), "")
    if malformed:
        return Answer(400, _error_feed(malformed).encode(), "application/atom+xml")
    bare = (re.sub(r"v\d+$", "", i) for i in ids)
    known = [papers[i] for i in bare if i in papers and papers[i].on_arxiv]
    start, size = int(query.get("start", 0)), int(query.get("max_results", 10))
    entry = _legacy_entry if legacy else _new_entry
    feed = (_LEGACY_FEED if legacy else _NEW_FEED).format(
        size=size,
        total=len(known),
        start=start,
        entries="\n".join(entry(paper) for paper in known[start : start + size]),
    )
    return Answer(200, feed.encode(), "application/atom+xml; charset=utf-8")


def _error_feed(malformed: str) -> str:
    return _NEW_FEED.format(
        size=1,
        total=1,
        start=0,
        entries=f"""  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{escape(malformed)}</id>
    <title>Error</title>
    <updated>2026-04-12T22:59:06Z</updated>
    <summary>incorrect id format for {escape(malformed)}</summary>
    <author><name>arXiv api core</name></author>
  </entry>""",
    )


def _new_entry(paper: FakePaper) -> str:
    address = f"arxiv.org/abs/{paper.id}v{paper.version}"
    optional = [("comment", paper.comment), ("journal_ref", paper.journal_ref), ("doi", paper.doi)]
    return "\n".join(
        [
            "  <entry>",
            f"    <id>http://{address}</id>",
            f"    <title>{escape(paper.title)}</title>",
            f"    <updated>{paper.published}</updated>",
            f'    <link href="https://{address}" rel="alternate" type="text/html"/>',
            f"    <summary>{escape(paper.summary)}</summary>",
            *(f'    <category term="{escape(term)}"/>' for term in paper.categories),
            f"    <published>{paper.published}</published>",
            *(f"    <arxiv:{tag}>{escape(text)}</arxiv:{tag}>" for tag, text in optional if text),
            f'    <arxiv:primary_category term="{escape(paper.categories[0])}"/>',
            *(f"    <author><name>{escape(name)}</name></author>" for name in paper.authors),
            "  </entry>",
        ]
    )


def _legacy_entry(paper: FakePaper) -> str:
    space = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    optional = [("comment", paper.comment), ("journal_ref", paper.journal_ref), ("doi", paper.doi)]
    title, summary = (textwrap.fill(escape(text), 75) for text in (paper.title, paper.summary))
    title = title.replace("\n", "\n  ")
    return "\n".join(
        [
            "    <entry>",
            f"        <id>http://arxiv.org/abs/{paper.id}v{paper.version}</id>",
            f"        <updated>{paper.published}</updated>",
            f"        <published>{paper.published}</published>",
            f"        <title>{title}</title>",
            f"        <summary>  {summary}\n</summary>",
            *(f"<author>\n<name>{escape(name)}</name>\n</author>" for name in paper.authors),
            *(
                f"<arxiv:{tag} {space}>{escape(text)}</arxiv:{tag}>"
                for tag, text in optional
                if text
            ),
            f'<link href="http://arxiv.org/abs/{paper.id}" rel="alternate" type="text/html"/>',
            f'<arxiv:primary_category {space} term="{escape(paper.categories[0])}"/>',
            *(f'<category term="{escape(term)}"/>' for term in paper.categories),
            "    </entry>",
        ]
    )


# --- Semantic Scholar ----------------------------------------------------------------------------


def _semantic_scholar(papers: dict[str, FakePaper], request: Request) -> Answer:
    fields = {"paperId", *request.query.get("fields", "title").split(",")}
    known = [paper for paper in papers.values() if paper.s2 is not None]
    name = unquote(request.path.removeprefix("/graph/v1/paper/"))
    if name == "batch":
        return _batch(known, json.loads(request.body)["ids"], fields)
    if name == "search/match":
        return _match(known, request.query["query"], fields)
    found = _by_id(known).get(name.lower())
    if found is None:
        return _json(404, {"error": f"Paper with id {name} not found"})
    return _json(200, _only(found, fields))


def _batch(known: list[FakePaper], ids: list[str], fields: set[str]) -> Answer:
    if len(ids) > 500:
        return _json(400, {"error": "Too many ids in request. At most 500"})
    by_id = _by_id(known)
    found = [by_id.get(name.lower()) for name in ids]
    if not any(found):
        return _json(400, {"error": "No valid paper ids given"})
    return _json(200, [paper and _only(paper, fields) for paper in found])


def _match(known: list[FakePaper], query: str, fields: set[str]) -> Answer:
    asked = set(query.lower().split())
    nearest = max(known, key=lambda p: len(asked & set(p.title.lower().split())), default=None)
    if nearest is None or not asked & set(nearest.title.lower().split()):
        return _json(404, {"error": "Title match not found"})
    return _json(200, {"data": [_only(nearest, fields) | {"matchScore": 109.5}]})


def _by_id(known: list[FakePaper]) -> dict[str, FakePaper]:
    prefixes = {"PubMed": "PMID", "PubMedCentral": "PMCID"}
    return {paper.paper_id: paper for paper in known} | {
        f"{prefixes.get(kind, kind)}:{value}".lower(): paper
        for paper in known
        for kind, value in (paper.raw()["externalIds"] or {}).items()
    }


def _only(paper: FakePaper, fields: set[str]) -> dict[str, Any]:
    return {name: value for name, value in paper.raw().items() if name in fields}


def _json(status: int, document: object) -> Answer:
    return Answer(status, json.dumps(document).encode())


# --- Hugging Face --------------------------------------------------------------------------------


def _hugging_face(papers: dict[str, FakePaper], path: str) -> Answer:
    paper = papers.get(unquote(path.removeprefix("/api/papers/")))
    if paper is None or paper.hf is None:
        return _json(404, {"error": "Paper not found"})
    return _json(200, {"id": paper.id, "title": paper.title, "upvotes": 7} | paper.hf)


# --- pytest --------------------------------------------------------------------------------------


class Clock:
    """A clock that runs as usual, except that sleeping takes no time."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Start the services, and send papertrack there for one test."""
    with Services() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def clock() -> Clock:
    """Return a clock for a transport, which keeps what was slept."""
    return Clock()
