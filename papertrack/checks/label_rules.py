"""Words that lists misspell again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papertrack.checks.findings import Fix, Note, Rule
from papertrack.checks.readme import Readme

_SLIPS = {
    "official": "offical offcial officail offficial oficial offiical",
    "unofficial": "unoffical unoffcial unofficail unoficial unofffical",
    "arXiv": "arvix arixv axriv arxvi arixiv arxix arxv axiv araxiv arxivi",
    "PyTorch": "pytroch pytoch pytorh pytorchh pythorch pytorce pyrtoch pytocrh pyotrch",
    "TensorFlow": "tensorlow tensorfow tensoflow tesnorflow tensroflow tensoorflow tenserflow",
    "GitHub": "gihub githb gitub guthub gtihub giuthub githu githhub gitbub",
    "Keras": "kears keres",
    "CVPR": "cvrp cpvr",
    "JBHI": "jhbi",
    "MICCAI": "miccia micaai miicai micccai",
    "NeurIPS": "neruips nuerips neurlps neurisp nurips nerips",
    "implementation": "implementaion implmentation implemention implementaton implemenation",
    "implementations": "implementaions implmentations implementatons",
    "supplementary": "supplementry suplementary supplimentary supplemantary",
    "leaderboard": "leadboard leaderborad leadearboard",
    "benchmark": "benckmark bechmark benchamrk becnhmark benchmak",
    "challenges": "chanllenges challanges chalenges",
    "challenge": "chanllenge challange chalenge",
    "bibtex": "bibtext bibitex bitex",
    "blog": "bolg",
    "dataset": "datset datatset dataest",
    "datasets": "datsets datatsets",
    "homepage": "homapage hompage",
    "website": "webiste wesbite webstie",
    "project": "porject proejct prject projcet",
    "repository": "repostory repositry respository repositiory",
    "available": "avaliable availabe avalible avaiable",
    "segmentation": "segmentaion segmetation segmenation segmentaiton segementation",
    "registration": "registraion registation registraiton",
    "classification": "classifcation clasification classificaion",
    "convolution": "covolution convoluton",
    "convolutional": "covolutional convolutinal convolutionnal",
    "sample": "smaple",
    "survey": "surevy suvery",
    "paper": "papaer papre",
    "inversion": "inverson",
}
"""Words of paper lists, and how they are misspelt; none of the slips is a word."""

_RIGHT = {slip: right for right, slips in _SLIPS.items() for slip in slips.split()}
_WORD = re.compile(r"(?<![\w@./#-])[A-Za-z]{4,20}(?![A-Za-z_@/]|\d*[@/_]|\.\w)")


def misspelt_label(readme: Readme) -> Iterator[Note]:
    """Report a word of labels that is misspelt, such as `unoffical` or `Arvix`.

    A search for the right word misses the entry, and so does a program that reads the list.

        - code: [unoffical : https://github.com/owner/name](https://github.com/owner/name)

    `--fix` spells it right; addresses and code are left alone, and so are headings, which links
    lead to.
    """
    for match in _WORD.finditer(readme.prose):
        if right := respelt(match[0]):
            place = readme.place(match.start())
            fix = Fix(match.start(), match.end(), right)
            is_heading = place.line in readme.heading_lines
            yield Note(place, f"{match[0]} is misspelt: {right}", None if is_heading else fix)


def respelt(word: str) -> str:
    """Return the right spelling of a misspelt word; empty where it is not known as misspelt."""
    right = _RIGHT.get(word.casefold(), "")
    if not right.islower():
        return right
    return right.upper() if word.isupper() else right.capitalize() if word[0].isupper() else right


RULES: dict[str, Rule[Readme]] = {"misspelt-label": Rule("warning", misspelt_label)}
