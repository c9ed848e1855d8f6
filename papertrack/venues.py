"""Usual short names of venues, whatever a service, a comment or a person calls them."""

from __future__ import annotations

import re

from papertrack.model import Venue
from papertrack.text import clean_line, fold
from papertrack.venue_names import PHRASES, SHORT_NAMES

_WORDS = {phrase.replace(" and ", " "): short for phrase, short in PHRASES.items()}
"""The phrases as they are compared: some write `&`, some leave the word out."""

_WORKSHOPS = frozenset({"DLMIA", "MLMI", "SASHIMI", "STACOM", "WACV", "WBIR"})
"""Names that `Workshop` adds nothing to: they are workshops, or were."""

_OTHER_AHEAD = re.compile(
    r"\b(?:african|arab|asian?|australasian|brazilian|british|canadian|china|chinese|european|german"
    r"|ibero\w*|indian|iranian|irish|italian|japanese|korean|latin|mexican|nordic|pacific"
    r"|portuguese|russian|scandinavian|spanish|turkish)\b"
    r"|\bfor $|(?<!conference)(?<!meeting)(?<!proc)(?<!proceedings)(?<!symposium)(?<!workshop) of $"
)
"""Words ahead of a phrase that make it another venue's name: PAKDD is not KDD."""

_NAME_ENDS = re.compile(
    rf"""\W*$ | \s?[^\w\s,.&/+-] | \s-\s
    | [\s,./-]+(?:\d|(?:companion|conference|datasets|early|findings|foundation|human\slanguage
        |issue|journal|long|main|no|oral|pages?|papers?|part|poster|pp|proceedings|short|society
        |spotlight|student|track|vol|volume|workshops?|{"|".join(map(re.escape, SHORT_NAMES))})\b)
    | ,(?![^:(]*(?:\band\b|&))""",
    re.VERBOSE,
)
"""What may stand behind a phrase. Other words make it another venue's name: ICMLA is not ICML.

Behind a comma stands a place, or a list of topics, which has an `and` in it.
"""

_ARXIV = re.compile(r"arxiv|corr abs\b|computing research repository\b")
_PREPRINT = re.compile(
    r"$|(?:[a-z]*rxiv|(?:osf )?e?-?preprints?|research square|ssrn|social science research network"
    r"|computing research repository|corr(?=$| abs))\b"
)
"""How the names of preprint servers begin."""

_IN_COMMENTS = sorted(
    set(SHORT_NAMES) - {"media", "corr", "tip", "pami", "rss", "tog"}, reverse=True
)
"""Short names that mean nothing else in a comment; longer ones stand before their beginnings."""

_COMMENT = re.compile(
    rf"\b({'|'.join(map(re.escape, _IN_COMMENTS))})(-?w)?"
    r"(?:(?:\s|[-,:'’()]){0,2}((?:19|20)\d\d)|(?:-|\s?['’])?([0-4]\d))(?![\d.]\d|\d)",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"workshop|co-?located|conjunction", re.IGNORECASE)
_FINDINGS = frozenset({"ACL", "EACL", "EMNLP", "NAACL"})
"""Conferences with a second volume of papers, which is cited by its own name."""
_DOUBT = re.compile(
    r"@|\b(?:(?:re-?)?submi(?:tted|ssion)|under review|in review|rejected|withdrawn"
    r"|extended version of|extension of|won|winner|challenge|competition"
    r"|consortium|tutorial|shared task|semeval"
    r"|(?:abridged|conference|earlier|journal|preliminary|previous|short|shorter) version)\b",
    re.IGNORECASE,
)
_AHEAD_OF_ANOTHER = re.compile(
    r"""\b(?:\d+(?:st|nd|rd|th)|first|second|third)\splace\b | \brunner-?up\b
    | \b(?:exten(?:ds?|ding|ded\sfrom|sion\sto)|follow-?up|(?:based|buil(?:ds?|t|ding))\s(?:up)?on
        |(?:evaluated|tested|trained)\son|data(?:sets?)?\sfrom)\b[^,;()]*$
    | \b(?:rebuttal|report|solution)\s(?:at|for|of|on|to)\s(?:the\s)?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEHIND_ANOTHER = re.compile(
    r"\s(?:(?!(?:and|on|with)\b)[\w-]+\s)?(?:data(?:\s?sets?)?|format|style|template)\b"
    r"(?!\W+(?:and\s)?(?:benchmarks?|track)\b)",
    re.IGNORECASE,
)
"""Words around a venue that make it that of an earlier paper, of a prize or of a dataset."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\.?\d)|['’]([0-4]\d)(?!\d)")


