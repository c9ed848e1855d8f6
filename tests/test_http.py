"""The transport: how often it asks, how long it waits, and what it says when it gives up."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from papertrack import __version__
from papertrack.sources.http import BODY_LIMIT, ServiceError, Transport
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


def test_it_says_who_asks(transport: Transport, services: Services) -> None:
    assert ask(transport, services)["id"] == "2001.00001"
    assert services.requests[0].headers["user-agent"] == (f"papertrack-cli/{__version__}")


PASSING = {
    "429": Fault(status=429),
    "500": Fault(status=500),
    "502": Fault(status=502),
    "503": Fault(status=503),
    "silence": Fault(silence=5),
    "a byte now and then": Fault(drip=0.05),
    "a broken connection": Fault(reset=True),
    "half of the body": Fault(truncate=True),
    "a page instead of data": Fault(body=b"<html>busy</html>"),
    "nothing": Fault(body=b""),
    "a bad encoding": Fault(headers={"Content-Encoding": "gzip"}, body=b"no gzip"),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_trouble_that_passes_is_waited_for(services: Services, clock: Clock, fault: Fault) -> None:
    transport = make(clock, max(fault.patience, 0.5))
    services.add("2001.00001", hf={})
    services.fault(HF, fault, times=2)
    assert ask(transport, services)["id"] == "2001.00001"
    assert clock.slept == [1, 2]


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_trouble_that_stays_is_asked_about_four_times_and_then_never_again(
    services: Services, clock: Clock, fault: Fault
) -> None:
    transport = make(clock, fault.patience)
    services.add("2001.00001", hf={})
    services.fault(HF, fault)
    for _ in range(2):
        with pytest.raises(ServiceError):
            ask(transport, services)
    assert services.count(HF) == 4
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("status", [202, 302, 304, 400, 401, 403, 405, 410, 414])
def test_a_refusal_is_final(transport: Transport, services: Services, status: int) -> None:
    services.fault(HF, Fault(status=status))
    with pytest.raises(ServiceError, match=f"^HTTP {status} ") as caught:
        ask(transport, services)
    assert (caught.value.status, services.count(HF)) == (status, 1)


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
    with pytest.raises(ServiceError, match=f"redirects to {services.url}/elsewhere"):
        ask(transport, services)
    assert services.count(HF) == len(services.requests) == 1


def test_retry_after_in_seconds_is_kept(
    transport: Transport, services: Services, clock: Clock
) -> None:
    services.fault(HF, Fault(status=429, headers={"Retry-After": "7"}), times=1)
    ask(transport, services)
    assert clock.slept == [7]


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_retry_after_as_a_date_is_kept(
    transport: Transport, services: Services, clock: Clock, zone: str
) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    header = {"Retry-After": then.replace("GMT", zone)}
    services.fault(HF, Fault(status=503, headers=header), times=1)
    ask(transport, services)
    assert 25 < clock.slept[0] <= 30


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "Fri, 01 Jan 1999 00:00:00 GMT", f"Mon, 18 May {10**30} 1:2:3"]
)
def test_a_retry_after_that_says_nothing_is_passed_over(
    transport: Transport, services: Services, clock: Clock, value: str
) -> None:
    services.fault(HF, Fault(status=429, headers={"Retry-After": value}), times=1)
    ask(transport, services)
    assert clock.slept == [1]


@pytest.mark.parametrize("wait", ["120", "9" * 400])
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


def test_a_service_that_is_not_there_is_asked_twice(services: Services, clock: Clock) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        transport = make(clock)
        with transport, pytest.raises(ServiceError, match="cannot be reached"):
            transport.request("GET", url, parse=read)
    assert clock.slept == [1]


BOMBS: dict[str, Callable[[], Fault]] = {
    "large": lambda: Fault(body=b" " * (BODY_LIMIT + 1)),
    "packed": lambda: Fault(
        headers={"Content-Encoding": "gzip"}, body=gzip.compress(b" " * 5 * BODY_LIMIT, 1)
    ),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_body_beyond_the_limit_is_refused_at_once(
    services: Services, clock: Clock, bomb: Callable[[], Fault]
) -> None:
    services.fault(HF, bomb())
    transport = make(clock)
    with pytest.raises(ServiceError, match="more than 20 MB"):
        ask(transport, services)
    assert services.count(HF) == 1


def test_what_the_service_sends_reaches_no_terminal_raw(
    transport: Transport, services: Services
) -> None:
    def read(body: bytes) -> None:
        raise ValueError(body.decode())

    services.fault(HF, Fault(body=b"\x1b]0;title\x07 " + b"x" * 1000))
    with transport, pytest.raises(ServiceError) as caught:
        transport.request("GET", f"{services.url}/api/papers/1", parse=read)
    assert caught.value.why.isprintable()
    assert len(caught.value.why) < 300


def test_a_setting_that_is_no_url_is_an_error_of_the_service(clock: Clock) -> None:
    transport = make(clock)
    with transport, pytest.raises(ServiceError):
        transport.request("GET", "http://[1:2", parse=read)


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
    with pytest.raises(ServiceError, match="of this machine cannot be used"):
        ask(make(clock), services)
