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


def pages(comment: str) -> list[tuple[str, str]]:
    return [(link.label, link.url) for link in other_links(comment, "")]


STATED = {
    "a full stop behind it": f"Our code is released at:\n{REPOSITORY}.\n",
    "a line break between scheme and host": "The code is at https://\ngithub.com/ada/engine\n",
    "a line break behind http": "The code is at http://\ngithub.com/ada/engine",
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
    "capitals": "Our code is at GitHub.com/ada/engine",
    "another script around it": "Our code: 见github.com/ada/engine和",
    "a further URL glued to it": f"Our code is at {REPOSITORY}/https://example.org/",
    "a further URL without TLS": f"Our code is at {REPOSITORY}/http://example.org/",
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
    "a sentence glued to it": f"Our code is available at {REPOSITORY}.This work was done in a mill",
    "a sentence glued to a directory": f"Our code is at {REPOSITORY}/tree/main.In it, looms halt",
    "no space behind the stop": f"It uses less steam.{REPOSITORY}",
    "behind a cry": f"It uses less steam! {REPOSITORY}",
    "behind a question": f"What uses less steam? {REPOSITORY}",
    "behind a semicolon": f"It uses less steam; {REPOSITORY}",
    "behind an abbreviation that is none": f"It uses fewer revs. {REPOSITORY}",
    "behind another one": f"We use HSCcf. {REPOSITORY}",
    "a bare \\url": rf"It computes. \url{{{REPOSITORY}}}",
    "a label": f"It uses less steam than any engine. Code: {REPOSITORY}",
    "made with others": f"Our tool leverages the Loom library and can be found at {REPOSITORY}",
    "code based on others": f"Our code, based on the Loom library, is available at {REPOSITORY}",
    "code used": f"The scripts used in this work are at {REPOSITORY}",
    "code used in": f"Scripts used in this work: {REPOSITORY}",
    "code used for": f"Scripts used for training: {REPOSITORY}",
    "code used to": f"Scripts used to train: {REPOSITORY}",
    "code used here": f"The scripts used here: {REPOSITORY}",
    "a use case": f"Scripts of a use case: {REPOSITORY}",
    "for use": f"Scripts for use with looms: {REPOSITORY}",
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
    "i.e.": "It uses a loom, i.e. https://github.com/weavers/loom",
    "cf.": "It uses looms, cf. https://github.com/weavers/loom",
    "vs.": "It uses looms vs. https://github.com/weavers/loom",
    "the code of competitors": "The code of the competing method is available at https://a.org and "
    "https://github.com/weavers/loom",
    "one or the other": "It uses https://github.com/a/b or https://github.com/c/d.",
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
    *("Codes at", "Implementation at", "Script at", "Release at", "Resource at", "Found at"),
    *("Opensource at", "Opensourced at", "Open-sourced at"),
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
    *("we open source it at", "we opensource it at", "it is open source at", "it is opensource at"),
    *("code:", "code :", "it is now made publicly available at"),
    "not the original code but our code",
    *("our data and code for baselines are at", "the data and the code of baselines are at"),
    *("the data and source code for baselines are at", "code of baselines and our code are at"),
    "the code of competing methods and ours are at",
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
    *("using a loom which can be found at", "the original code of the loom is available at"),
    *("to build on code at", "it builds on code at", "with code built with", "to leverage code of"),
    *("to modify code of", "to compare with code of", "with the used inputs of"),
    *("it can use cascades of", "the original codes at", "the original implementations at"),
    *("the previous repositories at", "the earlier works at", "the previous papers at"),
    *("we study what others release at", "we open looms at"),
    *("the code for baseline methods is available at", "the source code of baselines is found at"),
    *("code for all the competing looms can be found at", "implementations of prior work are at"),
    *(
        "the code of the competitors is at",
        "the code from previous work is at",
        "code of baselines:",
    ),
    *("an implementation of existing methods is available at", "code for compared looms is at"),
]


@pytest.mark.parametrize("words", DISCLAIMERS)
def test_words_that_point_to_somebody_else_leave_the_code_out(words: str) -> None:
    assert urls(comment=f"It computes, {words} https://github.com/weavers/loom") == []


CLAIMING_NOTHING = [
    *("by the hour at", "for ourselves at", "where an ewe provides wool at", "in a barcode:"),
    *("by the analysis released at", "by the analysis at", "it is athletic:", "it is slow with"),
    *("it is what the authors have available at", "see page:", "for a while at", "it is open at"),
]


@pytest.mark.parametrize("words", CLAIMING_NOTHING)
def test_words_that_only_look_like_a_claim_do_not_overrule(words: str) -> None:
    assert urls(comment=f"Using looms {words} https://github.com/weavers/loom") == []


