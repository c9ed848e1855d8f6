"""The main job from end to end: the real command line, the real client packages, real sockets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.services import ARXIV, HF, S2, Fault, Services

Command = Callable[..., Ran]

UNET = "1505.04597"
SWIN = "2201.01266"


@pytest.fixture
def known(services: Services) -> Services:
    """Make the services know two papers, one with a venue and one with code."""
    services.add(
        UNET,
        "U-Net: Convolutional Networks for Biomedical Image Segmentation",
        authors=["Olaf Ronneberger", "Philipp Fischer", "Thomas Brox"],
        published="2015-05-18T11:28:37Z",
        s2={
            "venue": "International Conference on Medical Image Computing and "
            "Computer-Assisted Intervention",
            "year": 2015,
            "externalIds": {"ArXiv": UNET, "DOI": "10.1007/978-3-319-24574-4_28"},
        },
    )
    services.add(
        SWIN,
        "Swin UNETR: Swin Transformers for Semantic Segmentation of Brain Tumors in MRI Images",
        authors=["Ali Hatamizadeh", "Vishwesh Nath"],
        published="2022-01-04T18:01:34Z",
        comment="Code: https://github.com/Project-MONAI/research-contributions/tree/main/SwinUNETR",
    )
    return services


@pytest.fixture
def library(papertrack: Command, known: Services) -> Command:
    """Return the command line in a new list."""
    assert papertrack("init").code == 0
    return papertrack


def readme() -> str:
    return Path("README.md").read_text(encoding="utf-8")


def stored() -> dict[str, bytes]:
    """Return every byte of the store."""
    return {str(path): path.read_bytes() for path in sorted(Path("store").rglob("*.json"))}


def test_papers_come_in_are_found_and_stand_in_the_readme(library: Command) -> None:
    added = library("add", UNET, f"https://arxiv.org/pdf/{SWIN}v2", "--section", "Segmentation")
    assert added.code == 0
    assert sorted(stored()) == [
        "store/papers/hatamizadeh2022swin.json",
        "store/papers/ronneberger2015unet.json",
    ]
    assert library("render").code == 0
    assert "### Segmentation\n\n#### U-Net\n" in readme()
    assert "_MICCAI 2015_" in readme()
    assert "[official : https://github.com/Project-MONAI/" in readme()
    found = library("search", "swin code:yes", "--json").json
    assert [paper["key"] for paper in found] == ["hatamizadeh2022swin"]


def test_rendering_again_changes_nothing_until_the_store_does(library: Command) -> None:
    library("add", UNET)
    assert library("render").code == 0
    first = Path("README.md").read_bytes()
    assert library("render").code == 0
    assert Path("README.md").read_bytes() == first
    assert library("render", "--check").code == 0
    library("set", "U-Net", "venue=CVPR 2015")
    stale = library("render", "--check", "--diff")
    assert stale.code == 1
    assert "-_MICCAI 2015_" in stale.out
    assert "+_CVPR 2015_" in stale.out
    assert Path("README.md").read_bytes() == first


def test_a_paper_keeps_what_both_sources_say(library: Command) -> None:
    library("add", UNET)
    paper = library("show", "ronneb", "--json").json
    assert paper["ids"]["doi"] == "10.1007/978-3-319-24574-4_28"
    assert paper["venue"] == {"name": "MICCAI", "year": 2015}
    assert paper["sources"]["title"] == "arxiv"
    assert paper["sources"]["venue"] == "semantic-scholar"


def test_500_papers_cost_5_requests_to_arxiv_and_1_to_semantic_scholar(
    library: Command, known: Services
) -> None:
    ids = [known.add(f"2001.{n:05}").id for n in range(500)]
    ran = library("add", "-", stdin="\n".join(ids))
    assert ran.code == 0
    assert (known.count(ARXIV), known.count(S2), known.count(HF)) == (5, 1, 0)
    assert len(stored()) == 500


def test_one_call_takes_every_form_and_one_bad_input_does_not_spoil_it(library: Command) -> None:
    ran = library("add", "arXiv:1505.04597v1", "2213.00001", "1999.99999", SWIN, "--json")
    assert ran.code == 7
    assert [result["status"] for result in ran.json] == ["added", "invalid", "invalid", "added"]
    assert [result["input"] for result in ran.json][1] == "2213.00001"
    assert "month" in ran.json[1]["message"]


def test_a_paper_that_nobody_knows_is_not_found(library: Command) -> None:
    ran = library("add", "2012.12345")
    assert ran.code == 3
    assert "not found" in ran.out
    assert stored() == {}


def test_a_paper_is_added_once_by_whatever_identifier(library: Command, known: Services) -> None:
    assert library("add", UNET, UNET).code == 0
    again = library("add", "10.1007/978-3-319-24574-4_28", "--json")
    assert (again.code, again.json[0]["status"]) == (0, "exists")
    assert len(stored()) == 1
    refused = library("add", SWIN, UNET, "--on-duplicate", "fail")
    assert refused.code == 6
    assert len(stored()) == 1


def test_a_title_is_taken_only_when_it_agrees(library: Command, known: Services) -> None:
    title = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
    assert library("add", title).code == 0
    assert library("show", UNET).code == 0
    other = library("add", "A title that is nearly about convolutional networks", "--json")
    assert (other.code, other.json[0]["status"]) == (3, "not_found")


def test_a_paper_known_to_one_source_only_comes_in(library: Command, known: Services) -> None:
    known.add("2002.00001", "Only on arXiv", s2=None)
    known.add("2002.00002", "Only elsewhere", on_arxiv=False, doi="10.1000/only")
    assert library("add", "2002.00001", "10.1000/only").code == 0
    assert len(stored()) == 2


def test_a_withdrawn_paper_comes_in_with_a_word(library: Command, known: Services) -> None:
    known.add("2003.00001", "Gone", comment="This paper has been withdrawn by the authors")
    assert "withdrawn" in library("add", "2003.00001").out


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let retries follow each other at once; that they are bounded is tested with a clock."""
    monkeypatch.setattr("papertrack.sources.http._BACK_OFF", (0.0, 0.0, 0.0))


