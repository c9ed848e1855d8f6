"""arXiv: what each of its answers, good and bad, becomes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import arxiv
import pytest

from papertrack.identifiers import Identifier
from papertrack.model import Record, Venue
from papertrack.settings import Settings
from papertrack.sources import Failed, Found, Missing, Outcome, collect
from papertrack.sources.arxiv import ArxivSource, to_record
from papertrack.sources.http import Transport
from tests.services import ARXIV, Clock, Fault, Services

UNET = "1505.04597"


@pytest.fixture
def source(services: Services, clock: Clock) -> ArxivSource:
    services.add(UNET, "U-Net", authors=["Olaf Ronneberger"], published="2015-05-18T11:28:37Z")
    return make(clock)


def make(clock: Clock, timeout: float = 10) -> ArxivSource:
    settings = Settings.from_environment(os.environ)
    return ArxivSource(settings, Transport(timeout=timeout, clock=clock, sleep=clock.sleep))


def ask(source: ArxivSource, *ids: str) -> dict[str, Outcome]:
    answers = collect(source, [Identifier("arxiv", i) for i in ids], lambda *_: None)
    return {identifier.value: outcome for identifier, outcome in answers.items()}


def kinds(outcomes: Iterable[Outcome]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def test_500_identifiers_are_5_requests(source: ArxivSource, services: Services) -> None:
    ids = [services.add(f"2001.{n:05}").id for n in range(500)]
    seen: list[tuple[str, int, int]] = []
    answers = collect(source, [Identifier("arxiv", i) for i in ids], lambda *s: seen.append(s))
    assert set(kinds(answers.values())) == {Found}
    assert services.count(ARXIV) == 5
    assert seen == [("arxiv", n, 500) for n in (100, 200, 300, 400, 500)]


@pytest.mark.parametrize("legacy", [False, True], ids=["new", "legacy"])
def test_both_forms_of_feeds_say_the_same(
    source: ArxivSource, services: Services, legacy: bool
) -> None:
    services.legacy = legacy
    services.add(
        "2104.12255",
        "A title that is so long that the feeds of old times break it into more than one line",
        authors=[" Mausam", "Codruţ-Andrei Diaconu"],
        summary="First line. " * 20,
        comment="Accepted to ECCV 2022. Code: https://github.com/owner/name.",
        doi="10.1007/978-3-031-19772-7_1",
        categories=["cs.CV", "I.2; J.3"],
        version=12,
    )
    [outcome] = ask(source, "2104.12255").values()
    assert isinstance(outcome, Found)
    record = outcome.record
    assert "\n" not in record.title + record.abstract
    assert record.title.endswith("into more than one line")
    assert record.authors == ("Mausam", "Codruţ-Andrei Diaconu")
    assert record.ids == {"arxiv": "2104.12255", "doi": "10.1007/978-3-031-19772-7_1"}
    assert record.categories == ("cs.CV",)
    assert record.venue == Venue(name="ECCV", year=2022)
    assert [link.url for link in record.code] == ["https://github.com/owner/name"]
    assert record.abstract.startswith("First line. First line.")


def test_unknown_identifiers_are_missing_and_spoil_nothing(
    source: ArxivSource, services: Services
) -> None:
    services.add("hep-th/9901001")
    outcomes = ask(source, "0000.0000", UNET, "2001.99999", "hep-th/9901001")
    assert kinds(outcomes.values()) == [Missing, Found, Missing, Found]
    assert list(outcomes) == ["0000.0000", UNET, "2001.99999", "hep-th/9901001"]
    assert services.count(ARXIV) == 1


def test_papers_that_nobody_asked_for_make_an_answer_unfit_to_say_what_is_missing(
    source: ArxivSource, services: Services
) -> None:
    services.fault(ARXIV, Fault(body=lambda body: body.replace(UNET.encode(), b"1999.00001")))
    assert ask(source, UNET) == {UNET: Failed("answers for '1999.00001' instead")}


def test_an_identifier_given_twice_is_asked_for_once(
    source: ArxivSource, services: Services
) -> None:
    assert kinds(ask(source, UNET, UNET).values()) == [Found]
    assert services.requests[0].query["id_list"] == UNET


def test_only_the_identifier_that_arxiv_cannot_read_is_missing(
    source: ArxivSource, services: Services
) -> None:
    services.add("2001.00001")
    outcomes = ask(source, UNET, "abc", "2001.00001")
    assert kinds(outcomes.values()) == [Found, Missing, Found]
    assert outcomes["abc"] == Missing("incorrect id format for abc")
    assert services.count(ARXIV) == 2


def test_an_error_message_with_status_200_is_an_error(
    source: ArxivSource, services: Services
) -> None:
    services.fault(ARXIV, Fault(status=200))
    assert ask(source, "abc", UNET)["abc"] == Missing("incorrect id format for abc")
    assert isinstance(ask(source, UNET)[UNET], Found)


def test_a_refusal_that_names_nobody_is_narrowed_down(
    source: ArxivSource, services: Services
) -> None:
    ids = [services.add(f"2001.0000{n}").id for n in range(4)]
    services.fault(ARXIV, Fault(status=400, body=b"Bad Request"), times=3)
    outcomes = ask(source, *ids)
    assert kinds(outcomes.values()) == [Failed, Found, Found, Found]
    assert outcomes[ids[0]] == Failed("HTTP 400 Bad Request")


def test_many_refusals_end_with_the_time_for_them(services: Services, clock: Clock) -> None:
    services.fault(ARXIV, Fault(status=400, body=b"Bad Request"))
    transport = Transport(
        timeout=1, clock=clock, sleep=clock.sleep, pace=lambda: clock.sleep(3), budget=60
    )
    source = ArxivSource(Settings.from_environment(os.environ), transport)
    outcomes = ask(source, *(f"2001.{n:05}" for n in range(300)))
    assert set(kinds(outcomes.values())) == {Failed}
    assert services.count(ARXIV) <= 20


def without(tag: str) -> Callable[[bytes], bytes]:
    return lambda body: re.sub(rb"\s*<%s>[^<]*</%s>" % ((tag.encode(),) * 2), b"", body)


def with_total(total: str) -> Callable[[bytes], bytes]:
    return lambda body: re.sub(rb"(totalResults>)\d+", rb"\g<1>" + total.encode(), body)


BROKEN: dict[str, Fault] = {
    "429": Fault(status=429),
    "429, says when": Fault(status=429, headers={"Retry-After": "5"}, body=b"Rate exceeded."),
    "503": Fault(status=503, body=b"<html>down</html>"),
    "403": Fault(status=403),
    "silence": Fault(silence=5),
    "a byte now and then": Fault(drip=0.05),
    "reset": Fault(reset=True),
    "half of the body": Fault(truncate=True),
    "empty with 200": Fault(body=b""),
    "a page with 200": Fault(body=b"<!doctype html><html><body>Sorry</body></html>"),
    "well-formed page with 200": Fault(body=b"<html><body>Sorry</body></html>"),
    "rate exceeded with 200": Fault(body=b"Rate exceeded."),
    "truncated feed": Fault(body=lambda body: body[: len(body) * 2 // 3]),
    "an entity": Fault(
        body=lambda body: body.replace(b"<feed", b'<!DOCTYPE f [<!ENTITY x "y">]>\n<feed', 1)
    ),
    "bad UTF-8": Fault(body=lambda body: body.replace(b"U-Net", b"U\xff\xfeNet")),
    "more promised": Fault(body=with_total("1000000000")),
    "fewer promised": Fault(body=with_total("0")),
    "no total": Fault(body=without("opensearch:totalResults")),
    "no entry id": Fault(body=lambda body: body.replace(b"<id>http://arxiv.org/abs/", b"<id/><x>")),
    "an empty entry id": Fault(body=lambda body: re.sub(rb"<id>http:[^<]*", b"<id>", body)),
    "a news feed": Fault(body=lambda body: body.replace(b"Atom", b"Rss")),
    "a redirect": Fault(status=302, headers={"Location": "file:///etc/passwd"}),
}


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN.keys())
def test_no_proper_answer_is_failed_and_never_missing(
    services: Services, clock: Clock, fault: Fault
) -> None:
    services.add(UNET, "U-Net")
    services.fault(ARXIV, fault)
    outcomes = ask(make(clock, fault.patience), UNET, "2001.00001")
    assert kinds(outcomes.values()) == [Failed, Failed]
    assert services.count(ARXIV) <= 4
    assert sum(clock.slept) <= 60


@pytest.mark.parametrize(
    "fault",
    [fault for fault in BROKEN.values() if fault.status not in (302, 403)],
    ids=[name for name, fault in BROKEN.items() if fault.status not in (302, 403)],
)
def test_after_an_outage_everything_is_found_again(
    services: Services, clock: Clock, fault: Fault
) -> None:
    services.add(UNET, "U-Net")
    services.fault(ARXIV, fault, times=1)
    assert kinds(ask(make(clock, fault.patience), UNET).values()) == [Found]


def test_what_came_before_an_outage_is_kept(source: ArxivSource, services: Services) -> None:
    ids = [services.add(f"2001.{n:05}").id for n in range(300)]
    batches = source.fetch(Identifier("arxiv", i) for i in ids)
    first = next(batches)
    services.fault(ARXIV, Fault(status=503))
    second, third = batches
    assert set(kinds(first.values())) == {Found}
    assert {*second.values(), *third.values()} == {Failed("HTTP 503 Service Unavailable")}
    assert services.count(ARXIV) == 1 + 4


BAD_DATES: dict[str, Callable[[bytes], bytes]] = {
    "no published": without("published"),
    "no updated": lambda body: re.sub(
        rb"(<entry>.*?)<updated>[^<]*</updated>", rb"\1", body, flags=16
    ),
    "no date": lambda body: re.sub(rb"<published>[^<]*", b"<published>soon", body),
    "before all time": lambda body: re.sub(
        rb"<published>[^<]*", b"<published>0001-01-01T00:00:00+14:00", body
    ),
    "no title": lambda body: re.sub(rb"<title>U-Net", b"<title> ", body),
}


@pytest.mark.parametrize("change", BAD_DATES.values(), ids=BAD_DATES.keys())
def test_an_entry_that_cannot_be_read_fails_alone(
    source: ArxivSource, services: Services, change: Callable[[bytes], bytes]
) -> None:
    services.add("2001.00001")

    def change_first(body: bytes) -> bytes:
        middle = body.index(b"</entry>")
        return change(body[:middle]) + body[middle:]

    services.fault(ARXIV, Fault(body=change_first))
    outcomes = ask(source, UNET, "2001.00001", "2001.00002")
    assert kinds(outcomes.values()) == [Failed, Found, Missing]
    assert services.count(ARXIV) == 1


@pytest.mark.parametrize("bad", [b"\0", b"\x1b", b"&#0;", b"&#27;", b"&#x1B;", b"&#x000b;"])
def test_a_character_that_xml_forbids_costs_no_paper(
    source: ArxivSource, services: Services, bad: bytes
) -> None:
    services.fault(ARXIV, Fault(body=lambda body: body.replace(b"U-Net", b"U-" + bad + b"Net")))
    [outcome] = ask(source, UNET).values()
    assert isinstance(outcome, Found)
    assert outcome.record.title == "U-Net"


def test_characters_that_xml_allows_stay(source: ArxivSource, services: Services) -> None:
    changed = b"U&#x2d;Net&#9;&#10;&#13;&#32;&#233;"
    services.fault(ARXIV, Fault(body=lambda body: body.replace(b"U-Net", changed)))
    [outcome] = ask(source, UNET).values()
    assert isinstance(outcome, Found)
    assert outcome.record.title == "U-Net é"


def test_it_accepts_nothing_but_its_own_identifiers(source: ArxivSource) -> None:
    assert source.accepts(Identifier("arxiv", UNET))
    assert not source.accepts(Identifier("doi", "10.1000/x"))


def test_an_entry_that_comes_twice_counts_once(source: ArxivSource, services: Services) -> None:
    services.add("2001.00001")

    def twice(body: bytes) -> bytes:
        [entry] = re.findall(rb"<entry>.*?</entry>", body, flags=re.DOTALL)[:1]
        return with_total("3")(body.replace(entry, entry + entry, 1))

    services.fault(ARXIV, Fault(body=twice))
    assert kinds(ask(source, UNET, "2001.00001").values()) == [Found, Found]


def result(**fields: Any) -> arxiv.Result:
    then = datetime(2020, 12, 16, tzinfo=UTC)
    usual = {
        "entry_id": "http://arxiv.org/abs/2101.10277v1",
        "updated": then,
        "published": then,
        "title": "A title",
    }
    return arxiv.Result(**{**usual, **fields})


RECORDS: list[tuple[str, dict[str, Any], str, object]] = [
    ("the year is that of the first version", {}, "year", 2020),
    ("a number is a title", {"title": "0"}, "title", "0"),
    ("TeX becomes text", {"title": r"M$^{2}$GRPO \& $\alpha$"}, "title", "M^2GRPO & α"),
    ("controls go", {"title": "a\x9b31m \u202eb"}, "title", "a31m b"),
    ("a wrapped comment is one line", {"comment": " 5\n  pages "}, "comment", "5 pages"),
    (
        "an old id",
        {"entry_id": "http://arxiv.org/abs/cs/0503050v1"},
        "ids",
        {"arxiv": "cs/0503050"},
    ),
    (
        "a version of two digits",
        {"entry_id": "http://arxiv.org/abs/2307.06985v10"},
        "ids",
        {"arxiv": "2307.06985"},
    ),
    (
        "a DOI in capitals",
        {"doi": "10.1109/TMI.2019.2959609"},
        "ids",
        {"arxiv": "2101.10277", "doi": "10.1109/tmi.2019.2959609"},
    ),
    (
        "arXiv's own DOI is no second identifier",
        {"doi": "10.48550/arXiv.2101.10277"},
        "ids",
        {"arxiv": "2101.10277"},
    ),
    (
        "several ACM classes in one term",
        {"primary_category": "cs.LG", "categories": ["I.2; J.3; H.3", "cs.AI", "cs.LG", "68T07"]},
        "categories",
        ("cs.LG", "cs.AI"),
    ),
    ("withdrawn", {"comment": "This paper has been\n withdrawn by the author"}, "withdrawn", True),
    ("withdrawn, in short", {"comment": "Withdrawn due to an error"}, "withdrawn", True),
    ("not withdrawn", {"comment": "Was withdrawn from ICLR 2018"}, "withdrawn", False),
    (
        "a venue in the comment",
        {"comment": "NeurIPS2024"},
        "venue",
        Venue(name="NeurIPS", year=2024),
    ),
    ("authors know the year of their venue", {"journal_ref": "TMI 2019"}, "dated", True),
    ("without a venue nothing is dated", {"comment": "10 pages"}, "dated", False),
    ("no venue", {"comment": "10 pages", "journal_ref": "Phys. Rev."}, "venue", None),
]


@pytest.mark.parametrize(
    ("fields", "name", "expected"), [r[1:] for r in RECORDS], ids=[r[0] for r in RECORDS]
)
def test_fields_of_the_record(fields: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(to_record(result(**fields)), name) == expected


def test_code_and_pages_are_read_from_the_raw_comment_and_abstract() -> None:
    record = to_record(
        result(
            comment="Project page: https://owner.github.io/page",
            summary="Our code is available at https://\ngithub.com/owner/name.",
        )
    )
    assert [link.url for link in record.code] == ["https://github.com/owner/name"]
    assert [link.url for link in record.links] == ["https://owner.github.io/page"]


def test_a_record_is_ours_alone() -> None:
    assert isinstance(to_record(result()), Record)
    assert to_record(result()).source == "arxiv"