DISCLAIMING_NOTHING = [
    *("ewe", "web page", "muse", "user guide", "fused code", "focusing code", "similar tools"),
    *("similar code", "code as such,", "such code", "code al dente", "code et cetera", "E.coli"),
    *("code at the top of it", "code on top there", "derived code", "extension code", "debased on"),
    *("based online", "newly built code", "code rebuilt with care", "code built within a day"),
    *("code reimplemented in C", "code, implemented inside out", "code with it", "code on it"),
    *("implemented code", "pitchfork", "forklift", "adapters", "way to compare tools"),
    *("compared code", "overtaken with", "work, taken within a day", "obtained code"),
    *("code, codeveloped by us", "provided bytecode", "code by us", "aboriginal work"),
    *("original workflow", "original approach", "code for primary looms", "barcode of baselines"),
    *("code for existence proofs", "code informed by baselines"),
]


@pytest.mark.parametrize("words", DISCLAIMING_NOTHING)
def test_words_that_only_look_like_a_disclaimer_take_no_claim_back(words: str) -> None:
    assert urls(abstract=f"Our {words} {REPOSITORY}") == [REPOSITORY]


@pytest.mark.parametrize("words", ["Weavers of Engine", "Makers of barcode", "Sowers of seeds"])
def test_an_abstract_must_claim_a_repository_to_be_believed(words: str) -> None:
    assert urls(abstract=f"{words} {REPOSITORY} were interviewed.") == []


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
        for name in ("orgs", "users", "topics", "search", "features", "sponsors", "marketplace")
    },
    "the site's own apps": "Our code: https://github.com/apps/engine",
    "what the site explores": "Our code: https://github.com/explore/engine",
    **{
        f"a GitLab's own {name}": f"Our code: https://gitlab.example.edu/{name}/engine"
        for name in ("users", "groups", "explore")
    },
    "a person's page": "Our code: https://gitlab.example.edu/ada",
    "a pull request": f"Our code: {REPOSITORY}/pull/7",
    "a merge request": "Our code: https://gitlab.com/a/b/-/merge_requests/7",
    **{
        f"a Gitea's {place}": f"Our code: https://gitea.example.org/a/b/{place}"
        for place in ("issues", "issues/7", "pull/7", "pulls", "pulls/7")
    },
    "a paper in capitals": f"Our supplement is at {REPOSITORY}/blob/main/SUPPLEMENT.PDF",
    "a GitLab's wiki": "Our code: https://gitlab.com/a/b/-/wikis/home",
    "a Gitea's wiki": "Our code: https://gitea.example.org/a/b/wiki",
    "a picture": f"Our code: {REPOSITORY}/blob/main/a.png",
    "a moving picture": f"Our code: {REPOSITORY}/blob/main/a.gif",
    "a film": f"Our code: {REPOSITORY}/blob/main/a.mp4",
    "a name that is too long": f"Our code: https://github.com/ada/{'e' * 101}",
    "a page of a wiki": "Our code: https://github.com/ada/subtree/wiki/Home",
    "a page of a repository": "Our code: https://github.com/ada/engine/treehouse",
    "a page of an anonymous host": "Our code: https://anonymous.4open.science/registration",
    "a page of SourceForge": "Our code: https://sourceforge.net/pricing",
    "a page of Google Code": "Our code: https://code.google.com/hosting",
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
    **{
        f"{front} in front of the host": f"Our code is at {front}github.com/ada/engine"
        for front in ("not", "my.", "my-", "https:/")
    },
    "a name that breaks off": f"Our code is available at {REPOSITORY}- core.",
    "a name that ends in a dash": f"Our code is available at {REPOSITORY}-.",
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
    "https://github.com/ada-l/the_engine-1.0",
    "https://github.com/ada/engine.This",
    "https://github.com/ada/engine.Theory",
    "https://github.com/ada/engine.the",
    "https://codeberg.org/ada.l/engine",
    f"https://github.com/ada/{'e' * 100}",
    "https://github.com/ada/httpd",
    "https://github.com/appsmith/engine",
    "https://github.com/ada/topdf",
    "https://github.com/ada/engine.pngtools",
    "https://gitlab.com/ada/tissues",
    "https://gitlab.com/ada/issuesolver",
    "https://gitlab.com/ada/wikisource",
    "https://forgejo.example.org/ada/engine",
    "https://git.lab-3.example.edu:8443/ada.l/the-engine_1.0",
    "https://git.example.edu/explorers/engine",
    "https://git.example.edu/~ada-l/engine",
    "https://git.example.edu/pub/~ada/engine",
    "https://git.example.edu/ada/engine/src/branch/v1+x?display=source#L4",
    "https://github.com/ada/engine/blob/main/engine.py",
    "https://bitbucket.org/ada/engine/src/dev/notes",
    "https://gist.github.com/ada/0123456789abcdef0123",
    "https://anonymous.4open.science/r/ENGINE-1843",
    "https://anonymous.4open.science/repository/0123-4567",
    "https://sourceforge.net/projects/engine",
    "https://sourceforge.net/p/engine",
    "https://code.google.com/p/engine",
    "https://code.google.com/archive/p/engine",
    "https://zenodo.org/records/1843",
    "https://doi.org/10.5281/zenodo.1843",
    "https://github.com/huggingface/transformers/tree/main/examples/engine",
    "https://gitlab.com/ada/engine/-/tree/dev/notes",
    "https://gitlab.com/ada/engine/-/tree/dev/notes?ref_type=heads",
]


