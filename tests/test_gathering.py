"""Asking the sources: each for what it can answer, once, and outages are no answers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

import pytest

from papertrack.gathering import Gathered, Panel, gather
from papertrack.identifiers import Identifier
from papertrack.model import CodeLink, Record
from papertrack.sources import Answers, Failed, Found, Missing, Outcome, Source
from tests.builders import record
from tests.fakes import FakeSource

UNET = Identifier("arxiv", "1505.04597")
DOI = Identifier("doi", "10.1007/978-3-319-24574-4_28")
CODE = (CodeLink(url="https://github.com/a/b", source="hugging-face"),)
S2 = "semantic-scholar"


def quiet(source: str, done: int, total: int) -> None:
    pass


def ask(panel: Panel, *identifiers: Identifier) -> dict[Identifier, Gathered]:
    return gather(identifiers, panel, quiet)


def found(**changes: object) -> Found:
    return Found(record(**changes))


def test_all_sources_of_metadata_are_asked_once_for_all_identifiers() -> None:
    other = Identifier("arxiv", "2201.01266")
    arxiv = FakeSource("arxiv", {UNET.value: found()})
    s2 = FakeSource(S2, {UNET.value: found(source=S2)}, kinds=("arxiv", "doi"))
    gathered = ask(Panel([arxiv, s2]), UNET, other)
    assert arxiv.calls == s2.calls == [[UNET.value, other.value]]
    assert [r.source for r in gathered[UNET].records] == ["arxiv", S2]
    assert not gathered[UNET].missing
    assert gathered[other].missing == {"arxiv": "", S2: ""}


def test_a_source_is_not_asked_for_what_it_cannot_look_up() -> None:
    arxiv, s2 = FakeSource("arxiv"), FakeSource(S2, kinds=("doi",))
    ask(Panel([arxiv, s2]), DOI)
    assert arxiv.calls == []
    assert s2.calls == [[DOI.value]]


def test_the_first_source_is_asked_again_by_the_arxiv_id_that_another_found() -> None:
    arxiv = FakeSource("arxiv", {UNET.value: found()})
    s2 = FakeSource(S2, {DOI.value: found(source=S2)}, kinds=("arxiv", "doi"))
    gathered = ask(Panel([arxiv, s2]), DOI)
    assert arxiv.calls == [[UNET.value]]
    assert s2.calls == [[DOI.value]]
    assert [r.source for r in gathered[DOI].records] == [S2, "arxiv"]


def test_two_identifiers_of_one_paper_cost_the_first_source_one_question() -> None:
    title = Identifier("title", "U-Net")
    arxiv = FakeSource("arxiv", {UNET.value: found()})
    s2 = FakeSource(
        S2,
        {DOI.value: found(source=S2), title.value: found(source=S2)},
        kinds=("doi", "title"),
    )
    gathered = ask(Panel([arxiv, s2]), DOI, title)
    assert arxiv.calls == [[UNET.value]]
    assert all(len(gathered[i].records) == 2 for i in (DOI, title))


def test_the_fallback_is_asked_for_what_a_source_failed_to_answer_and_for_nothing_else() -> None:
    other = Identifier("arxiv", "2201.01266")
    arxiv = FakeSource("arxiv", {UNET.value: Failed("503")})
    snapshot = FakeSource("snapshot", {UNET.value: found(source="snapshot")})
    gathered = ask(Panel([arxiv], fallback=[snapshot]), UNET, other)
    assert snapshot.calls == [[UNET.value]]
    assert [r.source for r in gathered[UNET].records] == ["snapshot"]
    assert gathered[UNET].failed == {"arxiv": Failed("503")}


def test_the_fallback_is_asked_by_arxiv_id_where_that_is_known() -> None:
    arxiv = FakeSource("arxiv", {UNET.value: Failed("503")})
    s2 = FakeSource(S2, {DOI.value: found(source=S2)}, kinds=("doi",))
    snapshot = FakeSource("snapshot", {UNET.value: found(source="snapshot")})
    gathered = ask(Panel([arxiv, s2], fallback=[snapshot]), DOI)
    assert [r.source for r in gathered[DOI].records] == [S2, "snapshot"]


def test_an_outage_is_not_a_missing_paper() -> None:
    arxiv = FakeSource("arxiv", {UNET.value: Failed("timed out")})
    s2 = FakeSource(S2, {UNET.value: Missing("no such id")})
    gathered = ask(Panel([arxiv, s2]), UNET)[UNET]
    assert gathered.failed == {"arxiv": Failed("timed out")}
    assert gathered.missing == {S2: "no such id"}
    assert gathered.records == []


def test_a_record_of_another_paper_is_not_believed() -> None:
    wrong = found(source=S2, title="Gravity Hill", authors=("A. Wu",))
    panel = Panel([FakeSource("arxiv", {UNET.value: found()}), FakeSource(S2, {UNET.value: wrong})])
    gathered = ask(panel, UNET)[UNET]
    assert [r.source for r in gathered.records] == ["arxiv"]
    assert gathered.doubted == ["Gravity Hill"]


def from_doi(
    arxiv: FakeSource, *, fallback: Sequence[Source] = (), code: Sequence[Source] = ()
) -> Gathered:
    """Ask for a DOI of which one source says that it is U-Net's arXiv id as well."""
    said = found(source=S2, ids={"doi": DOI.value, "arxiv": UNET.value})
    s2 = FakeSource(S2, {DOI.value: said}, kinds=("doi",))
    return ask(Panel([arxiv, s2], fallback, code), DOI)[DOI]


