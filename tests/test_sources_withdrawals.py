"""Comments that say a paper has been withdrawn, and comments that say it of something else."""

from __future__ import annotations

import pytest

from papertrack.sources.withdrawals import is_withdrawn


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to a crucial error in equation 1",
        "this paper has been temporarily withdrawn",
        "This paper has now been withdrawn",
        "This paper is withdrawn",
        "This short note was withdrawn",
        "This paper was withdrawn from arXiv",
        "This paper was withdrawn by its authors from the arXiv",
        "This submission has been withdrawn by arXiv administrators because of its authorship",
        "This manuscript has been withdrawn as it was submitted without consent",
        "arXiv admin note: This paper has been withdrawn by arXiv admin due to text overlap",
        "This version withdrawn by arXiv administrators",
        "The e-print has been withdrawn",
        "Submitted to ICLR 2024; this paper has been withdrawn by the authors",
        "Submitted to ICLR 2024, our paper is being withdrawn",
        "Paper withdrawn",
        "Paper withdrawn by authors",
        "9 pages. Paper withdrawn due to errors",
        "9 pages, article withdrawn because of plagiarism",
        "The authors have withdrawn this paper",
        "The author has withdrawn this paper due to an error",
        "We have withdrawn this paper",
        "We hereby withdraw this short paper",
        "I would like to withdraw the manuscript",
        "The author withdrew this paper from arXiv",
        "withdrawn",
        "Withdrawn: see v2",
        "14 pages. Withdrawn",
        "14 pages; temporarily withdrawn",
        "14 pages, withdrawn",
        "14 pages (withdrawn)",
        "14 pages, but it has been withdrawn",
        "14 pages withdrawn due to an error in lemma 2",
        "withdrawn, superseded by arXiv:1234.56789",
    ],
)
def test_a_paper_is_withdrawn(comment: str) -> None:
    assert is_withdrawn(comment)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "14 pages",
        "Withdrawal of drugs, 14 pages",
        "Withdrawn from NeurIPS 2021, accepted at AAAI 2022",
        "Withdrawn by the authors from NeurIPS 2021",
        "The paper was withdrawn from ICLR 2020 and resubmitted",
        "has been withdrawn from the conference",
        "We withdrew this paper from ICLR 2020",
        "We withdraw our NeurIPS submission",
        "We withdraw our claim of a faster method",
        "Submitted to ICLR 2024, withdrawn by the authors",
        "ICLR 2024, withdrawn by the authors",
        "ICLR submission, withdrawn",
        "Withdrawn ICLR submission",
        "Withdrawn submission",
        "Accepted at a workshop but withdrawn by the authors",
        "The previous version has been withdrawn by the publisher",
        "Journal version, withdrawn by the publisher",
        "An earlier version of this paper has been withdrawn",
        "This paper supersedes arXiv:1234.56789 which has been withdrawn",
        "Supersedes a paper withdrawn by the author",
        "Replaces arXiv 1234.56789, withdrawn",
        "On DukeMTMC, a dataset withdrawn by its authors",
        "On DukeMTMC (since withdrawn)",
        "The DukeMTMC dataset has been withdrawn",
        "Theorem 3 has been withdrawn",
        "The proof of theorem 3, withdrawn in v2",
    ],
)
def test_something_else_is_withdrawn_or_nothing(comment: str) -> None:
    assert not is_withdrawn(comment)
