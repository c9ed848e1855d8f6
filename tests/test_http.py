"""The transport: how often it asks, how long it waits, and what it says when it gives up."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from http.client import responses
from typing import Any

import httpx
import pytest

from papertrack import __version__
from papertrack.sources.http import BODY_LIMIT, PARTS_LIMIT, ServiceError, Transport, _ask, _within
from tests.services import Clock, Fault, Services

HF = "hugging-face"


def read(body: bytes) -> Any:
    return json.loads(body)


def ask(transport: Transport, services: Services) -> Any:
    with transport:
        return transport.request("GET", f"{services.url}/api/papers/2001.00001", parse=read)


@pytest.fixture
def transport(services: Services, clock: Clock) -> Transport:
    services.add("2001.00001", hf={})
    return make(clock)


def make(clock: Clock, timeout: float = 10) -> Transport:
    return Transport(timeout=timeout, clock=clock, sleep=clock.sleep)


def test_it_says_who_asks_and_logs_what(
    transport: Transport, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", "papertrack"):
        assert ask(transport, services)["id"] == "2001.00001"
    assert caplog.messages == [f"GET {services.url}/api/papers/2001.00001"]
    assert services.requests[0].headers["user-agent"] == (f"papertrack-cli/{__version__}")


def test_what_is_asked_is_sent_as_it_was_given(transport: Transport, services: Services) -> None:
    with transport:
        transport.request(
            "POST",
            f"{services.url}/api/papers/2001.00001?fields=title",
            parse=read,
            json={"ids": ["a"]},
            headers={"X-Api-Key": "k"},
        )
    [request] = services.requests
    assert (request.method, request.query) == ("POST", {"fields": "title"})
    assert (read(request.body), request.headers["x-api-key"]) == ({"ids": ["a"]}, "k")


def test_the_packages_below_it_log_nothing_of_a_request(
    services: Services, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    services.add("2001.00001", hf={})
    for name in (None, "httpx", "httpcore"):
        caplog.set_level("DEBUG", name)
    ask(make(clock), services)
    assert {record.name for record in caplog.records} == {"papertrack"}


BROKEN = "the connection broke: (?!None)"
NO_JSON = "a broken answer: Expecting value"
PASSING = {
    "429": (Fault(status=429), "HTTP 429 Too Many Requests$"),
    "500": (Fault(status=500), "HTTP 500 Internal Server Error$"),
    "502": (Fault(status=502), "HTTP 502 Bad Gateway$"),
    "503": (Fault(status=503), "HTTP 503 Service Unavailable$"),
    "599": (Fault(status=599), "HTTP 599$"),
    "silence": (Fault(silence=5), r"no answer within 0\.2 s$"),
    "a byte now and then": (Fault(drip=0.05), r"no answer within 0\.2 s$"),
    "a byte of the head now and then": (Fault(drip_head=0.05), r"no answer within 0\.2 s$"),
    "a broken connection in the body": (Fault(reset=True, truncate=True), BROKEN),
    "gzip cut off": (
        Fault(headers={"Content-Encoding": "gzip"}, body=lambda body: gzip.compress(body)[:-9]),
        "the connection broke: the packed answer is cut off$",
    ),
    "something behind gzip": (
        Fault(headers={"Content-Encoding": "gzip"}, body=lambda body: gzip.compress(body) + b"\0"),
        "the connection broke: something stands behind the packed answer$",
    ),
    "a broken connection": (Fault(reset=True), BROKEN),
    "half of the body": (Fault(truncate=True), BROKEN),
    "a page instead of data": (Fault(body=b"<html>busy</html>"), NO_JSON),
    "nothing": (Fault(body=b""), NO_JSON),
    "a bad encoding": (Fault(headers={"Content-Encoding": "gzip"}, body=b"no gzip"), BROKEN),
}

each_passing = pytest.mark.parametrize(("fault", "why"), PASSING.values(), ids=PASSING.keys())


@each_passing
def test_trouble_that_passes_is_waited_for(
    services: Services, clock: Clock, fault: Fault, why: str
) -> None:
    transport = make(clock, max(fault.patience, 0.5))
    services.add("2001.00001", hf={})
    services.fault(HF, fault, times=1)
    assert ask(transport, services)["id"] == "2001.00001"
    assert clock.slept == [1]


@each_passing
def test_trouble_that_stays_is_asked_about_four_times_and_then_never_again(
    services: Services, clock: Clock, fault: Fault, why: str
) -> None:
    transport = make(clock, fault.patience)
    services.add("2001.00001", hf={})
    services.fault(HF, fault)
    for _ in range(2):
        with pytest.raises(ServiceError, match=f"^{why}"):
            ask(transport, services)
    assert services.count(HF) == 4
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("status", [202, 302, 304, 400, 401, 403, 405, 410, 414])
def test_a_refusal_is_final(transport: Transport, services: Services, status: int) -> None:
    services.fault(HF, Fault(status=status, body=b"as I said"))
    with pytest.raises(ServiceError, match=f"^HTTP {status} {responses[status]}$") as caught:
        ask(transport, services)
    assert (caught.value.status, services.count(HF)) == (status, 1)
    assert caught.value.body == (b"" if status == 304 else b"as I said")


def test_a_refusal_without_a_body_is_not_unpacked(transport: Transport, services: Services) -> None:
    services.fault(HF, Fault(status=403, headers={"Content-Encoding": "gzip"}, body=b""))
    with pytest.raises(ServiceError, match=r"^HTTP 403 Forbidden$"):
        ask(transport, services)


def test_what_a_service_said_when_it_was_given_up_is_kept(
    transport: Transport, services: Services
) -> None:
    services.fault(HF, Fault(status=429, body=b"no"))
    with pytest.raises(ServiceError) as caught:
        ask(transport, services)
    assert (caught.value.status, caught.value.body) == (429, b"no")


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_of_one_request_leaves_the_next_one_its_chance(
    transport: Transport, services: Services, status: int
) -> None:
    services.fault(HF, Fault(status=status), times=1)
    with pytest.raises(ServiceError):
        ask(transport, services)
    assert ask(transport, services)["id"] == "2001.00001"


def test_a_redirect_is_named_and_not_followed(transport: Transport, services: Services) -> None:
    services.fault(HF, Fault(status=302, headers={"Location": f"{services.url}/elsewhere"}))
    why = f"^redirects to {services.url}/elsewhere, which is not followed$"
    with pytest.raises(ServiceError, match=why) as caught:
        ask(transport, services)
    assert caught.value.status == 302
    assert services.count(HF) == len(services.requests) == 1


def test_retry_after_in_seconds_is_kept_and_told(
    transport: Transport, services: Services, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    services.fault(HF, Fault(status=429, headers={"Retry-After": "7"}), times=1)
    with caplog.at_level("INFO", "papertrack"), transport:
        url = f"{services.url}/api/papers/2001.00001"
        transport.request("GET", f"{url}?fields=title?", parse=read)
    assert clock.slept == [7]
    assert caplog.messages == [
        f"{services.url}/api/papers/2001.00001: "
        "HTTP 429 Too Many Requests, asks to wait 7 s; asking again in 7 s"
    ]


@pytest.mark.parametrize("zone", [UTC, None, timezone(timedelta(hours=5))], ids=str)
def test_retry_after_as_a_date_is_kept(
    transport: Transport, services: Services, clock: Clock, zone: tzinfo | None
) -> None:
    then = (datetime.now(UTC) + timedelta(seconds=30)).astimezone(zone or UTC)
    header = {"Retry-After": format_datetime(then if zone else then.replace(tzinfo=None))}
    services.fault(HF, Fault(status=503, headers=header), times=1)
    ask(transport, services)
    assert 25 < clock.slept[0] <= 30


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "Fri, 01 Jan 1999 00:00:00 GMT", f"Mon, 18 May {10**30} 1:2:3"]
)
def test_a_retry_after_that_says_nothing_is_passed_over(
    transport: Transport,
    services: Services,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    value: str,
) -> None:
    services.fault(HF, Fault(status=429, headers={"Retry-After": value}), times=1)
    with caplog.at_level("INFO", "papertrack"):
        ask(transport, services)
    assert clock.slept == [1]
    assert "HTTP 429 Too Many Requests; asking again in 1 s" in caplog.text


@pytest.mark.parametrize("wait", ["60", "120", "9" * 400])
def test_a_wait_beyond_the_budget_is_not_begun(
    transport: Transport, services: Services, clock: Clock, wait: str
) -> None:
    services.fault(HF, Fault(status=429, headers={"Retry-After": wait}))
    with pytest.raises(ServiceError, match="asks to wait"):
        ask(transport, services)
    assert (clock.slept, services.count(HF)) == ([], 1)


def test_failing_requests_share_one_budget(services: Services, clock: Clock) -> None:
    transport = Transport(timeout=10, budget=10, clock=clock, sleep=clock.sleep)
    services.add("2001.00001", hf={})
    services.fault(HF, Fault(status=503), times=2)
    ask(transport, services)
    services.fault(HF, Fault(status=503))
    with pytest.raises(ServiceError):
        ask(transport, services)
    assert clock.slept == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("takes", "budget", "slept"),
    [(0, 7, [1, 2]), (0, 7.5, [1, 2, 4]), (5, 22, [1, 2]), (5, 22.5, [1, 2, 4])],
)
def test_failing_attempts_and_the_waits_between_them_use_the_budget_up(
    services: Services, takes: int, budget: float, slept: list[float]
) -> None:
    times, waits = itertools.count(0, takes), list[float]()
    transport = Transport(timeout=10, budget=budget, clock=lambda: next(times), sleep=waits.append)
    for _ in range(3):
        with pytest.raises(ServiceError, match="404"):  # what is not there costs nothing
            ask(transport, services)
    services.fault(HF, Fault(status=503))
    with pytest.raises(ServiceError, match="503"):
        ask(transport, services)
    assert waits == slept


def test_the_pace_is_kept_before_each_attempt(services: Services, clock: Clock) -> None:
    seen: list[int] = []
    transport = Transport(
        timeout=10,
        clock=clock,
        sleep=clock.sleep,
        pace=lambda: seen.append(len(services.requests)),
    )
    services.fault(HF, Fault(status=503))
    with pytest.raises(ServiceError):
        ask(transport, services)
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize(("budget", "asked"), [(0, 0), (0.9, 1)])
def test_without_time_left_nothing_is_asked(
    services: Services, clock: Clock, budget: float, asked: int
) -> None:
    transport = Transport(timeout=10, budget=budget, clock=clock, sleep=clock.sleep)
    why = (
        "HTTP 503 Service Unavailable"
        if asked
        else ("no time left after the requests that it refused")
    )
    services.fault(HF, Fault(status=503))
    with pytest.raises(ServiceError, match=f"^{why}$"):
        ask(transport, services)
    assert services.count(HF) == asked


@pytest.mark.parametrize(("timeout", "budget"), [(0.15, 0.9), (10, 0.15)])
def test_how_long_an_answer_was_waited_for_is_said(
    services: Services, clock: Clock, timeout: float, budget: float
) -> None:
    services.fault(HF, Fault(silence=5))
    transport = Transport(timeout=timeout, budget=budget, clock=clock, sleep=clock.sleep)
    with pytest.raises(ServiceError, match=r"^no answer within 0\.15 s$") as caught:
        ask(transport, services)
    assert (caught.value.status, caught.value.body, caught.value.retry_after) == (None, b"", 0)


def test_a_request_ends_by_itself_when_nobody_waits_for_it_any_more(services: Services) -> None:
    services.fault(HF, Fault(silence=5))
    with httpx.Client() as client, pytest.raises(TimeoutError):
        _ask(client, "GET", f"{services.url}/api/papers/2001.00001", None, None, 0.1)


def test_a_task_that_has_no_end_does_not_keep_the_process_alive() -> None:
    assert _within(10, lambda: threading.current_thread().daemon)


def test_a_transport_is_entered_before_it_is_used_and_closed_behind(
    transport: Transport, services: Services
) -> None:
    with pytest.raises(AssertionError, match=r"^a transport is entered before it is used$"):
        transport.request("GET", services.url, parse=read)
    ask(transport, services)
    assert transport._client
    assert transport._client.is_closed


def test_a_service_that_is_not_there_is_asked_twice(services: Services, clock: Clock) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        transport = make(clock)
        with transport, pytest.raises(ServiceError, match=r"^cannot be reached: (?!None)"):
            transport.request("GET", url, parse=read)
    assert clock.slept == [1]


def bomb() -> bytes:
    """Pack 100 MB so that a single read of the socket holds more than half of them."""
    packer = zlib.compressobj(9, wbits=31)
    first, next_one = (
        packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    return first + 99 * next_one


BOMBS: dict[str, Callable[[], Fault]] = {
    "large": lambda: Fault(body=b" " * (BODY_LIMIT + 1)),
    "packed": lambda: Fault(headers={"Content-Encoding": "gzip"}, body=bomb()),
}


@pytest.mark.parametrize("fault", BOMBS.values(), ids=BOMBS.keys())
def test_a_body_beyond_the_limit_is_refused_at_once(
    transport: Transport, services: Services, fault: Callable[[], Fault]
) -> None:
    services.fault(HF, fault())
    tracemalloc.start()
    with pytest.raises(ServiceError, match=r"^an answer of more than 20 MB$"):
        ask(transport, services)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * BODY_LIMIT
    assert services.count(HF) == 1


@pytest.mark.parametrize("packing", ["gzip", "GZIP", "identity"])
def test_a_packing_that_was_asked_for_is_undone(
    transport: Transport, services: Services, packing: str
) -> None:
    pack = gzip.compress if packing.lower() == "gzip" else bytes
    services.fault(HF, Fault(headers={"Content-Encoding": packing}, body=pack))
    assert ask(transport, services)["id"] == "2001.00001"
    assert services.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "deflate"])
def test_a_packing_that_was_not_asked_for_is_refused_at_once(
    transport: Transport, services: Services, packing: str
) -> None:
    services.fault(HF, Fault(headers={"Content-Encoding": packing}))
    with pytest.raises(
        ServiceError, match=f"^an answer packed as {packing}, which was not asked for$"
    ):
        ask(transport, services)
    assert services.count(HF) == 1


def test_a_body_as_long_as_the_limit_is_read(transport: Transport, services: Services) -> None:
    services.fault(HF, Fault(body=b"X" * BODY_LIMIT))
    with transport:
        url = f"{services.url}/api/papers/2001.00001"
        assert transport.request("GET", url, parse=len) == BODY_LIMIT


@pytest.mark.parametrize(
    ("part", "number"),
    [
        (b"{}", PARTS_LIMIT),
        (b"[]", PARTS_LIMIT),
        (b"<a/>", PARTS_LIMIT),
        (b"<a b=''/>", PARTS_LIMIT // 2),
        (b'"', 4 * PARTS_LIMIT + 3),
    ],
    ids=str,
)
def test_an_answer_of_more_parts_than_memory_is_for_is_not_parsed(
    transport: Transport, services: Services, part: bytes, number: int
) -> None:
    url = f"{services.url}/api/papers/2001.00001"
    services.fault(HF, Fault(body=part * number), times=1)
    services.fault(HF, Fault(body=part * (number + 1)))
    with transport:
        assert transport.request("GET", url, parse=len) == len(part) * number
        with pytest.raises(ServiceError, match=r"^an answer of more than 1,000,000 parts$"):
            transport.request("GET", url, parse=len)
    assert services.count(HF) == 2


def test_an_answer_that_comes_too_late_is_not_taken_for_a_later_one(
    services: Services, clock: Clock
) -> None:
    for arxiv_id in ("2001.00001", "2001.00002"):
        services.add(arxiv_id, hf={})
    services.fault(HF, Fault(silence=0.4), times=1)
    with make(clock, 0.2) as transport:
        for arxiv_id in ("2001.00001", "2001.00002", "2001.00001"):
            url = f"{services.url}/api/papers/{arxiv_id}"
            assert transport.request("GET", url, parse=read)["id"] == arxiv_id


def test_a_host_that_takes_no_connection_is_not_waited_for_as_long_as_an_answer(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.sources.http._CONNECT_WITHIN", 0.05)
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (one, two):  # they fill its queue
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        transport = Transport(timeout=2, budget=10, clock=clock, sleep=clock.sleep)
        with transport, pytest.raises(ServiceError, match="no answer within"):
            transport.request("GET", url, parse=read)
    assert clock.slept == [1, 2, 4]


def test_what_a_request_breaks_by_is_raised_where_it_was_made(
    transport: Transport, services: Services
) -> None:
    with transport, pytest.raises(TypeError, match="not JSON serializable"):
        transport.request("POST", services.url, parse=read, json=object())


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"", "ValueError"),
        (b"\x1b]0;title\x07 " + b"x" * 1000, "]0;title " + "x" * 191),
    ],
    ids=["nothing", "an escape"],
)
def test_what_the_service_sends_reaches_no_terminal_raw(
    transport: Transport, services: Services, body: bytes, shown: str
) -> None:
    def read(body: bytes) -> None:
        raise ValueError(body.decode())

    services.fault(HF, Fault(status=200, body=body))
    with transport, pytest.raises(ServiceError) as caught:
        transport.request("GET", f"{services.url}/api/papers/1", parse=read)
    assert caught.value.why == f"a broken answer: {shown}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:port/", "nowhere"])
def test_a_setting_that_is_no_url_is_an_error_of_the_service(clock: Clock, url: str) -> None:
    transport = make(clock)
    with transport, pytest.raises(ServiceError, match=f"^{BROKEN}"):
        transport.request("GET", url, parse=read)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:9"),
        ("ALL_PROXY", "nonsense://x"),
        ("SSL_CERT_FILE", "/no"),
    ],
)
def test_a_machine_that_cannot_connect_is_said_to_be_so(
    services: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    why = "the proxy or the certificates of this machine cannot be used: (?!None)"
    with pytest.raises(ServiceError, match=f"^{why}"):
        ask(make(clock), services)
