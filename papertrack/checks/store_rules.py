"""Rules about the files of a store."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from papertrack.checks.addresses import mended_address
from papertrack.checks.findings import Note, Place, Rule, Severity
from papertrack.checks.holdings import Holdings, addresses_of
from papertrack.checks.label_rules import respelt
from papertrack.documents import to_document
from papertrack.errors import listed
from papertrack.repositories import identity, normalise_url
from papertrack.text import is_unseen, title_key

_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", re.IGNORECASE)
_FORGE_ALONE = re.compile(r"https://(?:github|gitlab)\.com(?:/[^/]*)?")
_ID_OF_PAPER = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/")

_NEAR = 1
"""Slips between two names of sections that are one."""
_TELLING = 5
"""Letters from which on a name with a slip is a misspelt one: `MRI` and `fMRI` are two."""


def unreadable_file(holdings: Holdings) -> Iterator[Note]:
    """Report a file of the store that cannot be read.

    Every command leaves it out, and nothing is written while it is there: conflict marks of git,
    a comma too many, a value of the wrong type, a file name that is no key.

    Mend the file by hand at the line that is named.
    """
    for problem in holdings.contents.problems:
        message = problem.message.partition(": ")[2]
        hint = f"; {problem.hint}" if problem.hint else ""
        yield Note(Place(problem.path, problem.line or 1), f"{message}{hint}")


def incomplete_paper(holdings: Holdings) -> Iterator[Note]:
    """Report a paper without title, authors, year or identifier.

    Without them it cannot be found, ordered, cited, or recognised when it is added again.

    `papertrack set KEY ids.arxiv=...`, then `papertrack refresh KEY`, fills them in.
    """
    for key, paper in holdings.contents.papers.items():
        said = {
            "title": paper.title,
            "authors": paper.authors,
            "year": paper.published,
            "identifier": paper.ids,
        }
        missing = [name for name, value in said.items() if not value]
        if missing:
            severity: Severity = "error" if "title" in missing else "info"
            yield Note(holdings.place(key), f"no {' and no '.join(missing)}", severity=severity)


def unconfirmed_venue(holdings: Holdings) -> Iterator[Note]:
    """Count the papers whose venue nobody has confirmed, and name the first of them.

    Entries and tables say so, and citations leave the venue out.

    `papertrack refresh KEY` asks Semantic Scholar; `papertrack set KEY venue=...` is your own word.
    """
    papers = holdings.contents.papers
    open_ = [key for key, paper in papers.items() if paper.venue and paper.is_unchecked("venue")]
    if open_:
        count = f"{len(open_)} of {len(papers)} papers have a venue that nobody has confirmed"
        yield Note(holdings.place(open_[0], "venue"), f"{count}: {listed(open_)}")


def bad_link(holdings: Holdings) -> Iterator[Note]:
    """Report an address of a paper that no browser opens.

    The scheme is missing, misspelt or none that a README may lead to.

    `papertrack set KEY code-=OLD code+=NEW` replaces it.
    """
    for key, paper in holdings.contents.papers.items():
        for field, url in addresses_of(paper):
            if not _URL.fullmatch(url):
                meant = mended_address(url)
                hint = f": {meant} must be meant" if meant else ""
                yield Note(holdings.place(key, field), f"{url} is no address of a page{hint}")


def code_link_malformed(holdings: Holdings) -> Iterator[Note]:
    """Report a code link that leads to no repository: a forge, an owner, or the paper itself.

    Write the address of the repository: https://github.com/OWNER/NAME.
    """
    for key, paper in holdings.contents.papers.items():
        for index, link in enumerate(paper.code):
            url = normalise_url(link.url)
            if _FORGE_ALONE.fullmatch(url) or _ID_OF_PAPER.match(link.url):
                yield Note(holdings.place(key, f"code#{index}"), f"{link.url} is no repository")


def control_character(holdings: Holdings) -> Iterator[Note]:
    """Report a character that is not seen and changes how a text is shown or found.

    Control, bidi and zero-width characters come in with copied text, or on purpose.

    Type the text anew: `papertrack set KEY title=...`.
    """
    for key, paper in holdings.contents.papers.items():
        for field, value in to_document(paper).items():
            unseen = sorted({c for text in _texts(value) for c in text if is_unseen(c)} - {"\n"})
            if unseen:
                named = listed([f"U+{ord(char):04X}" for char in unseen])
                yield Note(holdings.place(key, field), f"{field} holds {named}, which nobody sees")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def dismissed_link(holdings: Holdings) -> Iterator[Note]:
    """Report a link that was taken out by hand and is there all the same.

    Take it out of the paper, or out of its `dismissed`.
    """
    for key, paper in holdings.contents.papers.items():
        dismissed = {identity(url) for url in paper.dismissed}
        for field, url in addresses_of(paper):
            if identity(url) in dismissed:
                yield Note(holdings.place(key, field), f"{url} is dismissed, and still there")


def near_section(holdings: Holdings) -> Iterator[Note]:
    """Report two sections whose names differ by one letter, by case or by punctuation.

    The list then has both, one of them with a paper or two.

    `papertrack set KEY section=...` moves a paper.
    """
    keys: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, paper in holdings.contents.papers.items():
        for depth in range(1, len(paper.section) + 1):
            keys[paper.section[:depth]].append(key)
    by_size = sorted(keys, key=lambda path: (-len(keys[path]), path))
    for index, rare in enumerate(by_size):
        usual = next((path for path in by_size[:index] if _are_near(path, rare)), None)
        if usual:
            told = f'the section "{rare[-1]}" is almost "{usual[-1]}", which has {len(keys[usual])}'
            yield Note(holdings.place(keys[rare][0], "section"), told)


def _are_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    from rapidfuzz.distance import OSA

    if one[:-1] != other[:-1]:
        return False
    first, second = title_key(one[-1]), title_key(other[-1])
    if first == second:
        return True
    if min(len(first), len(second)) < _TELLING or re.search(r"\d", first + second):
        return False
    return OSA.distance(first, second, score_cutoff=_NEAR) <= _NEAR


def misspelt_label(holdings: Holdings) -> Iterator[Note]:
    """Report a label or a venue that is misspelt, such as `unoffical` or `Arvix`.

    `papertrack edit KEY` opens the file.
    """
    for key, paper in holdings.contents.papers.items():
        labels = [(f"code#{i}", link.label) for i, link in enumerate(paper.code)]
        labels += [(f"links#{i}", link.label) for i, link in enumerate(paper.links)]
        labels += [("venue", paper.venue.name)] if paper.venue else []
        for field, label in labels:
            for word in re.findall(r"[A-Za-z]+", label):
                if right := respelt(word):
                    yield Note(holdings.place(key, field), f"{word} is misspelt: {right}")


def stale_readme(holdings: Holdings) -> Iterator[Note]:
    """Report a README whose regions do not show what is in the store.

    `papertrack render` regenerates it; a hook does so before each commit.
    """
    for path in holdings.stale:
        yield Note(Place(path), "does not show what is in the store; papertrack render")


RULES: dict[str, Rule[Holdings]] = {
    "unreadable-file": Rule("error", unreadable_file),
    "incomplete-paper": Rule("info", incomplete_paper),
    "unconfirmed-venue": Rule("info", unconfirmed_venue),
    "bad-link": Rule("error", bad_link),
    "code-link-malformed": Rule("warning", code_link_malformed),
    "control-character": Rule("error", control_character),
    "dismissed-link": Rule("warning", dismissed_link),
    "near-section": Rule("warning", near_section),
    "misspelt-label": Rule("warning", misspelt_label),
    "stale-readme": Rule("info", stale_readme),
}
