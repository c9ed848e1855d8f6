"""Whether the pages that a list links to are still there.

A link is dead only when its server says so. A server that refuses robots, is busy or down, or
cannot be reached says nothing about the page.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from http.client import responses
from ipaddress import ip_address
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urldefrag, urlsplit

from papertrack.files import write_whole
from papertrack.sources.http import USER_AGENT
from papertrack.waiting import wait_for

if TYPE_CHECKING:
    import httpx

State = Literal["alive", "dead", "unknown"]

_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_HOPS = 5
_AT_ONCE = 8
"""Hosts that are asked at the same time; each of them gets one request after the other."""

_KEPT: dict[State, float] = {"alive": 7 * 86_400.0, "dead": 86_400.0, "unknown": 0.0}
"""Seconds for which an answer is believed."""

log = logging.getLogger("papertrack")


class Answer(NamedTuple):
    """What became of a link, and why it is thought so."""

    state: State
    why: str = ""


def pages(urls: Iterable[str]) -> list[str]:
    """Name the pages behind web addresses, each once; other addresses are passed over."""
    return list(dict.fromkeys(urldefrag(url).url for url in urls if host_of(url)))


def probe(
    pages: Iterable[str],
    *,
    timeout: float,
    delay: float = 1.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, Answer]]:
    """Ask for each page once, with `delay` seconds between the requests to one host.

    The answers come in the order in which they arrive.
    """
    import httpx

    by_host: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        by_host[urlsplit(page).netloc].append(page)
    answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    stopped = threading.Event()

    def ask_host(client: httpx.Client, urls: Sequence[str]) -> None:
        for number, url in enumerate(urls):
            if stopped.is_set():
                return
            if number:
                sleep(delay)
            answers.put((url, ask(client, url)))

    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    headers = {"User-Agent": USER_AGENT}
    pool = ThreadPoolExecutor(_AT_ONCE)
    with closing(httpx.Client(headers=headers, timeout=timeout)) as client:
        try:
            for urls in by_host.values():
                pool.submit(ask_host, client, urls)
            for _ in range(sum(map(len, by_host.values()))):
                yield wait_for(answers)
        finally:
            stopped.set()
            pool.shutdown(wait=False)  # Ctrl-C need not wait for a page


def host_of(url: str) -> str:
    """Return the host of an http(s) address; empty for any other text."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "" if parts.scheme.lower() in ("http", "https") else ""
    except ValueError:
        return ""


def ask(client: httpx.Client, url: str) -> Answer:
    """Ask for the head of a page, then for the page itself if the head is refused."""
    import httpx

    status = 0
    try:
        for method in ("HEAD", "GET"):
            status = _status(client, method, url)
            if status < HTTPStatus.BAD_REQUEST:
                return Answer("alive")
    except httpx.TimeoutException:
        return Answer("unknown", "no answer in time")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        log.info("%s: %s", url, error)
        return Answer("unknown", "cannot be reached")
    why = f"HTTP {status} {responses.get(status, '')}".rstrip()
    return Answer("dead" if status in _GONE else "unknown", why)


def _status(client: httpx.Client, method: str, url: str) -> int:
    """Return the status at the end of a few redirections, none of which leads into this network."""
    for _ in range(_HOPS):
        with client.stream(method, url) as response:
            target = response.next_request
        if target is None:
            return response.status_code
        if host_of(str(target.url)) != host_of(url) and not _is_public(target.url.host):
            return response.status_code
        url = str(target.url)
    return response.status_code


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host


class Memory:
    """The answers of earlier runs, in one file. Without it everything works, only slower."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def load(self) -> dict[str, Answer]:
        """Return the answers that are still believed."""
        now = self._now()
        return {
            url: Answer(state, why)
            for url, (state, why, then) in self._read().items()
            if 0 <= now - then < _KEPT.get(state, 0.0)
        }

    def save(self, answers: Mapping[str, Answer]) -> None:
        """Add answers to those of other lists; a file that cannot be written is passed over."""
        now = self._now()
        kept = self._read() | {url: (a.state, a.why, now) for url, a in answers.items()}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(kept).encode())
        except OSError as error:
            log.warning("going on without the cache %s: %s", self._path, error)

    def _read(self) -> dict[str, tuple[State, str, float]]:
        try:
            read = json.loads(self._path.read_bytes())
            return {url: (state, why, float(then)) for url, (state, why, then) in read.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
