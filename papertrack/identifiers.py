"""Identifiers of papers in every form that people paste.

A text is unwrapped (quotes, brackets, Markdown links), then read as a prefix and a value, as a
value that speaks for itself, as the address of a page, and at last as a title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from papertrack.errors import InvalidIdentifier
from papertrack.model import ID_URLS
from papertrack.text import clean_line, title_key, untex, words

_LONGEST = 2_000
"""Longest text that is read at all, in characters; no address or title comes near it."""
_SHOWN = 70
"""Longest text that a message repeats."""

_FLAGS = re.ASCII | re.IGNORECASE

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
)
"""The archives of arXiv that numbered papers themselves, until March 2007 (arxiv.org/archive)."""

_ARXIV = (
    r"(?:(?P<yymm>\d{4})\.(?P<number>\d+)"
    rf"|(?P<archive>{_ARCHIVES.replace(' ', '|')})(?:\.[a-z-]+)?/(?P<old>\d{{5,9}}))(?:v\d+)?"
)
_STAMP = r"(?:\s?\[[a-z-]+(?:\.[a-z-]+)?\](?:\s\d{1,2}\s[a-z]{3,9}\s\d{4})?)?"
"""Subject class and date, as arXiv prints them on the margin of a PDF."""
_ARXIV_ALONE = re.compile(rf"{_ARXIV}(?:\.pdf)?{_STAMP}", _FLAGS)
_ARXIV_WITHIN = re.compile(rf"[/=:]{_ARXIV}(?![\w-])", _FLAGS)

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/[-\w.;:,()/<>\[\]+*~]+", re.ASCII)
"""A DOI of the characters in use; `?`, `#` and `%` are not among them, as addresses need them."""
_BEHIND_DOI = re.compile(
    r"(?:[./](?:full|full-?text|abstract|abs|short|long|meta|summary|references|e?pdf|html?|xml"
    r"|(?:figures|tables)/\d+)|\+html|;jsessionid)+$"
)
"""What publishers put behind a DOI in an address: the view of the paper."""
_PREPRINT_VERSION = re.compile(r"(?<=\d)v\d+$")
"""bioRxiv and medRxiv (10.1101, 10.64898) put a version behind the DOI, which has none."""
_OXFORD_NUMBER = re.compile(r"^(10\.1093/[^/]+/[^/]+)/\d{5,}$")
"""Oxford University Press puts a number of its own behind the DOI."""

_VALUES = {
    "s2": r"[0-9a-f]{40}",
    "corpus": r"\d{1,12}",
    "acl": r"\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[a-z]\d\d-\d{4}",
    "openreview": r"[\w-]{6,40}",
    "cvf": r"content[-\w]*/(?:[-\w]+/){0,2}(?:html|papers)/[-\w.+,'()/ ]+_paper",
    "pmlr": r"[vr]\d+/[a-z][a-z0-9-]*",
    "pubmed": r"\d{1,8}",
    "pmc": r"(?:pmc)?\d{1,9}",
    "pwc": r"[a-z0-9][a-z0-9-]*",
}
"""How values read, of all kinds but arXiv ids, DOIs and titles."""

_BARE_KINDS = ("arxiv", "doi", "s2", "acl", "pmlr", "cvf")
"""Kinds whose values need neither a prefix nor an address."""
_ALIASES = {"corpusid": "corpus", "pmid": "pubmed", "pmcid": "pmc"}
_PREFIX = re.compile(
    rf"(?P<marked>arxiv|doi|title|{'|'.join([*_VALUES, *_ALIASES])})\s?:\s?"
    r"|(?P<glued>arxiv|doi|corpusid|pmid|pmcid|pmc)\s?",
    _FLAGS,
)

_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?=[/?#]|$)"
    r"|(?:www\.)?(?P<bare_host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?=/))"
    r"(?P<place>[^#\s]*)(?:#\S*)?",
    _FLAGS,
)

_ARXIV_HOST = re.compile(
    r"(?:[\w-]+\.)*(?:arxiv|alphaxiv|ar5iv)\.org|xxx\.lanl\.gov|ui\.adsabs\.harvard\.edu|papers\.cool|scirate\.com"
    r"|(?:api\.)?semanticscholar\.org|(?:arxiv-vanity|arxiv-sanity|arxiv-sanity-lite)\.com",
    _FLAGS,
)
"""Sites whose addresses hold an arXiv id as it stands."""


class _Page(NamedTuple):
    """Where the addresses of a site hold an identifier of another kind, or in another form."""

    host: str
    place: str
    """Pattern in path and query; its groups fill the template."""
    kind: str
    template: str = "{}"


_PAGES = (
    _Page(r"(api\.)?semanticscholar\.org", rf"/({_VALUES['s2']})(?!\w)", "s2"),
    _Page(r"(api\.)?semanticscholar\.org", r"(?:/p/|/corpusid:)(\d+)", "corpus"),
    _Page(r"openreview\.net", r"^/(?:forum|pdf)\?(?:.*&)?id=([\w-]+)", "openreview"),
    _Page(r"aclanthology\.(org|info)|aclweb\.org", rf"/({_VALUES['acl']})(?:v\d+)?(?!\w)", "acl"),
    _Page(r"openaccess\.thecvf\.com", rf"^/({_VALUES['cvf']})", "cvf"),
    _Page(r"cv-foundation\.org", rf"^/openaccess/({_VALUES['cvf']})", "cvf"),
    _Page(r"proceedings\.mlr\.press", rf"^/({_VALUES['pmlr']})", "pmlr"),
    _Page(r"jmlr\.org", rf"^/proceedings/papers/({_VALUES['pmlr']})", "pmlr"),
    _Page(
        r"raw\.githubusercontent\.com",
        r"^/mlresearch/(v\d+)/main/assets/([\w-]+)/",
        "pmlr",
        "{}/{}",
    ),
    _Page(r"pubmed\.ncbi\.nlm\.nih\.gov", r"^/(\d+)", "pubmed"),
    _Page(r"ncbi\.nlm\.nih\.gov|europepmc\.org", r"/(?:pubmed|med)/(\d+)", "pubmed"),
    _Page(r"(pmc\.)?ncbi\.nlm\.nih\.gov|europepmc\.org", r"/pmc(\d+)", "pmc"),
    _Page(r"(\w+\.)?paperswithcode\.com", rf"^/paper/({_VALUES['pwc']})", "pwc"),
    _Page(
        r"nature\.com",
        r"/(?:articles|abs|full|pdf)/(?!10\.)([a-z0-9.-]*\d[a-z0-9.-]*)",
        "doi",
        "10.1038/{}",
    ),
    _Page(r"(huggingface|hf)\.co|emergentmind\.com", r"^/papers/(\d{4}\.\d+)", "arxiv"),
    _Page(r"ui\.adsabs\.harvard\.edu", r"/\d{4}arxiv(\d{4})\.?(\d{4,5})", "arxiv", "{}.{}"),
    _Page(r"dblp\.(org|uni-trier\.de)", r"/corr/abs-(\d{4})-(\d{4,5})", "arxiv", "{}.{}"),
)

_ADVICE = {
    "ieeexplore.ieee.org": "copy the DOI from the page; it begins with 10.1109/",
    "sciencedirect.com": "copy the DOI from the page; it begins with 10.1016/",
    "github.com": "give the id of the paper, and the repository with --code",
    "gitlab.com": "give the id of the paper, and the repository with --code",
    "img.shields.io": "give the address behind the badge",
}
"""What to do about addresses that people often paste and that name no paper."""

_NOT_QUITE_ARXIV = "an arXiv id is four digits, a dot, and four or five digits"
_DIGITS = str.maketrans("oil", "011")
"""Letters that are taken for digits."""

_QUOTES = ('""', "''", "“”", "„“", "‘’", "«»", "``")
_BRACKETS = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))


class Identifier(Struct, frozen=True, order=True):
    """One name of one paper: its kind and its value in the kind's own normal form."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class _Slip(Exception):
    """Why a text is no identifier, and what to type instead."""

    def __init__(self, why: str, hint: str = "") -> None:
        self.why = why
        self.hint = hint or "for example 1505.04597, 10.1007/978-3-319-24574-4_28, or a title"


