"""Remote text made safe for the place in a README where it goes, and readable in the source.

Every function takes any text and returns one line. A backslash stops what Markdown would read; a
word joiner, written as `&#8288;`, stops what GitHub looks for in the finished text, where no
backslash helps: e-mail addresses and `:emoji:`. The door of the store drops word joiners, so a
text that is read back is the text that was written. Mentions and `#123` stay as they are: GitHub
links them in issues, not in files.
"""

from __future__ import annotations

import re

from papertrack.text import clean_line, is_unseen

_MAX_LENGTH = 100_000
"""Longest text printed; what is longer has no place in a README."""

_WORD_JOINER = "&#8288;"

_MARKUP = r"""
    [*`~$\[\]]
  | \\ (?= [!-/:-@\[-`{-~] | \Z )         # a backslash that would escape what follows
  | (?<![^\W_]) _ | _ (?![^\W_])          # but not in snake_case
  | < (?= [a-z/!?] | \Z )                 # tags, comments, our own markers
  | & (?= \#?\w+; )                       # entities
  | (?<!\S) \# (?= \#*\Z )                # the closing sequence of a heading
  | (?<=\{) [{%]                          # Liquid, which GitHub Pages runs over a README
  | (?P<joined> : (?= [a-z0-9_+-]+: ) )   # :emoji:
"""
_AUTOLINKS = r"""
  | : (?=//)
  | (?<=www) \.
  | (?P<address> (?<=[\w.+-]) @ (?= [\w-]*\.) )
"""
_IN_TEXT = re.compile(_MARKUP + _AUTOLINKS, re.VERBOSE | re.IGNORECASE)
_IN_CELL = re.compile(_MARKUP + _AUTOLINKS + r"| \|", re.VERBOSE | re.IGNORECASE)
_FOOTNOTE = r"\A \^"  # `[^`, behind which cmark-gfm looks for `]:` without reading backslashes
_IN_LINK = re.compile(rf"{_MARKUP} | \| | {_FOOTNOTE}", re.VERBOSE | re.IGNORECASE)
_IN_ATTRIBUTE = re.compile(
    r"""[&<>"'`|\[\]{}] | :(?=//) | (?<=www)\.""", re.VERBOSE | re.IGNORECASE
)

_BLOCK_START = re.compile(
    r"""
    (?= > )                            # quotation
  | (?= \#{1,6} [ ] )                  # heading; the lone sign is escaped already
  | (?= [-+] (?:[ ]|\Z) )              # list item
  | \d{1,9} (?= [.)] (?:[ ]|\Z) )      # numbered list item
  | (?= [-:|][-:|\ ]*\Z )              # rule, underline of a heading, second row of a table
  | (?= =+\Z )                         # underline of a heading
    """,
    re.VERBOSE,
)

_WEB_OR_RELATIVE = re.compile(r"https?://\w|(?!//)[^:]*(?:[/?#]|\Z)", re.IGNORECASE)
_BREAKS_DESTINATION = re.compile(r"""[ ()<>\[\]{}"'`\\|*^$]|%(?![0-9A-Fa-f]{2})""")
_ENTITY = re.compile(r"&(#?\w+);")


def text(value: str) -> str:
    """Escape text within a line: of a paragraph, a heading, a list item, in bold."""
    return _escape(_IN_TEXT, value)


def line_start(value: str) -> str:
    """Escape text that begins a line or a list item, where `1.` or `#` would open a block."""
    escaped = text(value)
    start = _BLOCK_START.match(escaped)
    return f"{start[0]}\\{escaped[start.end() :]}" if start else escaped


def cell(value: str) -> str:
    """Escape text in a cell of a table."""
    return _escape(_IN_CELL, value)


def link(label: str, address: str) -> str:
    """Link a label to an address, for any line or cell; without a usable address only the label."""
    destination = url(address)
    if not destination:
        return cell(label)
    return f"[{_escape(_IN_LINK, label)}]({destination})"


def url(value: str) -> str:
    """Make a link destination of an http(s) address, a relative path or a `#fragment`.

    Any other scheme gives an empty text, however it is written. Markdown reads entities in
    destinations too, so they lose their semicolon. Accents stay as they are written, composed or
    not: an anchor holds those of its heading.
    """
    shown = value
    if " " in value or not (value.isascii() and value.isprintable()):
        shown = "".join(char for char in " ".join(value.split()) if not is_unseen(char))
    address = shown[:_MAX_LENGTH].strip()
    if not _WEB_OR_RELATIVE.match(address):
        return ""
    return _BREAKS_DESTINATION.sub(_percent, _ENTITY.sub(r"&\1%3B", address))


def attribute(value: str) -> str:
    """Escape the value of an HTML attribute in double quotes, so that nothing in it is a link."""
    return _IN_ATTRIBUTE.sub(lambda match: f"&#{ord(match[0])};", clean_line(value, _MAX_LENGTH))


def _escape(special: re.Pattern[str], value: str) -> str:
    return special.sub(_guard, clean_line(value, limit=_MAX_LENGTH))


def _guard(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["joined"] or found.get("address"):
        return match[0] + _WORD_JOINER
    return f"\\{match[0]}"


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
