"""Semantic Scholar: what each of its answers, good and bad, becomes."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest

from papertrack.identifiers import Identifier
from papertrack.model import Citations, Venue
from papertrack.settings import Settings
from papertrack.sources import Failed, Found, Missing, Outcome, collect
from papertrack.sources.http import Transport
from papertrack.sources.semantic_scholar import SemanticScholarSource, to_record
from tests.services import S2, Clock, Fault, Services

UNET = Identifier("arxiv", "1505.04597")
KEY = "s2k-0123456789"


def make(clock: Clock, timeout: float = 10, **environment: str) -> SemanticScholarSource:
    settings = Settings.from_environment({**os.environ, **environment})
    transport = Transport(timeout=timeout, clock=clock, sleep=clock.sleep)
    return SemanticScholarSource(settings, transport)


@pytest.fixture
def source(services: Services, clock: Clock) -> SemanticScholarSource:
    services.add(UNET.value, "U-Net: Convolutional Networks for Biomedical Image Segmentation")
    return make(clock)


def ask(source: SemanticScholarSource, *identifiers: Identifier) -> list[Outcome]:
    answers = collect(source, identifiers, lambda *_: None)
    return [answers[identifier] for identifier in identifiers]


def kinds(outcomes: Iterable[Outcome]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def title(text: str) -> Identifier:
    return Identifier("title", text)


def test_500_identifiers_are_1_request(source: SemanticScholarSource, services: Services) -> None:
    ids = [Identifier("arxiv", services.add(f"2001.{n:05}").id) for n in range(500)]
    assert set(kinds(ask(source, *ids))) == {Found}
    [request] = services.requests
    assert (request.method, request.path) == ("POST", "/graph/v1/paper/batch")
    assert json.loads(request.body)["ids"] == [f"ARXIV:{i.value}" for i in ids]
    assert "externalIds" in request.query["fields"]
    assert "x-api-key" not in request.headers


def test_501_identifiers_are_2_requests(source: SemanticScholarSource, services: Services) -> None:
    ask(source, *(Identifier("arxiv", f"2001.{n:05}") for n in range(501)))
    assert [len(json.loads(request.body)["ids"]) for request in services.requests] == [500, 1]


def test_answers_belong_to_identifiers_by_their_place(
    source: SemanticScholarSource, services: Services
) -> None:
    services.add("2001.00002", s2={"externalIds": None, "paperId": "b" * 40})
    merged = services.add("2001.00003", s2={"externalIds": {"CorpusId": 7}})
    unknown = Identifier("doi", "10.1000/unknown")
    merged_id = Identifier("s2", merged.paper_id)
    outcomes = ask(source, unknown, merged_id, UNET, Identifier("s2", "c" * 40))
    assert kinds(outcomes) == [Missing, Found, Found, Missing]
    assert isinstance(outcomes[1], Found)
    assert outcomes[1].record.title == merged.title


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda papers: [papers[1], papers[0], papers[2]], id="exchanged"),
        pytest.param(lambda papers: [papers[1], None, papers[2]], id="moved"),
    ],
)
def test_an_answer_in_the_place_of_another_one_is_not_believed(
    source: SemanticScholarSource,
    services: Services,
    change: Callable[[list[Any]], list[Any]],
) -> None:
    others = [Identifier("arxiv", services.add(f"2001.0000{n}").id) for n in (2, 3)]
    services.fault(S2, Fault(body=lambda body: json.dumps(change(json.loads(body))).encode()))
    first, second, third = ask(source, UNET, *others)
    assert first == second == Failed("one identifier got the answer of another one")
    assert isinstance(third, Found)


def test_two_identifiers_of_one_paper_are_both_found(
    source: SemanticScholarSource, services: Services
) -> None:
    paper = services.add("2001.00002", doi="10.1000/both")
    ids = [Identifier("arxiv", paper.id), Identifier("doi", paper.doi), UNET]
    assert kinds(ask(source, *ids)) == [Found, Found, Found]


def test_every_kind_of_identifier_is_written_as_the_service_writes_it(
    source: SemanticScholarSource, services: Services
) -> None:
    values = {
        "arxiv": "hep-th/9901001",
        "doi": "10.1000/a(b)#c",
        "s2": "a" * 40,
        "corpus": "470667",
        "acl": "2024.naacl-industry.19",
        "pubmed": "123",
        "pmc": "456",
    }
    identifiers = [Identifier(kind, value) for kind, value in values.items()]
    assert all(map(source.accepts, identifiers))
    assert not source.accepts(Identifier("openreview", "abcdef"))
    ask(source, *identifiers)
    assert json.loads(services.requests[0].body)["ids"] == [
        "ARXIV:hep-th/9901001",
        "DOI:10.1000/a(b)#c",
        "a" * 40,
        "CorpusId:470667",
        "ACL:2024.naacl-industry.19",
        "PMID:123",
        "PMCID:456",
    ]


def test_a_batch_of_which_nothing_is_known_is_missing(
    source: SemanticScholarSource, services: Services
) -> None:
    assert kinds(ask(source, Identifier("doi", "10.1000/x"))) == [Missing]
    assert services.count(S2) == 1


@pytest.mark.parametrize(
    "text",
    [
        "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        "u-net convolutional networks for biomedical image segmentation",
    ],
)
def test_a_title_is_found_when_it_agrees(source: SemanticScholarSource, text: str) -> None:
    assert kinds(ask(source, title(text))) == [Found]


def test_a_title_that_matches_another_paper_is_missing_and_says_which(
    source: SemanticScholarSource,
) -> None:
    [outcome] = ask(source, title("Networks of roads in ancient Rome"))
    assert isinstance(outcome, Missing)
    assert "U-Net: Convolutional Networks for Biomedical" in outcome.why


def test_a_title_without_any_match_is_missing(source: SemanticScholarSource) -> None:
    assert kinds(ask(source, title("askldjrq3rjaw938h qwxz"))) == [Missing]


def test_a_title_arrives_as_it_was_written(
    source: SemanticScholarSource, services: Services
) -> None:
    ask(source, title("a & b C++ #1? 100% Œuvre=x"))
    assert services.requests[0].query["query"] == "a & b C++ #1? 100% Œuvre=x"


def test_words_in_an_address_are_matched_like_a_title(source: SemanticScholarSource) -> None:
    slug = "u-net-convolutional-networks-for-biomedical"
    assert kinds(ask(source, Identifier("pwc", slug))) == [Found]


def test_identifiers_go_before_titles_and_all_are_answered(
    source: SemanticScholarSource, services: Services
) -> None:
    assert kinds(ask(source, title("no such thing here"), UNET)) == [Missing, Found]
    assert [request.method for request in services.requests] == ["POST", "GET"]


BROKEN: dict[str, Fault] = {
    "401": Fault(status=401, body=b'{"message": "Unauthorized"}'),
    "403": Fault(status=403, body=b'{"message": "Forbidden"}'),
    "408": Fault(status=408),
    "429": Fault(status=429, body=b'{"message": "Too Many Requests.", "code": "429"}'),
    "500 page": Fault(status=500, body=b"<html>oops</html>"),
    "502": Fault(status=502),
    "503": Fault(status=503, body=b'{"message": "Service Unavailable"}'),
    "504": Fault(status=504, body=b'{"message": "Endpoint request timed out"}'),
    "302": Fault(status=302, headers={"Location": "http://127.0.0.1/"}),
    "400": Fault(status=400, body=b'{"error": "Unrecognized or unsupported fields: [x]"}'),
    "silence": Fault(silence=5),
    "a byte now and then": Fault(drip=0.05),
    "reset": Fault(reset=True),
    "half of the body": Fault(truncate=True),
    "empty with 200": Fault(body=b""),
    "a page with 200": Fault(body=b"<html>Sorry</html>"),
    "an error with 200": Fault(body=b'{"error": "internal"}'),
    "an empty object": Fault(body=b"{}"),
    "null": Fault(body=b"null"),
    "an empty list": Fault(body=b"[]"),
    "a number": Fault(body=b"7"),
    "too few": Fault(body=b"[null]"),
    "too many": Fault(body=b"[null, null, null]"),
    "truncated": Fault(body=lambda body: body[:-9]),
    "deeply nested": Fault(body=b"[" * 200_000),
    "bad UTF-8": Fault(body=b'["\xff"]'),
}


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN.keys())
def test_no_proper_answer_is_failed_and_never_missing(
    services: Services, clock: Clock, fault: Fault
) -> None:
    services.add(UNET.value)
    services.fault(S2, fault)
    outcomes = ask(make(clock, fault.patience), UNET, Identifier("doi", "10.1000/x"))
    assert kinds(outcomes) == [Failed, Failed]
    assert services.count(S2) <= 4
    assert sum(clock.slept) <= 60


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN.keys())
def test_no_proper_match_is_failed_and_never_missing(
    services: Services, clock: Clock, fault: Fault
) -> None:
    services.add(UNET.value, "A title of some length")
    services.fault(S2, fault)
    source = make(clock, fault.patience)
    assert kinds(ask(source, title("a title of some length"))) == [Failed]
    assert services.count(S2) <= 4


def test_an_outage_is_waited_for_once(source: SemanticScholarSource, services: Services) -> None:
    services.fault(S2, Fault(status=503))
    outcomes = ask(source, UNET, *(title(f"the title number {n}") for n in range(5)))
    assert set(outcomes) == {Failed("HTTP 503 Service Unavailable")}
    assert services.count(S2) == 4


def test_no_match_is_an_answer_and_not_an_outage(
    source: SemanticScholarSource, services: Services
) -> None:
    services.fault(S2, Fault(body=b'{"data": []}'), times=1)
    assert kinds(ask(source, title("one two three"), title("qwxz zxwq"))) == [Missing, Missing]


ODD = {
    "an empty object": {},
    "no title": {"paperId": "a" * 40, "title": None},
    "a list for a title": {"title": ["x"]},
    "a text for a year": {"title": "x", "year": "2020"},
    "a number": 7,
    "a list": [],
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_record_that_cannot_be_read_fails_alone(
    source: SemanticScholarSource, services: Services, odd: Any
) -> None:
    def put_first(body: bytes) -> bytes:
        return json.dumps([odd, *json.loads(body)[1:]]).encode()

    services.add("2001.00001")
    services.fault(S2, Fault(body=put_first))
    outcomes = ask(source, UNET, Identifier("arxiv", "2001.00001"), Identifier("doi", "10.1000/x"))
    assert kinds(outcomes) == [Failed, Found, Missing]


def test_the_key_is_sent_and_nowhere_shown(
    services: Services, clock: Clock, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    services.add(UNET.value)
    handlers = list(logging.root.handlers)
    with caplog.at_level(logging.DEBUG):
        source = make(clock, S2_API_KEY=KEY)
        ask(source, UNET, title("a title of some length"))
        services.fault(S2, Fault(status=403))
        [refused] = ask(source, UNET)
    assert {request.headers["x-api-key"] for request in services.requests} == {KEY}
    assert refused == Failed("refuses the key in S2_API_KEY (HTTP 403 Forbidden)", credentials=True)
    shown = [caplog.text, *capfd.readouterr(), repr(source), repr(vars(source)["_transport"])]
    assert all(KEY not in text for text in shown)
    assert logging.root.handlers == handlers


def test_the_package_sets_up_no_logging(services: Services, clock: Clock) -> None:
    handlers, logging.root.handlers = logging.root.handlers, []
    try:
        ask(make(clock), UNET)
        assert logging.root.handlers == []
    finally:
        logging.root.handlers = handlers


def test_without_a_key_a_refusal_asks_for_one(
    source: SemanticScholarSource, services: Services
) -> None:
    services.fault(S2, Fault(status=401))
    assert ask(source, UNET) == [
        Failed("asks for a key in S2_API_KEY (HTTP 401 Unauthorized)", credentials=True)
    ]


RAW: dict[str, Any] = {
    "paperId": "a" * 40,
    "externalIds": {"ArXiv": "1505.04597", "CorpusId": 3719281},
    "title": "U-Net",
    "year": 2015,
}

FIELDS: list[tuple[str, dict[str, Any], str, object]] = [
    ("its own id is kept", {}, "ids", {"arxiv": "1505.04597", "s2": "a" * 40}),
    ("no ids", {"externalIds": None, "paperId": None}, "ids", {}),
    (
        "all ids",
        {
            "externalIds": {
                "ArXiv": "1505.04597v2",
                "DOI": "10.1007/978-3-319-24574-4_28",
                "DBLP": "conf/miccai/RonnebergerFB15",
                "ACL": "2024.naacl-industry.19",
                "PubMed": "123",
                "MAG": "9",
                "CorpusId": 1,
            }
        },
        "ids",
        {
            "arxiv": "1505.04597",
            "doi": "10.1007/978-3-319-24574-4_28",
            "acl": "2024.naacl-industry.19",
            "pubmed": "123",
            "s2": "a" * 40,
            "dblp": "conf/miccai/RonnebergerFB15",
        },
    ),
    (
        "a DOI in capitals",
        {"externalIds": {"DOI": "10.1109/TMI.2019.1"}, "paperId": None},
        "ids",
        {"doi": "10.1109/tmi.2019.1"},
    ),
    (
        "arXiv's DOI is none",
        {"externalIds": {"DOI": "10.48550/arXiv.1505.04597"}, "paperId": None},
        "ids",
        {},
    ),
    ("no authors", {"authors": []}, "authors", ()),
    (
        "an author without a name",
        {"authors": [{"name": None}, {"name": " B.  C "}]},
        "authors",
        ("B. C",),
    ),
    ("no abstract", {"abstract": None}, "abstract", ""),
    (
        "code in the abstract",
        {"abstract": "Our code is at https://github.com/owner/name."},
        "abstract",
        "Our code is at https://github.com/owner/name.",
    ),
    ("controls go", {"title": "U\x9b\u202eNet"}, "title", "UNet"),
    ("no year", {"year": None}, "year", None),
    ("no venue", {"venue": ""}, "venue", None),
    ("arXiv is no venue", {"venue": "arXiv.org", "journal": {"name": "ArXiv"}}, "venue", None),
    (
        "nor is a preprint server of biology or economics",
        {
            "venue": "bioRxiv : the preprint server for biology",
            "publicationVenue": {"name": "Social Science Research Network"},
            "journal": {"name": "SSRN Electronic Journal"},
        },
        "venue",
        None,
    ),
    (
        "null names",
        {"venue": None, "publicationVenue": {"name": None}, "journal": {}},
        "venue",
        None,
    ),
    (
        "a venue by its usual name",
        {"venue": "Neural Information Processing Systems"},
        "venue",
        Venue(name="NeurIPS", year=2015),
    ),
    (
        "the venue's own name when arXiv comes first",
        {
            "venue": "arXiv.org",
            "publicationVenue": {"name": "IEEE Transactions on Medical Imaging"},
        },
        "venue",
        Venue(name="IEEE TMI", year=2015),
    ),
    (
        "the journal's name when nothing else is said",
        {"venue": "", "publicationVenue": None, "journal": {"name": "Medical Image Analysis"}},
        "venue",
        Venue(name="Medical Image Analysis", year=2015),
    ),
    (
        "the year of the proceedings, not of the preprint",
        {"venue": "CVPR", "year": 2019, "externalIds": {"DBLP": "conf/cvpr/AuthorB20a"}},
        "venue",
        Venue(name="CVPR", year=2020),
    ),
    (
        "authors whose names DBLP numbers",
        {"venue": "CVPR", "year": 2021, "externalIds": {"DBLP": "conf/cvpr/0003MW0022"}},
        "venue",
        Venue(name="CVPR", year=2022),
    ),
    ("dated by DBLP", {"externalIds": {"DBLP": "conf/cvpr/AuthorB20"}}, "dated", True),
    ("DBLP has the preprint", {"externalIds": {"DBLP": "journals/corr/KingmaB14"}}, "dated", False),
    ("DBLP says nothing", {}, "dated", False),
    ("a year of no paper", {"year": -44}, "year", None),
    ("no count", {"citationCount": None}, "citations", None),
    (
        "counts of a month",
        {"citationCount": 5, "influentialCitationCount": 2},
        "citations",
        Citations(count=5, influential=2, as_of="2026-11"),
    ),
    (
        "one count without the other",
        {"citationCount": 9, "influentialCitationCount": None},
        "citations",
        None,
    ),
]


@pytest.mark.parametrize(
    ("fields", "name", "expected"), [f[1:] for f in FIELDS], ids=[f[0] for f in FIELDS]
)
def test_fields_of_the_record(fields: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(to_record({**RAW, **fields}, "2026-11"), name) == expected


def test_code_is_read_from_the_abstract() -> None:
    abstract = "Our code is available at https://github.com/owner/name."
    [link] = to_record({**RAW, "abstract": abstract}, "2026-11").code
    assert (link.url, link.source) == ("https://github.com/owner/name", "abstract")


def test_a_wrong_type_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        to_record({**RAW, "authors": "Ada"}, "2026-11")
