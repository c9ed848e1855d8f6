"""One bounded way to ask a web service; all sources go through it."""

from __future__ import annotations

import logging
import queue
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from typing import TYPE_CHECKING, Any, TypeVar, cast

from papertrack import __version__
from papertrack.text import clean_line
from papertrack.waiting import wait_for

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"papertrack-cli/{__version__}"

BODY_LIMIT = 20_000_000
"""Bytes of one decoded answer; a hundred papers of arXiv are about 250 kB."""

PARTS_LIMIT = 1_000_000
"""Elements or objects in one answer; each takes 100 bytes and more of memory once it is read."""

BUDGET = 60.0
"""Seconds that the failing attempts of one source, and the waits between them, may take."""

_BACK_OFF = (1.0, 2.0, 4.0)
_RETRIES = len(_BACK_OFF)
_CONNECT_WITHIN = 10.0
_GZIP = 16 + zlib.MAX_WBITS
"""How zlib is told that data stands in a gzip file."""

log = logging.getLogger("papertrack")
T = TypeVar("T")


class ServiceError(Exception):
    """A service did not answer properly. Sources turn it into `Failed`; it never leaves them."""

    def __init__(
        self,
        why: str,
        *,
        status: int | None = None,
        body: bytes = b"",
        retries: int = 0,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.body = body
        self.retries = retries
        """How often it is worth asking again."""
        self.retry_after = retry_after


class Transport:
    """Asks one service for one command, with an end to everything.

    It is entered for each round of requests. Once it has given up it stays silent: all later
    requests fail at once with the same error, so that an outage is waited for only once.
    """

    def __init__(
        self,
        *,
        timeout: float,
        budget: float = BUDGET,
        pace: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout = timeout
        self._left = budget
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._given_up: ServiceError | None = None
        self._client: httpx.Client | None = None

    def __enter__(self) -> Transport:
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self._connect()
        return self

    def __exit__(self, *_: object) -> None:
        if self._client:
            self._client.close()

    def _connect(self) -> None:
        import httpx

        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        try:
            self._client = httpx.Client(headers=headers, follow_redirects=False)
        except (ImportError, OSError, ValueError) as error:
            why = f"the proxy or the certificates of this machine cannot be used: {_line(error)}"
            self._given_up = ServiceError(why)

    def request(
        self,
        method: str,
        url: str,
        *,
        parse: Callable[[bytes], T],
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Ask until the service answers with HTTP 200 and a body that `parse` accepts.

        `parse` raises `ValueError` for a broken body. 429, 5xx, timeouts and broken answers are
        asked for again three times, a service that cannot be reached once, and all else never.
        Raises `ServiceError`.
        """
        if self._given_up:
            raise self._given_up
        if self._left <= 0:
            raise ServiceError("no time left after the requests that it refused")
        attempt = 0
        while True:
            started = self._clock()
            try:
                return _parsed(parse, self._send(method, url, json, headers))
            except ServiceError as error:
                if error.status == HTTPStatus.NOT_FOUND:
                    raise
                self._left -= self._clock() - started
                if not self._wait_for(error, attempt, url):
                    raise
            attempt += 1

    def _wait_for(self, error: ServiceError, attempt: int, url: str) -> bool:
        """Wait before the next attempt; tell that there is none when it is not worth it."""
        wait = max(_BACK_OFF[min(attempt, _RETRIES - 1)], error.retry_after)
        if attempt < error.retries and wait < self._left:
            log.info("%s: %s; asking again in %.0f s", url.partition("?")[0], error.why, wait)
            self._sleep(wait)
            self._left -= wait
            return True
        if error.status != HTTPStatus.BAD_REQUEST:
            self._given_up = error
        return False

    def _send(self, method: str, url: str, json: Any, headers: Mapping[str, str] | None) -> bytes:
        client = self._client
        assert client is not None, "a transport is entered before it is used"
        self._pace()
        seconds = min(self._timeout, self._left)
        log.debug("%s %s", method, url)
        try:
            return _within(seconds, lambda: _ask(client, method, url, json, headers, seconds))
        except TimeoutError:
            client.close()
            self._connect()
            raise ServiceError(f"no answer within {seconds:.3g} s", retries=_RETRIES) from None


def _within(seconds: float, task: Callable[[], T]) -> T:
    """Run a task to its end; raise `TimeoutError` when it has none, and leave it behind.

    Nothing else bounds names that do not resolve, and headers that come byte by byte.
    """
    ended: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            ended.put((task(), None))
        except BaseException as error:  # raised again in the thread that waits
            ended.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = wait_for(ended, seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error:
        raise error
    return cast(T, result)


def _ask(
    client: httpx.Client,
    method: str,
    url: str,
    json: Any,
    headers: Mapping[str, str] | None,
    seconds: float,
) -> bytes:
    """Send one request and read the whole answer; raise `ServiceError` for all but HTTP 200."""
    import httpx

    timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT_WITHIN))
    try:
        with client.stream(method, url, json=json, headers=headers, timeout=timeout) as response:
            body = _read(response)
    except httpx.TimeoutException:
        raise TimeoutError from None
    except (httpx.ConnectError, httpx.ProxyError) as error:
        raise ServiceError(f"cannot be reached: {_line(error)}", retries=1) from None
    except (httpx.RequestError, httpx.InvalidURL, zlib.error) as error:
        raise ServiceError(f"the connection broke: {_line(error)}", retries=_RETRIES) from None
    if response.status_code != HTTPStatus.OK:
        raise _refusal(response, body)
    return body


def _read(response: httpx.Response) -> bytes:
    """Read the body, unpacked here: httpx would unpack without a limit, and as often as told."""
    packing = response.headers.get("content-encoding", "identity").lower()
    if packing not in ("identity", "gzip"):
        raise ServiceError(f"an answer packed as {_line(packing)}, which was not asked for")
    unzip = zlib.decompressobj(wbits=_GZIP)
    body = bytearray()
    for piece in response.iter_raw():
        body += piece if packing == "identity" else unzip.decompress(piece, BODY_LIMIT + 1)
        if len(body) > BODY_LIMIT:
            raise ServiceError(f"an answer of more than {BODY_LIMIT // 1_000_000} MB")
        if unzip.unused_data:  # which zlib would go on keeping, without a limit
            raise zlib.error("something stands behind the packed answer")
    if packing == "gzip" and response.num_bytes_downloaded and not unzip.eof:
        raise zlib.error("the packed answer is cut off")
    return bytes(body)


def _parsed(parse: Callable[[bytes], T], body: bytes) -> T:
    if _parts(body) > PARTS_LIMIT:
        raise ServiceError(f"an answer of more than {PARTS_LIMIT:,} parts")
    try:
        return parse(body)
    except ValueError as error:
        raise ServiceError(f"a broken answer: {_line(error)}", retries=_RETRIES) from None


def _parts(body: bytes) -> int:
    """Estimate what XML or JSON is made of: elements, attributes, objects, lists, and texts."""
    return sum(map(body.count, b"<=[{")) + body.count(b'"') // 4


def _refusal(response: httpx.Response, body: bytes) -> ServiceError:
    """Say what any status but 200 means."""
    status = response.status_code
    if response.has_redirect_location:
        target = _line(response.headers["location"])
        return ServiceError(f"redirects to {target}, which is not followed", status=status)
    why = f"HTTP {status} {responses.get(status, '')}".rstrip()
    if status != HTTPStatus.TOO_MANY_REQUESTS and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServiceError(why, status=status, body=body)
    wait = _retry_after(response.headers.get("retry-after", ""))
    if wait:
        why += f", asks to wait {wait:.0f} s"
    return ServiceError(why, status=status, body=body, retries=_RETRIES, retry_after=wait)


def _retry_after(value: str) -> float:
    """Read `Retry-After`, seconds or a date (RFC 9110, section 10.2.3), as seconds from now."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _line(text: object) -> str:
    return clean_line(str(text), limit=200) or type(text).__name__
