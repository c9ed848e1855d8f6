"""Adding papers: what becomes of each input, and what the exit code says of all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from papertrack.adding import Added, Additions, Given, OnDuplicate, Status
from papertrack.editing import assign
from papertrack.errors import ExitCode, NotFound, Refused
from papertrack.gathering import Panel
from papertrack.library import Library
from papertrack.model import Citations, CodeLink, Paper, Venue, replace
from papertrack.sources import Failed, Found, Outcome
from papertrack.tracker import Tracker
from tests.builders import make_library, record, unet, voxelmorph
from tests.fakes import FakeSource
from tests.test_storage import fingerprint

TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
UNET, DOI = "1505.04597", "10.1007/978-3-319-24574-4_28"
S2 = "semantic-scholar"
TODAY = date(2026, 11, 24)


def tracker(root: Path, *sources: FakeSource, **papers: Paper) -> Tracker:
    """Make a tracker over a library on disk and sources that are asked for metadata."""
    return Tracker(make_library(root, **papers), lambda: Panel(sources), today=lambda: TODAY)


def arxiv(**answers: Outcome) -> FakeSource:
    """Make an arXiv that knows U-Net, and what is given (`a2001_00001` for 2001.00001)."""
    others = {name[1:].replace("_", "."): answer for name, answer in answers.items()}
    return FakeSource("arxiv", {UNET: Found(record())} | others)


def add(
    track: Tracker,
    *inputs: str,
    given: Given = Given(),  # noqa: B008  # it is frozen
    on_duplicate: OnDuplicate = "skip",
    dry_run: bool = False,
) -> Additions:
    return track.add(inputs, given, on_duplicate=on_duplicate, dry_run=dry_run)


def stored(track: Tracker) -> dict[str, Paper]:
    return Library(track.library.root).read().papers


def test_a_paper_is_added_under_its_citation_key(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv())
    additions = add(track, "https://arxiv.org/abs/1505.04597v2")
    assert additions == Additions(
        [Added("https://arxiv.org/abs/1505.04597v2", "added", "ronneberger2015unet", TITLE)]
    )
    paper = stored(track)["ronneberger2015unet"]
    assert (paper.title, paper.name, paper.added) == (record().title, "U-Net", "2026-11-24")
    assert additions.exit_code == ExitCode.DONE


def test_the_results_stand_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(a2001_00001=Failed("503")))
    additions = add(track, "nonsense", UNET, "2001.00002", "2001.00001")
    assert [(r.input, r.status) for r in additions.results] == [
        ("nonsense", "invalid"),
        (UNET, "added"),
        ("2001.00002", "not_found"),
        ("2001.00001", "failed"),
    ]
    assert additions.silent == {"arxiv": "503"}
    assert additions.exit_code == ExitCode.PARTLY
    assert list(stored(track)) == ["ronneberger2015unet"]


def test_what_is_no_identifier_is_told_what_was_expected(tmp_path: Path) -> None:
    [result] = add(tracker(tmp_path), "15O5.04597").results
    assert result.status == "invalid"
    assert "1505.04597" in result.message


def test_a_paper_twice_in_one_call_is_added_once(tmp_path: Path) -> None:
    s2 = FakeSource(S2, {DOI: Found(record(S2, ids={"doi": DOI, "arxiv": UNET}))}, kinds=("doi",))
    track = tracker(tmp_path, arxiv(), s2)
    additions = add(track, UNET, f"arXiv:{UNET}", DOI)
    key = "ronneberger2015unet"
    assert [(r.status, r.key) for r in additions.results] == [
        ("added", key),
        ("exists", key),
        ("exists", key),
    ]
    assert list(stored(track)) == [key]


def test_a_paper_that_is_there_is_not_asked_about(tmp_path: Path) -> None:
    source = arxiv()
    track = tracker(tmp_path, source, unet=unet())
    before = fingerprint(tmp_path)
    assert add(track, UNET, DOI).results == [
        Added(UNET, "exists", "unet", TITLE),
        Added(DOI, "exists", "unet", TITLE),
    ]
    assert source.calls == []
    assert fingerprint(tmp_path) == before


def test_the_same_paper_by_another_identifier_is_found_in_the_answer(tmp_path: Path) -> None:
    s2 = FakeSource(S2, {DOI: Found(record(S2, ids={"doi": DOI, "arxiv": UNET}))}, kinds=("doi",))
    track = tracker(tmp_path, s2, unet=unet(ids={"arxiv": UNET}))
    assert add(track, DOI).results == [Added(DOI, "exists", "unet", TITLE)]
    assert stored(track) == {"unet": unet(ids={"arxiv": UNET})}


def test_update_takes_in_what_is_new_and_tells_when_nothing_is(tmp_path: Path) -> None:
    newer = Found(record(comment="8 pages", title="Another title", year=2015))
    track = tracker(tmp_path, arxiv(a1505_04597=newer), unet=unet(pinned=("title",)))
    [first] = add(track, UNET, on_duplicate="update").results
    [second] = add(track, UNET, on_duplicate="update").results
    assert (first.status, second.status) == ("updated", "exists")
    paper = stored(track)["unet"]
    assert (paper.comment, paper.title) == ("8 pages", unet().title)
    assert (paper.added, paper.section) == (unet().added, unet().section)


def test_a_paper_is_updated_although_the_answer_does_not_repeat_its_identifier(
    tmp_path: Path,
) -> None:
    track = tracker(tmp_path, arxiv(a1505_04597=Found(record(ids={}, comment="8"))), unet=unet())
    [result] = add(track, UNET, on_duplicate="update").results
    assert (result.status, result.key) == ("updated", "unet")


def test_an_update_that_speaks_of_another_paper_is_not_believed(tmp_path: Path) -> None:
    wrong = Found(record(title="Gravity Hill", authors=("A. Wu",)))
    track = tracker(tmp_path, arxiv(a1505_04597=wrong), unet=unet())
    [result] = add(track, UNET, on_duplicate="update").results
    assert (result.status, result.key) == ("failed", "unet")
    assert "now call it 'Gravity Hill'" in result.message
    assert stored(track) == {"unet": unet()}


def test_an_outage_during_an_update_is_no_success(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(a1505_04597=Failed("503")), unet=unet())
    additions = add(track, UNET, on_duplicate="update")
    assert [r.status for r in additions.results] == ["failed"]
    assert additions.exit_code == ExitCode.UNAVAILABLE


KEPT = "kept as it is; --on-duplicate update puts the options on it"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Given(tags=("new",)), f"{TITLE}; {KEPT}"),
        (Given(code=(CodeLink(url="https://github.com/a/b"),)), f"{TITLE}; {KEPT}"),
        (Given(notes="read again"), f"{TITLE}; {KEPT}"),
        (Given(section=("Networks",)), f"{TITLE}; {KEPT}"),
        (Given(tags=("classic",), notes="read"), TITLE),
        (Given(), TITLE),
    ],
    ids=["a tag", "code", "a note", "a section", "what is there already", "nothing"],
)
@pytest.mark.parametrize("name", [UNET, "2001.00001"], ids=["held", "by the answer"])
def test_what_a_person_gives_is_not_dropped_in_silence(
    name: str, given: Given, message: str, tmp_path: Path
) -> None:
    alias = Found(record(ids={"doi": DOI}))
    paper = unet(tags=("classic",), notes="read")
    track = tracker(tmp_path, arxiv(a2001_00001=alias), unet=paper)
    before = fingerprint(tmp_path)
    assert add(track, name, given=given).results == [Added(name, "exists", "unet", message)]
    assert fingerprint(tmp_path) == before


def test_what_a_person_gives_is_put_on_a_paper_that_no_source_knows(tmp_path: Path) -> None:
    page = "https://openreview.net/forum?id=S1xh5sYgx"
    track = tracker(tmp_path, arxiv(), mine=unet(ids={"openreview": "S1xh5sYgx"}))
    given = Given(tags=("new",))
    for status in ("updated", "exists"):
        [result] = add(track, page, given=given, on_duplicate="update").results
        assert result == Added(page, status, "mine", TITLE)
    assert stored(track)["mine"] == unet(ids={"openreview": "S1xh5sYgx"}, tags=("new",))


@pytest.mark.parametrize("name", [UNET, DOI])
def test_fail_refuses_a_paper_that_is_there_and_adds_none(tmp_path: Path, name: str) -> None:
    answers = {"2001.00001": Found(record(ids={"arxiv": "2001.00001"}, title="New"))}
    s2 = Found(record(S2, ids={"doi": DOI, "arxiv": UNET}))
    sources = (FakeSource("arxiv", answers), FakeSource(S2, {DOI: s2}, kinds=("doi",)))
    track = tracker(tmp_path, *sources, unet=unet(ids={"arxiv": UNET}))
    before = fingerprint(tmp_path)
    with pytest.raises(Refused, match="is in the list already, as unet; nothing was added"):
        add(track, "2001.00001", name, on_duplicate="fail")
    assert fingerprint(tmp_path) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv())
    before = fingerprint(tmp_path)
    told = add(track, UNET, "2001.00002", dry_run=True)
    assert fingerprint(tmp_path) == before
    assert told == add(track, UNET, "2001.00002")


def test_a_removed_paper_comes_back_under_its_old_key(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), mine=unet())
    assert track.remove(["U-Net"], why="by mistake") == ["mine"]
    told = f"{TITLE}; was removed on 2026-11-24: by mistake"
    assert add(track, UNET).results == [Added(UNET, "added", "mine", told)]
    contents = track.library.read()
    assert list(contents.papers) == ["mine"]
    assert contents.removed == {}


def test_a_paper_that_was_removed_without_a_reason_is_told_too(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), mine=unet())
    track.remove(["mine"])
    assert add(track, UNET).results[0].message == f"{TITLE}; was removed on 2026-11-24"


def test_a_link_that_is_given_again_with_a_removed_paper_is_not_dismissed_any_more(
    tmp_path: Path,
) -> None:
    link = CodeLink(url="https://github.com/a/b")
    track = tracker(tmp_path, arxiv(), mine=unet(dismissed=("https://github.com/A/B",)))
    track.remove(["mine"])
    add(track, UNET, given=Given(code=(link,)))
    back = stored(track)["mine"]
    assert (back.code, back.dismissed) == ((link,), ())


def test_a_removed_paper_comes_back_with_what_people_had_put_in(tmp_path: Path) -> None:
    mine = unet(
        tags=("classic",), notes="read it", pinned=("name",), dismissed=("https://x.org/a",)
    )
    track = tracker(tmp_path, arxiv(), mine=mine)
    track.remove(["mine"])
    [result] = add(track, UNET, given=Given(section=("Networks",))).results
    assert result.message.startswith(f"{TITLE}; ")
    back = stored(track)["mine"]
    assert (back.tags, back.notes, back.dismissed) == (mine.tags, mine.notes, mine.dismissed)
    assert back.section == ("Networks",)


def test_a_removed_paper_whose_id_now_means_another_one_stays_removed(tmp_path: Path) -> None:
    other = unet(title="Gravity on a Hill", authors=("A. Wu",), ids={"arxiv": UNET})
    track = tracker(tmp_path, arxiv(), mine=other)
    track.remove(["mine"])
    assert add(track, UNET).results[0].key == "ronneberger2015unet"
    assert list(track.library.read().removed) == ["mine"]


def test_a_paper_is_given_no_identifier_of_another_one(tmp_path: Path) -> None:
    shared = {"doi": "10.1000/wrong"}
    track = tracker(
        tmp_path,
        ours=unet(ids={"arxiv": UNET} | shared),
        voxel=voxelmorph(ids={"arxiv": "1809.05231"} | shared),
    )
    before = fingerprint(tmp_path)
    with pytest.raises(Refused, match=r"arxiv:1505\.04597 is that of ours") as refused:
        track.edit("voxel", lambda paper: assign(paper, f"arxiv={UNET}"))
    assert "papertrack set ours ids.arxiv=" in refused.value.hint
    assert fingerprint(tmp_path) == before
    track.edit("ours", lambda paper: assign(paper, f"arxiv={UNET}v2"))  # what it has already
    track.edit("voxel", lambda paper: assign(paper, "name=VM"))  # though its DOI is another's
    track.edit("ours", lambda paper: assign(paper, "ids.arxiv="))
    track.edit("voxel", lambda paper: assign(paper, f"arxiv={UNET}"))
    assert stored(track)["voxel"].ids == {"arxiv": UNET} | shared


def test_removed_papers_are_put_back_as_they_were_or_not_at_all(tmp_path: Path) -> None:
    track = tracker(tmp_path, unet=unet(tags=("classic",)), voxelmorph=voxelmorph())
    before = track.library.read()
    track.remove(["unet", "voxelmorph"])
    with pytest.raises(NotFound, match="no paper 'V-Net' has been removed") as caught:
        track.restore(["U-Net", "V-Net"])
    assert caught.value.hint == "removed ones: unet, voxelmorph"
    assert stored(track) == {}
    assert track.restore(["U-Net", "voxelmorph"]) == ["unet", "voxelmorph"]
    assert track.library.read() == before


def test_a_removed_paper_that_has_come_back_is_not_put_beside_itself(tmp_path: Path) -> None:
    track = tracker(tmp_path, unet=unet())
    track.remove(["unet"])
    with track.library.change() as contents:
        contents.papers["again"] = unet()
    with pytest.raises(Refused, match="is in the list again, as again"):
        track.restore(["unet"])
    assert list(track.library.read().removed) == ["unet"]


def test_an_old_key_that_another_paper_has_meanwhile_is_not_taken(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), mine=unet())
    track.remove(["mine"])
    with track.library.change() as contents:
        contents.papers["mine"] = voxelmorph()
    assert add(track, UNET).results[0].key == "ronneberger2015unet"
    assert stored(track)["mine"] == voxelmorph()


def test_the_key_of_a_removed_paper_stays_its_own(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), ronneberger2015unet=unet(ids={"doi": "10.1/x"}))
    track.remove(["ronneberger2015unet"])
    assert add(track, UNET).results[0].key == "ronneberger2015unetconvolutional"


BRAIN, GRAVITY, VOLUME = "2001.00001", "2001.00002", "10.1109/x.1"


def volume(title: str = "Quantum gravity on a budget", author: str = "Bob Ray") -> FakeSource:
    """Make an arXiv that has the same DOI for two papers."""
    brain = record(
        title="Deep brain segmentation", authors=("Ann Lee",), ids={"arxiv": BRAIN, "doi": VOLUME}
    )
    other = record(title=title, authors=(author,), ids={"arxiv": GRAVITY, "doi": VOLUME})
    return FakeSource("arxiv", {BRAIN: Found(brain), GRAVITY: Found(other)})


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Quantum gravity on a budget", "Bob Ray"),
        ("Quantum gravity on a budget", "Ann Lee"),
        ("Deep brain segmentation II", "Ann Lee"),
    ],
    ids=["another paper", "by the same author", "a second part"],
)
def test_a_doi_that_two_papers_have_is_that_of_the_first(
    title: str, author: str, tmp_path: Path
) -> None:
    track = tracker(tmp_path, volume(title, author))
    first, second = add(track, BRAIN, GRAVITY, on_duplicate="fail").results
    left_out = f"left out: doi:{VOLUME} is that of {first.key}, 'Deep brain segmentation'"
    assert (second.status, second.message) == ("added", f"{title}; {left_out}")
    assert stored(track)[second.key].ids == {"arxiv": GRAVITY}
    assert stored(track)[first.key].ids == {"arxiv": BRAIN, "doi": VOLUME}
    [again] = add(track, GRAVITY, on_duplicate="update").results
    assert again == Added(GRAVITY, "exists", second.key, second.message)
    [renewed] = track.refresh([second.key]).results
    assert (renewed.status, renewed.message) == ("unchanged", left_out)


def test_a_doi_left_out_comes_in_when_the_other_paper_has_gone(tmp_path: Path) -> None:
    track = tracker(tmp_path, volume())
    first, second = add(track, BRAIN, GRAVITY).results
    track.remove([first.key])
    assert track.refresh([second.key]).results[0].status == "updated"
    assert stored(track)[second.key].ids == {"arxiv": GRAVITY, "doi": VOLUME}


def test_papers_refreshed_at_once_do_not_get_one_doi(tmp_path: Path) -> None:
    papers = {
        key: unet(title=title, authors=(author,), ids={"arxiv": arxiv_id})
        for key, title, author, arxiv_id in (
            ("brain", "Deep brain segmentation", "Ann Lee", BRAIN),
            ("gravity", "Quantum gravity on a budget", "Bob Ray", GRAVITY),
        )
    }
    track = tracker(tmp_path, volume(), **papers)
    track.refresh(["brain", "gravity"])
    assert [paper.ids.get("doi") for paper in stored(track).values()] == [VOLUME, None]


def test_a_paper_that_has_changed_its_title_is_known_by_its_doi_and_author(tmp_path: Path) -> None:
    paper = unet(title="Networks that look like a letter", ids={"doi": DOI})
    said = Found(record(ids={"arxiv": UNET, "doi": DOI}))
    track = tracker(tmp_path, arxiv(a1505_04597=said), unet=paper)
    assert add(track, UNET).results == [Added(UNET, "exists", "unet", paper.title)]


def test_a_removed_paper_with_the_doi_of_another_one_stays_removed(tmp_path: Path) -> None:
    track = tracker(tmp_path, volume(author="Ann Lee"))
    add(track, BRAIN)
    [brain] = track.remove([BRAIN])
    [result] = add(track, GRAVITY).results
    assert result.key == "lee2015quantum"
    assert list(track.library.read().removed) == [brain]


def test_a_likely_duplicate_is_added_and_remarked(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), twin=unet(ids={"doi": "10.1/x"}))
    [result] = add(track, UNET).results
    assert result.status == "added"
    assert result.message == f"{TITLE}; looks like twin: the same title and first author"


def test_a_withdrawn_paper_and_a_title_in_doubt_are_remarked(tmp_path: Path) -> None:
    wrong = Found(record(S2, title="Gravity Hill", authors=("A. Wu",)))
    withdrawn = arxiv(a1505_04597=Found(record(withdrawn=True)))
    track = tracker(tmp_path, withdrawn, FakeSource(S2, {UNET: wrong}))
    [result] = add(track, UNET).results
    assert result.message == (
        f"{TITLE}; withdrawn by its authors; not believed: a source calls it 'Gravity Hill'"
    )


@pytest.mark.parametrize(
    ("sources", "status", "message"),
    [
        pytest.param(
            [FakeSource("arxiv", {UNET: Failed("503")}), FakeSource(S2, {UNET: Failed("429")})],
            "failed",
            "arxiv: 503; semantic-scholar: 429",
            id="nobody answers",
        ),
        pytest.param(
            [FakeSource("arxiv", {UNET: Failed("503")}), FakeSource(S2)],
            "failed",
            "arxiv: 503",
            id="arXiv alone could know it",
        ),
        pytest.param(
            [FakeSource("arxiv"), FakeSource(S2, {UNET: Failed("429")})],
            "not_found",
            "unknown to arxiv",
            id="arXiv has the last word on its ids",
        ),
        pytest.param(
            [FakeSource("arxiv"), FakeSource(S2)],
            "not_found",
            "unknown to arxiv and semantic-scholar",
            id="nobody knows it",
        ),
        pytest.param([], "not_found", "no source knows arxiv ids", id="nobody to ask"),
    ],
)
def test_a_paper_without_an_answer(
    tmp_path: Path, sources: list[FakeSource], status: Status, message: str
) -> None:
    [result] = add(tracker(tmp_path, *sources), UNET).results
    assert (result.status, result.key) == (status, "")
    assert message in result.message


def test_what_could_be_had_is_kept_while_a_source_is_down(tmp_path: Path) -> None:
    s2 = FakeSource(S2, {UNET: Found(record(S2, citations=Citations(count=9)))})
    track = tracker(tmp_path, FakeSource("arxiv", {UNET: Failed("503")}), s2)
    additions = add(track, UNET)
    assert [r.status for r in additions.results] == ["added"]
    assert additions.silent == {"arxiv": "503"}
    assert additions.exit_code == ExitCode.PARTLY
    assert stored(track)["ronneberger2015unet"].sources["title"] == S2


def test_that_nobody_was_asked_offline_is_no_outage(tmp_path: Path) -> None:
    s2 = FakeSource(S2, {UNET: Failed("not cached", offline=True)})
    additions = add(tracker(tmp_path, arxiv(), s2), UNET)
    assert additions.silent == {}
    assert additions.exit_code == ExitCode.DONE


def test_what_the_person_says_counts_more_than_the_sources(tmp_path: Path) -> None:
    given = Given(
        name="UNet",
        section=("Segmentation",),
        tags=("2d",),
        code=(CodeLink(url="https://github.com/a/b", label="mine"),),
        venue=Venue(name="MICCAI", year=2015),
        notes="read this",
    )
    said = Found(
        record(
            venue=Venue(name="IEEE TMI"),
            code=(
                CodeLink(url="https://github.com/a/b", source="abstract"),
                CodeLink(url="https://github.com/c/d", source="abstract"),
            ),
        )
    )
    track = tracker(tmp_path, arxiv(a1505_04597=said))
    add(track, UNET, given=given)
    paper = stored(track)["ronneberger2015unet"]
    assert (paper.name, paper.section, paper.tags) == ("UNet", ("Segmentation",), ("2d",))
    assert (paper.venue, paper.notes) == (given.venue, "read this")
    assert [(c.url[-3:], c.label) for c in paper.code] == [("a/b", "mine"), ("c/d", "")]
    assert paper.pinned == ("name", "section", "venue")
    assert "venue" not in paper.sources


def test_what_is_said_of_a_paper_that_is_there_adds_to_its_notes_and_tags(tmp_path: Path) -> None:
    track = tracker(tmp_path, arxiv(), unet=unet(notes="mine", tags=("a",)))
    given = Given(notes="more", tags=("a", "b"))
    for status in ("updated", "exists"):
        [result] = add(track, UNET, given=given, on_duplicate="update").results
        assert result.status == status
    paper = stored(track)["unet"]
    assert (paper.notes, paper.tags, paper.pinned) == ("mine\nmore", ("a", "b"), ())


def test_a_repository_that_a_person_names_in_another_spelling_is_one_link(tmp_path: Path) -> None:
    stated = CodeLink(url="https://github.com/Ada/Engine", label="official", source="abstract")
    track = tracker(tmp_path, arxiv(a1505_04597=Found(record(code=(stated,)))))
    mine = CodeLink(url="https://github.com/ada/engine", label="mine")
    twice = CodeLink(url="https://github.com/ADA/engine", label="first")
    for status in ("added", "exists"):
        given = Given(code=(twice, mine))
        assert add(track, UNET, given=given, on_duplicate="update").results[0].status == status
    paper = stored(track)["ronneberger2015unet"]
    assert (paper.code, paper.dismissed) == ((mine,), ())


@pytest.mark.parametrize(
    ("there", "given", "after"),
    [
        ("not good at all", "good", "not good at all\ngood"),
        ("first\ngood\nlast", "good", "first\ngood\nlast"),
        ("first\ngood\nlast", "good\nlast", "first\ngood\nlast"),
        ("first\nlast", "first\ngood", "first\nlast\nfirst\ngood"),
        ("", "good", "good"),
        ("good", "", "good"),
    ],
)
def test_a_note_is_there_already_where_its_lines_are(there: str, given: str, after: str) -> None:
    assert Given(notes=given).put_on(unet(notes=there)).notes == after


@pytest.mark.parametrize(
    ("statuses", "more", "expected"),
    [
        ([], {}, ExitCode.DONE),
        (["added", "exists", "updated"], {}, ExitCode.DONE),
        (["exists"], {}, ExitCode.DONE),
        (["added", "not_found"], {}, ExitCode.PARTLY),
        (["exists", "invalid"], {}, ExitCode.PARTLY),
        (["added", "failed"], {}, ExitCode.PARTLY),
        (["added"], {"silent": {"arxiv": "503"}}, ExitCode.PARTLY),
        (["invalid"], {}, ExitCode.USAGE),
        (["not_found"], {}, ExitCode.NOT_FOUND),
        (["not_found", "invalid"], {}, ExitCode.NOT_FOUND),
        (["failed", "not_found", "invalid"], {}, ExitCode.UNAVAILABLE),
        (["failed"], {"refused_key": True}, ExitCode.CREDENTIALS),
    ],
)
def test_the_exit_code_sums_up(
    statuses: list[Status], more: dict[str, Any], expected: ExitCode
) -> None:
    results = [Added(str(n), status) for n, status in enumerate(statuses)]
    assert Additions(results, **more).exit_code == expected


def test_refused_credentials_are_told_from_an_outage(tmp_path: Path) -> None:
    refused = FakeSource(S2, {UNET: Failed("refuses the key", credentials=True)})
    additions = add(tracker(tmp_path, refused), UNET)
    assert additions.exit_code == ExitCode.CREDENTIALS


def test_links_that_an_edit_takes_out_are_not_brought_back(tmp_path: Path) -> None:
    code = voxelmorph().code
    answer = Found(record(title=voxelmorph().title, code=code, ids=voxelmorph().ids))
    track = tracker(tmp_path, arxiv(a1809_05231=answer), key=voxelmorph())
    edited = track.edit("VoxelMorph", lambda p: replace(p, code=()))
    assert (edited.key, edited.after.dismissed) == ("key", (code[0].url,))
    add(track, "1809.05231", on_duplicate="update")
    assert stored(track)["key"].code == ()


def test_where_one_of_several_papers_is_unknown_none_is_removed(tmp_path: Path) -> None:
    track = tracker(tmp_path, unet=unet())
    with pytest.raises(NotFound):
        track.remove(["unet", "nothing like it"])
    assert list(stored(track)) == ["unet"]
    assert track.remove(["unet", UNET]) == ["unet"]
    removed = track.library.read().removed["unet"]
    assert (removed.paper, removed.removed) == (unet(), "2026-11-24")