WRONG = found(title="Gravity Hill", authors=("A. Wu",))


@pytest.mark.parametrize(
    ("arxiv", "fallback", "code"),
    [
        (WRONG, Missing(), Missing()),
        (Failed("503"), WRONG, Missing()),
        (Missing(), Missing(), WRONG),
    ],
    ids=["arxiv", "fallback", "code"],
)
def test_an_arxiv_id_that_a_source_calls_another_paper_is_not_that_of_a_doi(
    arxiv: Outcome, fallback: Outcome, code: Outcome
) -> None:
    pages = FakeSource("hugging-face", {UNET.value: code})
    told = from_doi(
        FakeSource("arxiv", {UNET.value: arxiv}),
        fallback=[FakeSource("snapshot", {UNET.value: fallback})],
        code=[pages],
    )
    assert told.doubted == ["Gravity Hill"]
    assert [record.ids for record in told.records] == [{"doi": DOI.value}]
    assert told.arxiv is None
    assert bool(pages.calls) == isinstance(code, Found)


def test_an_arxiv_id_that_arxiv_has_confirmed_is_believed_whatever_others_call_it() -> None:
    told = from_doi(
        FakeSource("arxiv", {UNET.value: found()}),
        code=[FakeSource("hugging-face", {UNET.value: WRONG})],
    )
    assert told.doubted == ["Gravity Hill"]
    assert told.arxiv == UNET


def papers(number: int, **changes: object) -> dict[str, Found]:
    ids = [f"2001.{n:05}" for n in range(number)]
    return {i: found(ids={"arxiv": i}, title=f"Paper {i}", **changes) for i in ids}


@pytest.mark.parametrize(
    ("number", "limit", "asked"),
    [
        pytest.param(3, 3, True, id="few"),
        pytest.param(4, 3, False, id="too many"),
        pytest.param(40, None, True, id="always"),
    ],
)
def test_the_code_source_is_asked_for_few_papers_only(
    number: int, limit: int | None, asked: bool
) -> None:
    arxiv, code = FakeSource("arxiv", papers(number)), FakeSource("hugging-face")
    panel = Panel([arxiv], code=[code], code_limit=limit)
    ask(panel, *(Identifier("arxiv", i) for i in papers(number)))
    assert code.calls == ([list(papers(number))] if asked else [])


def test_the_code_source_is_not_asked_for_papers_that_state_their_code() -> None:
    answers = papers(30, code=CODE) | papers(2)
    arxiv = FakeSource("arxiv", answers)
    code = FakeSource("hugging-face", {i: found(code=CODE) for i in answers})
    gathered = ask(Panel([arxiv], code=[code]), *(Identifier("arxiv", i) for i in answers))
    assert code.calls == [["2001.00000", "2001.00001"]]
    assert all(any(r.code for r in each.records) for each in gathered.values())


def test_the_code_source_is_not_asked_about_papers_that_are_unknown_or_in_doubt() -> None:
    failed = Identifier("arxiv", "2201.00001")
    arxiv = FakeSource("arxiv", {failed.value: Failed("503")})
    s2 = FakeSource(S2, {failed.value: found(ids={"arxiv": failed.value})})
    code = FakeSource("hugging-face")
    ask(Panel([arxiv, s2], code=[code]), UNET, failed)
    assert code.calls == []


def test_sources_are_asked_at_the_same_time() -> None:
    """Neither source answers before the other one is asked too."""
    both = threading.Barrier(2, timeout=10)

    class Meeting(FakeSource):
        def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
            both.wait()
            return super().fetch(identifiers)

    gathered = ask(Panel([Meeting("arxiv"), Meeting(S2)]), UNET)
    assert set(gathered[UNET].missing) == {"arxiv", S2}


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt()])
def test_what_a_source_raises_is_raised_where_it_was_asked(error: BaseException) -> None:
    panel = Panel([FakeSource("arxiv"), FakeSource(S2, breaks=error)])
    with pytest.raises(type(error)) as caught:
        ask(panel, UNET)
    assert caught.value is error


def test_progress_is_told_batch_by_batch() -> None:
    class Halving(FakeSource):
        def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
            for identifier in identifiers:
                yield {identifier: Missing()}

    told: list[tuple[str, int, int]] = []
    wanted = [UNET, Identifier("arxiv", "2201.01266"), UNET]
    gather(wanted, Panel([Halving("arxiv")]), lambda *step: told.append(step))
    assert told == [("arxiv", 1, 2), ("arxiv", 2, 2)]


def test_nobody_is_asked_about_nothing() -> None:
    arxiv = FakeSource("arxiv")
    assert ask(Panel([arxiv])) == {}
    assert arxiv.calls == []


def test_the_arxiv_id_is_the_one_of_any_record() -> None:
    gathered = Gathered(records=[Record(source=S2), record()])
    assert gathered.arxiv == UNET
    assert Gathered().arxiv is None
