"""Whether an arXiv comment says that the paper itself has been withdrawn.

Comments also tell of what was withdrawn elsewhere: a submission to a conference, an earlier
version, a paper that this one replaces, a dataset.
"""

from __future__ import annotations

import re

_PAPER = (
    r"(?:paper|article|manuscript|submission|preprint|e-?print|work|version|draft|note|report"
    r"|letter|study|document)"
)
_HAS_BEEN = r"(?:(?:has|have|is|was)\s)?(?:(?:been|being|now|\w+ly)\s)*"
_HERE = r"(?!(?:\sby\s(?:the\s|its\s)?authors?)?\sfrom\s(?!(?:the\s)?arxiv))"
"""What follows is no other place from which it was withdrawn."""

_NOTICE = re.compile(
    rf"""
    (?: (?<!\bof\s)\bthis\s(?:\w+\s)? | \b(?:the|our|my)\s | ^ | ,\s ){_PAPER}\s{_HAS_BEEN}
      withdrawn\b{_HERE}
    | \b(?:authors?|we|i)\s(?:\w+\s){{0,4}}(?:withdrawn?|withdrew)\s
      (?: this\s(?:\w+\s)? | (?:the|our|my)\s ){_PAPER}\b{_HERE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The paper is named: `This paper has been withdrawn`, `We have withdrawn this paper`."""

_BRIEF = re.compile(
    rf"""
    (?: ^ | ,\s | \( )(?:(?:it|and|but)\s)*{_HAS_BEEN}withdrawn\b(?!\s(?:\w+\s)?submission){_HERE}
    | \bwithdrawn{_HERE}\s(?:by|due|because)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Nothing is named: `14 pages, withdrawn`."""

_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:submitted|submission|under review|accepted|which|that|previous|earlier|former|original"
    r"|first|old|conference|journal|data|datasets?|theorem|lemma|proof|claim|section"
    r"|supersed\w+|replac\w+|(?:19|20)\d\d)\b|\barxiv:? ?\d",
    re.IGNORECASE,
)


def is_withdrawn(comment: str) -> bool:
    """Tell whether a comment, of one line, says that the paper has been withdrawn."""
    return any(map(_says_so, re.split(r"[.;]\s", comment)))


def _says_so(sentence: str) -> bool:
    if _NOTICE.search(sentence):
        return True
    brief = _BRIEF.search(sentence)
    return brief is not None and not _OF_SOMETHING_ELSE.search(sentence[: brief.end()])