def parse(text: str) -> Identifier:
    """Recognise an identifier; raise `InvalidIdentifier` that says what was expected."""
    line = clean_line(text[:_LONGEST])
    try:
        if len(text) > _LONGEST:
            raise _Slip(f"it has more than {_LONGEST:,} characters")
        return _read(line)
    except _Slip as slip:
        shown = line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
        raise InvalidIdentifier(f'"{shown}" is no identifier: {slip.why}', slip.hint) from None


def normalise(kind: str, value: str) -> str:
    """Bring a value of one of the kinds in `ID_URLS` into its normal form.

    A page's address will do. Raise `InvalidIdentifier` for another kind, and for a value of one.
    """
    if kind not in ID_URLS:
        raise InvalidIdentifier(f'ids have no kind "{kind}"', f"one of {', '.join(ID_URLS)}")
    found = parse(f"{kind}:{value}")
    if found.kind != kind:
        why = f'"{clean_line(value)}" is of the kind {found.kind}, not {kind}'
        raise InvalidIdentifier(why, f"set ids.{found.kind} instead")
    return found.value


def of(ids: Mapping[str, str]) -> frozenset[Identifier]:
    """Name a paper by its `ids`; papers that have one of these in common are the same."""
    return frozenset(Identifier(kind, value) for kind, value in ids.items())


