"""The rule that needs the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from papertrack.checks.findings import Note, Place, Rule
from papertrack.links import Answer


@dataclass(frozen=True)
class Reached:
    """Links with their places, and what became of their pages."""

    links: Sequence[tuple[Place, str]]
    answers: Mapping[str, Answer]


def dead_link(reached: Reached) -> Iterator[Note]:
    """Report a link whose page is gone, as its server says with 404 or 410.

    It is looked for with `--links` only. Servers that refuse robots (403), are busy (429) or do
    not answer in time say nothing, and no link is reported for that.

        - code: https://github.com/owner/a-repository-that-was-renamed

    Look for the new address, or take the link out.
    """
    for place, url in reached.links:
        answer = reached.answers.get(urldefrag(url).url)
        if answer and answer.state == "dead":
            yield Note(place, f"{url} is gone: {answer.why}")


RULES: dict[str, Rule[Reached]] = {"dead-link": Rule("error", dead_link)}
