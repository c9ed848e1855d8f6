"""The papers of a list by what tells them apart, for many look-ups in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from papertrack.keys import surname
from papertrack.merge import like_titles, same_author, short_name
from papertrack.model import Paper
from papertrack.repositories import identity
from papertrack.text import fold, title_key

_WORDS = 4
"""Words of a title from which punctuation does not tell two of them apart."""


class Index:
    """Knows each paper by its identifiers, its title and its own page."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._papers = dict(papers)
        self._keys_by_id = {i: key for key, p in papers.items() for i in p.ids.items()}

    @cached_property
    def _keys_by_title(self) -> dict[str, list[str]]:
        keys = defaultdict(list)
        for key, paper in self._papers.items():
            keys[_reduced(paper.title)].append(key)
        return keys

    @cached_property
    def _keys_by_page(self) -> dict[str, list[str]]:
        keys = defaultdict(list)
        for key, paper in self._papers.items():
            for page in _pages(paper):
                keys[page].append(key)
        return keys

    def add(self, key: str, paper: Paper) -> None:
        """Take in a paper that is new, or that has changed."""
        known = self._papers.get(key)
        self._papers[key] = paper
        self._keys_by_id |= dict.fromkeys(paper.ids.items(), key)
        if known is None or known.title != paper.title:
            self._keys_by_title[_reduced(paper.title)].append(key)
        for page in _pages(paper) - (_pages(known) if known else set()):
            self._keys_by_page[page].append(key)

    def same(self, ids: Mapping[str, str]) -> str | None:
        """Return the key of the paper that shares an identifier."""
        return next((self._keys_by_id[i] for i in ids.items() if i in self._keys_by_id), None)

    def twin(self, paper: Paper) -> str | None:
        """Return the key of a paper with the same title and first author."""
        author = _first_author(paper)
        return next((k for k in self._titled(paper) if self._author(k) == author), None)

    def printed(self, paper: Paper) -> list[str]:
        """Return the keys of the papers that a list can mean, which often prints no authors.

        The page is the same and the title like it, or the title is the same and the first author
        is not another one.
        """
        pages = self._keys_by_page.get(identity(paper.url), []) if paper.url else []
        paged = [key for key in pages if alike(self._papers[key], paper)]
        author = _first_author(paper)
        titled = [k for k in self._titled(paper) if not author or self._author(k) in ("", author)]
        return list(dict.fromkeys([*paged, *titled]))

    def _titled(self, paper: Paper) -> list[str]:
        return self._keys_by_title.get(_reduced(paper.title), [])

    def _author(self, key: str) -> str:
        return _first_author(self._papers[key])


def _pages(paper: Paper) -> set[str]:
    """Collect the addresses at which a paper can be read."""
    links = [link.url for link in paper.links if link.label == "paper"]
    return {identity(url) for url in (paper.url, *paper.id_urls, *links) if url}


def alike(one: Paper, other: Paper) -> bool:
    """Tell whether two papers can be the same; a list may print a name in place of a title.

    Of two titles one may be cut short, or be what the paper was called before. One first author is
    not enough beside them, as it is for `merge.agree`: a wrong id is often that of the entry above,
    by the same people, and an entry that is merged is lost.
    """
    if like_titles(one.title, other.title) or _was_called(one, other) or _was_called(other, one):
        return True
    titles = (one.title, other.title)
    if not any(map(_is_name, titles)):
        shorter, longer = sorted(map(title_key, titles), key=len)
        return longer.startswith(shorter)
    if same_author(one, other):
        return True
    if all(map(_is_name, titles)):
        return False
    names = [title if _is_name(title) else short_name(title) for title in titles]
    plain = {fold(name).replace("-", "").replace(" ", "") for name in names}
    return "" in plain or len(plain) == 1


def _was_called(paper: Paper, other: Paper) -> bool:
    """Tell whether the title of another paper is known as one of a paper."""
    known = (paper.printed.get("title", ""), *paper.dismissed)
    return _reduced(other.title) in map(_reduced, filter(None, known))


def _is_name(title: str) -> bool:
    return len(title.split()) < _WORDS


def _reduced(title: str) -> str:
    """Reduce a title to its letters and digits; a name must be spelt the same.

    `U-Net` and `U-Net++` have the same letters, and lists print such names for titles.
    """
    return fold(title) if _is_name(title) else title_key(title)


def _first_author(paper: Paper) -> str:
    return surname(paper.authors[0]) if paper.authors else ""
