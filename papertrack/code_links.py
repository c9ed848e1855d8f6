"""Find the code that a paper itself states, in its arXiv comment and in its abstract.

Two questions are asked of every URL in the text. Is it a repository? Its host and path tell. Is it
the paper's own? The words before it tell: "our code is available at" against "we use the library
at". Where they leave a doubt the URL is passed over, because a wrong link is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from papertrack.model import CodeLink, Link
from papertrack.repositories import (
    BEHIND,
    FORGES,
    OTHER_HOSTS,
    SELF_HOSTED,
    identity,
    normalise_url,
    unescape,
)

_WINDOW = 160
"""How many characters before a URL can speak about it."""

_LONGEST = 20_000
"""Characters of a text that are read; no abstract has as many."""

_NEXT_SENTENCE = (
    r"(?-i:\.(?:A|Accepted|Additionally|All|Also|An|Appendix|As|Code|Comments|Data|Dataset|Demo"
    r"|Experiments|Extended|Finally|For|Furthermore|Here|In|It|Keywords|Models|More|Moreover|Note"
    r"|On|Our|Paper|Please|Preprint|Presented|Project|Published|Results|See|Submitted"
    r"|Supplementary|The|These|This|To|Version|Video|Videos|We|With|Work)\s)"
)
"""A full stop without a space behind it: `https://github.com/a/b.This work was done at`."""

_URL = re.compile(
    rf"(?:https?://|(?<![\w@./-])(?:www\.)?(?:{FORGES}|{OTHER_HOSTS})/)"
    rf"(?:(?!https?://|{_NEXT_SENTENCE})[\w.~:/?#@&+=%-])+",
    re.IGNORECASE | re.ASCII,
)

_REPOSITORY = re.compile(
    rf"""https://(?:
    (?: {FORGES}/(?!(?:orgs|users|topics|search|features|sponsors|marketplace|apps|explore)/)
        [\w.-]+/[\w.-]{{1,100}}
      | {SELF_HOSTED}/(?!(?:users|groups|explore)/)[\w.~-]+/[\w./~-]+
    )(?:/(?:tree|blob|src)/.+)?
    | gist\.github\.com/.+
    | anonymous\.4open\.science/(?:r|repository)/.+
    | sourceforge\.net/(?:projects|p)/.+
    | code\.google\.com/(?:archive/)?p/.+
    )""",
    re.VERBOSE,
)
"""A normal URL of a repository. gitlab.com and git.sr.ht are such as people host themselves."""

_NO_CODE = re.compile(
    r"/(?:issues|pulls?|merge_requests|wikis?)(?:/|$)|\.(?:pdf|mp4|gif|png)$", re.IGNORECASE
)
"""Places and files of a repository that hold talk, papers or pictures."""

_NO_PAGE = re.compile(rf"https://{FORGES}(?:/[^/]*)?$", re.IGNORECASE)
"""A forge itself, and all that somebody keeps there."""

_ARCHIVE = re.compile(
    r"https?://(?:zenodo\.org/|(?:dx\.)?doi\.org/10\.5281/|(?:www\.)?figshare\.com/|osf\.io/)"
)
"""Archives keep code and data alike, so that only the words before the URL tell which."""

_PAGES = {
    "data": re.compile(r"https?://(?:huggingface\.co/datasets/|(?:www\.)?kaggle\.com/datasets/)"),
    "demo": re.compile(r"https://huggingface\.co/spaces/"),
    "weights": re.compile(r"https://huggingface\.co/(?!(?:papers|blog|docs)/)[^/]+/[^/]+$"),
    "video": re.compile(r"https?://(?:youtu\.be/|(?:www\.)?youtube\.com/|vimeo\.com/)"),
    "project": re.compile(r"https?://(?:[\w-]+\.git(?:hub|lab)\.io(?![\w.-])|sites\.google\.com/)"),
}
"""Hosts whose pages are all of one kind. A Hugging Face repository holds weights, not code."""

_SENTENCE_END = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!et al)(?<!\bvs)(?<!\bcf)[.!?;](?:\s|$)")

_CUE = re.compile(
    r"""
    (?P<relative> (?:which|that)\s(?:can\sbe|is|are) )
    | (?P<own>
        \bour\b
        | \bwe\s(?:\w+\s){0,2}
          (?:releas|publish|open[-\s]?sourc|provid|shar|mak|made|present|introduc|propos)
        | \b(?:is|are|be|been)\s(?:\w+\s){0,3}
          (?:available|released|published|found|access|open[-\s]?sourc|provided|hosted|shared
          |distributed|downloaded)
        | \b(?:is|are)\s(?:at|here)\b
        | \b(?:code|implementation|repository|repo|github|project|project\spage|website)\s?:
    )
    | (?P<foreign>
        \bwe\b
        | (?<!for\s)\buse(?!\scase) s?\b
        | \bused(?!\s(?:in|for|to|here)\b)
        | \b(?:using|such\sas|e\.g|et\sal|on\stop\sof|derived\sfrom|extension\sof|similar\sto)\b
        | \b(?:based|buil[dt]s?|building)\s(?:up)?on\b
        | \bbuilt\s(?:with|from)\b
        | \bimplemented\s(?:in|with|on|within)\b
        | \b(?:utili[sz]|leverag|employ|adopt|adapt|extend|fork|modif|outperform|thank|follow
          |integrat|replac|supersed)(?:e|y|ies|s|es|ed|ied|ing)?\b
        | compared?\s(?:to|with)\b
        | \b(?:obtained|taken)\s(?:from|with)\b
        | \b(?:provided|developed|released|written)\sby\b
        | \b(?:original|earlier|previous)\s
          (?:codes?|implementations?|repositor(?:y|ies)|versions?|works?|papers?)\b
          (?:(?:\s\w+){0,3}\s(?:can\sbe|is|are))?
        | (?<!\band\s)(?<!\band\sthe\s)(?<!\bsource\s)
          \b(?:source\s)?(?:codes?|implementations?)\s(?:for|from|of)\s(?:(?:all|the)\s){0,2}
          (?:baselines?|compared|compet(?:ing|itors?)|existing|previous|prior)\b
          (?:(?:\s(?!ours?\b)\w+){0,3}\s(?:can\sbe|is|are))?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_ANNOUNCES = re.compile(
    r"\b(?:codes?|codebase|source|implementations?|software|scripts?|repositor(?:y|ies)|repo|github"
    r"|gitlab|available|accessible|released?|found|see|visit|check|refer|open-?sourced?|resources?"
    r"|project|dataset|demo)\b",
    re.IGNORECASE,
)

_SAYS_CODE = re.compile(
    r"\b(?:codes?|software|implementations?|scripts?|replication package)\b", re.IGNORECASE
)
_SAYS_DATA = re.compile(r"\bdata(?:sets?)?\b", re.IGNORECASE)
_SAYS_PROJECT = re.compile(r"\bproject (?:web ?)?(?:page|site)\b", re.IGNORECASE)

_LINKING = re.compile(r"^\([^)]*\)|and|or")
"""What stands between the URLs of a list: `at A (training) and B`."""

_FRAMEWORK = re.compile(
    r"\b(pytorch|tensorflow|keras|jax|caffe|mxnet|matlab)\s(?:source\s)?(?:code|implementation)\b",
    re.IGNORECASE,
)


def extract(comment: str, abstract: str) -> tuple[CodeLink, ...]:
    """Find the repositories that a paper states as its own, raw or cleaned text alike.

    The comment comes first: it holds notes on the paper and nothing else, so its word is the surer
    one where both name the same repository.
    """
    found: dict[str, CodeLink] = {}
    for source, url, words in _own_urls(comment, abstract):
        if _is_code(url, words):
            link = CodeLink(url=url, label="official", framework=_framework(words), source=source)
            found.setdefault(identity(url), link)
    return tuple(found.values())


def other_links(comment: str, abstract: str) -> tuple[Link, ...]:
    """Find the project page, data, weights, demo and video that a paper states as its own."""
    found: dict[str, Link] = {}
    for _, url, words in _own_urls(comment, abstract):
        label = "" if _is_code(url, words) else _page_label(url, words)
        if label:
            found.setdefault(identity(url), Link(label=label, url=url))
    return tuple(found.values())


def is_repository(url: str) -> bool:
    """Tell whether a normal URL is that of a repository, and not of its owner, or of talk in it."""
    return bool(_REPOSITORY.fullmatch(url)) and not _NO_CODE.search(url)


class _Mention(NamedTuple):
    url: str
    words: str
    """The part of the sentence between the URL and what stands before it."""
    listed: bool
    """Whether it only continues a list of URLs: `at A and B`."""


def _own_urls(comment: str, abstract: str) -> Iterator[tuple[str, str, str]]:
    """Yield the URLs claimed for the paper: source, URL, and the words that claim it.

    A comment speaks of its own paper unless it says otherwise; an abstract has to say so.
    """
    for source, text in (("comment", comment), ("abstract", abstract)):
        trusted = source == "comment"
        own, words = trusted, ""
        for mention in _mentions(text):
            if not mention.listed:
                own, words = _claims(mention.words, trusted), mention.words
            if own:
                yield source, mention.url, words


def _mentions(text: str) -> Iterator[_Mention]:
    plain = _plain(text[:_LONGEST])
    end = 0
    for match in _URL.finditer(plain):
        gap = plain[end : match.start()]
        words = _SENTENCE_END.split(gap)[-1][-_WINDOW:].strip()
        alone = not re.search(r"[a-z]", _LINKING.sub("", words), re.IGNORECASE)
        listed = alone and end > 0 and not re.search(r"[.!?]", gap)
        end = match.start() + len(match[0].rstrip(BEHIND))
        url = normalise_url(match[0])
        if url and not url.endswith("-"):  # else the name goes on behind a break
            yield _Mention(url, "" if alone else words, listed)


def _plain(text: str) -> str:
    r"""Undo the wrapping, and the TeX around URLs: `\url{x}` and `\href{x}{y}` become ` x}`.

    A line break becomes a space, except between scheme and host, where it only can be a wrap.
    """
    line = unescape(" ".join(text.split()))
    line = re.sub(r"\\(?:url|href) ?\{ ?(?!https?:)(?=[\w-]+\.\w)", " https://", line)
    line = re.sub(r"\\[a-z]+ ?\{", " ", line)
    return re.sub(r"(https?://) ", r"\1", line)


def _claims(words: str, trusted: bool) -> bool:
    """Tell whether the words before a URL say that it is the paper's own: the last cue decides."""
    if not words:
        return True
    cues = [m.lastgroup for m in _CUE.finditer(words) if m.lastgroup != "relative"]
    if cues:
        return cues[-1] == "own"
    return trusted or bool(_ANNOUNCES.search(words))


def _is_code(url: str, words: str) -> bool:
    if _ARCHIVE.match(url):
        return bool(_SAYS_CODE.search(words))
    return is_repository(url)


def _page_label(url: str, words: str) -> str:
    for label, pages in _PAGES.items():
        if pages.match(url):
            return label
    if _ARCHIVE.match(url):
        return "data" if _SAYS_DATA.search(words) else ""
    return "project" if _SAYS_PROJECT.search(words) and not _NO_PAGE.match(url) else ""


def _framework(words: str) -> str:
    named = _FRAMEWORK.search(words)
    return named[1].lower() if named else ""
