"""`store/config.toml`: the settings of a list, edited by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from papertrack.errors import ConfigError, NotFound

SCHEMA = 1
"""Number of the newest form of the store that this version reads and writes."""

STORE = "store"
CONFIG = "config.toml"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings, with what holds where the file is silent."""

    schema: int = SCHEMA
    """The form that a program must know to read the store."""
    schema_write: int = 0
    """The form that it must know to change the store, where that is a higher one."""
    readme: tuple[str, ...] = ("README.md",)
    """Files that `render` regenerates, from the folder that holds the store."""
    sections: tuple[str, ...] = ()
    """Order of the sections in Papers&Codes, `A / B` for one inside another; others follow."""
    snapshot: str = ""
    """A file in the form of arXiv's metadata dump, asked when arXiv cannot be."""
    hugging_face: Literal["auto", "always", "never"] = "auto"
    """Whether Hugging Face is asked for code; `auto` asks for a few papers that state none."""
    check_select: tuple[str, ...] = ()
    """The rules that `check` applies; all of them where none is named."""
    check_ignore: tuple[str, ...] = ()
    """Rules that `check` leaves out."""

    @property
    def read_only(self) -> bool:
        """Whether this version understands the store but could spoil it by writing."""
        return self.schema_write > SCHEMA


TEMPLATE = f"""\
# Settings of this list; what is commented out shows what holds.
schema = {SCHEMA}

# readme = ["README.md"]            # files that `papertrack render` regenerates
# sections = ["Segmentation"]       # order of the sections, "A / B" for B inside A; others follow
# snapshot = "arxiv-metadata.json"  # arXiv's metadata dump, asked when arXiv cannot be
# hugging_face = "auto"             # ask for code there: "auto" (few papers), "always", "never"
# check_ignore = ["no-code"]        # rules that `papertrack check` leaves out
"""


def load(path: Path) -> Config:
    """Read the settings; raise `ConfigError` with the line, or for a store of a newer form."""
    try:
        # Links come with pull requests, and what is behind them would be written.
        if linked := next(filter(Path.is_symlink, (path.parent, path)), None):
            hint = f"put {linked.resolve()} in its place"
            raise ConfigError(linked, None, "is a symbolic link", hint)
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(path, None, "is not UTF-8", "save it as UTF-8 in your editor") from None
    try:
        settings = tomllib.loads(text)
        if _is_newer(settings.get("schema")):
            raise ConfigError(
                path,
                _line_of("schema", text),
                f"this store has form {settings['schema']}, and this papertrack knows forms up to "
                f"{SCHEMA}",
                "install a newer papertrack",
            )
        if _is_newer(settings.get("schema_write")):  # with settings that are of that form
            settings = {n: v for n, v in settings.items() if n in Config.__struct_fields__}
        config = msgspec.convert(settings, Config)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        last = len(text.splitlines()) or None
        raise ConfigError(path, int(line[1]) if line else last, f"is not TOML: {message}") from None
    except msgspec.ValidationError as error:
        message = str(error)
        named = re.search(r"`\$\.(\w+)|unknown field `([^`]+)`", message)
        raise ConfigError(
            path,
            _line_of(named[1] or named[2], text) if named else None,
            message,
            f"the settings are {', '.join(Config.__struct_fields__)}",
        ) from None
    if any("\0" in name for name in (*config.readme, config.snapshot)):
        raise ConfigError(path, None, "names a file with U+0000, which no file can have")
    return config


def find_root(start: Path, named: str | None, environ: Mapping[str, str]) -> Path:
    """Find the folder that holds the library's store.

    A named folder counts first, then the nearest one upward from `start`, then the environment's
    PAPERTRACK_LIBRARY. Raises `NotFound`.
    """
    if named:
        return _named_root(Path(named))
    for folder in (start, *start.parents):
        if (folder / STORE / CONFIG).is_file():
            return folder
    if environ.get("PAPERTRACK_LIBRARY"):
        return _named_root(Path(environ["PAPERTRACK_LIBRARY"]))
    raise NotFound(
        f"no library here: neither {start} nor a folder above it has a {STORE}/{CONFIG}",
        "papertrack init, or papertrack --library DIR ...",
    )


def _is_newer(form: object) -> bool:
    return isinstance(form, int) and form > SCHEMA


def _named_root(folder: Path) -> Path:
    if (folder / STORE / CONFIG).is_file():
        return folder
    if folder.name == STORE and (folder / CONFIG).is_file():
        return folder.parent
    raise NotFound(
        f"no library in {folder}: there is no {STORE}/{CONFIG}", f"papertrack init {folder}"
    )


def _line_of(name: str, text: str) -> int | None:
    lines = text.splitlines()
    setting = re.compile(rf"{re.escape(name)}\s*=")
    return next((n for n, line in enumerate(lines, 1) if setting.match(line)), None)
