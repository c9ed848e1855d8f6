"""The words that lists use for their links, their columns and the lines of an entry."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from papertrack.text import fold

Role = Literal[
    "",
    "title",
    "name",
    "authors",
    "venue",
    "year",
    "paper",
    "code",
    "project",
    "other",
    "tags",
    "prose",
]
"""What a link leads to, or what a column, a label or a line says of a paper."""

FRAMEWORKS = frozenset(
    "pytorch tensorflow tf keras caffe caffe2 torch jax flax mxnet gluon chainer theano lasagne "
    "matlab paddlepaddle paddle mindspore tensorlayer neon cntk tensorflow2 pytorch3d".split()
)

_LINK_WORDS: dict[Role, frozenset[str]] = {
    "code": frozenset(
        "code codes codebase github gitlab gitee git repo repository repositories implementation "
        "implementations official unofficial offical unoffical reimplementation torchvision stars "
        "star source software".split()
    )
    | FRAMEWORKS,
    "paper": frozenset(
        "paper papers pdf pdfs abs abstract arxiv arvix doi preprint biorxiv medrxiv openreview "
        "article journal publication manuscript springer ieee acm elsevier sciencedirect cvf "
        "pubmed proceedings openaccess fulltext html ssrn hal pub readpaper".split()
    ),
    "project": frozenset("project projects homepage website webpage page site web".split()),
    "other": frozenset(
        "dataset datasets data database weights weight checkpoint checkpoints model models demo "
        "demos video videos slides slide poster blog blogs supp supplement supplementary "
        "supplemental bib bibtex bibtext cite citation talk youtube colab leaderboard benchmark "
        "docs documentation review reviews news tutorial notebook huggingface hf space twitter "
        "tweet zhihu wechat notes summary appendix challenge download press interview gallery "
        "presentation semantic scholar pwc paperswithcode bilibili zenodo kaggle drive "
        "errata wiki thread podcast playground api license homepage tool".split()
    ),
}
_LINK_ORDER: tuple[Role, ...] = ("code", "paper", "project", "other")
_AROUND = frozenset(
    "link links url here and with in of the for a an by author authors s our this v1 v2 v3 v4 full "
    "text main long short version view read online open access third party new old third-party "
    "extended conference original en cn zh chinese english early".split()
)
"""Words that say nothing of what a link leads to."""

_MARKS = frozenset({"✓", "✔", "✅", "☑", "√", "🔗", "⭐", "★", "💻", "x", "yes", "y", "link"})
"""Labels that say that there is a link, and no more."""

_LABELS: dict[Role, str] = {
    "title": "title|paper title|paper name|article title",
    "name": "name|model|models|method|methods|network|architecture|abbreviation|abbr|acronym"
    "|short name|algorithm|model name|method name|approach|convnet",
    "authors": r"authors?|authors? list|first authors?|the first and last authors|by|researchers"
    r"|author\(s\)|team|first author",
    "venue": "venue|published in|published|proceedings?|journal|conference|publication|publisher"
    "|reference|source|pub|pub\\.|conf|conf\\.|preprint|conference/journal|journal/conference"
    "|publication venue|venues|where|journal or conference|publish|accepted|accepted by|workshop"
    "|appeared in|venue & year|venue/year|in",
    "year": "year|date|publication date|published date|published on|time|month|release date"
    "|publish date|publication year|released|pub date|pub\\. date|submitted|release|yr",
    "paper": "paper|papers|pdf|pdfs|arxiv|link|links|url|doi|paper link|paper url|paper links|abs"
    "|article|preprint link|arxiv link|publication link|work|works|full text|resources?",
    "code": "code|codes|github|repo|repository|code link|code url|implementation|source code"
    "|official code|codebase|implementations|git|code links|github link|stars|github stars",
    "project": "project|project page|website|homepage|page|web|site|webpage",
    "tags": "tags?|keywords?|type|task|tasks|category|categories|track|topics?|labels?",
    "prose": "abstract|summary|highlights?|notes?|tl;?dr|description|comments?|remarks?|key idea"
    "|contributions?|details?|main idea|affiliations?|institutions?|organizations?|citations?"
    "|bibtex|key points?|overview|abstract/summary|affiliations?/institutions?|core idea|key"
    "|motivation|limitations?|takeaways?|introduction|why|what|background|result|results|metrics?",
    "other": "datasets?|data|dataset link|demo|video|slides|weights|supplement(?:ary|al)?"
    "|model weights?|checkpoints?|hugging ?face|blog|poster|colab|download",
}
_LABEL_PATTERNS = {role: re.compile(words) for role, words in _LABELS.items()}
_LABEL_LINE = re.compile(r"^[^\w\[(\"“]*([A-Za-z][\w .&/;()-]{0,28}?)\s*[:：]+(?!//)\s*")


_NEWS = re.compile(
    r"news|updates?|announcements?|changelog|what'?s new|citations?|citing|cite(?: us)?"
    r"|acknowled?ge?ments?|acknowledgments?|licen[cs]e|contributing|contributors?|contributions?"
    r"|how to contribute|(?:table of )?contents|toc|star history|contacts?|about|disclaimer|bibtex"
    r"|reference format|citation format|maintainers?|authors?|how to cite"
)
"""Headings below which a list speaks of itself."""


def speaks_of_itself(heading: str) -> bool:
    """Tell whether the part below a heading is about the list and not about papers."""
    bare = " ".join(re.findall(r"[\w']+", fold(heading)))
    return bool(_NEWS.fullmatch(bare))


def link_role(label: str, *, bracketed: bool = False) -> Role:
    """Say what the label of a link promises; empty where it is no such label.

    A label in brackets may hold other words too (`[pytorch re-run]`), since no title stands there.
    """
    words = re.findall(r"[^\W\d_]+", fold(label.partition("http")[0]))
    if not words or len(words) > 6:
        return "code" if words == [] and label.strip() in _MARKS else ""
    for role in _LINK_ORDER:
        known = _LINK_WORDS[role]
        if any(word in known for word in words) and (bracketed or _all_known(words)):
            return role
    return ""


def _all_known(words: list[str]) -> bool:
    return all(map(is_link_word, words))


def is_link_word(word: str) -> bool:
    """Tell whether a folded word says what a link leads to, or stands around such a word."""
    return word in _AROUND or any(word in known for known in _LINK_WORDS.values())


def badge_message(label: str) -> str:
    """Return what a badge says of its link: `MICCAI 2015` of `Paper: MICCAI 2015`."""
    ahead, _, behind = label.partition(": ")
    return behind if behind and link_role(ahead) else label


def says_only_link(label: str) -> bool:
    """Tell whether a label says that there is a link, but not to what."""
    bare = label.strip().strip("[]()")
    return fold(bare) in _MARKS or all(w in _AROUND for w in re.findall(r"[^\W\d_]+", fold(bare)))


def label_role(label: str) -> Role:
    """Say what a column's heading or a line's label announces."""
    bare = " ".join(re.sub(r"[^\w/&;.() -]", " ", fold(label)).split()).strip(" :")
    found = (role for role, pattern in _LABEL_PATTERNS.items() if pattern.fullmatch(bare))
    return next(found, "")


class Label(NamedTuple):
    """The label at the beginning of a line; empty where there is none."""

    role: Role = ""
    text: str = ""
    length: int = 0
    """Where the content begins."""


def split_label(line: str) -> Label:
    """Read the label that a line begins with.

    A label that is not known counts where nothing but an address stands behind it.
    """
    match = _LABEL_LINE.match(line)
    if not match:
        return Label()
    role = label_role(match[1])
    if not role and re.fullmatch(r"\S*://\S*", line[match.end() :]):
        role = link_role(match[1]) or "other"
    return Label(role, match[1], match.end()) if role else Label()
