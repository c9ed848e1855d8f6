"""A folder as a database: every byte that nobody changed stays, every flaw is named."""

from __future__ import annotations

import gc
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where
from tinydb.table import Document

from papertrack.errors import StoreError
from papertrack.storage import FolderDatabase, FolderStorage, decode, encode

TABLES = ("papers", "removed")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(TEXT, JSON, max_size=6)
KEYS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True).map("k{}".format)


def put(root: Path, name: str, data: bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def fingerprint(root: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Describe all files so that a rewrite shows, even with the same bytes."""
    return {
        str(path.relative_to(root)): (s.st_ino, s.st_mtime_ns, s.st_mode, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for s in [path.stat()]
    }


@given(DOCUMENTS)
def test_what_is_encoded_is_decoded(document: dict[str, Any]) -> None:
    data = encode(document)
    assert decode(data) == document
    assert encode(decode(data)) == data
    assert data.endswith(b"\n")


@given(JSON, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans())
def test_any_layout_of_json_is_read(value: Any, indent: Any, ascii_only: bool) -> None:
    document = {"a": value}
    assert decode(json.dumps(document, indent=indent, ensure_ascii=ascii_only).encode()) == document


@settings(max_examples=60)
@given(
    st.dictionaries(KEYS, DOCUMENTS, min_size=1, max_size=4),
    st.sampled_from([None, 2, 4]),
    st.sampled_from([b"", b"\n", b"\r\n"]),
)
def test_load_and_save_touch_no_file_whatever_its_layout(
    tmp_path_factory: pytest.TempPathFactory,
    documents: dict[str, dict[str, Any]],
    indent: int | None,
    end: bytes,
) -> None:
    root = tmp_path_factory.mktemp("store")
    for key, document in documents.items():
        put(root, f"papers/{key}.json", json.dumps(document, indent=indent).encode() + end)
    before = fingerprint(root)
    storage = FolderStorage(root, TABLES)
    assert storage.read() == {"papers": documents, "removed": {}}
    storage.write(storage.read())
    storage.commit()
    assert fingerprint(root) == before
    assert not storage.problems


def test_the_form_of_the_store_is_two_spaces_utf_8_and_a_last_newline() -> None:
    assert encode({"title": "Çiçek", "tags": ["a"]}) == (
        '{\n  "title": "Çiçek",\n  "tags": [\n    "a"\n  ]\n}\n'.encode()
    )


@pytest.mark.parametrize("data", [b'{\n  "year": 2015\n}\n', b"{}\n"])
def test_what_has_the_form_of_the_store_is_read_the_quick_way(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.delattr("papertrack.storage._decode_strictly")
    assert decode(data) == json.loads(data)


def test_what_no_file_can_hold_stops_a_save_before_its_first_file(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path, TABLES)
    storage.write({"papers": {"a": {"title": "A"}, "b": {"year": float("nan")}}})
    with pytest.raises(ValueError, match="not JSON compliant"):
        storage.commit()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1), (0, False), (1, 1.0), ([0], [0.0])])
def test_what_python_calls_equal_and_json_does_not_is_a_change(
    old: Any, new: Any, tmp_path: Path
) -> None:
    file = put(tmp_path, "papers/a.json", encode({"flip": old}))
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()["papers"]["a"] = {"flip": new}
    storage.commit()
    assert file.read_bytes() == encode({"flip": new})


def test_only_changed_files_are_written_and_only_removed_ones_deleted(tmp_path: Path) -> None:
    for key in "abcd":
        put(tmp_path, f"papers/{key}.json", encode({"title": key}))
    before = fingerprint(tmp_path)
    storage = FolderStorage(tmp_path, TABLES)
    papers = storage.read()["papers"]
    papers["a"] = {"title": "new"}
    papers["e"] = {"title": "e"}
    del papers["b"]
    storage.commit()
    after = fingerprint(tmp_path)
    assert after.keys() == {f"papers/{key}.json" for key in "acde"}
    assert after["papers/a.json"][3] == encode({"title": "new"})
    assert {n: after[n] for n in ("papers/c.json", "papers/d.json")} == {
        n: before[n] for n in ("papers/c.json", "papers/d.json")
    }


def test_nothing_is_written_before_the_commit(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path, TABLES)
    storage.write({"papers": {"a": {"title": "a"}}})
    assert not list(tmp_path.iterdir())
    storage.commit()
    assert [p.name for p in tmp_path.rglob("*.json")] == ["a.json"]


def test_reading_creates_nothing_even_where_nothing_is(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path / "no" / "store", TABLES)
    assert storage.read() == {"papers": {}, "removed": {}}
    storage.commit()
    assert not list(tmp_path.iterdir())


def test_tinydb_finds_and_changes_documents_by_their_key(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.json", encode({"title": "A", "year": 2015}))
    database = FolderDatabase(tmp_path, TABLES, storage=FolderStorage)
    papers = database.table("papers")
    papers.insert(Document({"title": "B", "year": 2016}, "b"))  # type: ignore[arg-type]
    assert [d.doc_id for d in papers.search(where("year") >= 2016)] == ["b"]
    papers.update({"year": 2017}, where("title") == "A")
    papers.remove(doc_ids=["b"])  # type: ignore[list-item]
    database.storage.commit()  # type: ignore[attr-defined]
    assert decode((tmp_path / "papers/a.json").read_bytes())["year"] == 2017
    assert not (tmp_path / "papers/b.json").exists()


def test_a_document_without_a_key_is_no_paper(tmp_path: Path) -> None:
    database = FolderDatabase(tmp_path, TABLES, storage=FolderStorage)
    with pytest.raises(TypeError, match=r"^a document of the store is inserted under"):
        database.table("papers").insert({"title": "A"})


GOOD = encode({"title": "A", "year": 2015})
CONFLICT = b'{\n<<<<<<< HEAD\n  "title": "A"\n=======\n  "title": "B"\n>>>>>>> other\n}\n'


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        pytest.param(b"", None, "is empty", id="empty"),
        pytest.param(b"\0" * 40, None, "is empty", id="zeros after a power cut"),
        pytest.param(b" \n\n", None, "is empty", id="blank"),
        pytest.param(b"null", None, "is not a JSON object", id="null"),
        pytest.param(b"[]\n", None, "is not a JSON object", id="list"),
        pytest.param(GOOD[:-4], 3, "is not JSON", id="cut"),
        pytest.param(GOOD[:5], 2, "is not JSON", id="cut in a name"),
        pytest.param(GOOD + GOOD, 5, "is not JSON", id="twice"),
        pytest.param(CONFLICT, 2, "holds git conflict markers", id="conflict"),
        pytest.param(b'{\n "a": 1,\n "b": 2,\n "a": 3\n}', 4, 'names "a" twice', id="twice named"),
        pytest.param(b'{"x": {\n"b": 2,\n"b": 2}}', 3, 'names "b" twice', id="twice named inside"),
        pytest.param(b'{\n"\xc3\xa9":1,\n"\xc3\xa9":1}', 3, 'names "é" twice', id="accent twice"),
        pytest.param(b'{"\\u0061":1, "a":2}', 1, 'names "a" twice', id="twice, once escaped"),
        pytest.param(b'{"\\u0061":1,\n"\\u0061":2}', None, 'names "a" twice', id="both escaped"),
        pytest.param(b"X", 1, "is not JSON: Expecting value", id="a letter"),
        pytest.param(
            b"\xef\xbb\xbf" + GOOD, 1, "is not JSON: Unexpected UTF-8 BOM", id="byte order mark"
        ),
        pytest.param(b'{\n"a": "\xe9"\n}', 2, "is not UTF-8", id="Latin 1"),
        pytest.param(GOOD.decode().encode("utf-16"), 1, "is not UTF-8", id="UTF-16"),
        pytest.param(b'{\n"a": NaN}', 2, "holds NaN", id="no number"),
        pytest.param(b'{\n"a":\n -Infinity}', 3, "holds -Infinity", id="infinite"),
        pytest.param(b'{\n"a": 1e999}', 2, "holds 1e999", id="too large"),
        pytest.param(
            b'{\n"a": "\\uD800x"}', 2, "holds \\ud800, half of a character", id="lone surrogate"
        ),
        pytest.param(b'{"a":' * 100_000, None, "is nested too deeply", id="a bomb"),
    ],
)
def test_a_damaged_file_is_named_with_its_line_and_the_others_are_read(
    tmp_path: Path, data: bytes, line: int | None, message: str
) -> None:
    put(tmp_path, "papers/good.json", GOOD)
    bad = put(tmp_path, "papers/bad.json", data)
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {"good": {"title": "A", "year": 2015}}
    [problem] = storage.problems
    assert (problem.path, problem.line) == (bad, line)
    where_it_is = f"bad.json:{line}: " if line else "bad.json: "
    assert where_it_is + message in problem.message


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "git checkout -- papers/a.json, or mend it by hand"),
        (GOOD[:-4], "git checkout -- papers/a.json, or mend it by hand"),
        (b'{"a": "\xe9"}', "git checkout -- papers/a.json, or mend it by hand"),
        (b"[]", "git checkout -- papers/a.json, or mend it by hand"),
        (CONFLICT, "keep one side, then: git add papers/a.json"),
        (b'{"a": 1, "a": 2}', "mend it by hand"),
    ],
    ids=["empty", "cut", "Latin 1", "list", "conflict", "twice named"],
)
def test_what_mends_a_damaged_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, hint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "papers/a.json", data)
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()
    assert [problem.hint for problem in storage.problems] == [hint]


@pytest.mark.parametrize("name", ["A.json", "a b.json", "ä.json", "a.b.json", "nul.json"])
def test_a_file_with_a_foreign_name_is_named(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"papers/{name}", GOOD)
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    [problem] = storage.problems
    assert problem.message == f"{tmp_path / 'papers' / name}: the name is no key"
    assert problem.hint == "rename it to a-z, 0-9, - and _"


def test_files_of_other_kinds_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    for name in ("README.md", ".a.json", ".a.json.17.tmp", "a.json~"):
        put(tmp_path, f"papers/{name}", b"x")
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    assert not storage.problems


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "papers" / "a.json").mkdir(parents=True)
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    assert "a.json: cannot be read" in storage.problems[0].message


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.json", GOOD)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.json").symlink_to(secret)
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    [problem] = storage.problems
    assert "a.json: is a symbolic link" in problem.message
    assert problem.hint == "put what it leads to in its place"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.json", GOOD)
    (tmp_path / "papers").symlink_to(tmp_path / "elsewhere")
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    assert "papers: is a symbolic link" in storage.problems[0].message


@pytest.mark.skipif(os.name == "nt", reason="Windows finds no folder there, and no file either")
def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    put(tmp_path, "papers", GOOD)
    storage = FolderStorage(tmp_path, TABLES)
    assert storage.read()["papers"] == {}
    assert storage.problems[0].message.endswith("papers: cannot be read: Not a directory")


@pytest.mark.parametrize("collecting", [True, False])
def test_after_a_read_garbage_is_collected_as_before(tmp_path: Path, collecting: bool) -> None:
    put(tmp_path, "papers/a.json", GOOD)
    try:
        (gc.enable if collecting else gc.disable)()
        FolderStorage(tmp_path, TABLES).read()
        assert gc.isenabled() == collecting
    finally:
        gc.enable()


def test_what_a_killed_process_left_is_swept_from_all_folders(tmp_path: Path) -> None:
    left = put(tmp_path, f"{TABLES[1]}/.b.json.17.tmp", b"{")
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()["papers"]["a"] = {"title": "new"}
    storage.commit()
    assert not left.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other modes")
def test_the_mode_of_a_changed_file_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "papers/a.json", GOOD)
    path.chmod(0o640)
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()["papers"]["a"] = {"title": "new"}
    storage.commit()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_a_killed_process_left_is_swept_with_the_next_write(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.json", GOOD)
    put(tmp_path, "papers/.a.json.17.tmp", b'{"tit')
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()["papers"]["b"] = {"title": "B"}
    storage.commit()
    assert sorted(p.name for p in (tmp_path / "papers").iterdir()) == ["a.json", "b.json"]


@pytest.mark.parametrize("nth", range(9))
@pytest.mark.parametrize("step", ["fsync", "replace", "chmod", "unlink", "mkdir"])
def test_a_crash_at_any_step_leaves_each_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    """Fail the n-th call of a function of the operating system during one commit."""
    old = {f"papers/{key}.json": encode({"title": key}) for key in "abc"}
    new = {
        "papers/a.json": encode({"title": "new a"}),
        "papers/b.json": encode({"title": "new b"}),
        "papers/d.json": encode({"title": "new d"}),
        "removed/c.json": encode({"title": "c"}),
    }
    for name, data in old.items():
        put(tmp_path, name, data)
    storage = FolderStorage(tmp_path, TABLES)
    papers, removed = storage.read()["papers"], storage.read()["removed"]
    papers |= {key: {"title": f"new {key}"} for key in "abd"}
    removed["c"] = papers.pop("c")
    left, trouble = nth, ""
    real = getattr(os, step)

    def fail(*args: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(5, "broken disk")
        return real(*args, **options)

    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail)
        try:
            storage.commit()
        except StoreError as error:
            trouble = error.message
    found = {
        f"{p.parent.name}/{p.name}": p.read_bytes() for p in tmp_path.rglob("*.json") if p.is_file()
    }
    for name, data in found.items():
        assert data in (old.get(name), new.get(name))
    assert "papers/a.json" in found
    assert "papers/b.json" in found
    assert "papers/c.json" in found or "removed/c.json" in found
    assert found == new or "broken disk" in trouble
    again = FolderStorage(tmp_path, TABLES)
    again.read()
    assert not again.problems


def test_a_disk_that_refuses_is_named_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FolderStorage(tmp_path, TABLES)
    storage.write({"papers": {"a": {"title": "A"}}})
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(StoreError, match=r"a\.json: cannot be written: No space") as caught:
        storage.commit()
    assert caught.value.hint == "make room or grant write access, then run the same command again"


def test_a_file_that_somebody_deleted_meanwhile_is_no_obstacle(tmp_path: Path) -> None:
    deleted, removed = (put(tmp_path, f"papers/{key}.json", GOOD) for key in "ab")
    storage = FolderStorage(tmp_path, TABLES)
    storage.read()["papers"].clear()
    deleted.unlink()
    storage.commit()
    assert not removed.exists()


def test_a_number_of_any_size_stays_as_it_is(tmp_path: Path) -> None:
    number = 10**40 + 1
    put(tmp_path, "papers/a.json", encode({"title": "A", "big": number}))
    assert FolderStorage(tmp_path, TABLES).read()["papers"]["a"]["big"] == number
    assert number > sys.maxsize
