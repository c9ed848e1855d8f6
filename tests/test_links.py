"""Asking whether pages are there: on a real socket, and without a wrong verdict."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from papertrack.links import Answer, Memory, host_of, pages, probe


class Site(ThreadingHTTPServer):
    """A server whose paths say how it answers: `/404`, `/head-405`, `/to/404`, `/silent`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str]] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        self.server.requests.append((method, self.path))
        name = self.path.strip("/")
        if name == "silent":
            self.server.stopping.wait(5)
            return
        if name.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("to/"))
        elif name.startswith("head-"):
            self.send_response(int(name[5:]) if method == "HEAD" else 200)
        else:
            self.send_response(int(name or 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.stopping.set()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(*urls: str, timeout: float = 5, waits: list[float] | None = None) -> dict[str, Answer]:
    noted = waits if waits is not None else []
    return dict(probe(pages(urls), timeout=timeout, delay=1.5, sleep=noted.append))


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", "alive"),
        ("/404", "dead"),
        ("/410", "dead"),
        ("/403", "unknown"),
        ("/401", "unknown"),
        ("/429", "unknown"),
        ("/500", "unknown"),
        ("/503", "unknown"),
        ("/head-405", "alive"),
        ("/head-404", "alive"),
        ("/head-403", "alive"),
        ("/to//200", "alive"),
        ("/to//404", "dead"),
        ("/to//to//404", "dead"),
    ],
)
def test_a_page_is_dead_only_when_its_server_says_so(path: str, state: str, site: Site) -> None:
    assert ask(site.url + path)[site.url + path].state == state


def test_a_page_that_does_not_answer_is_unknown(site: Site) -> None:
    url = f"{site.url}/silent"
    assert ask(url, timeout=0.2) == {url: Answer("unknown", "no answer in time")}


def test_a_host_that_cannot_be_reached_is_unknown() -> None:
    assert ask("http://127.0.0.1:9/x")["http://127.0.0.1:9/x"].state == "unknown"


def test_redirections_without_end_are_unknown(site: Site) -> None:
    url = f"{site.url}/to/{'/to/' * 20}"
    assert ask(url)[url].state != "dead"


@pytest.mark.parametrize("host", ["localhost", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_no_redirection_is_followed_into_the_own_network(host: str, site: Site) -> None:
    url = f"{site.url}/to/http://{host}:{site.server_port}/404"
    assert ask(url)[url].state == "alive"
    assert len(site.requests) == 1


def test_each_page_is_asked_for_once_and_politely(site: Site) -> None:
    waits: list[float] = []
    urls = [f"{site.url}/200", f"{site.url}/200#part", f"{site.url}/head-405", "mailto:a@b.example"]
    assert set(ask(*urls, waits=waits)) == {f"{site.url}/200", f"{site.url}/head-405"}
    assert site.requests == [("HEAD", "/200"), ("HEAD", "/head-405"), ("GET", "/head-405")]
    assert waits == [1.5]


def test_answers_are_kept_as_long_as_they_are_believed(tmp_path: Path) -> None:
    clock = [0.0]
    memory = Memory(tmp_path / "cache" / "links.json", now=lambda: clock[0])
    memory.save({"a": Answer("alive"), "d": Answer("dead", "HTTP 404"), "u": Answer("unknown")})
    memory.save({"b": Answer("alive")})
    assert memory.load() == {"a": ("alive", ""), "b": ("alive", ""), "d": ("dead", "HTTP 404")}
    clock[0] = 2 * 86_400.0
    assert set(memory.load()) == {"a", "b"}
    clock[0] = 8 * 86_400.0
    assert memory.load() == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": ["alive", "", "x"]}'])
def test_a_broken_cache_is_an_empty_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(content)
    memory = Memory(path)
    assert memory.load() == {}
    memory.save({"a": Answer("alive")})
    assert memory.load() == {"a": Answer("alive")}


@pytest.mark.parametrize(
    "text", ["mailto:a@b.example", "#part", "docs/x.md", "http://[", "ftp://x"]
)
def test_what_is_no_web_page_has_no_host(text: str) -> None:
    assert host_of(text) == ""


def test_a_run_that_is_stopped_asks_no_more(site: Site) -> None:
    released = threading.Event()
    urls = [f"{site.url}/200?{number}" for number in range(9)]
    answers = probe(urls, timeout=5, sleep=lambda seconds: released.wait(5) and None)
    next(answers)
    threading.Timer(0.05, released.set).start()
    answers.close()
    assert len(site.requests) < len(urls)
