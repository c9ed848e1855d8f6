"""The site of a list on disk: its page and its feed, made from the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from papertrack.errors import FileProblem, Refused, UsageError, shown
from papertrack.files import followed, leads_away
from papertrack.library import Library
from papertrack.publishing import put, read, title_of
from papertrack.readme.introduction import Introduction, introduction
from papertrack.site.content import FEED, Site
from papertrack.site.feed import GENERATED as FEED_GENERATED
from papertrack.site.feed import feed
from papertrack.site.html import address
from papertrack.site.page import GENERATED, page
from papertrack.text import clean_line

PAGE = "index.html"


@dataclass(frozen=True)
class Written:
    """A file of the site, and whether it had to be written."""

    path: Path
    text: str
    changed: bool


def publish(library: Library, folder: Path, *, title: str = "", url: str = "") -> list[Written]:
    """Write the page and the feed into a folder, which is made; what is up to date stays.

    Without a title the first README of the settings gives it, else the name of the list's folder.
    The list is locked only where the folder lies inside of it; else it may be one to be read only.
    Raises the first problem of a store that cannot be read whole: its papers would be missing.
    """
    base = _base(url)
    contents = library.read().whole()
    told = _introduction(library)
    site = Site(
        title=clean_line(title) or told.title or title_of(library.root),
        papers=contents.papers,
        benchmarks=contents.benchmarks,
        description=told.description,
        sections=library.config.sections,
        url=base,
    )
    texts = {folder / PAGE: page(site), folder / FEED: feed(site)}
    inside = followed(folder).is_relative_to(followed(library.root))
    with library.lock() if inside else nullcontext():
        _refuse_links(folder, library)
        files = [Written(path, text, _differs(path, text)) for path, text in texts.items()]
        _refuse_foreign(files)
        for file in files:
            if file.changed:
                put(file.path, file.text, make_folder=True, again=f"papertrack site -o {folder}")
    return files


def _base(url: str) -> str:
    """Read the address of the page's folder; one without a slash at its end gets it."""
    if url and (not address(url) or re.search(r"[\s?#]", url)):
        message = f"{url!r} is no address of a page"
        raise UsageError(message, "--url takes https://..., without ? and #")
    return f"{address(url).removesuffix(PAGE).rstrip('/')}/" if url else ""


def _introduction(library: Library) -> Introduction:
    """Read how the first README introduces the list; one that is not there says nothing."""
    path = next(iter(library.readmes), None)
    return introduction(read(path)) if path and path.exists() else Introduction("", "")


def _refuse_links(folder: Path, library: Library) -> None:
    """Refuse a folder or a file that a stranger's checkout may have made a link to elsewhere."""
    if link := next(filter(leads_away, _suspects(folder, library)), None):
        message = "is a symbolic link to elsewhere"
        raise FileProblem(link, None, message, f"if you trust it, name {link.resolve()} itself")
    there = next(filter(Path.exists, (folder, *folder.parents)), folder)
    if there.exists() and not there.is_dir():
        raise FileProblem(there, None, "is not a folder", "papertrack site -o ANOTHER")


def _suspects(folder: Path, library: Library) -> Iterator[Path]:
    """Name the files, the folder, and those around it that lie in the list or are named here."""
    yield from (folder / PAGE, folder / FEED, folder)
    homes = [Path.cwd(), Path.cwd() / library.root]
    for outer in folder.parents:
        place = Path.cwd() / outer
        if any(place != home and place.is_relative_to(home) for home in homes):
            yield outer


def _refuse_foreign(files: Iterable[Written]) -> None:
    """Refuse to write over a page or a feed that papertrack has not made."""
    for path in (file.path for file in files if file.changed and file.path.exists()):
        if not any(mark.encode() in path.read_bytes() for mark in (GENERATED, FEED_GENERATED)):
            message = f"{shown(path)} is there, and not made by papertrack"
            raise Refused(message, "papertrack site -o ANOTHER, or move that file away")


def _differs(path: Path, text: str) -> bool:
    """Tell whether a file is missing or another; git may have given it other line ends."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") != text.encode()
    except FileNotFoundError:
        return True
    except OSError as error:
        raise FileProblem(path, None, f"cannot be read: {error.strerror}") from None
