"""Code links: words of our own for every case, and the papers labelled by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.code_links import extract, other_links
from papertrack.model import CodeLink
from papertrack.repositories import identity, normalise_url
from tests.conftest import TESTS

REPOSITORY = "https://github.com/ada/engine"
"""The repository that most cases state."""


def urls(*, comment: str = "", abstract: str = "") -> list[str]:
    return [link.url for link in extract(comment, abstract)]


STATED = {
    "a full stop behind it": f"Our code is released at:\n{REPOSITORY}.\n",
    "a line break between scheme and host": "The code is at https://\ngithub.com/ada/engine\n",
    "a space between scheme and host": "The code is at https:// github.com/ada/engine",
    "\\url": rf"Code is available at \url{{{REPOSITORY}}}.",
    "\\url without scheme": r"Code is available at \url{github.com/ada/engine}",
    "\\href without scheme": r"Code is available at \href{github.com/ada/engine}{here}.",
    "\\url with spaces": rf"Code is available at \url {{ {REPOSITORY} }} now",
    "\\footnote": rf"It loops better\footnote{{Code is at \url{{{REPOSITORY}}}.}}. It halts.",
    "\\href in mathematics": rf"The implementation is at $\href{{{REPOSITORY}.git}}{{ENGINE}}$.",
    "no scheme": "Our code is at github.com/ada/engine.",
    "www": "Our code is at www.github.com/ada/engine.",
    "http": "Our code is at http://github.com/ada/engine",
    ".git": f"Our code is at {REPOSITORY}.git.",
    "a last slash": f"Our code is at {REPOSITORY}/ .",
    "tree/main": f"Our code is at {REPOSITORY}/tree/main",
    "tree/master": f"Our code is at {REPOSITORY}/tree/master/.",
    "an anchor": f"Our code is at {REPOSITORY}#readme",
    "brackets": f"Our code ({REPOSITORY}) is open.",
    "angle brackets": f"Our code is at <{REPOSITORY}>.",
    "quotes": f"Our code is at '{REPOSITORY}'.",
    "a full-width stop": f"Our code is at {REPOSITORY}。",
    "a comma and a further URL": f"Our code is at {REPOSITORY},https://example.org/",
    "an arXiv admin note": f"{REPOSITORY}. arXiv admin note: text overlap with arXiv:1234.56789",
    "a promise": f"Our code will be made publicly available at {REPOSITORY}",
    "a sentence of its own": f"It computes. {REPOSITORY}",
    "a bare \\url": rf"It computes. \url{{{REPOSITORY}}}",
    "a label": f"It uses less steam than any engine. Code: {REPOSITORY}",
    "made with others": f"Our tool leverages the Loom library and can be found at {REPOSITORY}",
    "code based on others": f"Our code, based on the Loom library, is available at {REPOSITORY}",
    "code used": f"The scripts used in this work are at {REPOSITORY}",
    "a copula": f"Our code, which uses looms, is at {REPOSITORY}",
    "a download": f"The toolbox can be downloaded from {REPOSITORY}",
    "a reference": f"Please refer to {REPOSITORY} for code",
    "an introduction": f"We introduce Engine ({REPOSITORY}), a machine that computes.",
}


@pytest.mark.parametrize("text", STATED.values(), ids=STATED)
def test_a_repository_is_found_however_it_is_written(text: str) -> None:
    assert urls(abstract=text) == [REPOSITORY]
    assert urls(comment=text) == [REPOSITORY]


ONLY_IN_COMMENTS = {
    "a bare URL": f"Accepted as a demonstration;\n  {REPOSITORY}",
    "see": f"6 pages, accepted to CONF 1843 (see\n  {REPOSITORY})",
    "a project that is a repository": f"21 pages. Project:\n  {REPOSITORY}",
    "a name before it": f"12 pages. Engine {REPOSITORY}",
}


@pytest.mark.parametrize("text", ONLY_IN_COMMENTS.values(), ids=ONLY_IN_COMMENTS)
def test_a_comment_needs_no_words_to_claim_a_repository(text: str) -> None:
    assert urls(comment=text) == [REPOSITORY]


SOMEBODY_ELSES = {
    "use": "We use the Loom library at https://github.com/weavers/loom.",
    "use, without scheme": "We use the Loom library at github.com/weavers/loom for training.",
    "use what is available": "We use Loom, which is available at https://github.com/weavers/loom.",
    "use what is found": "All runs use Loom, available at https://github.com/weavers/loom",
    "build on": "Our code is built on https://github.com/weavers/loom.",
    "building upon": "Building upon Loom (https://github.com/weavers/loom), we go further.",
    "based on": "Our implementation is based on https://github.com/weavers/loom",
    "based on two": r"It is based on \url{https://github.com/a/b} and \url{https://github.com/c/d}.",
    "extend": "Engine extends Loom (https://github.com/weavers/loom) by a memory.",
    "fork": "Engine is a fork of https://github.com/weavers/loom",
    "compare": "It is fast compared to Loom (https://github.com/weavers/loom).",
    "such as": "Tools such as https://github.com/weavers/loom are slow.",
    "et al.": "This is the loom of Jacquard et al. (https://github.com/weavers/loom).",
    "by": "Loom was developed by weavers: https://github.com/weavers/loom",
    "the original code": "The original code of Loom is available at https://github.com/weavers/loom",
    "an earlier version": "An earlier version is available at https://github.com/weavers/loom",
    "obtained with": "Baselines were obtained with code from https://github.com/weavers/loom.",
    "an object of study": "We analyse 500 issues of the repository https://github.com/weavers/loom",
    "follow": "Following the official implementation (https://github.com/weavers/loom) we weave.",
    "supersede": "It supersedes the code at https://github.com/weavers/loom.",
    "integrate": "The method was integrated into Loom (https://github.com/weavers/loom).",
    "implemented with": "Implemented with PyTorch (https://github.com/pytorch/pytorch).",
}


@pytest.mark.parametrize("text", SOMEBODY_ELSES.values(), ids=SOMEBODY_ELSES)
def test_the_code_of_somebody_else_is_not_the_papers(text: str) -> None:
    assert urls(abstract=text) == []
    assert urls(comment=text) == []


CLAIMS = [
    *(
        "Code at",
        "The codebase:",
        "Source:",
        "An implementation:",
        "Implementations at",
        "Software at",
    ),
    *("Scripts at", "Repository at", "Repositories at", "Repo at", "On GitHub at", "On GitLab at"),
    *("Available at", "Accessible at", "Released at", "To be found at", "See", "Visit", "Check"),
    *("Open-source at", "Open source at", "Resources at", "Project at", "Dataset at", "Demo at"),
]


@pytest.mark.parametrize("words", CLAIMS)
def test_words_that_announce_code_claim_it_in_an_abstract(words: str) -> None:
    assert urls(abstract=f"It computes. {words} {REPOSITORY}") == [REPOSITORY]


OVERRULING = [
    *("we release it at", "we also publish it at", "we open-source it at", "we provide it at"),
    *("we share it at", "we make it public at", "we made it public at", "we present Engine:"),
    *("we propose Engine:", "we are also releasing it at", "all of it is accessible at"),
    *("it is released at", "it is published at", "it is open-sourced at", "it is provided at"),
    *("it is hosted at", "it is shared at", "it is distributed at", "both are at", "it is here:"),
    *("implementation:", "repository:", "repo:", "GitHub:", "project:", "project page:"),
    *("website:", "it has been found at", "both are available at", "our code at"),
]


@pytest.mark.parametrize("words", OVERRULING)
def test_the_last_words_decide_whose_code_it_is(words: str) -> None:
    assert urls(abstract=f"Using looms, {words} {REPOSITORY}") == [REPOSITORY]


DISCLAIMERS = [
    *("we study", "it uses", "with code used by", "using code of", "with code such as"),
    *("with code (e.g.", "with code on top of", "with code derived from", "code similar to"),
    *("an extension of the code", "with code building on", "with code built from"),
    *("with code implemented in", "with code implemented on", "implemented within the code"),
    *("utilizing code", "utilising code", "it leverages code", "it employs code", "adopting code"),
    *("it adapts code", "it extends code", "it forks code", "it modifies code", "modified code"),
    *("it outperforms code", "thanks to code", "it replaces code", "with code compared with"),
    *("with code taken from", "code obtained with", "code provided by weavers:"),
    *("code released by weavers:", "code written by weavers:", "the previous version at"),
    *("the original implementation at", "the original repository at", "the original work at"),
    *("the original paper at", "an earlier code at", "the original code of it is available at"),
    *("the original versions are available at", "the original code can be found at"),
    *("using a loom that is available at", "using looms that are available at"),
]


@pytest.mark.parametrize("words", DISCLAIMERS)
def test_words_that_point_to_somebody_else_leave_the_code_out(words: str) -> None:
    assert urls(comment=f"It computes, {words} https://github.com/weavers/loom") == []


def test_an_abstract_must_claim_a_repository_to_be_believed() -> None:
    assert urls(abstract=f"Weavers of Engine {REPOSITORY} were interviewed.") == []


NO_CODE = {
    "a movie": "A movie can be found at http://lab.example.ac.uk/Movies/gate.mpg",
    "a workshop": "Accepted by the workshop, please see https://conf1843.example.org/workshop/",
    "a review page": "Accepted. OpenReview: https://openreview.net/forum?id=abcDEF123",
    "a PostScript file": "Full resolution version at http://www.astro.example.edu/~ada/paper.ps.gz",
    "a publisher": "Published at http://dx.doi.org/10.1214/08-STS246 (http://www.imstat.org/sts/)",
    "a project page": "Project page: https://engine.github.io.\n  CONF 1843 camera-ready version",
    "a wrapped project page": "Accepted; Project Page:\n  https://ada.github.io/engine",
    "an organisation": "Our code is available at https://github.com/ada.",
    "an organisation's list": "Our code is available at https://github.com/orgs/ada/repositories",
    "an issue": "Our report is available at https://github.com/weavers/loom/issues/7",
    "a paper kept in a repository": f"Our supplement is at {REPOSITORY}/blob/main/supplement.pdf",
    **{
        f"the site's own {name}": f"Our code: https://github.com/{name}/engine"
        for name in ("users", "topics", "search", "sponsors", "marketplace", "apps", "explore")
    },
    "a group": "Our code: https://gitlab.example.edu/groups/engine",
    "a pull request": f"Our code: {REPOSITORY}/pull/7",
    "a merge request": "Our code: https://gitlab.com/a/b/-/merge_requests/7",
    "a picture": f"Our code: {REPOSITORY}/blob/main/a.png",
    "a product": "Our code was written by GitHub Copilot: https://github.com/features/copilot",
    "a data set": "Our data and code are at https://huggingface.co/datasets/ada/cards",
    "weights": "Our model is available at https://huggingface.co/ada/engine-7b",
    "a demo": "Our demo is available at https://huggingface.co/spaces/ada/engine",
    "a data archive": "The data are available at https://zenodo.org/records/1843",
    "a short link": "The project is open-source at https://aka.ms/engine",
    "no URL": "Our code will be made available on GitHub upon acceptance.",
    "a scheme alone": "Our code is available at https:// .",
    "a mail address": "Our code is available from ada@github.com/engine/x",
    "another host with the same end": "Our code is at https://notgithub.com/ada/engine",
    "a user in front of the host": "Our code is at https://github.com@example.org/ada/engine",
}


@pytest.mark.parametrize("text", NO_CODE.values(), ids=NO_CODE)
def test_a_url_that_is_no_repository_is_no_code(text: str) -> None:
    assert urls(abstract=text) == []
    assert urls(comment=text) == []


HOSTS = [
    "https://gitlab.com/ada/engine",
    "https://gitlab.com/group/subgroup/engine",
    "https://gitlab.inria.fr/ada/engine",
    "https://git.example.edu/ada/engine",
    "https://bitbucket.org/ada/engine",
    "https://codeberg.org/ada/engine",
    "https://gitea.example.org/ada/engine",
    "https://gitee.com/ada/engine",
    "https://framagit.org/ada/engine",
    "https://git.sr.ht/~ada/engine",
    "https://github.com/ada/src",
    "https://github.com/ada/engine/blob/main/engine.py",
    "https://bitbucket.org/ada/engine/src/dev/notes",
    "https://gist.github.com/ada/0123456789abcdef0123",
    "https://anonymous.4open.science/r/ENGINE-1843",
    "https://sourceforge.net/projects/engine",
    "https://code.google.com/p/engine",
    "https://zenodo.org/records/1843",
    "https://doi.org/10.5281/zenodo.1843",
    "https://github.com/huggingface/transformers/tree/main/examples/engine",
    "https://gitlab.com/ada/engine/-/tree/dev/notes",
]


@pytest.mark.parametrize("url", HOSTS)
def test_code_is_recognised_on_its_host(url: str) -> None:
    assert urls(abstract=f"Our code is available at {url}.") == [url]


@pytest.mark.parametrize("url", [u for u in HOSTS if not re.search("inria|example|doi", u)])
def test_well_known_hosts_need_no_scheme(url: str) -> None:
    assert urls(abstract=f"Our code is available at {url.removeprefix('https://')}.") == [url]


@pytest.mark.parametrize("noun", ["software", "implementation", "scripts", "replication package"])
def test_an_archive_holds_code_where_the_words_say_so(noun: str) -> None:
    url = "https://zenodo.org/records/1843"
    assert urls(comment=f"Our {noun}: {url}") == [url]


def test_an_escaped_underscore_belongs_to_the_url() -> None:
    expected = ["https://github.com/ada/the_engine"]
    assert urls(abstract=r"Our code is at https://github.com/ada/the\_engine.") == expected
    assert urls(abstract=r"Our code is at https://github.com/ada/the{\_}engine.") == expected


def test_unwrapping_does_not_glue_the_next_line_to_the_url() -> None:
    assert urls(comment=f"Code: {REPOSITORY}\n  CONF 1843 version") == [REPOSITORY]


def test_several_repositories_keep_their_order() -> None:
    text = r"Code and data are available at \url{https://github.com/a/b} and github.com/c/d."
    assert urls(abstract=text) == ["https://github.com/a/b", "https://github.com/c/d"]
    text = "Our code is at github.com/a/b (training) and github.com/c/d (inference)."
    assert urls(abstract=text) == ["https://github.com/a/b", "https://github.com/c/d"]


def test_own_code_and_somebody_elses_are_told_apart_in_one_sentence() -> None:
    text = f"Our code is available at {REPOSITORY} and is based on https://github.com/weavers/loom."
    assert urls(abstract=text) == [REPOSITORY]


SAME = [
    REPOSITORY,
    f"{REPOSITORY}/",
    f"{REPOSITORY}.git",
    f"{REPOSITORY}/tree/main",
    "http://github.com/ada/engine",
    "https://www.github.com/ada/engine",
    "https://GitHub.com/Ada/Engine",
]


@pytest.mark.parametrize("other", SAME)
def test_a_repository_stated_twice_is_one_link_and_the_comment_is_its_source(other: str) -> None:
    links = extract(f"Code: {REPOSITORY}", f"Our code is available at {other}.")
    assert links == (CodeLink(url=REPOSITORY, label="official", source="comment"),)


def test_the_source_is_the_text_that_states_the_link() -> None:
    (link,) = extract("12 pages", f"Our code is available at {REPOSITORY}")
    assert (link.source, link.label, link.state) == ("abstract", "official", "stated")


@pytest.mark.parametrize("name", ["TensorFlow", "Keras", "JAX", "Caffe", "MXNet", "MATLAB"])
def test_a_framework_is_known_by_its_name(name: str) -> None:
    (link,) = extract(f"{name} implementation: {REPOSITORY}", "")
    assert link.framework == name.lower()


def test_a_framework_is_named_only_where_the_words_name_it() -> None:
    (link,) = extract("", f"PyTorch code is available at {REPOSITORY}")
    assert link.framework == "pytorch"
    (link,) = extract("", f"We train with PyTorch and Keras. Code is available at {REPOSITORY}")
    assert link.framework == ""


PAGES = [
    ("Project page: https://engine.github.io/", "project", "https://engine.github.io"),
    ("Project page: https://x.edu/engine.\n  CONF 1843", "project", "https://x.edu/engine"),
    ("Code and models are available at https://ada.github.io", "project", "https://ada.github.io"),
    (
        "Data are available at https://huggingface.co/datasets/a/b",
        "data",
        "https://huggingface.co/datasets/a/b",
    ),
    (
        "Our data set is available at https://zenodo.org/records/1843",
        "data",
        "https://zenodo.org/records/1843",
    ),
    (
        "Models are available at https://huggingface.co/ada/engine",
        "weights",
        "https://huggingface.co/ada/engine",
    ),
    (
        "A demo is available at https://huggingface.co/spaces/ada/engine",
        "demo",
        "https://huggingface.co/spaces/ada/engine",
    ),
    ("Project site: https://x.edu/engine", "project", "https://x.edu/engine"),
    ("A demo is at \\url{x.gitlab.io/engine}", "project", "https://x.gitlab.io/engine"),
    ("A video is available at https://youtu.be/abcdef", "video", "https://youtu.be/abcdef"),
]


@pytest.mark.parametrize(("text", "label", "url"), PAGES, ids=[p[0][:30] for p in PAGES])
def test_other_pages_get_the_label_of_what_they_are(text: str, label: str, url: str) -> None:
    for comment, abstract in ((text, ""), ("", text)):
        assert [(link.label, link.url) for link in other_links(comment, abstract)] == [(label, url)]
        assert extract(comment, abstract) == ()


NO_PAGES = [
    "Accepted. OpenReview: https://openreview.net/forum?id=abcDEF123",
    "We use the weights of https://huggingface.co/weavers/loom",
    f"Our code is available at {REPOSITORY}",
    "The raw records are kept at https://zenodo.org/records/1843",
]


@pytest.mark.parametrize("text", NO_PAGES)
def test_a_page_of_unsure_kind_is_no_link(text: str) -> None:
    assert other_links(text, text) == ()


def test_data_beside_code_are_two_kinds_of_links() -> None:
    comment = f"Code: {REPOSITORY}. For the data see https://huggingface.co/datasets/ada/cards"
    assert urls(comment=comment) == [REPOSITORY]
    assert [link.label for link in other_links(comment, "")] == ["data"]


NORMALISED = {
    " <https://github.com/ada/engine>. ": REPOSITORY,
    "github.com/ada/engine": REPOSITORY,
    "HTTP://WWW.GitHub.com/ada/engine/": REPOSITORY,
    "git@github.com:ada/engine.git": REPOSITORY,
    "ssh://git@github.com/ada/engine.git": REPOSITORY,
    f"{REPOSITORY}.git.git": REPOSITORY,
    f"{REPOSITORY}?tab=readme-ov-file#usage": REPOSITORY,
    f"{REPOSITORY}/tree/main/": REPOSITORY,
    "https://github.com/.git/.git/tree/x?y": "https://github.com",
    "https://gitlab.com/a/b/-/tree/master": "https://gitlab.com/a/b",
    "https://bitbucket.org/a/b/src/master/": "https://bitbucket.org/a/b",
    "https://codeberg.org/a/b/src/branch/main": "https://codeberg.org/a/b",
    f"{REPOSITORY}/tree/main/models": f"{REPOSITORY}/tree/main/models",
    f"{REPOSITORY}/tree/dev": f"{REPOSITORY}/tree/dev",
    f"{REPOSITORY}/blob/main/a.py#L4": f"{REPOSITORY}/blob/main/a.py#L4",
    "https://github.com/ada": "https://github.com/ada",
    "http://example.org/Engine/": "http://example.org/Engine",
    r"https://github.com/a/b\_c": "https://github.com/a/b_c",
    "": "",
    "engine": "",
    "ftp://github.com/a/b": "",
    "javascript:alert(1)": "",
    "https://": "",
    "https://user@github.com/a/b": "",
    "https://github.com/a b": "",
    'https://github.com/a"onclick="b': "",
    "https://github.com/" + "a" * 500: "",
}


@pytest.mark.parametrize(("text", "url"), NORMALISED.items(), ids=lambda v: v[:40] or "nothing")
def test_a_url_has_one_normal_form(text: str, url: str) -> None:
    assert normalise_url(text) == url


def test_hosts_do_not_tell_case_or_scheme_apart() -> None:
    assert identity(REPOSITORY) == identity("http://github.com/Ada/ENGINE")
    assert identity(REPOSITORY) != identity(f"{REPOSITORY}-2")


PIECES = (
    r"https://|http://|github.com/|www.|gitlab.example.org/|git@|ada/|engine|.git|/tree/main|/tree/"
    r"|/-/|?a=b|#c|/|.| |\url{|\href{|}|\_|{\_}|our code at |we use |and |(|)|zenodo.org/records/1"
    "|huggingface.co/|x.github.io|:|!|*|\n|\x1b|é"
)

TEXTS = st.lists(st.sampled_from(PIECES.split("|")) | st.text(max_size=8), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_any_text_gives_only_normal_web_addresses(comment: str, abstract: str) -> None:
    for link in (*extract(comment, abstract), *other_links(comment, abstract)):
        assert link.url.startswith(("https://", "http://"))
        assert normalise_url(link.url) == link.url
        assert link.url.isprintable()
        assert not set(link.url) & set(' <>"`{}|\\^')


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise_url(normalise_url(text)) == normalise_url(text)


@given(TEXTS, TEXTS)
def test_what_is_extracted_is_extracted_again(comment: str, abstract: str) -> None:
    for link in extract(comment, abstract):
        assert identity(link.url) in map(identity, urls(comment=f"Code: {link.url}"))


HOSTILE = [
    "https://github.com/",
    "https://github.com/a/b ",
    "\\url{",
    "\\href{a.",
    "we use ",
    "we ",
]
HOSTILE += ["https://", "a", ".", ". ", "/", "(", "{\\_", "which is ", "http", "git.", "\\a", "-"]


@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("before", ["", "https://github.com/", "\\url{", "code at "])
def test_hostile_text_is_read_to_its_end(before: str, piece: str) -> None:
    text = before + piece * (100_000 // len(piece))
    extract(text, text)
    other_links(text, text)
    normalise_url(text)


def test_the_labelled_papers_are_found(recorded: Path) -> None:
    """The truth was labelled by reading comment and abstract of each recorded paper."""
    from arxiv._feed import parse

    lines = (TESTS / "data" / "code_links.jsonl").read_text().splitlines()
    truth = {row["id"]: set(row["code"]) for row in map(json.loads, lines)}
    feeds = [parse(path.read_bytes()) for path in sorted(recorded.glob("arxiv/*_*.xml"))]
    papers = {r.get_short_id(): r for feed in feeds for r in feed.results}
    found = {
        key: {link.url for link in extract(papers[key].comment or "", papers[key].summary)}
        for key in truth
    }
    right = sum(len(found[key] & truth[key]) for key in truth)
    precision = right / sum(map(len, found.values()))
    recall = right / sum(map(len, truth.values()))
    differences = [
        f"{key}: extra {sorted(found[key] - truth[key])}, missing {sorted(truth[key] - found[key])}"
        for key in truth
        if found[key] != truth[key]
    ]
    report = "\n".join([f"precision {precision:.3f}, recall {recall:.3f}", *differences])
    assert precision >= 0.99, report
    assert recall >= 0.97, report


def test_what_is_too_long_to_be_an_abstract_is_not_read_to_its_end() -> None:
    code = "Our code is available at https://github.com/owner/name. "
    assert extract("", code + "word " * 10_000)
    assert not extract("", "word " * 10_000 + code)


def test_an_address_that_stands_alone_behind_a_full_stop_continues_no_list() -> None:
    of_others = "We use the library at https://github.com/others/theirs"
    assert not extract("", f"{of_others} and https://github.com/owner/name.")
    [link] = extract("", f"{of_others}. https://github.com/owner/name.")
    assert link.url == "https://github.com/owner/name"
