"""The papers of a list by what tells them apart, for many look-ups in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from papertrack.keys import surname
from papertrack.model import Paper
from papertrack.repositories import identity
from papertrack.text import title_key


class Index:
    """Knows each paper by its identifiers, its title and its own page."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self._papers = dict(papers)
        self._keys_by_id = {i: key for key, p in papers.items() for i in p.ids.items()}

    @cached_property
    def _keys_by_title(self) -> dict[str, list[str]]:
        keys = defaultdict(list)
        for key, paper in self._papers.items():
            keys[title_key(paper.title)].append(key)
        return keys

    @cached_property
    def _keys_by_page(self) -> dict[str, str]:
        return {identity(paper.url): key for key, paper in self._papers.items() if paper.url}

    def add(self, key: str, paper: Paper) -> None:
        """Take in a paper that is new, or that has changed."""
        known = self._papers.get(key)
        self._papers[key] = paper
        self._keys_by_id |= dict.fromkeys(paper.ids.items(), key)
        if known is None or known.title != paper.title:
            self._keys_by_title[title_key(paper.title)].append(key)
        if paper.url:
            self._keys_by_page[identity(paper.url)] = key

    def same(self, ids: Mapping[str, str]) -> str | None:
        """Return the key of the paper that shares an identifier."""
        return next((self._keys_by_id[i] for i in ids.items() if i in self._keys_by_id), None)

    def twin(self, paper: Paper) -> str | None:
        """Return the key of a paper with the same title and first author."""
        author = _first_author(paper)
        return next((k for k in self._titled(paper) if self._author(k) == author), None)

    def printed(self, paper: Paper) -> str | None:
        """Return the key of the paper that a list means, which often prints no authors.

        Its page is the same, or its title is, and its first author is not another one.
        """
        page = self._keys_by_page.get(identity(paper.url)) if paper.url else None
        author = _first_author(paper)
        titled = (k for k in self._titled(paper) if not author or self._author(k) in ("", author))
        return page or next(titled, None)

    def _titled(self, paper: Paper) -> list[str]:
        return self._keys_by_title.get(title_key(paper.title), [])

    def _author(self, key: str) -> str:
        return _first_author(self._papers[key])


def _first_author(paper: Paper) -> str:
    return surname(paper.authors[0]) if paper.authors else ""
