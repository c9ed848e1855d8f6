"""READMEs on disk: made anew from the library, and given regions in the first place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from papertrack.errors import FileProblem, RegionError, shown
from papertrack.files import followed, leads_away, sweep, sync_folders, write_whole
from papertrack.library import Contents, Library
from papertrack.readme import escape, regions
from papertrack.readme.anchors import headings
from papertrack.readme.lines import split
from papertrack.readme.render import NO_REGION, Shelf, render
from papertrack.text import title_key

if TYPE_CHECKING:
    from papertrack.readme.guard import Loss

CUT_OFF = 512_000
"""Bytes of a README after which GitHub shows no more of it."""

WARN_AT = 450_000


@dataclass(frozen=True)
class Picture:
    """A chart beside a README, as it is and as the library would have it."""

    path: Path
    old: str | None
    """None where there is no such file."""
    new: str

    @property
    def stale(self) -> bool:
        """Whether the file is missing or differs; git may have given it other line ends."""
        return self.old is None or self.old.replace("\r\n", "\n") != self.new

    def diff(self) -> str:
        """Show what would change, as a unified diff."""
        return _diff(self.path, self.old, self.new) if self.stale else ""

    def write(self) -> None:
        """Put the picture in its place, if it differs."""
        if self.stale:
            put(self.path, self.new, make_folder=True)


@dataclass(frozen=True)
class Page:
    """A README as it is and as the library would have it."""

    path: Path
    old: str
    new: str
    losses: Sequence[Loss]
    """What the new text would lose of the old one."""
    pictures: Sequence[Picture] = ()

    @property
    def stale(self) -> bool:
        """Whether the README, or a picture in it, differs from what the library says."""
        return self.new != self.old or any(picture.stale for picture in self.pictures)

    @property
    def size(self) -> int:
        """Bytes of the new text."""
        return len(self.new.encode())

    def diff(self) -> str:
        """Show what would change, as a unified diff."""
        diffs = [_diff(self.path, self.old, self.new), *(p.diff() for p in self.pictures)]
        return "\n".join(filter(None, diffs))

    def write(self) -> None:
        """Put the pictures and then the new text in their places; the library must be locked."""
        for picture in self.pictures:
            picture.write()
        if self.new != self.old:
            put(self.path, self.new)


def _diff(path: Path, old: str | None, new: str) -> str:
    name = "/dev/null" if old is None else str(path)
    lines = unified_diff((old or "").splitlines(), new.splitlines(), name, str(path), lineterm="")
    return "\n".join(lines)


def put(
    path: Path, text: str, *, make_folder: bool = False, again: str = "papertrack render"
) -> None:
    """Write a text whole; raise FileProblem, whose hint names the command to run `again`.

    A link that leads away is refused. Of two that write the same file at once, one may fail: where
    that matters, this is done under the lock of the library.
    """
    refuse_link_away(path)
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        target = followed(path)
        sweep(target.parent, target.name)
        write_whole(target, text.encode())
        sync_folders([target.parent])
    except OSError as error:
        raise FileProblem(
            path,
            None,
            f"cannot be written: {error.strerror or error}",
            f"make room or grant write access, then {again}",
        ) from None


def pages(library: Library, contents: Contents, files: Sequence[Path] = ()) -> list[Page]:
    """Render READMEs in memory: those named, or those of the settings.

    Raises the first problem of a store that cannot be read whole: its papers would be missing.
    """
    whole = contents.whole()
    return [_page(path, library, whole) for path in files or library.readmes]


def _page(path: Path, library: Library, contents: Contents) -> Page:
    old = read(path)
    if _is_list_without_regions(old, path):
        hint = f"papertrack import {shown(path)} --into-regions puts them where its papers stand"
        raise RegionError(path, None, NO_REGION, hint)
    page = remade(path, old, old, library, contents)
    return replace(page, losses=_losses(old, path, contents)) if page.new != old else page


def _losses(text: str, path: Path, contents: Contents) -> list[Loss]:
    from papertrack.readme import guard

    removed = [entry.paper for entry in contents.removed.values()]
    known = guard.known([*contents.papers.values(), *removed], contents.benchmarks)
    return guard.losses(text, regions.parse(text, path), known)


def remade(path: Path, old: str, text: str, library: Library, contents: Contents) -> Page:
    """Render a text that is to stand in the place of a README, without asking what it loses."""
    shelf = Shelf(contents.papers, contents.benchmarks, library.config.sections)
    rendered = render(text, path, shelf)
    pictures = [
        _picture(path.parent, name, svg, library) for name, svg in rendered.pictures.items()
    ]
    return Page(path, old, rendered.text, (), pictures)


def _picture(folder: Path, name: str, svg: str, library: Library) -> Picture:
    """Find the file of a picture; refuse one that is a link, or outside of the list's folder."""
    path = folder / name
    if not followed(folder).is_relative_to(followed(library.root)):
        message = f"lies outside of the list's folder, {shown(library.root)}"
        raise FileProblem(path, None, message, "render a README of the list itself")
    places = [path, *(folder / outer for outer in PurePath(name).parents[:-1])]
    if link := next(filter(Path.is_symlink, places), None):
        message = "is a link, and pictures are only written to the list itself"
        raise FileProblem(link, None, message, "put a file or a folder in its place")
    try:
        old = path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        old = None
    except OSError as error:
        raise FileProblem(path, None, f"cannot be read: {error.strerror}") from None
    return Picture(path, old, svg)


