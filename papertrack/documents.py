"""Objects as JSON documents, and back.

Fields that a newer version has written are kept in `extra` and stand in the document again when it
is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct, field
from msgspec.structs import fields

_EXTRA = "papertrack:unknown"
"""Name under which unknown fields travel through msgspec; no field of a document is called so."""


class Noun(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What stands in the store: immutable, and faithful to fields that it does not know."""

    extra: dict[str, Any] = field(default_factory=dict, name=_EXTRA)


N = TypeVar("N", bound=Noun)


def from_document(kind: type[N], document: Mapping[str, Any]) -> N:
    """Read a JSON document as `kind`; raise `msgspec.ValidationError` where a type is wrong."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError:
        return msgspec.convert(_set_extra_apart(document, kind), kind)


def to_document(noun: Noun) -> dict[str, Any]:
    """Write an object as a JSON document: fields in the order of the class, defaults left out."""
    said = ((name, getattr(noun, name), default) for name, default in _defaults(type(noun)).items())
    return {name: _plain(value) for name, value, default in said if value != default} | noun.extra


def unknown_fields(noun: Noun, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the fields that this version does not know (`code.stars`), with those that it does."""
    known = [name for name in noun.__struct_fields__ if name != "extra"]
    yield from ((f"{path}{name}", known) for name in noun.extra)
    for name in known:
        value = getattr(noun, name)
        held = value.values() if isinstance(value, dict) else value
        for inner in held if isinstance(held, Iterable) else (held,):
            if isinstance(inner, Noun):
                yield from unknown_fields(inner, f"{path}{name}.")


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two objects, or fields of two, are one in a document; `==` takes 1 for true."""
    return bool(one == other) and canonical(_plain(one)) == canonical(_plain(other))


def canonical(document: Any) -> bytes:
    """Write a document without layout, so that two which say the same are the same bytes."""
    return msgspec.json.encode(document, order="deterministic")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return to_document(value) if isinstance(value, Noun) else value


@cache
def _defaults(kind: type[Noun]) -> dict[str, Any]:
    """List the fields of a class with the value that each has in a document that is silent."""
    made = {f.name: f.default_factory for f in fields(kind) if f.default_factory is not NODEFAULT}
    return {
        f.name: made[f.name]() if f.name in made else f.default
        for f in fields(kind)
        if f.name != "extra"
    }


def _set_extra_apart(value: Any, annotation: Any) -> Any:
    """Move the unknown fields of every object in a document into its `extra`."""
    kind = _noun_in(annotation)
    if kind is None:
        return value
    if isinstance(value, list | tuple):
        return [_set_extra_apart(item, kind) for item in value]
    if not isinstance(value, Mapping):
        return value
    if get_origin(annotation) is dict:
        return {name: _set_extra_apart(item, kind) for name, item in value.items()}
    known = {f.name: f.type for f in fields(kind) if f.name != "extra"}
    apart = {k: _set_extra_apart(v, known[k]) for k, v in value.items() if k in known}
    unknown = {k: v for k, v in value.items() if k not in known}
    return apart | ({_EXTRA: unknown} if unknown else {})


def _noun_in(annotation: Any) -> type[Noun] | None:
    """Find the class of objects in `X`, `X | None`, `tuple[X, ...]` or `dict[str, X]`."""
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    if get_origin(annotation) in (tuple, dict, Union, UnionType):
        return next(filter(None, map(_noun_in, get_args(annotation))), None)
    return None
