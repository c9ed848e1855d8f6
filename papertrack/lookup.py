"""Find one paper by what a person types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from papertrack import identifiers
from papertrack.errors import InvalidIdentifier, NotFound, UsageError
from papertrack.model import Benchmark, Paper, Removed
from papertrack.text import fold, title_key

_SHOWN = 8
"""How many keys an error names at most."""


class WasRemoved(NotFound):
    """A paper that was taken off the list."""


def find(
    text: str, papers: Mapping[str, Paper], removed: Mapping[str, Removed] | None = None
) -> str:
    """Return the key of the paper that `text` names.

    That is its key, an identifier in any form, its short name, or the beginning of one key only.
    Raises NotFound, which says when and why it was removed or names the nearest keys, and
    UsageError where several papers are meant.
    """
    if text in papers:
        return text
    matches = list(_matches(text, papers))
    removed = removed or {}
    if text in removed:  # a whole key, so that it is no beginning of another one
        matches = [key for key in matches if not key.startswith(text)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        shown = ", ".join(matches[:_SHOWN]) + (" ..." if len(matches) > _SHOWN else "")
        raise UsageError(f"{text!r} can be any of {shown}", "type more of the key")
    former = {key: removal.paper for key, removal in removed.items()}
    gone = [text] if text in removed else list(_matches(text, former))
    if len(gone) == 1:
        raise _was_removed(text, gone[0], removed[gone[0]])
    near = nearest(text, papers)
    hint = f"did you mean {' or '.join(near)}?" if near else f'papertrack search "{text}"'
    raise NotFound(f"no paper {text!r} in the list", hint)


def _was_removed(text: str, key: str, removal: Removed) -> WasRemoved:
    why = f": {removal.why}" if removal.why else ""
    named = key if text == key else f"{key} ({text})"
    return WasRemoved(f"{named} was removed on {removal.removed}{why}", f"papertrack restore {key}")


def same_paper(ids: Mapping[str, str], papers: Mapping[str, Paper]) -> str | None:
    """Return the key of the paper that shares an identifier, if there is one."""
    wanted = ids.items()
    shared = (k for k, paper in papers.items() if not wanted.isdisjoint(paper.ids.items()))
    return next(shared, None)


def nearest(text: str, papers: Mapping[str, Paper]) -> list[str]:
    """Return up to three keys that are spelled almost like `text`, or whose short name is."""
    from rapidfuzz import fuzz, process

    spellings = {key: key for key in papers}
    spellings |= {fold(paper.name): key for key, paper in papers.items() if paper.name}
    found = process.extract(
        fold(text), list(spellings), scorer=fuzz.ratio, limit=6, score_cutoff=70
    )
    return list(dict.fromkeys(spellings[name] for name, _, _ in found))[:3]


def _matches(text: str, papers: Mapping[str, Paper]) -> Iterator[str]:
    try:
        identifier = identifiers.parse(text)
    except InvalidIdentifier:
        identifier = None
    if identifier and identifier.kind != "title":
        key = same_paper({identifier.kind: identifier.value}, papers)
        if key:
            yield key
            return
    name, title = fold(text), title_key(text)
    if not title:  # a text of neither letters nor digits names nothing
        return
    named = [key for key, paper in papers.items() if fold(paper.name) == name]
    titled = [key for key, paper in papers.items() if title_key(paper.title) == title]
    begun = [key for key in papers if key.startswith(text)]
    yield from named or titled or begun


def find_benchmark(name: str, benchmarks: Mapping[str, Benchmark]) -> Benchmark:
    """Return a benchmark by its id; raise NotFound with the ids that there are."""
    if name in benchmarks:
        return benchmarks[name]
    known = ", ".join(benchmarks) or "none yet"
    raise NotFound(
        f"there is no benchmark {name!r}", f"papertrack benchmark add {name}; there are: {known}"
    )