def read(path: Path) -> str:
    """Read a README as it is, byte order mark and line ends included."""
    try:
        refuse_link_away(path)
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FileProblem(path, line, "is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        lacking = isinstance(error, FileNotFoundError) and path.suffix == ".md"
        hint = "papertrack init makes it" if lacking else ""
        raise FileProblem(path, None, f"cannot be read: {error.strerror}", hint) from None


def refuse_link_away(path: Path) -> None:
    """Raise FileProblem for a README that leads elsewhere, as a stranger may have made it."""
    if leads_away(path):
        hint = f"if you trust it, name the file itself: {path.resolve()}"
        raise FileProblem(path, None, "is a symbolic link to elsewhere", hint)


def holds_papers(path: Path) -> bool:
    """Tell whether a README is a list already: without regions, and with papers."""
    return path.exists() and _is_list_without_regions(read(path), path)


def _is_list_without_regions(text: str, path: Path) -> bool:
    """Tell whether papers stand in a text for which there could be regions, but are none."""
    from papertrack.readme.adopt import read as read_list

    if regions.parse(text, path):
        return False
    read = read_list(text)
    results = {number for t in read.tables if t.kind == "results" for number in t.lines}
    return any(entry.lines.start not in results for entry in read.entries)


def title_of(folder: Path) -> str:
    """Make a title of the name of a list's folder."""
    return folder.resolve().name.replace("-", " ").replace("_", " ").title() or "Papers"


def adopt(path: Path, title: str) -> bool:
    """Give a README regions, or make one; tell whether there was anything to do."""
    old = read(path) if path.exists() else ""
    new = with_regions(old, path) if old else _NEW.format(title=escape.text(title))
    Page(path, old, new, ()).write()
    return new != old


def with_regions(text: str, path: Path) -> str:
    """Give a README that has no regions one for the papers, and change no line of it.

    The region stands under the heading `Papers&Codes` if there is one, else at the end. Raises
    RegionError where that place is in a code block, in which no marker counts.
    """
    if regions.parse(text, path):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = split(text)
    heading = next((h.line for h in headings(text) if title_key(h.text) in _PAPERS), None)
    place = _under(heading, lines) if heading else len(lines)
    block = ["", *_REGION] if heading else ["", "## Papers&Codes", "", *_REGION]
    above, below = lines[:place], lines[place:]
    if below and below[0].strip():
        block.append("")
    if above and not above[-1].endswith(("\n", "\r")):
        above[-1] += newline
    new = "".join([*above, *(line + newline for line in block), *below])
    if not regions.parse(new, path):
        message = "ends inside a code block, where a region would be text"
        raise RegionError(path, len(lines), message, "close the code fence")
    return new


def _under(heading: int, lines: Sequence[str]) -> int:
    """Return the number of the last line of a heading, which may be underlined."""
    if lines[heading - 1].lstrip().startswith("#"):
        return heading
    below = enumerate(lines[heading:], heading + 1)
    return next(number for number, line in below if not line.strip(" \t\r\n=-"))


_PAPERS = ("paperscodes", "papersandcodes", "papersandcode", "paperscode")
"""The heading of the list, by its letters."""

_REGION = ("<!-- papertrack:begin papers -->", "", "<!-- papertrack:end papers -->")

_NEW = """\
# {title}

## Contents

<!-- papertrack:begin toc -->

<!-- papertrack:end toc -->

## Papers&Codes

<!-- papertrack:begin papers -->

<!-- papertrack:end papers -->

## Thanks

<!-- papertrack:begin thanks -->

<!-- papertrack:end thanks -->
"""
