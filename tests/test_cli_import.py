"""The command that takes in READMEs and files, over real files and real sockets."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from papertrack import identifiers, query
from papertrack.errors import InvalidIdentifier
from papertrack.library import Library
from papertrack.matching import squeeze
from papertrack.model import Paper
from papertrack.readme import escape, regions
from papertrack.readme.adopt import read
from papertrack.readme.lines import split
from papertrack.readme.placing import asked, place
from papertrack.repositories import identity
from papertrack.text import clean_line, fold
from tests.conftest import Ran
from tests.services import ARXIV, S2, Fault, Services
from tests.test_regions import body

Command = Callable[..., Ran]
README = Path("README.md")
LIST = """\
# A list

## Segmentation

- [U-Net for Biomedical Images](https://arxiv.org/abs/1505.04597) [[code]](https://github.com/o/unet)
- [A second paper of some other kind](https://arxiv.org/abs/1809.05231)

Bye.
"""


@pytest.fixture
def library(papertrack: Command) -> Command:
    assert papertrack("init").code == 0
    README.write_text(LIST)
    return papertrack


def stored() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path("store").rglob("*.json"))}


def test_a_dry_run_writes_nothing_and_tells_the_sections(library: Command) -> None:
    ran = library("import", "README.md", "--dry-run", "--into-regions")
    assert (ran.code, stored(), README.read_text()) == (0, {}, LIST)
    assert "Segmentation" in ran.out
    assert "2 added" in ran.err
    assert "lines stay as they are" in ran.err


def test_papers_come_in_once_and_the_readme_stays(library: Command) -> None:
    assert [a["status"] for a in library("import", "README.md", "--json").json[0]["papers"]] == [
        "added",
        "added",
    ]
    before = stored()
    assert library("import", "README.md").code == 0
    assert (stored(), len(before), README.read_text()) == (before, 2, LIST)


def test_a_list_that_is_there_stands_in_the_readme_once(papertrack: Command) -> None:
    README.write_text(LIST)
    assert "next: papertrack import README.md --into-regions" in papertrack("init").err
    assert README.read_text() == LIST
    assert papertrack("import", "README.md", "--into-regions").code == 0
    assert README.read_text().count("https://arxiv.org/abs/1505.04597") == 1


def test_rendering_a_list_that_has_no_regions_yet_says_what_makes_them(library: Command) -> None:
    assert library("import", "README.md").code == 0
    ran = library("render")
    assert (ran.code, README.read_text()) == (1, LIST)
    assert "papertrack import README.md --into-regions" in ran.err
    README.write_text("# Words\n\nNothing yet.\n")
    ran = library("render")
    assert ran.code == 1
    assert "papertrack init adds them" in ran.err


def test_regions_take_the_place_of_entries_for_good(library: Command) -> None:
    assert library("import", "README.md", "--into-regions").code == 0
    first, before = README.read_bytes(), stored()
    assert b"papertrack:begin papers" in first
    assert library("render", "--check").code == 0
    assert library("import", "README.md", "--into-regions").code == 0
    assert library("render").code == 0
    assert (README.read_bytes(), stored()) == (first, before)


def test_an_entry_written_above_a_region_goes_into_it(library: Command) -> None:
    assert library("import", "README.md", "--into-regions").code == 0
    new = "- [A new paper of a third kind](https://arxiv.org/abs/2001.00001)\n"
    README.write_text(README.read_text().replace("## Segmentation\n", f"## Segmentation\n\n{new}"))
    ran = library("import", "README.md", "--into-regions")
    assert (ran.code, README.read_text().count("A new paper of a third kind")) == (0, 1)
    assert "its entries are regions now" in ran.err
    assert library("render", "--check").code == 0
    assert "regions are up to date" in library("import", "README.md", "--into-regions").err


def test_a_paper_of_two_sections_is_told_and_listed_in_both(library: Command) -> None:
    line = LIST.split("\n")[4]
    README.write_text(LIST.replace("\nBye.", f"\n## Must read\n\n{line}\n"))
    ran = library("import", "README.md", "--into-regions")
    assert ran.code == 0
    assert re.search(r"README\.md:10: \S+ \S+ stands under Segmentation too", ran.err)
    assert README.read_text().count("https://arxiv.org/abs/1505.04597") == 2


def test_what_stays_beside_the_regions_is_told(library: Command) -> None:
    README.write_text(
        LIST.replace("\nBye.", "\n## 🔥\n\n- [C D](https://arxiv.org/abs/2001.00001)")
    )
    for dry_run in (["--dry-run"], []):
        ran = library("import", "README.md", "--into-regions", *dry_run)
        assert ran.code == 0
        assert "README.md:10: '🔥' has no letter and no digit" in ran.err
    assert README.read_text().endswith("\n- [C D](https://arxiv.org/abs/2001.00001)\n")
    assert library("render", "--check").code == 0


NETS = """\
# Nets

| Method | Backbone | mIoU | Params |
| --- | --- | --- | --- |
| [DeepLabV3: Rethinking Atrous Convolution](https://arxiv.org/abs/1706.05587) | S | 77.2 | 39.6 |
| [DeepLabV3: Rethinking Atrous Convolution](https://arxiv.org/abs/1706.05587) | L | 79.3 | 58.6 |
| [PSPNet: Pyramid Scene Parsing Network](https://arxiv.org/abs/1612.01105) | L | 79.8 | 65.7 |
"""


def test_a_result_table_becomes_a_region_with_every_row_and_value(library: Command) -> None:
    README.write_text(NETS)
    ran = library("import", "README.md", "--into-regions")
    assert ran.code == 0
    assert "3 rows of 1 result tables" in ran.err
    assert "not in the store" not in ran.err
    text = README.read_text()
    assert "papertrack:begin table results" in text
    assert "papertrack:begin papers" not in text
    assert decimals([NETS]) <= {"1706.05587", "1612.01105"} | decimals([text])
    assert all(name in text for name in ("DeepLabV3 (S)", "DeepLabV3 (L)", "PSPNet (L)"))
    before = stored()
    assert library("import", "README.md", "--into-regions").code == 0
    assert library("render").code == 0
    assert (README.read_text(), stored()) == (text, before)


def test_a_result_table_that_cannot_be_taken_as_a_whole_stays_and_each_reason_is_told(
    library: Command,
) -> None:
    README.write_text(f"{NETS.replace('79.3', '79.3*')}\n## Papers\n\n{LIST.split(chr(10))[4]}\n")
    ran = library("import", "README.md", "--into-regions")
    assert ran.code == 0
    assert README.read_text().startswith(NETS.replace("79.3", "79.3*"))
    assert "README.md:3: this table is not in the store as a whole" in ran.err
    assert "README.md:6: '79.3*' under 'mIoU' of 'DeepLabV3 (L)' is not in the store" in ran.err
    assert library("render", "--check").code == 0
    before = stored()
    assert library("import", "README.md").code == 0
    assert stored() == before


def test_papers_stay_in_their_section_where_a_leaderboard_above_links_to_them(
    library: Command,
) -> None:
    board = "| Method | Dice | Paper |\n| - | - | - |\n| U | 76.85 | [pdf]({}1505.04597) |\n"
    head, _, items = LIST.partition("## Segmentation\n")
    board = board.format("https://arxiv.org/abs/")
    README.write_text(f"{head}## Leaderboard\n\n{board}\n## Segmentation\n{items}")
    assert library("import", "README.md", "--into-regions").code == 0
    papers = [json.loads(data) for name, data in stored().items() if "papers" in name]
    assert [(paper["section"], paper.get("tags")) for paper in papers] == 2 * [
        (["Segmentation"], None)
    ]
    assert "papertrack:begin table leaderboard" in README.read_text()
    assert "in:" in README.read_text().split("## Segmentation")[1]


def test_a_readme_with_only_a_result_table_that_stays_is_no_error(
    library: Command, seed: Path
) -> None:
    README.write_bytes((seed / "README.seed.md").read_bytes())
    ran = library("import", "README.md", "--into-regions")
    assert (ran.code, README.read_bytes()) == (7, (seed / "README.seed.md").read_bytes())
    assert "45 rows of 1 result tables" in ran.err
    assert "what stands under 'Published In' in lines 14-58 is not in the store" in ran.err
    assert "papertrack init adds" in library("render").err
    assert library("init").code == 0
    assert library("render").code == 0


def test_a_readme_of_which_nothing_can_become_a_region_stays_and_that_is_told(
    library: Command,
) -> None:
    README.write_text(LIST.replace("Segmentation", "🔥"))
    ran = library("import", "README.md", "--into-regions", "--json")
    assert (ran.code, README.read_text()) == (7, LIST.replace("Segmentation", "🔥"))
    assert "nothing in it can become a region" in ran.err
    assert [problem["line"] for problem in ran.json[0]["problems"]] == [5]


def test_a_readme_that_changes_meanwhile_spoils_nothing(
    library: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.converting.read", lambda path: f"\n{LIST}")
    ran = library("import", "README.md", "--into-regions")
    assert (ran.code, stored(), README.read_text()) == (1, {}, LIST)
    assert "README.md: was changed meanwhile" in ran.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(https://github.com/o/unet)", "(https://github.com/o/unet), [b](https://github.com/o/b)"),
        (
            "\n- [A second",
            "\n- [A new paper of a third kind](https://arxiv.org/abs/2001.00001)\n- [A second",
        ),
    ],
    ids=["code link", "entry"],
)
def test_a_hand_edit_in_a_region_is_taken_in(library: Command, old: str, new: str) -> None:
    library("import", "README.md", "--into-regions")
    text = README.read_text()
    assert old in text
    README.write_text(text.replace(old, new))
    assert library("render").code == 6
    assert library("import", "README.md").code == 0
    assert library("render").code == 0
    assert all(url in README.read_text() for url in re.findall(r"https?://[^)\s]+", new))


def test_500_ids_are_resolved_in_6_requests(library: Command, services: Services) -> None:
    titles = {f"2001.{n:05}": f"The segmentation of organ number {n}" for n in range(500)}
    for arxiv_id, title in titles.items():
        services.add(arxiv_id, title)
    items = [f"- [{title}](https://arxiv.org/abs/{i})\n" for i, title in titles.items()]
    README.write_text("# A list\n\n" + "".join(items))
    assert library("import", "README.md", "--resolve").code == 0
    assert (services.count(ARXIV), services.count(S2), len(stored())) == (5, 1, 500)


def test_a_wrong_id_is_told_with_its_line(library: Command, services: Services) -> None:
    services.add("1505.04597", "Of something else altogether")
    services.add("1809.05231", "A second paper of some other kind", authors=["Ada Lovelace"])
    ran = library("import", "README.md", "--resolve")
    assert "README.md:5: doubted" in ran.err
    assert "Of something else altogether" in ran.err
    assert b"Ada Lovelace" in b"".join(stored().values())


def test_an_outage_leaves_what_is_printed(
    library: Command, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.sources.http._BACK_OFF", (0.0, 0.0, 0.0))
    services.fault(ARXIV, Fault(status=503))
    services.fault(S2, Fault(status=503))
    ran = library("import", "README.md", "--resolve")
    assert (ran.code, len(stored())) == (7, 2)
    assert "did not answer" in ran.err
    assert "not found" not in ran.err


def test_titles_come_in_where_one_is_found_and_others_are_listed(
    library: Command, services: Services
) -> None:
    services.add("1505.04597", "Convolutional Networks for Biomedical Images")
    Path("titles.txt").write_text("Convolutional networks for biomedical images\nOf no one\n")
    ran = library("import", "titles.txt")
    assert (ran.code, len(stored())) == (7, 1)
    assert "titles.txt:2: not found" in ran.err


def test_only_papers_without_a_title_are_asked_for_unbidden(
    library: Command, services: Services
) -> None:
    services.add("1505.04597", "Convolutional Networks for Biomedical Images")
    Path("a.csv").write_text("arxiv,title\n1505.04597,\n1505.04598,\n2001.00001,A title\n")
    ran = library("import", "a.csv")
    assert "a.csv:3: not found" in ran.err
    titles = {json.loads(data)["title"] for data in stored().values()}
    assert (ran.code, titles) == (7, {"Convolutional Networks for Biomedical Images", "A title"})
    assert "2001.00001" not in str(services.requests)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@article{a, title={A paper of some kind}, year={2020}}"),
        ("a.csv", "title,year\nA paper of some kind,2020\n"),
        ("a.tsv", "title\tyear\nA paper of some kind\t2020\n"),
        ("a.ris", "TY  - JOUR\nTI  - A paper of some kind\nPY  - 2020\nER  - \n"),
        ("a.json", '[{"id": "a", "type": "article", "title": "A paper of some kind"}]'),
        ("a.jsonl", '{"key": "a", "title": "A paper of some kind"}\n'),
    ],
)
def test_files_come_in_through_the_same_command(library: Command, name: str, text: str) -> None:
    Path(name).write_text(text)
    assert library("import", name).code == 0
    [before] = stored().values()
    assert json.loads(before)["title"] == "A paper of some kind"
    assert library("import", name).code == 0
    assert [*stored().values()] == [before]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.bib", "@misc{a, title={A paper of some kind}}\n@misc{b,\n title = {No end", "broken"),
        ("a.bib", "@misc{a, title={A paper of some kind}}\n@misc{b, year=2015}", "neither"),
        ("a.csv", "title,year\nA paper of some kind,2015\n,2016\n", "neither"),
        ("a.ris", "TY  - JOUR\nTI  - A paper of some kind\nTY  - JOUR\nER  - \n", "neither"),
        ("a.json", '[{"title": "A paper of some kind"},\n 7]', "no item"),
        ("a.json", '[{"title": "A paper of some kind"},\n {"title"', "nothing behind it"),
        ("a.jsonl", '{"title": "A paper of some kind"}\n{', "no JSON"),
        ("a.jsonl", '{"title": "A paper of some kind"}\n{"title": 7}', "no paper"),
        ("a.jsonl", '{"title": "A paper of some kind"}\n7', "no paper"),
    ],
)
def test_a_record_that_is_left_out_as_broken_leaves_an_import_partly_done(
    library: Command, name: str, text: str, told: str
) -> None:
    Path(name).write_text(text)
    ran = library("import", name)
    assert (ran.code, len(stored())) == (7, 1)
    assert told in ran.err


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "a.bib",
            '@string{a="b"}\n@comment{c}\n@proceedings{x, title={MICCAI}}\n@misc{a, title={A b}}',
            "no paper",
        ),
        ("a.bib", "@misc{a, title={A paper}, doi={tba}}", "tba"),
        ("a.csv", "title,year,shelf\nA paper,soon,3\n", "no year"),
    ],
)
def test_an_import_of_all_papers_is_done_whatever_else_is_told(
    library: Command, name: str, text: str, told: str
) -> None:
    Path(name).write_text(text)
    ran = library("import", name)
    assert (ran.code, len(stored())) == (0, 1)
    assert told in ran.err


@pytest.mark.parametrize(
    ("name", "data", "arguments", "code", "told"),
    [
        ("none.md", None, [], 1, "cannot be read"),
        ("latin.md", b"# \xe9", [], 1, "latin.md:1: is not UTF-8"),
        ("empty.md", b"# Nothing\n\nWords.\n", [], 1, "holds no paper"),
        ("a.bib", b"x", ["--format", "word"], 2, "no format 'word'"),
        ("a.json", b"{", [], 1, "a.json:1"),
    ],
    ids=["missing", "not UTF-8", "no paper", "unknown format", "broken"],
)
def test_what_cannot_be_read_is_a_clear_error_and_spoils_nothing(
    library: Command, name: str, data: bytes | None, arguments: list[str], code: int, told: str
) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    ran = library("import", "README.md", name, *arguments)
    assert (ran.code, stored()) == (code, {})
    assert told in ran.err


def forms(url: str) -> set[str]:
    """Reduce an address to what makes two of them the same."""
    plain = url.rstrip(".,;")
    try:
        return {identity(plain), str(identifiers.parse(plain))}
    except InvalidIdentifier:
        return {identity(plain)}


def decimals(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in re.findall(r"\d+\.\d+", text)}


def listed(text: str, papers: Mapping[str, Paper]) -> set[tuple[str, str]]:
    """Pair each section that a region asks for with the papers that the region lists."""
    found = [region for region in regions.parse(text, README) if region.kind == "papers"]
    return {
        (squeeze(" / ".join(asked(region.query))), key)
        for region in found
        for key, paper in papers.items()
        if query.parse(region.query).matches(paper, key)
        and any(line in body(text, region) for line in (escape.text(paper.title), paper.url))
    }


NO_WORDS = re.compile(
    r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|</?[a-z][^>]*>|:[a-z0-9_+-]+:"
    r"|(?<=\])\((?:[^()\s]|\([^()]*\))*\)|https?://[^\s)\]>\"|]+",
    re.DOTALL | re.IGNORECASE,
)
"""Comments, badges with what stands for them, tags of HTML, `:emoji:` and addresses."""
SAID_BY_FORM = frozenset(
    "paper papers pdf code codes github repo arxiv preprint link project version third party "
    "official unofficial mxnet pytorch "  # labels of links; of an address the first one counts
    "authors publication date conference journal proceedings highlight "  # labels of facts
    "and none "  # before the last author, and in cells that say that there is nothing
    "jan feb mar apr may jun june jul july aug sep oct nov dec december".split()  # years are kept
)
"""Words that stand for a place in the store, or say nothing by themselves."""


def said(text: str) -> set[str]:
    """Collect the words of three letters and more."""
    plain = clean_line(NO_WORDS.sub(" ", html.unescape(text)), limit=len(text))
    return set(re.findall(r"[^\W\d_]{3,}", fold(plain)))


def losses(text: str, papers: Mapping[str, Any], answers: Sequence[Any]) -> Iterator[str]:
    """Name the words of a list's entries that neither stay in the README nor come into the store.

    A venue comes in under its usual name, a line can hold two papers, and of a paper that stands
    in a list more than twice two titles are kept.
    """
    reading, lines = read(text), split(text)
    left = {number for span in reading.left for number in span}
    for entry in reading.entries:
        own = [number for number in entry.lines if number not in left]
        starts = {e.lines.start for e in reading.entries if {*e.lines} & {*entry.lines}}
        keys = {answer["key"] for answer in answers if answer["line"] in starts}
        kept = said(" ".join(json.dumps(papers[key], ensure_ascii=False) for key in keys))
        kept |= said("".join(lines[n - 1] for n in entry.lines if n in left)) | said(entry.venue)
        kept |= said(entry.title) if sum(a["key"] in keys for a in answers) > 2 else set()
        lost = said("".join(lines[n - 1] for n in own)) - kept - SAID_BY_FORM
        yield from (f"{entry.lines.start}: {word}" for word in sorted(lost))


PARTS = 4
"""What the lists are tested in, so that processes which test side by side share them."""


LONG = """\
# A list

## Networks

- [U-Net for Biomedical Images](https://arxiv.org/abs/1505.04597) - The one to *begin* with.
  > It has [skips].
- [A second paper of some kind](https://arxiv.org/abs/1809.05231), MICCAI 2018
  ![the network](figures/unet.png)
- [A third paper of some kind](https://arxiv.org/abs/1809.05232) - Cite it as

  ```
  @article{third}
  ```

## Others

| Paper | Core Method | Notes |
| --- | --- | --- |
| [A fourth paper of some kind](https://arxiv.org/abs/1804.03999) | attention \\| gates | - |
| [A fifth paper of some kind](https://arxiv.org/abs/1804.04000) | N/A | Slow. |

## Headings

### SixNet

**SixNet: a sixth paper of some kind**\\
Olaf Ronneberger, Thomas Brox

The best of all.

- pdf: [https://arxiv.org/abs/1804.04001](https://arxiv.org/abs/1804.04001)
"""


def test_what_a_list_says_of_its_papers_is_kept_and_what_is_not_is_named(library: Command) -> None:
    README.write_text(LONG)
    ran = library("import", "README.md", "--into-regions")
    assert "README.md:7: no region prints the picture figures/unet.png" in ran.err
    assert "README.md:9: a block of code belongs to it: its lines stay beside" in ran.err
    text, before = README.read_text(), stored()
    for line in (
        " - arXiv 2015. The one to begin with. It has \\[skips\\].\n",
        "| Core Method: attention \\| gates |\n",
        "| Notes: Slow.                    |\n",
        "_arXiv 2018_\n\nThe best of all.\n\n- pdf: ",
        "(https://arxiv.org/abs/1809.05232) - Cite it as\n\n  ```\n  @article{third}\n  ```\n",
    ):
        assert line in text
    assert json.loads(before["store/papers/2018second.json"])["images"] == ["figures/unet.png"]
    assert library("render", "--check").code == 0
    assert library("import", "README.md").code == 0
    assert stored() == before
    assert library("search", "begin with", "--format", "keys").out == "2015unet\n"


@pytest.mark.parametrize("part", range(PARTS))
def test_every_list_comes_in_once_and_loses_nothing(
    lists: list[Path], library: Command, part: int
) -> None:
    for path in lists[part::PARTS]:
        for file in stored():
            Path(file).unlink()
        README.write_bytes(path.read_bytes())
        ran = library("import", "README.md", "--into-regions", "--json")
        assert ran.code == 0, path
        answers = ran.json[0]["papers"]
        before = stored()
        papers = {Path(name).stem: json.loads(data) for name, data in before.items()}
        assert [*losses(path.read_bytes().decode(), papers, answers)] == [], path
        assert library("render", "--check").code == 0, path
        rendered = README.read_bytes()
        text = rendered.decode() + "\n" + "\n".join(data.decode() for data in before.values())
        ids = [pair for data in before.values() for pair in json.loads(data).get("ids", {}).items()]
        kept = {f"{kind}:{value}" for kind, value in ids}
        kept |= {form for url in re.findall(r'https?://[^\s)\]>"|]+', text) for form in forms(url)}
        printed = set(re.findall(r'https?://[^\s)\]>"|]+', path.read_text(encoding="utf-8")))
        assert not [url for url in printed if not forms(url) & kept], path
        check_sections_and_tables(path, ran.json[0]["papers"])
        assert library("import", "README.md").code == 0, path
        assert stored() == before, path
        assert library("render", "--check").code == 0, path


def check_sections_and_tables(path: Path, papers: Sequence[Mapping[str, str]]) -> None:
    """Look whether every section lists what it listed, and every value of a table is kept."""
    old, new = path.read_bytes().decode(), README.read_bytes().decode()
    lines = split(old)
    reading = place(read(old), old, path)
    tables = [table.lines for table in reading.tables if table.kind == "results"]
    keys: dict[int, list[str]] = defaultdict(list)
    for paper in papers:
        keys[int(paper["line"])].append(paper["key"])
    contents = Library(Path()).read()
    shown = listed(new, contents.papers)
    for entry in reading.entries:
        if any(entry.lines.start in table for table in tables):
            continue
        section = squeeze(" / ".join(entry.section))
        is_left = "".join(lines[number - 1] for number in entry.lines) in new
        missing = [key for key in keys[entry.lines.start] if (section, key) not in shown]
        assert is_left or not missing, (path, entry.lines, entry.section, missing)
    held = "".join(data.decode() for data in stored().values()) + new
    rows = (lines[number - 1] for table in tables for number in table)
    assert decimals(rows) <= decimals([held]), path
