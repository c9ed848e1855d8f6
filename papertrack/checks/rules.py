"""All rules by their id, and the two things that they are applied to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from papertrack.checks import (
    label_rules,
    link_rules,
    paper_rules,
    reach_rules,
    result_rules,
    size_rules,
    store_rules,
    table_rules,
    value_rules,
    venue_rules,
)
from papertrack.checks.findings import Finding, Place, Rule, found
from papertrack.checks.holdings import Holdings
from papertrack.checks.reach_rules import Reached
from papertrack.checks.readme import Readme
from papertrack.errors import UsageError

_README_RULES = link_rules.RULES | table_rules.RULES | label_rules.RULES | size_rules.RULES
_STORE_RULES = store_rules.RULES | result_rules.RULES
_PAPER_RULES = paper_rules.RULES | venue_rules.PAPER_RULES

RULES: dict[str, Rule[Any]] = {
    **_STORE_RULES,
    **_README_RULES,
    **_PAPER_RULES,
    **paper_rules.STORE_RULES,
    **venue_rules.MENTION_RULES,
    **value_rules.RULES,
    **reach_rules.RULES,
}
"""Every rule. Where store and README have one of the same id, that of the README explains it."""

Subject = Readme | Holdings
Applied = Iterator[tuple[Place, Finding]]


def check(subject: Subject, chosen: Collection[str] = RULES.keys()) -> list[Finding]:
    """Apply the chosen rules to a README or a store."""
    own, papers = (
        (_README_RULES, _PAPER_RULES)
        if isinstance(subject, Readme)
        else (_STORE_RULES, _PAPER_RULES | paper_rules.STORE_RULES)
    )
    return _sorted(
        [
            *_apply(own, subject, chosen),
            *_apply(papers, subject.items, chosen),
            *_apply(venue_rules.MENTION_RULES, subject.mentions, chosen),
            *_apply(value_rules.RULES, subject.grids, chosen),
        ]
    )


def check_reached(reached: Reached, chosen: Collection[str] = RULES.keys()) -> list[Finding]:
    """Apply the chosen rules to what the network says of links."""
    return _sorted(_apply(reach_rules.RULES, reached, chosen))


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """Return the ids of the selected rules, of all where none is, without the ignored ones."""
    wanted, unwanted = frozenset(select), frozenset(ignore)
    for name in sorted(wanted | unwanted):
        rule(name)
    return (wanted or frozenset(RULES)) - unwanted


def rule(name: str) -> Rule[Any]:
    """Return the rule of an id; raise `UsageError` that names the nearest one."""
    if name in RULES:
        return RULES[name]
    from rapidfuzz.process import extractOne

    near = extractOne(name, list(RULES), score_cutoff=60)
    hint = f"do you mean {near[0]}?" if near else f"one of {', '.join(sorted(RULES))}"
    raise UsageError(f"there is no rule {name}", hint)


def _apply(rules: Mapping[str, Rule[Any]], subject: Any, chosen: Collection[str]) -> Applied:
    for name, one in rules.items():
        if name in chosen:
            yield from found(name, one, subject)


def _sorted(applied: Iterable[tuple[Place, Finding]]) -> list[Finding]:
    """Look up the lines of fields, and put the findings in the order of files and lines."""
    found = (_located(place, finding) for place, finding in applied)
    return sorted(found, key=lambda finding: (str(finding.path), finding.line, finding.rule))


def _located(place: Place, finding: Finding) -> Finding:
    """Find the line of the field of a document that a finding is about."""
    if not place.field:
        return finding
    lines = _lines(place.path)
    return replace(finding, line=line_of(lines, place.field)) if lines else finding


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def line_of(lines: list[str], field: str) -> int:
    """Return the line, from 1, of a field of a JSON document, or of one element of its list."""
    name, _, index = field.partition("#")
    begin = re.compile(rf'\s*"{re.escape(name)}"\s*:')
    start = next((n for n, line in enumerate(lines) if begin.match(line)), None)
    if start is None:
        return 1
    if not index:
        return start + 1
    indent = len(lines[start]) - len(lines[start].lstrip()) + 2
    opening = re.compile(rf" {{{indent}}}\{{")
    elements = [n for n in range(start + 1, len(lines)) if opening.match(lines[n])]
    return (elements[int(index)] if int(index) < len(elements) else start) + 1