def normalise(name: str, year: int | None = None) -> Venue | None:
    """Give a venue its usual short name: `ICLR2015` and the long form both become `ICLR`.

    A year inside the name counts when none is given. arXiv is a venue only where somebody wrote
    so; an empty name is none.
    """
    plain = clean_line(name).strip(" ,;")
    found = _YEAR.search(plain)
    if found:
        year = year or _year(*found.groups())
        plain = f"{plain[: found.start()]} {plain[found.end() :]}"
        plain = clean_line(re.sub(r"\( *\)", "", plain)).replace(" :", ":").strip(" ,'.-")
    return Venue(name=_short_name(plain), year=year) if plain.strip(".") else None


def _year(full: str | None, short: str | None) -> int:
    return int(full) if full else 2000 + int(short or 0)


def _short_name(plain: str) -> str:
    """Find the short name of a venue whose year is taken off; an unknown one keeps its name."""
    bare = plain if plain.count(".") > 1 else plain.rstrip(". ")  # abbreviations keep their stops
    if _ARXIV.match(fold(bare)):
        return "arXiv"
    if known := SHORT_NAMES.get(fold(bare)):
        return known
    host = re.fullmatch(r".+@ ?(\S+)|(\S+?)(?:-?w| workshops?)", bare, re.IGNORECASE)
    if host and (known := SHORT_NAMES.get(fold(host[1] or host[2]))):
        return _workshop(known)
    if short := _by_phrase(fold(bare)):
        return short
    acronym = re.search(r"\(([A-Za-z0-9-]{3,12})\)$", bare)
    return SHORT_NAMES.get(fold(acronym[1]), bare) if acronym else bare


def _by_phrase(name: str) -> str:
    """Find the short name of a venue by what its long names have in common; else none."""
    words = [word for word in re.finditer(r"[a-z0-9]+", name) if word[0] != "and"]
    spaced = " ".join(word[0] for word in words)
    for phrase, short in _WORDS.items():
        ahead, found, _ = f" {spaced} ".partition(f" {phrase} ")
        if not found or _OTHER_AHEAD.search(f"{ahead} "):
            continue
        behind = name[words[len(f"{ahead} {phrase}".split()) - 1].end() :]
        if _NAME_ENDS.match(behind):
            return _workshop(short) if re.search(r"\bworkshops?\b", ahead + behind) else short
    return ""


def _workshop(short: str) -> str:
    return short if short in _WORKSHOPS else f"{short} Workshop"


def is_preprint(venue: Venue | None) -> bool:
    """Tell whether a venue is no more than a preprint server."""
    return venue is None or bool(_PREPRINT.match(fold(venue.name)))


def from_comment(text: str) -> Venue | None:
    """Find the venue that authors state in an arXiv comment or journal reference.

    Nothing is found where a doubt remains: two venues, a submission, a challenge, no year.
    """
    line = _ADDRESS.sub("", clean_line(text))
    if _DOUBT.search(line):
        return None
    found = {
        _stated(match, sentence)
        for sentence in re.split(r"[.;]\s", line)
        for match in _COMMENT.finditer(sentence)
        if not _AHEAD_OF_ANOTHER.search(sentence[: match.start()])
        and not _BEHIND_ANOTHER.match(sentence[match.end() :])
    }
    if len(found) != 1:
        return None
    [(name, year)] = found
    return Venue(name=name, year=year)


def _stated(match: re.Match[str], sentence: str) -> tuple[str, int]:
    """Read name and year; what the sentence calls a workshop is not the conference itself."""
    short = SHORT_NAMES[fold(match[1])]
    if match[2] or _WORKSHOP.search(sentence):
        short = _workshop(short)
    elif short in _FINDINGS and "findings" in fold(sentence):
        short = f"{short} Findings"
    return short, _year(match[3], match[4])
