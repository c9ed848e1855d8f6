"""Titles, and identifiers that hold words of one: what to search for, and whether it was found."""

from __future__ import annotations

import re
from itertools import accumulate

from papertrack.identifiers.identifier import Identifier
from papertrack.text import title_key, untex, words


def title_words(identifier: Identifier) -> str:
    """Return the words to search for, of the kinds title, cvf and pwc."""
    if identifier.kind == "pwc":
        return identifier.value.removesuffix("-1").replace("-", " ")
    if identifier.kind == "cvf":
        name = identifier.value.rpartition("/")[2]
        name = re.sub(r"(?:_[A-Z]+_\d{4}|_\d{4}_[A-Z]+)?_paper$", "", name)
        # The surname is one word of the name, unless it has a particle.
        author = r"^(?i:(?:van|von|der|den|del|dos|della|de)_)*[^_]+_"
        return re.sub(author, "", name).replace("_", " ")
    return identifier.value


def title_agrees(identifier: Identifier, title: str) -> bool:
    """Tell whether the title of a paper that was found is the one meant; in doubt it is not.

    Either of two titles may lack the subtitle behind a colon. The words of a CVF file name or of
    a Papers with Code slug may be the first words of the title, if they are three.
    """
    wanted = title_words(identifier)
    if title_key(wanted) == title_key(title):
        return bool(title_key(title))
    if identifier.kind == "title":
        return _is_main_title(wanted, title) or _is_main_title(title, wanted)
    if identifier.kind == "pwc":  # the 1 at the end may be the title's own, as in "Part 1"
        wanted = identifier.value
    return len(words(wanted)) >= 3 and title_key(wanted) in accumulate(words(untex(title)))


def _is_main_title(title: str, full: str) -> bool:
    main, colon, _ = full.partition(":")
    return bool(colon) and len(main.split()) >= 4 and title_key(main) == title_key(title)
