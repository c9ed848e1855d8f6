"""What people write into a region is named; what papertrack wrote there itself is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack import editing
from papertrack.errors import NotFound, UsageError
from papertrack.model import CodeLink, Link, Paper, Result, Venue
from papertrack.readme import guard, regions
from papertrack.readme.render import Shelf, render
from tests.builders import (
    HOSTILE,
    addresses,
    attention_unet,
    libraries,
    lines,
    papers,
    region,
    synapse,
    unet,
    voxelmorph,
)

FILE = Path("README.md")
STYLES = ("entry", "bullet", "row")
EVERYTHING = "\n".join(
    [
        *(region("papers", f"style={style}") for style in STYLES),
        *map(region, ("table synapse", "chart synapse", "chart papers", "toc", "stats", "thanks")),
    ]
)


def rendered(text: str, shelf: Mapping[str, Paper]) -> str:
    return render(text, FILE, Shelf(shelf, {"synapse": synapse()})).text


def losses(
    old: str, shelf: Mapping[str, Paper], removed: Sequence[Paper] = ()
) -> list[tuple[int, str]]:
    """Name what rendering a README anew would lose, by line."""
    store = guard.known([*shelf.values(), *removed], {})
    found = guard.losses(old, regions.parse(old, FILE), store)
    return [(loss.line, loss.what) for loss in found]


def by_hand(paper: Paper, change: str) -> Paper:
    """Change a paper as `papertrack set` does."""
    return editing.dismiss(paper, editing.assign(paper, change))


def insert(text: str, before: str, written: str) -> tuple[str, int]:
    """Write lines before the first line that begins so; return the line of the first."""
    at = text.index(f"\n{before}") + 1
    return text[:at] + written + "\n" + text[at:], text[:at].count("\n") + 1


LIBRARY = {
    "a": unet(
        results=(Result(benchmark="synapse", values={"dice": "76.85"}),),
        code=(CodeLink(url="https://github.com/o/A_unet(1)", label="official"),),
    ),
    "b": voxelmorph(),
    "c": attention_unet(),
    "d": Paper(title="Nothing but - a title", section=("Other",)),
}


# --- written by hand ----------------------------------------------------------------------------

NEW_ENTRY = """\
#### New Net

**New Net: A Title**\\
Somebody

