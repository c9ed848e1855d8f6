"""What a paper gains by what a list says of it; nothing that it has is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from papertrack.matching import squeeze
from papertrack.model import ID_URLS, CodeLink, Link, Paper, replace
from papertrack.repositories import identity
from papertrack.text import clean_line, tag, title_key, words

_FILLED = ("name", "authors", "year", "venue", "section", "abstract", "comment", "notes", "status")
"""Fields that a paper takes from a list where it has none."""


def gain(paper: Paper, said: Paper, *, remarked: bool = True) -> Paper:
    """Give a paper what it lacks of what a list says; keep what is printed where both speak.

    What a person has pinned, or taken out, stays as it is, and so does its remark where it was
    `remarked` already: the remarks of one list that has the paper twice stand behind each other.
    """
    changes: dict[str, Any] = {
        field: getattr(said, field)
        for field in _FILLED
        if getattr(said, field) and not getattr(paper, field)
    }
    ids = {k: v for k, v in said.ids.items() if _is_believed(k, v, paper)} | paper.ids
    known = {identity(link) for link in (*paper.urls, *paper.dismissed)}
    printed = {f: v for f, v in said.printed.items() if _page(f, v) not in known}
    code = _new_links(said.code, known)
    others = {k: v for k, v in said.ids.items() if k in ID_URLS and ids.get(k, v) != v}
    pages = [Link(url=ID_URLS[kind].format(value), label="paper") for kind, value in others.items()]
    links = _new_links([*said.links, *pages], known)
    tags = [*paper.tags, *said.tags, *filter(None, [tag(elsewhere(paper, said))])]
    changes |= {
        "code": (*paper.code, *code),
        "links": (*paper.links, *links),
        "images": tuple(dict.fromkeys([*paper.images, *said.images])),
        "tags": tuple(dict.fromkeys(tags)),
    }
    if not paper.remark or not remarked:
        changes["remark"] = _remark(paper.remark, said.remark)
    changes = {field: value for field, value in changes.items() if field not in paper.pinned}
    gained = replace(paper, **changes, ids=ids)
    return replace(
        gained,
        sources=_origins(changes, ids, paper, said) | paper.sources,
        printed=_differences(gained, said) | printed | paper.printed,
    )


def elsewhere(paper: Paper, said: Paper) -> tuple[str, ...]:
    """Return the section in which a list has a paper, where it is known in another one."""
    known, other = (squeeze(" / ".join(section)) for section in (paper.section, said.section))
    return said.section if known and known != other else ()


def _remark(held: str, said: str) -> str:
    """Put a remark behind another; nothing is said twice, and none is cut."""
    if not held or _is_said(said, held):
        return held or said
    both = f"{held}{'' if held.endswith(('.', '!', '?')) else ';'} {said}"
    return both if clean_line(both) == both else held


def _is_said(remark: str, held: str) -> bool:
    return " ".join(words(remark)) in " ".join(words(held))


L = TypeVar("L", Link, CodeLink)


def _new_links(links: Iterable[L], known: set[str]) -> list[L]:
    """Keep the links that are not known, and know them from now on."""
    new = []
    for link in links:
        if identity(link.url) not in known:
            known.add(identity(link.url))
            new.append(link)
    return new


def _page(field: str, value: str) -> str:
    """Return the address behind an identifier that is printed; empty for other fields."""
    template = ID_URLS.get(field.removeprefix("ids."), "")
    return identity(template.format(value)) if template else ""


def _is_believed(kind: str, value: str, paper: Paper) -> bool:
    """Tell whether an identifier may come in: not against a person's word, nor a source's."""
    return f"ids.{kind}" not in paper.pinned and paper.printed.get(f"ids.{kind}") != value


def _origins(
    changes: Mapping[str, Any], ids: Mapping[str, str], paper: Paper, said: Paper
) -> dict[str, str]:
    """Name the list as the source of what was taken from it."""
    taken = {*changes, *(f"ids.{kind}" for kind in ids.keys() - paper.ids.keys())}
    return {field: source for field, source in said.sources.items() if field in taken}


def _differences(paper: Paper, said: Paper) -> dict[str, str]:
    """Collect what a list prints of some fields where the paper says something else."""
    pairs = {f: (getattr(said, f), getattr(paper, f)) for f in ("title", "venue")}
    printed = {
        field: str(theirs)
        for field, (theirs, ours) in pairs.items()
        if theirs and ours and title_key(str(theirs)) != title_key(str(ours))
    }
    if said.year and paper.year and said.year not in (paper.year, paper.published):
        printed["year"] = str(said.year)
    if not _is_said(said.remark, paper.remark):
        printed["remark"] = said.remark
    return printed
