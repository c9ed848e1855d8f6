"""Settings and where the library is: read, checked, and explained with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from papertrack.config import TEMPLATE, Config, find_root, load
from papertrack.errors import ConfigError, NotFound


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "store" / "config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_what_the_file_does_not_say_is_as_the_template_shows(tmp_path: Path) -> None:
    assert load(written(tmp_path, TEMPLATE)) == Config() == load(written(tmp_path, ""))
    shown = TEMPLATE.replace("# readme", "readme").replace("# hugging_face", "hugging_face")
    assert load(written(tmp_path, shown)) == Config()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """\
    schema = 1  # a comment
    readme = ["README.md", "docs/list.md"]
    sections = ["A", "A / B"]
    snapshot = "dump.jsonl"
    hugging_face = "never"
    """
    assert load(written(tmp_path, text)) == Config(
        schema=1,
        readme=("README.md", "docs/list.md"),
        sections=("A", "A / B"),
        snapshot="dump.jsonl",
        hugging_face="never",
    )


def test_a_byte_order_mark_of_windows_editors_is_no_setting(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbfschema = 1\r\n")) == Config()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param('schema = 1\nreadme = ["a"\nx = 1\n', 3, "is not TOML", id="open bracket"),
        pytest.param('schema = 1\nsnapshot = "a', 2, "is not TOML", id="ends too early"),
        pytest.param("schema = 1\nschema = 1\n", 2, "is not TOML", id="named twice"),
        pytest.param("\n\nsnapshots = 1\n", 3, "unknown field `snapshots`", id="unknown setting"),
        pytest.param('schema = 1\nreadme = "a.md"\n', 2, "Expected `array`", id="no list"),
        pytest.param("schema = 1\nsections = [1]\n", 2, "Expected `str`", id="no text in a list"),
        pytest.param(
            'schema = 1\nhugging_face = "maybe"\n', 2, "Invalid enum value 'maybe'", id="no choice"
        ),
        pytest.param('schema = "1"\n', 1, "Expected `int`", id="text for a number"),
        pytest.param("schema = true\n", 1, "Expected `int`", id="yes for a number"),
        pytest.param("# list\nschema = 2\n", 2, "this store has form 2", id="newer form"),
        pytest.param(
            "schema = 2\nnew_setting = 1\n",
            1,
            "this store has form 2",
            id="newer form, new setting",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.line == line
    assert f"config.toml:{line}: " in caught.value.message
    assert message in caught.value.message


def test_a_store_that_takes_a_newer_form_to_write_is_read_with_the_settings_known_here(
    tmp_path: Path,
) -> None:
    text = 'schema = 1\nschema_write = 2\nreadme = ["LIST.md"]\ncolour = "red"\n'
    config = load(written(tmp_path, text))
    assert config.read_only
    assert config.readme == ("LIST.md",)
    assert not load(written(tmp_path, "schema_write = 1\n")).read_only


def test_an_unknown_setting_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, "snapshots = 1"))
    assert caught.value.hint == (
        "the settings are schema, schema_write, readme, sections, snapshot, hugging_face, "
        "check_select, check_ignore"
    )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: is not UTF-8"):
        load(written(tmp_path, b'snapshot = "\xff"'))
    with pytest.raises(ConfigError, match=r"gone\.toml: cannot be read: No such file"):
        load(tmp_path / "gone.toml")


@pytest.mark.parametrize("setting", ['readme = ["a\\u0000b"]', 'snapshot = "a\\u0000b"'])
def test_a_name_that_no_file_can_have_is_refused(setting: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(setting)
    with pytest.raises(ConfigError, match="U\\+0000"):
        load(path)


def test_the_nearest_store_upwards_is_the_library(tmp_path: Path) -> None:
    written(tmp_path, "")
    inner, deep = tmp_path / "a", tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    assert find_root(deep, None, {}) == tmp_path
    written(inner, "")
    assert find_root(deep, None, {}) == inner
    assert find_root(inner / "store", None, {}) == inner


def test_a_named_folder_counts_first_and_the_environment_last(tmp_path: Path) -> None:
    here, named, other = (tmp_path / name for name in ("here", "named", "other"))
    for folder in (here, named, other):
        folder.mkdir()
        written(folder, "")
    environ = {"PAPERTRACK_LIBRARY": str(other)}
    assert find_root(here, str(named), environ) == named
    assert find_root(here, str(named / "store"), environ) == named
    assert find_root(here, None, environ) == here
    assert find_root(tmp_path, None, environ) == other


def test_no_library_is_answered_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no library here") as caught:
        find_root(tmp_path, None, {})
    assert "papertrack init" in caught.value.hint
    for named, environ in ((str(tmp_path / "x"), {}), (None, {"PAPERTRACK_LIBRARY": "/no/x"})):
        with pytest.raises(NotFound, match="no library in /") as caught:
            find_root(tmp_path, named, environ)
        assert caught.value.hint.startswith("papertrack init /")
