"""The command `check`: what it prints, what it mends, how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import defects
from papertrack.checks import rules
from papertrack.checks.findings import Finding, Fix, mend
from papertrack.checks.readme import read_readme
from papertrack.checks.rules import RULES
from papertrack.model import CodeLink
from tests.builders import make_library, synapse, unet
from tests.conftest import Ran
from tests.test_links import Site
from tests.test_links import site as site
from tests.test_storage import fingerprint

Command = Callable[..., Ran]

LIST = """\
# Awesome

- U-Net. [[Paper]](https://arxiv.org/abs/1505.04597) [[unoffical]](github.com/o/n)
- V-Net. [[Paper]](https://arxiv.org/abs/1606.04797) [[Code]]()
"""


@pytest.fixture
def readme(papertrack: Command) -> Path:
    """Write a list with two faults that can be mended and one that cannot."""
    path = Path("README.md")
    path.write_bytes(LIST.encode())
    return path


def test_findings_are_lines_that_editors_understand(papertrack: Command, readme: Path) -> None:
    ran = papertrack("check", "README.md")
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == [
        "README.md:3: error bad-link: the address github.com/o/n must read https://github.com/o/n",
        "README.md:3: warning misspelt-label: unoffical is misspelt: unofficial",
    ]
    assert 'README.md:4: error empty-link: the link "Code" has no address' in ran.out
    assert "2 errors" in ran.err
    assert "--fix mends 2" in ran.err


def test_json_is_a_list_of_findings(papertrack: Command, readme: Path) -> None:
    ran = papertrack("check", "README.md", "--json", "--select", "bad-link,empty-link")
    assert ran.code == 1
    assert [(f["path"], f["line"], f["rule"], f["fixable"]) for f in ran.json] == [
        ("README.md", 3, "bad-link", True),
        ("README.md", 4, "empty-link", False),
    ]
    assert papertrack("check", "README.md", "--json", "--select", "row-cells").json == []


def test_only_errors_make_the_command_fail(papertrack: Command, readme: Path) -> None:
    assert papertrack("check", "README.md", "--select", "misspelt-label").code == 0
    assert (
        papertrack("check", "README.md", "--ignore", "bad-link", "--ignore", "empty-link").code == 0
    )
    assert papertrack("check", "README.md", "--ignore", "bad-link").code == 1


def test_fix_mends_and_reports_what_is_left(papertrack: Command, readme: Path) -> None:
    readme.write_bytes(LIST.replace("\n", "\r\n").encode() + b"\xff no newline")
    ran = papertrack("check", "README.md", "--fix", "--select", ",".join(sorted(RULES)))
    assert ran.code == 1
    assert [line.split()[2] for line in ran.out.splitlines() if "no-code" not in line] == [
        "empty-link:"
    ]
    assert "2 findings mended" in ran.err
    mended = LIST.replace("unoffical", "unofficial").replace("(github", "(https://github")
    assert readme.read_bytes() == mended.replace("\n", "\r\n").encode() + b"\xff no newline"


def test_without_fix_or_without_faults_no_file_is_written(
    papertrack: Command, readme: Path
) -> None:
    readme.chmod(0o444)
    before = fingerprint(Path())
    papertrack("check", "README.md")
    papertrack("check", "README.md", "--fix", "--select", "empty-link")
    assert fingerprint(Path()) == before


def test_a_readme_needs_no_library_and_several_are_checked(
    papertrack: Command, readme: Path
) -> None:
    Path("other.md").write_text("[x]()\n")
    ran = papertrack("check", "README.md", "other.md", "--select", "empty-link")
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["README.md", "other.md"]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_can_be_explained(rule: str, papertrack: Command) -> None:
    ran = papertrack("check", "--explain", rule)
    assert ran.code == 0
    assert ran.out.startswith(f"{rule}\n\nReport ") or ran.out.startswith(f"{rule}\n\nCount ")
    assert len(ran.out.strip().split("\n\n")) > 2


def test_an_unknown_rule_is_answered_with_the_nearest_one(papertrack: Command) -> None:
    for arguments in (["--explain", "empty-links"], ["--select", "empty-links"]):
        ran = papertrack("check", *arguments)
        assert ran.code == 2
        assert "do you mean empty-link?" in ran.err


def test_a_file_that_is_not_there_is_an_error(papertrack: Command) -> None:
    ran = papertrack("check", "none.md")
    assert ran.code == 1
    assert "none.md" in ran.err


def test_without_a_file_the_store_is_checked(papertrack: Command) -> None:
    library = make_library(Path(), unet=unet(year=2015, venue=None))
    with library.change() as contents:
        contents.benchmarks["synapse"] = synapse()
    ran = papertrack("check")
    assert ran.code == 0
    assert ran.out.startswith("store/papers/unet.json:1: info no-code: 1 of 1 papers on arXiv")
    (library.store / "papers" / "bad.json").write_text("{")
    ran = papertrack("check", "--json")
    assert ran.code == 1
    assert ran.json[0]["rule"] == "unreadable-file"
    assert json.loads(ran.out)


def test_fix_needs_a_file(papertrack: Command) -> None:
    ran = papertrack("check", "--fix")
    assert ran.code == 2
    assert "papertrack check README.md --fix" in ran.err


def test_of_two_fixes_at_one_place_the_first_counts() -> None:
    fixes = [Fix(5, 6, ""), Fix(2, 4, "B"), Fix(0, 3, "A")]
    found = [Finding(Path("x.md"), 1, "rule", "error", "", fix) for fix in fixes]
    assert mend("abcdef", found) == ("Ade", [found[2], found[0]])


def test_known_defects_of_other_lists_are_found(lists: list[Path]) -> None:
    scores = [score for path in lists for score in defects.score_list(path).values()]
    found, known = map(sum, zip(*scores, strict=True))
    assert known > 90
    assert found >= 0.95 * known


def test_the_list_that_the_project_began_with_has_its_known_faults(seed: Path) -> None:
    path = seed / "README.seed.md"
    found = {(f.rule, f.line) for f in defects.check(path)}
    assert {
        ("duplicate-table", 72),
        ("identical-values", 38),
        ("venue-not-held", 30),
        ("venue-not-held", 90),
        ("misspelt-label", 9),
    } <= found


def test_no_fix_changes_what_a_list_links_to_but_for_the_wrong_addresses(
    lists: list[Path],
) -> None:
    for path in lists:
        text = path.read_bytes().decode()
        found = rules.check(read_readme(path, text))
        mended, done = mend(text, found)
        fixes = [finding.fix for finding in done if finding.fix]
        assert len(mended) - len(text) == sum(len(f.text) - (f.end - f.start) for f in fixes)
        assert not {f.rule for f in done} & {"row-cells", "empty-link", "duplicate-paper"}


def test_links_whose_pages_are_gone_are_reported_and_asked_for_once(
    papertrack: Command, site: Site
) -> None:
    Path("README.md").write_text(
        f"# List\n\n[a]({site.url}/404#part), [b](http://127.0.0.1:9/x), [c](docs/x.md)\n"
    )
    for _ in range(2):
        ran = papertrack("check", "README.md", "--links", "--select", "dead-link")
        assert ran.code == 1
        assert ran.out == (
            f"README.md:3: error dead-link: {site.url}/404#part is gone: HTTP 404 Not Found\n"
        )
    assert "1 link could not be judged" in ran.err
    assert [path for _, path in site.requests].count("/404") == 2  # HEAD and GET, the first time


def test_links_of_the_store_are_asked_for_as_well(papertrack: Command, site: Site) -> None:
    make_library(Path(), unet=unet(code=(CodeLink(url=f"{site.url}/410"),)))
    ran = papertrack("check", "--links", "--json", "--select", "dead-link")
    assert [(f["path"], f["rule"]) for f in ran.json] == [("store/papers/unet.json", "dead-link")]


def test_links_are_not_asked_for_offline(papertrack: Command, readme: Path) -> None:
    assert papertrack("--offline", "check", "README.md", "--links").code == 2


def test_the_settings_of_a_list_choose_rules_and_options_go_before_them(
    papertrack: Callable[..., Ran],
) -> None:
    papertrack("init")
    Path("other.md").write_text("- [A paper](https://arxiv.org/abs/2001.00001) unoffical\n")
    assert "misspelt-label" in papertrack("check", "other.md").out
    config = Path("store/config.toml")
    config.write_text(config.read_text() + 'check_ignore = ["misspelt-label"]\n')
    assert "misspelt-label" not in papertrack("check", "other.md").out
    assert "misspelt-label" in papertrack("check", "other.md", "--select", "misspelt-label").out
    config.write_text(config.read_text().replace("misspelt-label", "mispelt"))
    assert papertrack("check", "other.md").code == 2