@pytest.mark.parametrize("url", HOSTS)
def test_code_is_recognised_on_its_host(url: str) -> None:
    assert urls(abstract=f"Our code is available at {url}.") == [url]


@pytest.mark.parametrize("url", [u for u in HOSTS if not re.search("inria|example|doi", u)])
def test_well_known_hosts_need_no_scheme(url: str) -> None:
    assert urls(abstract=f"Our code is available at {url.removeprefix('https://')}.") == [url]


CODE_NOUNS = ["code", "codes", "software", "implementation", "implementations", "script", "scripts"]


@pytest.mark.parametrize("noun", [*CODE_NOUNS, "Code", "replication package"])
def test_an_archive_holds_code_where_the_words_say_so(noun: str) -> None:
    url = "https://zenodo.org/records/1843"
    assert urls(comment=f"Our {noun}: {url}") == [url]


ARCHIVES = [
    "http://doi.org/10.5281/zenodo.1843",
    "https://dx.doi.org/10.5281/zenodo.1843",
    "http://figshare.com/articles/1843",
    "https://www.figshare.com/articles/1843",
    "https://osf.io/abcde",
]


@pytest.mark.parametrize("url", ARCHIVES)
def test_an_archive_holds_what_the_words_say(url: str) -> None:
    assert urls(comment=f"Our code: {url}") == [url]
    assert pages(f"Our data: {url}") == [("data", url)]
    assert urls(comment=f"See {url}") == []


@pytest.mark.parametrize("noun", ["data", "Data", "dataset", "datasets", "data set", "data sets"])
def test_an_archive_holds_data_where_the_words_say_so(noun: str) -> None:
    url = "https://zenodo.org/records/1843"
    assert pages(f"Our {noun}: {url}") == [("data", url)]


@pytest.mark.parametrize("noun", ["barcodes", "codecs", "metadata", "databases"])
def test_an_archive_holds_neither_where_the_words_only_look_like_it(noun: str) -> None:
    text = f"Our {noun}: https://zenodo.org/records/1843"
    assert (urls(comment=text), pages(text)) == ([], [])


HOSTS_WITH_MORE = [
    *("zenodo.org", "doi.org/10.5281", "figshare.com", "osf.io", "youtu.be", "youtube.com"),
    *("vimeo.com", "kaggle.com/datasets", "huggingface.co/datasets", "huggingface.co/spaces"),
    *("ada.github.io", "ada.github.io.", "ada.github.io-", "sites.google.com"),
]


@pytest.mark.parametrize("host", HOSTS_WITH_MORE)
def test_a_host_is_known_by_its_whole_name(host: str) -> None:
    text = f"Our code, data and demo: https://{host}x.example/ada/engine"
    assert (urls(comment=text), pages(text)) == ([], [])


def test_an_escaped_underscore_belongs_to_the_url() -> None:
    expected = ["https://github.com/ada/the_engine"]
    assert urls(abstract=r"Our code is at https://github.com/ada/the\_engine.") == expected
    assert urls(abstract=r"Our code is at https://github.com/ada/the{\_}engine.") == expected


@pytest.mark.parametrize("name", ["engine.Net", "engine.Theory", "engine.the", "engine-This"])
def test_a_name_with_a_stop_is_no_sentence_glued_to_it(name: str) -> None:
    url = f"https://github.com/ada/{name}"
    assert urls(abstract=f"Our code is at {url} and halts") == [url]


def test_unwrapping_does_not_glue_the_next_line_to_the_url() -> None:
    assert urls(comment=f"Code: {REPOSITORY}\n  CONF 1843 version") == [REPOSITORY]


def test_several_repositories_keep_their_order() -> None:
    text = r"Code and data are available at \url{https://github.com/a/b} and github.com/c/d."
    assert urls(abstract=text) == ["https://github.com/a/b", "https://github.com/c/d"]
    text = "Our code is at github.com/a/b (training) and github.com/c/d (inference)."
    assert urls(abstract=text) == ["https://github.com/a/b", "https://github.com/c/d"]