@pytest.mark.usefixtures("impatient")
def test_without_arxiv_semantic_scholar_answers_and_it_is_said(
    library: Command, known: Services
) -> None:
    known.fault(ARXIV, Fault(status=503))
    ran = library("add", UNET)
    assert ran.code == 7
    assert "arxiv did not answer (HTTP 503" in ran.err
    assert "papertrack add --on-duplicate update" in ran.err
    assert library("show", UNET, "--json").json["sources"]["title"] == "semantic-scholar"
    known.mend()
    assert library("add", UNET, "--on-duplicate", "update").code == 0
    assert library("show", UNET, "--json").json["sources"]["title"] == "arxiv"


@pytest.mark.usefixtures("impatient")
def test_without_semantic_scholar_arxiv_answers_and_it_is_said(
    library: Command, known: Services
) -> None:
    known.fault(S2, Fault(status=429))
    ran = library("add", SWIN)
    assert ran.code == 7
    assert "semantic-scholar did not answer (HTTP 429" in ran.err
    assert library("show", SWIN, "--json").json["code"]


@pytest.mark.usefixtures("impatient")
def test_without_any_source_nothing_is_written_and_nothing_is_called_missing(
    library: Command, known: Services
) -> None:
    known.fault(ARXIV, Fault(body=b"Rate exceeded."))
    known.fault(S2, Fault(status=502))
    ran = library("add", UNET, "2012.12345", "--json")
    assert ran.code == 5
    assert {result["status"] for result in ran.json} == {"failed"}
    assert stored() == {}


