"""Usual short names of venues, whatever a service, a comment or a person calls them."""

from __future__ import annotations

import re

from papertrack.model import Venue
from papertrack.text import clean_line, fold

_PHRASES = {
    "deep learning in medical image analysis": "DLMIA",
    "medical image analysis": "Medical Image Analysis",
    "medical image anal": "Medical Image Analysis",
    "med image anal": "Medical Image Analysis",
    "medical image computing and computer assisted intervention": "MICCAI",
    "medical image understanding and analysis": "MIUA",
    "information processing in medical imaging": "IPMI",
    "medical imaging with deep learning": "MIDL",
    "symposium on biomedical imaging": "ISBI",
    "machine learning in medical imaging": "MLMI",
    "machine learning for healthcare": "MLHC",
    "machine learning for health": "ML4H",
    "health inference and learning": "CHIL",
    "engineering in medicine and biology society": "EMBC",
    "functional imaging and modeling of the heart": "FIMH",
    "statistical atlases and computational models of the heart": "STACOM",
    "simulation and synthesis in medical imaging": "SASHIMI",
    "workshop on biomedical image registration": "WBIR",
    "international journal of computer assisted radiology and surgery": "IJCARS",
    "comput biol medicine": "Computers in Biology and Medicine",
    "comput medical imaging graph": "Computerized Medical Imaging and Graphics",
    "comput methods programs biomed": "Computer Methods and Programs in Biomedicine",
    "artif intell medicine": "Artificial Intelligence in Medicine",
    "biomed signal process control": "Biomedical Signal Processing and Control",
    "nat mac intell": "Nature Machine Intelligence",
    "nat mach intell": "Nature Machine Intelligence",
    "nat commun": "Nature Communications",
    "nat med": "Nature Medicine",
    "nat methods": "Nature Methods",
    "nat biomed eng": "Nature Biomedical Engineering",
    "computer vision and pattern recognition": "CVPR",
    "european conference on computer vision": "ECCV",
    "asian conference on computer vision": "ACCV",
    "workshop winter conference on applications of computer vision": "WACV",
    "winter conference on applications of computer vision": "WACV",
    "workshop on applications of computer vision": "WACV",
    "british machine vision conference": "BMVC",
    "international conference on computer vision": "ICCV",
    "conference on 3d vision": "3DV",
    "international conference on image processing": "ICIP",
    "international conference on pattern recognition": "ICPR",
    "pattern recognit lett": "Pattern Recognition Letters",
    "pattern recognit": "Pattern Recognition",
    "conference on acoustics speech and signal processing": "ICASSP",
    "neural information processing systems": "NeurIPS",
    "international conference on machine learning": "ICML",
    "european conference on machine learning": "ECML",
    "asian conference on machine learning": "ACML",
    "conference on learning representations": "ICLR",
    "joint conference on neural networks": "IJCNN",
    "artificial intelligence and statistics": "AISTATS",
    "uncertainty in artificial intelligence": "UAI",
    "joint conference on artificial intelligence": "IJCAI",
    "aaai conference on artificial intelligence": "AAAI",
    "national conference on artificial intelligence": "AAAI",
    "knowledge discovery and data mining": "KDD",
    "research and development in information retrieval": "SIGIR",
    "web search and data mining": "WSDM",
    "information and knowledge management": "CIKM",
    "the web conference": "WWW",
    "conference on robotics and automation": "ICRA",
    "intelligent robots and systems": "IROS",
    "conference on robot learning": "CoRL",
    "robotics science and systems": "RSS",
    "ieee robotics and automation letters": "RA-L",
    "north american chapter of the association for computational linguistics": "NAACL",
    "european chapter of the association for computational linguistics": "EACL",
    "transactions of the association for computational linguistics": "TACL",
    "findings of the association for computational linguistics": "ACL Findings",
    "meeting of the association for computational linguistics": "ACL",
    "empirical methods in natural language processing": "EMNLP",
    "computational linguistics language resources and evaluation": "LREC-COLING",
    "conference on computational linguistics": "COLING",
    "language resources and evaluation": "LREC",
    "acm multimedia": "ACM MM",
    "international conference on multimedia": "ACM MM",
    "conference on multimedia and expo": "ICME",
    "ieee transactions on medical imaging": "IEEE TMI",
    "ieee trans medical imaging": "IEEE TMI",
    "ieee trans med imaging": "IEEE TMI",
    "ieee transactions on pattern analysis and machine intelligence": "IEEE TPAMI",
    "ieee trans pattern anal mach intell": "IEEE TPAMI",
    "ieee transactions on image processing": "IEEE TIP",
    "ieee trans image process": "IEEE TIP",
    "ieee transactions on biomedical engineering": "IEEE TBME",
    "ieee transactions on bio medical engineering": "IEEE TBME",
    "ieee trans biomed eng": "IEEE TBME",
    "ieee transactions on neural networks and learning systems": "IEEE TNNLS",
    "ieee trans neural networks learn syst": "IEEE TNNLS",
    "ieee transactions on visualization and computer graphics": "IEEE TVCG",
    "ieee transactions on circuits and systems for video technology": "IEEE TCSVT",
    "ieee transactions on multimedia": "IEEE TMM",
    "ieee transactions on computational imaging": "IEEE TCI",
    "ieee transactions on geoscience and remote sensing": "IEEE TGRS",
    "ieee journal of biomedical and health informatics": "IEEE JBHI",
    "ieee j biomed health inform": "IEEE JBHI",
    "ieee j biomed health informatics": "IEEE JBHI",
    "acm transactions on graphics": "ACM TOG",
    "international journal of computer vision": "IJCV",
    "int j comput vis": "IJCV",
    "transactions on machine learning research": "TMLR",
    "trans mach learn res": "TMLR",
    "proceedings of machine learning research": "PMLR",
    "journal of machine learning research": "JMLR",
    "j mach learn res": "JMLR",
}
"""What the long names of a venue have in common, and the short name in use; first match wins."""

