"""Answers of the sources, kept on disk so that nothing is asked twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from papertrack.identifiers import Identifier
from papertrack.sources import Answers, Failed, Found, Missing, Source

if TYPE_CHECKING:
    import sqlite3

FILE = "answers.sqlite"
DAY = 86_400.0
HOUR = 3_600.0
_PATIENCE = 5.0
"""Seconds to wait for another process that writes."""

_TABLE = """create table if not exists answers (
    source text, identifier text, time real, outcome blob, primary key (source, identifier)
) without rowid"""

_OUTCOME: msgspec.json.Decoder[Found | Missing] = msgspec.json.Decoder(Found | Missing)
"""Made before any thread starts: msgspec 0.22 crashes where two threads use a type first."""

log = logging.getLogger("papertrack")
T = TypeVar("T")


class Cache:
    """One SQLite file for all sources. Without it everything works, only slower.

    What was found is kept for `max_age` seconds, what was missing for an hour at most, and a
    failure never. Threads and processes may use the file at the same time.
    """

    def __init__(
        self, path: Path, max_age: float = DAY, now: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._max_age = max_age
        self._now = now
        self._broken = False

    def get(self, source: str, identifiers: Sequence[Identifier], any_age: bool = False) -> Answers:
        """Return the answers that are held, and that are fresh enough unless `any_age`."""

        def read(connection: sqlite3.Connection) -> Answers:
            answers: Answers = {}
            for identifier in identifiers:
                row = connection.execute(
                    "select time, outcome from answers where source = ? and identifier = ?",
                    (source, str(identifier)),
                ).fetchone()
                outcome = _decoded(row[1]) if row else None
                if outcome and (any_age or self._is_fresh(outcome, row[0])):
                    answers[identifier] = outcome
            return answers

        return self._do(read) or {}

    def put(self, source: str, answers: Answers) -> None:
        """Keep the proper answers of a source."""
        rows = [
            (source, str(identifier), self._now(), msgspec.json.encode(outcome))
            for identifier, outcome in answers.items()
            if not isinstance(outcome, Failed)
        ]
        insert = "insert or replace into answers values (?, ?, ?, ?)"
        self._do(lambda connection: connection.executemany(insert, rows))

    def _is_fresh(self, outcome: Found | Missing, then: float) -> bool:
        most = self._max_age if isinstance(outcome, Found) else min(HOUR, self._max_age)
        return 0 <= self._now() - then < most

    def _do(self, operation: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the file; trouble with it ends the operation, and is logged once."""
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection, connection:
                connection.execute("pragma synchronous = off")
                connection.execute(_TABLE)
                return operation(connection)
        except (sqlite3.Error, OSError) as error:
            if not self._broken:
                log.warning("going on without the cache %s: %s", self._path, error)
            self._broken = True
            return None


def _decoded(outcome: bytes) -> Found | Missing | None:
    """Read an outcome; one that another version wrote in another form counts as not there."""
    try:
        return _OUTCOME.decode(outcome)
    except (msgspec.DecodeError, TypeError):
        return None


class Cached:
    """A source that is asked only for what the cache does not hold."""

    def __init__(
        self, source: Source, cache: Cache, *, refresh: bool = False, offline: bool = False
    ) -> None:
        self.name = source.name
        self._source = source
        self._cache = cache
        self._refresh = refresh and not offline
        self._offline = offline

    def accepts(self, identifier: Identifier) -> bool:
        """Tell what the source tells."""
        return self._source.accepts(identifier)

    def fetch(self, identifiers: Iterable[Identifier]) -> Iterator[Answers]:
        """Answer from the cache, then from the source; keep each batch before handing it on."""
        wanted = list(dict.fromkeys(identifiers))
        held = {} if self._refresh else self._cache.get(self.name, wanted, any_age=self._offline)
        if held:
            yield held
        others = [identifier for identifier in wanted if identifier not in held]
        if not others:
            return
        if self._offline:
            failed = Failed("not in the cache, and papertrack is offline", offline=True)
            yield dict.fromkeys(others, failed)
            return
        for answers in self._source.fetch(others):
            self._cache.put(self.name, answers)
            yield answers