def split_lines(text: str) -> list[str]:
    """Split a list of identifiers, one a line, and drop blank lines and comments.

    A comment begins with `#` at the start of the line or after white space: in an address it
    begins a fragment.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    kept = (re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip() for line in lines)
    return [line for line in kept if line]


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


def _read(line: str) -> Identifier:
    text, quoted = _unwrap(line)
    found = _prefixed(text) or _bare(text) or _address(text)
    if found:
        return found
    if quoted and any(map(str.isalnum, text)):
        return Identifier("title", text)
    if not _has_two_words(text):
        raise _explain(text)
    if inner := _first_within(text):
        hint = f"give {inner} alone; a title like this one needs quotes: '\"...\"'"
        raise _Slip("there are words around an identifier", hint)
    if "://" in text:
        raise _Slip("there are words around an address")
    return Identifier("title", text)


def _unwrap(text: str) -> tuple[str, bool]:
    """Take off brackets, quotes, Markdown and final punctuation; tell whether quotes were there."""
    quoted, before = False, None
    while text != before:
        before = text
        text = text.strip(" ,;").rstrip(".:").replace("\\_", "_")
        if text[:1] + text[-1:] in _QUOTES and text[0] not in text[1:-1] and len(text) > 1:
            text, quoted = text[1:-1], True
        if text.startswith(("[", "![")) and text.endswith(")") and "](" in text:
            text = text.rpartition("](")[2][:-1].partition(' "')[0]
        for opening, closing in _BRACKETS:
            text = _unbracket(text, opening, closing)
    return text, quoted


def _unbracket(text: str, opening: str, closing: str) -> str:
    """Take off brackets that enclose the whole text, or that have no partner in it."""
    surplus = text.count(opening) - text.count(closing)
    enclosed = text.endswith(closing) and text.rfind(opening) < text.find(closing)
    if text.startswith(opening) and (surplus > 0 or (surplus == 0 and enclosed)):
        text, surplus = text[1:], surplus - 1
    return text[:-1] if text.endswith(closing) and surplus < 0 else text


def _prefixed(text: str) -> Identifier | None:
    """Read `arXiv:1505.04597`, `doi 10.1109/x`, `PMC7251955`, and what `str(identifier)` gives."""
    match = _PREFIX.match(text)
    if not match:
        return None
    prefix = (match["marked"] or match["glued"]).lower()
    kind = _ALIASES.get(prefix, prefix)
    rest, _ = _unwrap(text[match.end() :])
    if kind == "title":
        return Identifier(kind, rest) if any(map(str.isalnum, rest)) else None
    found = _address(rest) or _value(kind, rest)
    if found or match["glued"] or " " in rest:
        return found
    raise _explain(rest)


def _bare(text: str) -> Identifier | None:
    return next(filter(None, (_value(kind, text) for kind in _BARE_KINDS)), None)


def _value(kind: str, text: str) -> Identifier | None:
    """Read a value whose kind is known, and bring it into its normal form."""
    if kind == "arxiv":
        match = _ARXIV_ALONE.fullmatch(text)
        return _arxiv(match) if match else None
    if kind == "doi":
        match = _DOI.fullmatch(re.split(r"[?#]", unquote(text))[0])
        return _doi(match[0]) if match else None
    if not re.fullmatch(_VALUES[kind], text, _FLAGS):
        return None
    if kind in ("corpus", "pubmed", "pmc"):
        return Identifier(kind, str(int(text.upper().removeprefix("PMC"))))
    if kind == "cvf":
        return Identifier(kind, text.replace(" ", "_").replace("/papers/", "/html/", 1))
    if kind == "acl" and text[0].isalpha():
        return Identifier(kind, text.upper())
    return Identifier(kind, text if kind == "openreview" else text.lower())


def _arxiv(match: re.Match[str]) -> Identifier:
    """Take version and subject class off an arXiv id, and check its digits."""
    yymm, number, archive, old = match.group("yymm", "number", "archive", "old")
    if trouble := _trouble_of_old(old) if archive else _trouble(yymm, number):
        raise _Slip(trouble)
    return Identifier("arxiv", f"{archive.lower()}/{old}" if archive else f"{yymm}.{number}")


def _trouble(yymm: str, number: str) -> str:
    """Say what is wrong with a new arXiv id (info.arxiv.org/help/arxiv_identifier.html)."""
    digits = 4 if yymm < "1501" else 5
    if not "01" <= yymm[2:] <= "12":
        return f"an arXiv id begins with year and month, and there is no month {yymm[2:]}"
    if yymm < "0704":
        return "arXiv ids with a dot begin in April 2007, with 0704"
    if len(number) != digits:
        return f"an arXiv id of {yymm} has {digits} digits after the dot, not {len(number)}"
    return ""


def _trouble_of_old(number: str) -> str:
    """Say what is wrong with the digits of an old arXiv id, which begin with year and month."""
    if len(number) != 7:
        return f"an arXiv id with a slash has 7 digits behind it, not {len(number)}"
    if not "01" <= number[2:4] <= "12":
        return f"an arXiv id begins with year and month, and there is no month {number[2:4]}"
    if "0703" < number[:4] < "8900":
        return "arXiv ids with a slash end in March 2007, with 0703"
    return ""


def _doi(text: str) -> Identifier | None:
    """Bring a DOI into its normal form; one of arXiv's own is the arXiv id."""
    doi, before = text.lower(), ""
    while doi != before:
        before = doi
        doi = _OXFORD_NUMBER.sub(r"\1", _BEHIND_DOI.sub("", _unwrap(doi)[0]))
        if doi.startswith(("10.1101/", "10.64898/")):
            doi = _PREPRINT_VERSION.sub("", doi)
    if doi.startswith("10.48550/arxiv."):
        return _value("arxiv", doi.removeprefix("10.48550/arxiv."))
    return Identifier("doi", doi) if _DOI.fullmatch(doi) else None