IN_ONE_SENTENCE = [
    f"Our code is available at {REPOSITORY} and is based on https://github.com/weavers/loom.",
    f"Our code ({REPOSITORY}, based on looms) and https://github.com/weavers/loom",
    f"We use https://github.com/weavers/loom (or our code at {REPOSITORY}).",
    f"Our code is at {REPOSITORY} (new), unlike looms (of old) https://github.com/weavers/loom",
]


@pytest.mark.parametrize("text", IN_ONE_SENTENCE)
def test_own_code_and_somebody_elses_are_told_apart_in_one_sentence(text: str) -> None:
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
    (link,) = extract("", f"PyTorch source code is available at {REPOSITORY}")
    assert link.framework == "pytorch"
    (link,) = extract("", f"We train with PyTorch and Keras. Code is available at {REPOSITORY}")
    assert link.framework == ""
    for words in ("Ajax code", "Jax codecs", "Keras models"):
        (link,) = extract(f"Our {words}: {REPOSITORY}", "")
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
    ("Project website: https://x.edu/engine", "project", "https://x.edu/engine"),
    ("Project web page: https://x.edu/engine", "project", "https://x.edu/engine"),
    (
        "Project page: http://x.edu/~ada/?a=b&c=d%20e+f:g@h#i-j_k",
        "project",
        "http://x.edu/~ada/?a=b&c=d%20e+f:g@h#i-j_k",
    ),
    (r"Project page: \url { a-b.edu/x }", "project", "https://a-b.edu/x"),
    ("Our site: http://ada-l.github.io", "project", "http://ada-l.github.io"),
    ("Our site: http://sites.google.com/a", "project", "http://sites.google.com/a"),
    ("Our cards: http://kaggle.com/datasets/a/b", "data", "http://kaggle.com/datasets/a/b"),
    (
        "Our cards: https://www.kaggle.com/datasets/a/b",
        "data",
        "https://www.kaggle.com/datasets/a/b",
    ),
    ("Our model: huggingface.co/docsify/b", "weights", "https://huggingface.co/docsify/b"),
    ("Our video: http://youtu.be/abcdef", "video", "http://youtu.be/abcdef"),
    ("Our talk: https://youtube.com/watch?v=a", "video", "https://youtube.com/watch?v=a"),
    ("Our talk: https://www.youtube.com/@a", "video", "https://www.youtube.com/@a"),
    ("Our talk: https://vimeo.com/1", "video", "https://vimeo.com/1"),
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
    *(f"Our {words}: https://x.edu/engine" for words in ("page", "project", "subproject page")),
    "Our project sitemap: https://x.edu/engine",
    *(f"Our model: https://huggingface.co/{part}/engine" for part in ("papers", "blog", "docs")),
    "Our model: https://huggingface.co/ada/engine/discussions/1",
    "Our project page is on github.community/engine",
    "Our project page is at github.com/.",
    "Our project page: https://github.com/ada",
    "Our project page: https://www.gitlab.com/ada/",
    "Our project page is on github.com/ from today",
    "Our project page: httpx.example.org/",
    r"Our project page: \url{soon}",
    r"Our project page: \url{soon.}",
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
    "ssh://git@github.com:ada/engine.git": REPOSITORY,
    "ssh://git@gitlab.com:22/a/b.git": "https://gitlab.com/a/b",
    "ssh://git.example.org:2222/a/b": "https://git.example.org/a/b",
    "git@gitlab.com:22/a/b.git": "https://gitlab.com/22/a/b",
    "git://github.com/ada/engine.git": REPOSITORY,
    "git://github.com:9418/ada/engine.git": REPOSITORY,
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
    "https://ada@github.com/ada/engine": REPOSITORY,
    "HTTP://ada:secret@x@bitbucket.org/team/repo.git": "https://bitbucket.org/team/repo",
    "https://github.com@example.org/a/b": "https://example.org/a/b",
    "https://example.org/@ada/engine": "https://example.org/@ada/engine",
    "https://example.org?a@b": "https://example.org?a@b",
    "https://example.org\\@github.com/a/b": "",
    "https://@/a": "",
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
    r"https://|http://|ssh://|git://|github.com/|www.|gitlab.example.org/|git@|@|:22/|ada/|engine|.git|/tree/main|/tree/"
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
    extract(text, "")
    other_links("", text)
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


@pytest.mark.parametrize("stop", [".", "!", "?"])
def test_an_address_that_stands_alone_behind_a_full_stop_continues_no_list(stop: str) -> None:
    of_others = "We use the library at https://github.com/others/theirs"
    assert not extract("", f"{of_others} and https://github.com/owner/name.")
    [link] = extract("", f"{of_others}{stop} https://github.com/owner/name.")
    assert link.url == "https://github.com/owner/name"
