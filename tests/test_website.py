"""The site of a list on disk: what `papertrack site` writes, and what it does not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import lxml.html
import pytest
from filelock import FileLock

from papertrack import files
from papertrack.documents import to_document
from papertrack.errors import FileProblem, Refused, StoreError, UsageError
from papertrack.library import Library
from papertrack.storage import encode
from papertrack.website import publish
from tests.builders import make_library, unet, voxelmorph
from tests.conftest import Ran

Command = Callable[..., Ran]
PAGE, FEED = "index.html", "feed.xml"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path / "a-list", ronneberger2015unet=unet())


@pytest.fixture
def listed(papertrack: Command) -> Command:
    make_library(Path.cwd(), ronneberger2015unet=unet())
    return papertrack


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def title(folder: Path) -> str:
    return str(lxml.html.parse(folder / PAGE).findtext("head/title"))


# --- what is written ----------------------------------------------------------------------------


def test_the_page_and_the_feed_are_written_into_a_folder_that_is_made(
    library: Library, tmp_path: Path
) -> None:
    written = publish(library, tmp_path / "new" / "public")
    assert [(file.path.name, file.changed) for file in written] == [(PAGE, True), (FEED, True)]
    folder = tmp_path / "new" / "public"
    assert names(folder) == [FEED, PAGE]
    assert unet().title in (folder / PAGE).read_text(encoding="utf-8")
    assert ElementTree.parse(folder / FEED).getroot().tag.endswith("feed")


def test_a_second_run_writes_nothing(library: Library, tmp_path: Path) -> None:
    publish(library, tmp_path)
    for name in (PAGE, FEED):
        os.utime(tmp_path / name, ns=(1, 1))
    assert not any(file.changed for file in publish(library, tmp_path))
    assert {(tmp_path / name).stat().st_mtime_ns for name in (PAGE, FEED)} == {1}


def test_only_what_has_changed_is_written(library: Library, tmp_path: Path) -> None:
    publish(library, tmp_path)
    with library.change() as contents:
        contents.papers["voxelmorph"] = voxelmorph(added="")
    assert [file.changed for file in publish(library, tmp_path)] == [True, False]


def test_line_ends_that_git_has_changed_are_no_difference(library: Library, tmp_path: Path) -> None:
    publish(library, tmp_path)
    page = tmp_path / PAGE
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert not any(file.changed for file in publish(library, tmp_path))


@pytest.mark.parametrize("name", [PAGE, FEED])
def test_somebody_elses_page_is_not_written_over(
    name: str, library: Library, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("<h1>mine</h1>\n")
    with pytest.raises(Refused, match=f"{name} is there, and not made by papertrack") as caught:
        publish(library, tmp_path)
    assert caught.value.hint == "papertrack site -o ANOTHER, or move that file away"
    assert names(tmp_path) == ["a-list", name]
    assert (tmp_path / name).read_text() == "<h1>mine</h1>\n"


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        (None, "A List"),
        ("# Papers of mine\n\nAll of them.\n", "Papers of mine"),
        ("Nothing.\n", "A List"),
    ],
)
def test_the_title_is_that_of_the_readme_or_the_name_of_the_folder(
    readme: str | None, expected: str, library: Library, tmp_path: Path
) -> None:
    if readme:
        (library.root / "README.md").write_text(readme)
    publish(library, tmp_path)
    assert title(tmp_path) == expected
    publish(library, tmp_path, title="Another")
    assert title(tmp_path) == "Another"


@pytest.mark.parametrize(
    "url",
    ["https://example.org/p", "https://example.org/p/", "https://example.org/p/index.html"],
)
def test_an_address_ends_in_a_slash(url: str, library: Library, tmp_path: Path) -> None:
    publish(library, tmp_path, url=url)
    [canonical] = lxml.html.parse(tmp_path / PAGE).xpath("//link[@rel='canonical']/@href")
    assert canonical == "https://example.org/p/"


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:alert(1)", "/p", "https://", "https://x.example/?a", "h#x"]
)
def test_what_is_no_address_of_a_page_is_refused(
    url: str, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="is no address"):
        publish(library, tmp_path, url=url)
    assert not (tmp_path / PAGE).exists()


def test_a_list_that_others_write_or_nobody_may_is_published_elsewhere(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papertrack.library._PATIENCE", 0)
    with FileLock(library.store / ".lock"):
        publish(library, tmp_path / "elsewhere")
        with pytest.raises(Refused, match="another papertrack is writing"):
            publish(library, library.root / "public")
    assert names(tmp_path / "elsewhere") == [FEED, PAGE]
    assert not (library.root / "public").exists()


def test_publishing_elsewhere_leaves_nothing_in_the_store(library: Library, tmp_path: Path) -> None:
    (library.store / ".lock").unlink(missing_ok=True)
    publish(library, tmp_path / "elsewhere")
    assert not (library.store / ".lock").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom modes bind")
def test_a_list_that_can_only_be_read_is_published_elsewhere(
    library: Library, tmp_path: Path
) -> None:
    (library.store / ".lock").unlink(missing_ok=True)
    library.store.chmod(0o555)
    try:
        publish(library, tmp_path / "elsewhere")
    finally:
        library.store.chmod(0o755)
    assert names(tmp_path / "elsewhere") == [FEED, PAGE]


# --- what is refused ----------------------------------------------------------------------------


def test_a_store_that_cannot_be_read_whole_is_not_published(
    library: Library, tmp_path: Path
) -> None:
    (library.store / "papers" / "x.json").write_text("{")
    with pytest.raises(StoreError, match=r"x\.json"):
        publish(library, tmp_path)
    assert not (tmp_path / PAGE).exists()


@pytest.mark.parametrize("name", [PAGE, FEED])
def test_a_file_that_is_a_link_to_elsewhere_is_refused(
    name: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.root)
    precious = tmp_path / "precious"
    precious.write_text("kept")
    Path("public").mkdir()
    (Path("public") / name).symlink_to(precious)
    with pytest.raises(FileProblem, match=rf"public/{name}: is a symbolic link to elsewhere"):
        publish(library, Path("public"))
    assert precious.read_text() == "kept"
    assert names(Path("public")) == [name]


@pytest.mark.parametrize("folder", ["public", "public/inside", "public/deep/inside"])
def test_a_folder_that_is_a_link_to_elsewhere_is_refused(
    folder: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.root)
    (tmp_path / "elsewhere").mkdir()
    Path("public").symlink_to(tmp_path / "elsewhere")
    for named in (Path(folder), Path.cwd() / folder):
        with pytest.raises(FileProblem, match=r"public: is a symbolic link to elsewhere"):
            publish(library, named)
    monkeypatch.chdir(library.store)
    with pytest.raises(FileProblem, match=r"public: is a symbolic link to elsewhere"):
        publish(library, library.root / folder)
    assert names(tmp_path / "elsewhere") == []


def test_a_link_within_the_list_is_followed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.root)
    Path("releases/1").mkdir(parents=True)
    Path("public").symlink_to("releases/1")
    publish(library, Path("public"))
    assert names(Path("releases/1")) == [FEED, PAGE]


def test_a_page_is_written_whole_or_not_at_all(library: Library, tmp_path: Path) -> None:
    publish(library, tmp_path)
    before = (tmp_path / PAGE).read_bytes()
    with library.change() as contents:
        contents.papers["voxelmorph"] = voxelmorph()
    with (
        patch.object(files, "_take_over", side_effect=OSError(28, "No space left on device")),
        pytest.raises(FileProblem, match="No space left on device") as caught,
    ):
        publish(library, tmp_path)
    assert "then papertrack site" in caught.value.hint
    assert (tmp_path / PAGE).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [FEED, PAGE]


# --- the command --------------------------------------------------------------------------------


def test_the_command_tells_what_it_wrote(listed: Command) -> None:
    assert listed("site", "-o", "public") == (
        0,
        "",
        "public/index.html: written\npublic/feed.xml: written\n",
    )
    ran = listed("site", "-o", "public")
    assert ran.err == "public/index.html: is up to date\npublic/feed.xml: is up to date\n"


def test_json_is_one_document(listed: Command) -> None:
    assert listed("site", "-o", "public", "--json").json == [
        {"file": "public/index.html", "status": "written"},
        {"file": "public/feed.xml", "status": "written"},
    ]
    told = listed("site", "-o", "public", "--json").json
    assert [file["status"] for file in told] == ["unchanged", "unchanged"]


def test_a_file_in_the_place_of_the_folder_is_named(listed: Command) -> None:
    Path("public").write_text("kept")
    for folder in ("public", "public/inside"):
        ran = listed("site", "-o", folder)
        assert ran.code == 1
        assert "public: is not a folder" in ran.err
    assert Path("public").read_text() == "kept"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["site"], 2),
        (["site", "-o", "x", "--url", "x"], 2),
        (["--library", "x", "site", "-o", "x"], 3),
    ],
)
def test_exit_codes(arguments: list[str], code: int, listed: Command) -> None:
    ran = listed(*arguments)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert not Path("x").exists()


def test_terminal_escapes_of_a_store_reach_neither_file(listed: Command) -> None:
    hostile = unet(title="Evil \x1b]52;c;ZWNobw==\x07 \x9b2J \u202e title", name="")
    Path("store/papers/evil2020.json").write_bytes(encode(to_document(hostile)))
    assert listed("site", "-o", "public").code == 0
    for name in (PAGE, FEED):
        text = (Path("public") / name).read_text(encoding="utf-8")
        assert "Evil" in text
        assert text.replace("\n", "").isprintable()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom modes bind")
def test_a_folder_that_cannot_be_written_is_said_so(listed: Command) -> None:
    Path("public").mkdir(mode=0o555)
    ran = listed("site", "-o", "public")
    assert ran.code == 1
    assert "grant write access" in ran.err


# --- in a browser -------------------------------------------------------------------------------

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


@pytest.mark.skipif(not BROWSER, reason="there is no Chromium")
@pytest.mark.parametrize(
    ("hash_", "status", "articles"),
    [
        ("", "2 papers", ["voxelmorph", "ronneberger2015unet"]),
        ("#q=u-net+MICCAI", "1 of 2 papers", ["ronneberger2015unet"]),
        ("#code=yes", "1 of 2 papers", ["voxelmorph"]),
    ],
)
def test_the_script_runs_under_the_policy_of_the_page(
    hash_: str, status: str, articles: list[str], library: Library, tmp_path: Path
) -> None:
    import subprocess

    with library.change() as contents:
        contents.papers["voxelmorph"] = voxelmorph(title="</script><img src=x onerror=alert(1)>")
    publish(library, tmp_path)
    quiet = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run".split()
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    address = f"{(tmp_path / PAGE).as_uri()}{hash_}"
    try:
        ran = subprocess.run(
            [BROWSER, *quiet, profile, "--dump-dom", address], capture_output=True, timeout=60
        )
    except subprocess.TimeoutExpired:
        pytest.skip("this Chromium does not come to an end")
    if ran.returncode or not ran.stdout:
        pytest.skip("this Chromium does not start here")
    root = lxml.html.document_fromstring(ran.stdout.decode())
    assert root.get_element_by_id("Status").text == status
    assert [article.get("id") for article in root.iter("article")] == articles
    assert not list(root.iter("img"))
