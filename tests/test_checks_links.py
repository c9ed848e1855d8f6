"""The rules about links, anchors and labels of a README."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.checks import rules
from papertrack.checks.findings import Finding, mend
from papertrack.checks.links import Broken, Link, html_links, scan
from papertrack.checks.readme import Readme
from papertrack.checks.rules import RULES
from tests import builders

PATH = Path("README.md")


def check(text: str, *chosen: str) -> list[Finding]:
    return rules.check(Readme(PATH, text), chosen or RULES.keys())


def told(text: str, *chosen: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.rule) for finding in check(text, *chosen)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("[Code]()", "empty-link", id="no address"),
        pytest.param("[Code]( )", "empty-link", id="a space for an address"),
        pytest.param('<a href="">Code</a>', "empty-link", id="an empty href"),
        pytest.param("[![b](http://x.example/b.svg)]()", "empty-link", id="behind a badge"),
        pytest.param("[p](ttps://arxiv.org/abs/1505.04597)", "bad-link", id="ttps"),
        pytest.param("[p](hhttp://x.example/p)", "bad-link", id="hhttp"),
        pytest.param("[p](https//x.example/p)", "bad-link", id="no colon"),
        pytest.param("[p](https:/x.example/p)", "bad-link", id="one slash"),
        pytest.param("[p](https://https://x.example/p)", "bad-link", id="doubled scheme"),
        pytest.param("[p](http:https://x.example/p)", "bad-link", id="two schemes"),
        pytest.param("[p]((https://x.example/p))", "bad-link", id="brackets around"),
        pytest.param("[c](github.com/owner/name)", "bad-link", id="no scheme"),
        pytest.param("[c](owner.github.io/name/)", "bad-link", id="no scheme, a subdomain"),
        pytest.param("[c](www.example.org)", "bad-link", id="www alone"),
        pytest.param('<a href="github.com/owner/name">c</a>', "bad-link", id="no scheme in HTML"),
        pytest.param("[c](javascript:alert(1))", "bad-link", id="a script"),
        pytest.param("[c] (https://x.example)", "space-before-target", id="a space"),
        pytest.param("[[c]] (https://x.example)", "space-before-target", id="double brackets"),
        pytest.param("[[c] \\ (https://x.example)]", "space-before-target", id="a backslash"),
        pytest.param("[a]([b](https://x.example))", "nested-link", id="in the address"),
        pytest.param("[a [b](http://x.example) c](http://y.example)", "nested-link", id="in label"),
        pytest.param("[p](https://x.example/p", "broken-link", id="no closing bracket"),
        pytest.param("[p](https://x.example/p q)", "broken-link", id="a space in the address"),
        pytest.param("[p](A title of a paper)", "broken-link", id="a title for an address"),
        pytest.param("[T]](https://x.example/p)", "broken-link", id="a bracket too many"),
        pytest.param("[T(https://x.example/p)", "broken-link", id="an open label"),
        pytest.param("[p](https://arxiv.org/abs/2313.01234)", "bad-identifier", id="month 13"),
        pytest.param("[p](https://arxiv.org/pdf/2101.123)", "bad-identifier", id="few digits"),
        pytest.param("[Code](https://github.com/)", "code-link-malformed", id="GitHub itself"),
        pytest.param(
            "[![Code](https://x.example/a-badge-of-many-words.svg)](http://arxiv.org/abs/2101.00001)",
            "code-link-malformed",
            id="a badge",
        ),
        pytest.param(
            "[[Code]](http://arxiv.org/abs/2101.00001)", "code-link-malformed", id="arXiv"
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_reported(text: str, rule: str) -> None:
    assert told(f"# List\n\n- {text}\n") == [(3, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "[[Paper]](https://arxiv.org/abs/1505.04597) [[Code]](https://github.com/o/n)",
        "[![badge](https://x.example/b.svg)](https://x.example)",
        "[p](<https://x.example/a b>)",
        '[p](https://x.example "A title")',
        "[p](https://x.example/a_(b))",
        "[p](Https://X.example)",
        "[file](docs/methods.md), [file](LICENSE.txt), [file](./a.io), [mail](mailto:a@b.example)",
        "[x] (a remark), [1] (Smith 2020), - [ ] open, f(x)[i](y)",
        r"\[no link](https://x.example/a b)",
        "`[Code]()` and ``[c] (https://x.example)``",
        "<!-- [Code]() [c] (https://x.example) -->",
        "[old](https://arxiv.org/abs/cs/0309136), [list](https://arxiv.org/list/cs.CV/recent)",
        "[code](https://github.com/owner)",
        "[PyTorch: An Imperative Style, High-Performance Library](https://arxiv.org/abs/1912.01703)",
        "[Code generation with LLMs](https://arxiv.org/abs/1912.01703)",
    ],
    ids=str,
)
def test_a_sound_line_has_no_finding(text: str) -> None:
    assert told(f"# List\n\n{text}\n") == []


def test_fenced_and_indented_code_is_left_alone() -> None:
    assert told("```\n[Code]()\n```\n\n    [Code]()\n\n<!--\n[Code]()\n-->\n") == []


def test_every_empty_link_of_a_line_counts() -> None:
    assert told("[A](), [B](), [C](https://x.example)\n") == [(1, "empty-link")] * 2


@pytest.mark.parametrize(
    ("anchor", "heading"),
    [
        ("#methods", "## Methods"),
        ("#papers--codes", "## Papers & Codes"),
        ("#Methods", "## Methods"),
        ("#m", '<a id="m"></a>'),
        ("#m", "<a name='m'></a>"),
        ("#2024-papers", "<h2 align=center>2024 <i>Papers</i></h2>"),
        ("#%E7%BD%91%E7%BB%9C", "## 网络"),
        ("#", ""),
        ("#top", ""),
        ("#readme", ""),
    ],
)
def test_an_anchor_that_is_there_is_not_dead(anchor: str, heading: str) -> None:
    assert told(f"[x]({anchor})\n\n{heading}\n") == []


def test_a_dead_anchor_is_reported_with_the_nearest_one() -> None:
    [finding] = check("- [M](#method)\n\n## Methods\n")
    assert (finding.line, finding.rule) == (1, "dead-anchor")
    assert "near: #methods" in finding.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[c](github.com/o/n)", "[c](https://github.com/o/n)"),
        ("[p](ttps://x.example/p)", "[p](https://x.example/p)"),
        ("[p](hhttp://x.example/p)", "[p](http://x.example/p)"),
        ("[p](https//x.example/p)", "[p](https://x.example/p)"),
        ("[p](http://https://x.example/p)", "[p](https://x.example/p)"),
        ("[p]((https://x.example/p))", "[p](https://x.example/p)"),
        ("[[c]] (https://x.example)", "[[c]](https://x.example)"),
        ("- code: [unoffical : x](https://x.example/unoffical)", None),
        ("Arvix, CVRP2020, Offical, PYTROCH", "arXiv, CVPR2020, Official, PyTorch"),
    ],
)
def test_a_fix_mends_what_is_wrong_and_nothing_else(before: str, after: str | None) -> None:
    after = after or before.replace("unoffical", "unofficial", 1)
    around = "# List\r\n\r\n{}\r\n<!-- unoffical [c] (https://x.example) -->\r\n`Arvix`"
    text, mended = mend(around.format(before), check(around.format(before)))
    assert text == around.format(after)
    assert mended
    assert not check(text)


def test_a_word_that_is_spelt_right_is_no_label_to_mend() -> None:
    text = "official unofficial arXiv Arxiv PyTorch pytorch CVPR 'offical.example/x' Arvix_net\n"
    assert told(text, "misspelt-label") == []


@pytest.mark.parametrize("heading", ["## Arvix", "Arvix\n===", "<h2>Arvix</h2>"])
def test_a_heading_is_not_mended_as_links_lead_to_it(heading: str) -> None:
    text = f"# List\n\n{heading}\n"
    [finding] = check(text, "misspelt-label")
    assert (finding.line, finding.fix) == (3, None)


_pieces = st.sampled_from(
    (
        *"[ ] ( ) ![ ]( ` \\ < > | a é <!-- --> - #m unoffical [Code]() https://x.example/p".split(),
        *("ttps://y.example", " ", "\n", "\r\n", "\0"),
    )
)


@given(st.lists(_pieces, max_size=30).map("".join))
def test_links_stand_where_they_are_said_to_stand(text: str) -> None:
    for mark in scan(text):
        assert 0 <= mark.start < mark.end <= len(text)
        if isinstance(mark, Link):
            assert text.startswith(mark.target, mark.at)
            assert mark.target == "" or mark.at + len(mark.target) <= mark.end
        else:
            assert isinstance(mark, Broken)
    for link in html_links(text):
        assert text.startswith(link.target, link.at)


@given(st.lists(st.one_of(_pieces, st.sampled_from(builders.HOSTILE)), max_size=30).map("".join))
def test_mending_ends_and_findings_that_were_mended_are_gone(text: str) -> None:
    for _ in range(10):
        found = check(text)
        text, mended = mend(text, found)
        if not mended:
            break
    assert not any(finding.fix for finding in check(text))


@given(st.lists(st.one_of(_pieces, st.sampled_from(builders.HOSTILE)), max_size=30).map("".join))
def test_blanking_keeps_every_character_in_its_place(text: str) -> None:
    readme = Readme(PATH, text)
    for blanked in (readme.shown, readme.prose):
        assert len(blanked) == len(text)
        assert all(a in (b, "\0") for a, b in zip(blanked, text, strict=True))


HOSTILE = {
    "brackets": "[" * 20_000,
    "targets": "](" * 20_000,
    "links without an end": "[x](" * 20_000,
    "words in targets": "[a](b " * 10_000,
    "a long gap": "[x]" + " " * 20_000 + "(",
    "backticks": "`" * 20_000,
    "comments": "<!--" * 20_000,
    "tags": "<a href=" * 5_000,
    "cells": "| " * 20_000,
}


@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_line_is_read_to_its_end(line: str) -> None:
    check(f"{line}\n")