_OTHER_VENUE = frozenset(
    {"and", "applications", "asia", "for", "in", "retrieval", "systems", "theory"}
)
"""Words behind a phrase that make it another venue's name: ICMLA is not ICML."""

_WORKSHOPS = frozenset({"DLMIA", "MLMI", "SASHIMI", "STACOM", "WACV", "WBIR"})
"""Names that `Workshop` adds nothing to: they are workshops, or were."""

_SHORT_NAMES = {
    **{name.casefold(): name for name in _PHRASES.values() if " " not in name},
    **{f[5:].casefold(): f for f in _PHRASES.values() if f.startswith("IEEE ")},
    **{"nips": "NeurIPS", "pami": "IEEE TPAMI", "ral": "RA-L", "tog": "ACM TOG"},
    **{"media": "Medical Image Analysis", "corr": "arXiv", "acm mm": "ACM MM"},
    **{"siggraph": "SIGGRAPH", "interspeech": "INTERSPEECH"},
}
"""Short names by their folded spelling, abbreviations of the same venue included."""

_PREPRINTS = frozenset(
    {"", "arxiv", "biorxiv", "corr", "medrxiv", "research square", "ssrn", "techrxiv"}
)

_IN_COMMENTS = sorted(
    set(_SHORT_NAMES) - {"media", "corr", "tip", "pami", "rss", "tog"}, reverse=True
)
"""Short names that mean nothing else in a comment; longer ones stand before their beginnings."""

_COMMENT = re.compile(
    rf"\b({'|'.join(map(re.escape, _IN_COMMENTS))})(-?w)?"
    r"(?:(?:\s|[-,:'’()]){0,2}((?:19|20)\d\d)|[-'’]?([0-4]\d))(?![\d.]\d|\d)",
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
    if fold(bare).startswith("arxiv"):
        return "arXiv"
    if known := _SHORT_NAMES.get(fold(bare)):
        return known
    host = re.fullmatch(r".+@ ?(\S+)|(\S+?)(?:-?w| workshops?)", bare, re.IGNORECASE)
    if host and (known := _SHORT_NAMES.get(fold(host[1] or host[2]))):
        return _workshop(known)
    spaced = " ".join(re.findall(r"[a-z0-9]+", fold(bare)))
    for phrase, short in _PHRASES.items():
        ahead, found, behind = f" {spaced} ".partition(f" {phrase} ")
        if found and behind.partition(" ")[0] not in _OTHER_VENUE:
            return _workshop(short) if re.search(r"\bworkshops?\b", f"{ahead} {behind}") else short
    acronym = re.search(r"\(([A-Za-z0-9-]{3,12})\)$", bare)
    return _SHORT_NAMES.get(fold(acronym[1]), bare) if acronym else bare


def _workshop(short: str) -> str:
    return short if short in _WORKSHOPS else f"{short} Workshop"


def is_preprint(venue: Venue | None) -> bool:
    """Tell whether a venue is no more than a preprint server."""
    return venue is None or fold(venue.name) in _PREPRINTS


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
    }
    if len(found) != 1:
        return None
    [(name, year)] = found
    return Venue(name=name, year=year)


def _stated(match: re.Match[str], sentence: str) -> tuple[str, int]:
    """Read name and year; what the sentence calls a workshop is not the conference itself."""
    short = _SHORT_NAMES[fold(match[1])]
    if match[2] or _WORKSHOP.search(sentence):
        short = _workshop(short)
    elif short in _FINDINGS and "findings" in fold(sentence):
        short = f"{short} Findings"
    return short, _year(match[3], match[4])