- pdf: [https://arxiv.org/abs/2401.00001](https://arxiv.org/abs/2401.00001)
- code: [official : https://github.com/new/net](https://github.com/new/net)
"""


@pytest.mark.parametrize(
    ("style", "before", "written", "what"),
    [
        ("entry", "#### U-Net", NEW_ENTRY, "the entry 'New Net'"),
        ("entry", "##### Atten", NEW_ENTRY, "the entry 'New Net'"),
        ("entry", "<!-- papertrack:end", NEW_ENTRY, "the entry 'New Net'"),
        ("entry", "### Other", "### Nobody\n\nSomebody wrote it.\n", "the entry 'Nobody'"),
        ("entry", "### Other", "### [Net](https://x.example)\n", "the entry 'Net'"),
        *(
            ("entry", "### Other", f"{mark} Nobody\n\nSomebody wrote it.\n", "the entry 'Nobody'")
            for mark in ("#", "######")
        ),
        *(
            ("entry", "### Other", f"{mark} A line\n", "the entry 'A line'")
            for mark in ("-", "*", "+", "1.", "1)", "123456789.")
        ),
        ("entry", "### Other", "- A line\n---\n", "the entry 'A line'"),
        ("entry", "### Other", "1. [A](https://x.example)\n", "the entry 'A'"),
        (
            "bullet",
            "- [U-Net",
            "- [New Net](https://x.example/new) - Someone.",
            "the entry 'New Net'",
        ),
        ("bullet", "- [U-Net", "* **New Net** by somebody", "the entry '**New Net** by somebody'"),
        (
            "bullet",
            "- [U-Net",
            "- New Net, without any link",
            "the entry 'New Net, without any link'",
        ),
        ("bullet", "- [U-Net", "- [New Net][new]", "the entry '[New Net][new]'"),
        ("entry", "##### Atten", "-  [New Net](https://x.example)", "the entry 'New Net'"),
        ("entry", "##### Atten", "- a] [b](https://x.example)", "the entry 'a] b'"),
        ("entry", "##### Atten", "- a: [b [c](https://x.example)", "the entry 'a: [b c'"),
        ("entry", "##### Atten", "- a: [b](https://x.example) c", "the entry 'a: b c'"),
        ("bullet", "- [U-Net", "- **New Net**", "the entry 'New Net'"),
        ("bullet", "- [U-Net", "- **New Net**\\", "the entry 'New Net'"),
        (
            "bullet",
            "- [U-Net",
            r"- New\! Net\: \[A\] &#38; \{B\}",
            "the entry 'New! Net: [A] & {B}'",
        ),
        ("bullet", "- [U-Net", "- New [Net", "the entry 'New [Net'"),
        ("bullet", "- [U-Net", "- [New [Net](https://x.example)", "the entry '[New Net'"),
        ("bullet", "- [Vox", "- [New Net]( https://x.example 'Title' )", "the entry 'New Net'"),
        ("row", "| U-Net", "| New | [New Net](https://x.example/new) | | |", "the row 'New'"),
        ("row", "| U-Net", "| | New Net | | |", "the row 'New Net'"),
        ("row", "| U-Net", "New | New Net", "the row 'New'"),
    ],
)
def test_an_entry_written_by_hand_is_named_with_its_line(
    style: str, before: str, written: str, what: str
) -> None:
    text = "# List\n\n## Papers\n\n" + region("papers", f"style={style}")
    old, line = insert(rendered(text, LIBRARY), before, written)
    assert losses(old, LIBRARY) == [(line, what)]


@pytest.mark.parametrize(
    ("before", "written", "url"),
    [
        (
            "- code",
            "- code: [https://github.com/x/y](https://github.com/x/y)",
            "https://github.com/x/y",
        ),
        ("- code", "- weights: [weights](https://x.example/w.pth)", "https://x.example/w.pth"),
        ("### Abdomen", "-  weights: [](https://x.example/w.pth)", "https://x.example/w.pth"),
        (
            "### Abdomen",
            r"- a \[b\]: [a \[b\]](https://x.example/w.pth)",
            "https://x.example/w.pth",
        ),
        (
            "- code",
            "- code [unofficial : https://x.example](https://x.example)",
            "https://x.example",
        ),
        ("- code", "https://x.example/bare", "https://x.example/bare"),
        ("- code", "www.example.org/bare", "www.example.org/bare"),
        ("- code", "<https://x.example/auto>", "https://x.example/auto"),
        ("- code", "see (https://x.example/A_(b)) there", "https://x.example/A_(b)"),
        ("- code", "[x](https://x.example/A_(b)_c)", "https://x.example/A_(b)_c"),
        ("- code", "[x](<https://x.example/y>)", "https://x.example/y"),
        ("- code", "[x](https://x.example/%5Fa\\_b)", "https://x.example/%5Fa_b"),
        ("- code", "[x](https://x.example/?a=1&amp;b=2)", "https://x.example/?a=1&b=2"),
        ("- code", '<a class="x" href="https://x.example/h">x</a>', "https://x.example/h"),
        ("- code", "<a href=https://x.example/h>x</a>", "https://x.example/h"),
        ("- code", "![figure](images/net.png)", "images/net.png"),
        ("- code", "[![stars](https://x.example/s.svg)](#u-net)", "https://x.example/s.svg"),
        ("- code", "[![stars](#x)](https://x.example/s)", "https://x.example/s"),
        ("- code", "[code]: https://x.example/reference", "https://x.example/reference"),
        ("- code", "`https://x.example/verbatim`", "https://x.example/verbatim"),
        ("_MICCAI", "**by** <span>x</span> [y](https://x.example)\\", "https://x.example"),
    ],
)
def test_a_link_written_by_hand_is_named_with_its_line(before: str, written: str, url: str) -> None:
    old, line = insert(rendered(region("papers"), LIBRARY), before, written)
    assert losses(old, LIBRARY) == [(line, f"the link {url}")]


def links(line: str) -> list[str]:
    """Name the links of a line in a region where each of them is a loss."""
    lost = losses(region("thanks").replace("\n\n", f"\n{line}\n"), {})
    return [what.removeprefix("the link ") for _, what in lost]


@pytest.mark.parametrize("path", ["x", "(a)b", "f()", "f().x", "A_(b)_(cd)"])
def test_an_address_ends_where_its_surroundings_begin(path: str) -> None:
    url = f"http://x.example/{path}"
    around = ["{} there", "(see {})", "{}<br>", "<{}>", "[see {}]", "{}[1]", "{}|y", '"{}"', "`{}`"]
    assert [links(text.format(url)) for text in around] == [[url]] * len(around)
    around = ["[x]({})", "[x](  {} 'Title')", "[x](<{}>)", "[x]({}", "[![y](#z)]({})", "a]({}) b"]
    assert [links(text.format(path)) for text in around] == [[path]] * len(around)


HTML = [
    *('<a class="x" href="x.md">x</a>', "<a href='x.md'>", "<a href=x.md class=y>", "<b src=x.md>"),
    *('<A HREF = "x.md">', '<a href  =  "x.md">'),
]
NO_HTML = ["\\<a href=x.md>", "<b> href=x.md", '<a data-href="x.md">', "<a class=x.md>", "< src=x>"]


def test_html_leads_where_its_attributes_say() -> None:
    assert [links(text) for text in HTML] == [["x.md"]] * len(HTML)
    assert [links(text) for text in NO_HTML] == [[]] * len(NO_HTML)


def test_an_address_is_known_in_each_scheme() -> None:
    shelf = {"a": unet(links=(Link(url="https://x.example/a"), Link(url="http://y.example/b")))}
    same = "- data: [x](http://x.example/a/)\n- more: [y](https://Y.example/%62)"
    old, line = insert(rendered(region("papers"), shelf), "- pdf", same)
    assert losses(old, shelf) == []
    for other in ("ftp://x.example/a", "http:x.example/a", "https://x.example/https://a"):
        changed = old.replace("http://x.example/a/", other)
        assert losses(changed, shelf) == [(line, f"the link {other}")]


def test_every_unknown_link_of_a_known_entry_is_named() -> None:
    written = "- data: [x](https://x.example/1)\n- more: [y](https://x.example/2)"
    old, line = insert(rendered(region("papers"), LIBRARY), "- code", written)
    assert losses(old, LIBRARY) == [
        (line, "the link https://x.example/1"),
        (line + 1, "the link https://x.example/2"),
    ]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("| New Net | 80 | 20 | MICCAI 2020 |", "the row 'New Net'"),
        ("| [U-Net (large)](#u-net) | 80 | - | - |", "the row 'U-Net (large)'"),
        ("| [VoxelMorph](#voxelmorph) | 80 | - | - |", "the row 'VoxelMorph'"),
        ("| **New** \\| Net | 80 | - | - |", "the row '**New** | Net'"),
        ("New | 80", "the row 'New'"),
    ],
    ids=["unknown", "another row of a known paper", "a known paper", "escaped", "without pipes"],
)
@pytest.mark.parametrize("before", ["| [U-Net]", "\n<!-- papertrack:end table"])
def test_a_result_written_by_hand_is_named_with_its_line(
    before: str, written: str, what: str
) -> None:
    old, line = insert(
        rendered(region("table synapse") + region("papers"), LIBRARY), before, written
    )
    assert losses(old, LIBRARY) == [(line, what)]


def test_a_table_without_outer_pipes_has_a_head_and_rows() -> None:
    table = "Name | Paper\n--- | :---\nNew | [x](https://x.example)\n"
    old, line = insert(region("papers"), "<!-- papertrack:end", table)
    assert losses(old, {}) == [(line + 2, "the row 'New'")]


def test_a_link_in_a_row_of_results_is_named() -> None:
    old = rendered(region("table synapse"), LIBRARY)
    old = old.replace("MICCAI 2015", "[MICCAI](https://x.example) 2015")
    assert [what for _, what in losses(old, LIBRARY)] == ["the link https://x.example"]


def test_a_link_in_any_other_region_is_named() -> None:
    old, line = insert(
        rendered(region("thanks"), {}), "Thank you", "Thanks to [Bob](https://x.example/bob)!\n"
    )
    assert losses(old, {}) == [(line, "the link https://x.example/bob")]


def test_what_stands_outside_of_the_regions_is_no_loss() -> None:
    old = rendered(f"## New\n\n- [New](https://x.example)\n\n{region('papers')}", LIBRARY)
    assert losses(old, LIBRARY) == []


def test_lines_are_counted_as_editors_count_them() -> None:
    text = rendered(f"\ufeffone\x0ctwo\u2028three\r\n\r\n{region('papers')}", LIBRARY)
    old, line = insert(text, "### U-Net", NEW_ENTRY)
    assert losses(old, LIBRARY) == [(line, "the entry 'New Net'")]


def test_an_entry_on_one_side_of_a_git_conflict_is_named() -> None:
    theirs = f"<<<<<<< HEAD\n=======\n{NEW_ENTRY}>>>>>>> branch\n"
    old, line = insert(rendered(region("papers"), LIBRARY), "### U-Net", theirs)
    assert losses(old, LIBRARY) == [(line + 2, "the entry 'New Net'")]


@pytest.mark.parametrize("bars", ["||||||", "||||||||", "|||||||x"])
def test_only_seven_bars_hide_what_stands_below_them(bars: str) -> None:
    old, line = insert(region("papers"), "<!-- papertrack:end", f"{bars}\n\n- A line")
    assert (line + 2, "the entry 'A line'") in losses(old, {})


@pytest.mark.parametrize("mark", ["#######", "1234567890.", ".", "--"])
def test_words_that_begin_no_entry_are_not_named(mark: str) -> None:
    old, _ = insert(region("papers"), "<!-- papertrack:end", f"{mark} A line")
    assert losses(old, {}) == []


# --- written by papertrack ----------------------------------------------------------------------


def test_what_papertrack_has_just_written_is_no_loss() -> None:
    assert losses(rendered(EVERYTHING, LIBRARY), LIBRARY) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_an_address_in_a_text_is_no_link(text: str) -> None:
    venue = Venue(name=text, note=text, url="https://x.example/venue")
    link = (Link(url="https://x.example", label=text),)
    paper = unet(title=text, name=text, authors=(text,), venue=venue, links=link, section=(text,))
    old = rendered(EVERYTHING, {"a": paper})
    after = paper
    for change in ("title=T", "name=N", "authors=A", "venue=V 2015", "section=S", "links="):
        after = by_hand(after, change)
    assert losses(old, {"a": after}) == []


def test_papers_that_were_removed_are_no_loss() -> None:
    assert losses(rendered(EVERYTHING, LIBRARY), {}, [*LIBRARY.values()]) == []


@pytest.mark.parametrize("one", STYLES)
@pytest.mark.parametrize("other", STYLES)
def test_another_style_is_no_loss(one: str, other: str) -> None:
    old = rendered(region("papers", f"style={one}"), LIBRARY)
    assert losses(old.replace(f"style={one}", f"style={other}"), LIBRARY) == []


def test_a_region_that_asks_for_less_is_no_loss() -> None:
    old = rendered(EVERYTHING, LIBRARY).replace("style=entry", "style=entry code:yes")
    assert losses(old, LIBRARY) == []


CONFLICT = """\
<<<<<<< HEAD
{ours}
||||||| base
{base}
=======
{theirs}
>>>>>>> branch
"""


@pytest.mark.parametrize("name", ["papers style=entry", "papers style=bullet", "papers style=row"])
def test_a_git_conflict_is_no_loss(name: str) -> None:
    text = region(*name.split(maxsplit=1))
    _conflict_is_no_loss(text)


def test_a_git_conflict_in_a_result_table_is_no_loss() -> None:
    _conflict_is_no_loss(region("table synapse"))


def _conflict_is_no_loss(text: str) -> None:
    """Conflict over a whole body, and over every line of it."""
    result = Result(benchmark="synapse", model="A much longer name", values={"dice": "80"})
    more = LIBRARY | {"b": voxelmorph(results=(result,), authors=("Another",))}
    ours, theirs = rendered(text, LIBRARY), rendered(text, more)
    begin, end = ours.split("\n")[0], ours.split("\n")[-2]
    bodies = [side.split("\n")[1:-2] for side in (ours, theirs)]
    whole = CONFLICT.format(ours="\n".join(bodies[0]), theirs="\n".join(bodies[1]), base="gone")
    assert losses(f"{begin}\n{whole}{end}\n", more) == []
    pairs = zip(*bodies, strict=False)
    each = "".join(CONFLICT.format(ours=one, base=one, theirs=other) for one, other in pairs)
    assert losses(f"{begin}\n{each}{end}\n", more) == []


BY_HAND = [
    "title=Another title",
    "name=Another",
    "venue=CVPR 2020",
    "venue=",
    "section=Elsewhere / Deep",
    "authors=Nobody",
    "code+=https://github.com/o/second",
    "code=",
    "ids.arxiv=2401.00001",
    "ids.doi=",
]


@pytest.mark.parametrize(
    ("key", "change"),
    [*product("ac", BY_HAND), ("a", "code-=https://github.com/o/A_unet(1)")],
)
def test_a_field_set_by_hand_is_no_loss(key: str, change: str) -> None:
    text = "\n".join(region("papers", f"style={style}") for style in STYLES)
    old = rendered(text, LIBRARY)
    assert losses(old, LIBRARY | {key: by_hand(LIBRARY[key], change)}) == []


@pytest.mark.parametrize(("key", "change"), [("a", "name=Another"), ("d", "title=Another")])
def test_a_new_name_of_a_row_or_of_a_paper_without_links_is_no_loss(key: str, change: str) -> None:
    old = rendered(EVERYTHING, LIBRARY)
    assert losses(old, LIBRARY | {key: by_hand(LIBRARY[key], change)}) == []


def test_results_that_were_taken_out_or_changed_are_no_loss() -> None:
    old = rendered(EVERYTHING, LIBRARY)
    without = editing.remove_results(LIBRARY["a"], "synapse", None)
    assert losses(old, LIBRARY | {"a": editing.dismiss(LIBRARY["a"], without)}) == []
    changed = editing.add_result(LIBRARY["a"], Result(benchmark="synapse", values={"dice": "1"}))
    assert losses(old, LIBRARY | {"a": changed}) == []


plain = st.one_of(lines, st.sampled_from(["One", "A title: of a paper"]))
CHANGES: list[st.SearchStrategy[str]] = [
    plain.map("authors={}".format),
    plain.map("venue={} 2015".format),
    st.just("venue="),
    plain.map("section={} / Deep".format),
    st.sampled_from(["year=2020", "year=", "tags+=x", "abstract=x", "ids.doi=", "ids.arxiv="]),
    st.just("ids.arxiv=2401.00001"),
    st.tuples(
        st.sampled_from(["code=", "code+=", "code-=", "links=", "links+=", "links-="]),
        addresses.filter(lambda url: url.startswith("http") and "," not in url),
    ).map("".join),
    st.sampled_from(["code=", "links="]),
]
RENAMES = [plain.map("title={}".format), plain.map("name={}".format)]


@st.composite
def changed(draw: st.DrawFn, before: Mapping[str, Paper]) -> tuple[dict[str, Paper], list[Paper]]:
    """Change a library by papertrack's own operations; return what is left and what was removed."""
    after, removed = dict(before), list[Paper]()
    for key in draw(st.lists(st.sampled_from(sorted(before)), max_size=6)) if before else ():
        if key not in after:
            continue
        paper = after[key]
        operation = draw(st.sampled_from(["set", "set", "set", "remove", "result", "no results"]))
        if operation == "remove":
            removed.append(after.pop(key))
        elif operation == "result":
            model = draw(st.sampled_from(["", "New row"]))
            after[key] = editing.add_result(paper, Result(benchmark="synapse", model=model))
        elif operation == "no results":
            without = editing.remove_results(paper, "synapse", None)
            after[key] = editing.dismiss(paper, without)
        else:
            change = draw(st.one_of(*CHANGES, *RENAMES))
            with suppress(UsageError, NotFound):
                after[key] = by_hand(paper, change)
    if draw(st.booleans()):
        after["new"] = draw(papers)
    return after, removed


@given(st.data(), libraries, st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_whatever_papertrack_changes_no_text_of_its_own_is_a_loss(
    data: st.DataObject, before: Mapping[str, Paper], one: str, other: str
) -> None:
    regions = [region("toc"), region("papers", f"style={one}"), region("table synapse")]
    old = rendered("\n".join([*regions, region("thanks")]), before)
    assert losses(old, before) == []
    after, removed = data.draw(changed(before))
    assert losses(old.replace(f"style={one}", f"style={other}"), after, removed) == []


@given(libraries, st.sampled_from([*STYLES, "table"]))
def test_whatever_the_library_holds_an_entry_written_by_hand_is_named(
    shelf: Mapping[str, Paper], style: str
) -> None:
    written: Callable[[str], str] = {
        "entry": lambda _: NEW_ENTRY,
        "bullet": lambda _: "- [New Net](https://arxiv.org/abs/2401.00001) - Somebody.",
        "row": lambda _: "| New Net | [Title](https://arxiv.org/abs/2401.00001) | | |",
        "table": lambda _: "| New Net | 1 | 2 | CVPR 2020 |",
    }[style]
    text = region("table synapse") if style == "table" else region("papers", f"style={style}")
    old, line = insert(rendered(text, shelf), "<!-- papertrack:end", written(style))
    kind = "row" if style in ("row", "table") else "entry"
    assert losses(old, shelf) == [(line, f"the {kind} 'New Net'")]


@pytest.mark.parametrize(
    "line",
    [
        *(part * 50_000 for part in ("[", "](", "<a ", "| ", "**", "- [", "\\\\", "a `", "&a")),
        *(part + "(a" * 50_000 for part in ("[x](", "https://x")),
        *(part + " " * 50_000 for part in ("<a href", "- x", "[x](y")),
    ],
    ids=lambda line: line[:12],
)
@pytest.mark.usefixtures("ends")
def test_a_hostile_line_is_read_to_its_end(line: str) -> None:
    losses(region("papers").replace("\n\n", f"\n{line}\n"), {})


def test_a_row_that_the_benchmark_itself_holds_is_known() -> None:
    benchmarks = {"synapse": synapse(results=(Result(benchmark="synapse", model="Nobody"),))}
    marked = region("table synapse")
    text = render(marked, Path("README.md"), Shelf({}, benchmarks)).text
    found = regions.parse(text, Path("README.md"))
    assert "Nobody" in text
    assert guard.losses(text, found, guard.known([], benchmarks)) == []
    gone = {"synapse": editing.remove_rows(benchmarks["synapse"], "Nobody", None)}
    assert guard.losses(text, found, guard.known([], gone)) == []
    assert guard.losses(text, found, guard.known([], {})) != []