def _address(text: str) -> Identifier | None:
    """Read the address of a page; one that shows no identifier is a slip."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return None
    host = (match["host"] or match["bare_host"]).lower()
    place = unquote(match["place"])
    if host in _ADVICE:
        raise _Slip(f"an address on {host} does not name a paper", _ADVICE[host])
    found = _on_page(host, place) or _doi_within(place) or _nested(place)
    if found:
        return found
    raise _no_paper_at(host, place)


def _on_page(host: str, place: str) -> Identifier | None:
    for page in _PAGES:
        match = re.fullmatch(page.host, host) and re.search(page.place, place, _FLAGS)
        if match and (found := _value(page.kind, page.template.format(*match.groups()))):
            return found
    match = _ARXIV_WITHIN.search(place) if _ARXIV_HOST.fullmatch(host) else None
    return _arxiv(match) if match else None


def _doi_within(place: str) -> Identifier | None:
    match = _DOI.search(place)
    return _doi(match[0]) if match else None


def _nested(place: str) -> Identifier | None:
    """Read the address that an archive, a proxy or a redirection carries in its own."""
    start = place.rfind("http")
    return _address(place[start:].partition("&")[0]) if start > 0 else None


def _has_two_words(text: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in text.split()) >= 2


def _first_within(text: str) -> Identifier | None:
    """Find an identifier among words: they may be about that paper and not name it."""
    for word in text.split():
        part, _ = _unwrap(word)
        try:
            found = (
                _prefixed(part) or _value("arxiv", part) or _value("doi", part) or _address(part)
            )
        except _Slip:
            continue
        if found and found.kind != "title":
            return found
    return None


def _no_paper_at(host: str, place: str) -> _Slip:
    meant = _meant_arxiv(place)
    if meant and not _ARXIV_HOST.fullmatch(host):
        return _Slip(f"{host} is not a host of papers that is known", meant)
    if meant:
        return _Slip(_NOT_QUITE_ARXIV, meant)
    return _Slip(
        f"this address on {host} shows no identifier",
        "give the DOI or the arXiv id of the paper, or its title",
    )


def _explain(text: str) -> _Slip:
    """Say what is wrong with a text that looks like an identifier, or what was expected."""
    if re.fullmatch(r"\d{1,12}", text, _FLAGS):
        return _Slip("a bare number may be of any kind", f"pubmed:{text} or CorpusId:{text}")
    if meant := _meant_arxiv(text):
        return _Slip(_NOT_QUITE_ARXIV, meant)
    if match := re.fullmatch(r"([a-z-]+)(?:\.[a-z-]+)?/\d{7}(?:v\d+)?", text, _FLAGS):
        return _Slip(f"arXiv has no archive {match[1]}", "for example math/0309136")
    if re.fullmatch(r"[0-9a-f]{24,64}", text, _FLAGS):
        return _Slip(f"a Semantic Scholar id has 40 hexadecimal digits, not {len(text)}")
    if re.match(r"10\.\d", text):
        return _Slip("a DOI is 10, a dot, 4 to 9 digits, a slash and a name")
    expected = "expected an arXiv id, a DOI, the address of a paper, or a title"
    if text.isalpha():
        return _Slip(f"{expected} of two words or more", f"in quotes one will do: '\"{text}\"'")
    return _Slip(expected)


def _meant_arxiv(text: str) -> str:
    """Guess the arXiv id in a mistyped one: O for zero, l or I for one, no dot or another sign."""
    match = re.search(r"(?<![\w.])([\doil]{4})[.,:;_-]?([\doil]{4,5})(?:v\d+)?(?!\w)", text, _FLAGS)
    if not match:
        return ""
    yymm, number = (part.lower().translate(_DIGITS) for part in match.groups())
    return "" if _trouble(yymm, number) else f"if arXiv is meant: {yymm}.{number}"