@pytest.mark.usefixtures("impatient")
def test_a_refused_key_is_its_own_exit_code(
    library: Command, known: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S2_API_KEY", "canary-key")
    known.fault(S2, Fault(status=403, body=b'{"message": "Forbidden"}'))
    ran = library("-vv", "add", "10.1000/only")
    assert ran.code == 4
    assert "S2_API_KEY" in ran.out + ran.err
    assert "canary-key" not in ran.out + ran.err


def test_offline_knows_the_cache_and_the_snapshot(library: Command, known: Services) -> None:
    library("add", SWIN, "--dry-run")
    asked = len(known.requests)
    ran = library("--offline", "add", SWIN, "1606.04797")
    assert ran.code == 0
    assert library("--offline", "add", "2012.12345").code == 5
    assert len(known.requests) == asked
    assert sorted(Path(name).stem for name in stored()) == [
        "hatamizadeh2022swin",
        "milletari2016vnet",
    ]


def test_a_dry_run_writes_nothing(library: Command) -> None:
    ran = library("add", UNET, "--dry-run")
    assert (ran.code, stored()) == (0, {})
    assert "ronneberger2015unet" in ran.out


@pytest.mark.usefixtures("ctrl_c_is_heeded")
def test_an_interrupted_run_goes_on_without_asking_again(
    library: Command, known: Services, tmp_path: Path
) -> None:
    ids = [known.add(f"2001.{n:05}").id for n in range(300)]
    third, release = threading.Event(), threading.Event()
    requests = iter(range(10))

    def hold(body: bytes) -> bytes:
        if next(requests) == 2:
            third.set()
            release.wait(30)
        return body

    known.fault(ARXIV, Fault(body=hold))
    command = [sys.executable, "-m", "papertrack", "add", *ids]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert third.wait(30)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=10)
    release.set()
    assert started.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    known.mend()
    assert known.count(ARXIV) == 3
    assert library("add", *ids).code == 0
    assert known.count(ARXIV) == 4
    assert len(stored()) == 300


def test_hugging_face_is_asked_for_papers_without_code_only(
    library: Command, known: Services
) -> None:
    known.papers[UNET].hf = {"githubRepo": "https://github.com/example/unet"}
    library("add", UNET, SWIN)
    assert known.count(HF) == 1
    [link] = library("show", UNET, "--json").json["code"]
    assert link == {"url": "https://github.com/example/unet", "source": "hugging-face"}


def test_a_link_taken_out_by_hand_is_not_brought_back(library: Command) -> None:
    library("add", SWIN)
    link = library("show", SWIN, "--json").json["code"][0]["url"]
    library("set", SWIN, f"code-={link}")
    assert library("add", SWIN, "--on-duplicate", "update").code == 0
    assert "code" not in library("show", SWIN, "--json").json


def test_a_field_set_by_hand_is_not_overwritten(library: Command) -> None:
    library("add", UNET)
    library("set", UNET, "venue=Somewhere 2016", "title=My U-Net")
    library("add", UNET, "--on-duplicate", "update", "--refresh")
    paper = library("show", UNET, "--json").json
    assert (paper["title"], paper["venue"]["name"]) == ("My U-Net", "Somewhere")


def test_a_removed_paper_is_remembered_and_comes_back_under_its_key(library: Command) -> None:
    library("add", UNET)
    assert library("remove", "U-Net", "--why", "a test").code == 0
    [(name, data)] = stored().items()
    assert name == "store/removed/ronneberger2015unet.json"
    assert json.loads(data)["why"] == "a test"
    library("add", UNET)
    assert list(stored()) == ["store/papers/ronneberger2015unet.json"]


def test_the_demo_does_the_main_job_offline(papertrack: Command, services: Services) -> None:
    ran = papertrack("demo", "here")
    assert ran.code == 0
    assert services.requests == []
    assert "offline" in ran.err
    assert "$ papertrack add 1505.04597" in ran.err
    text = Path("here/README.md").read_text(encoding="utf-8")
    assert len(list(Path("here/store/papers").glob("*.json"))) == 12
    assert "[Swin-Unet](#swin-unet) | **79.13** | **21.55**" in text
    assert papertrack("--library", "here", "render", "--check").code == 0
    assert papertrack("demo", "here").code == 6
