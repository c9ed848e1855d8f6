"""Every form of identifier that people paste, and what they get for a slip."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.errors import InvalidIdentifier
from papertrack.identifiers import (
    Identifier,
    normalise,
    of,
    parse,
    split_lines,
    title_agrees,
    title_words,
)
from papertrack.model import ID_URLS

SHA = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"
UNET = "10.1007/978-3-319-24574-4_28"
SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
DENSENET = "Huang_Densely_Connected_Convolutional_CVPR_2017_paper"
RESNET = "He_Deep_Residual_Learning_CVPR_2016_paper"
DA = "Carlucci_Domain_Generalization_by_Solving_Jigsaw_Puzzles_CVPR_2019_paper"
CLIP = "Xu_GroupViT_Semantic_Segmentation_Emerges_From_Text_Supervision_CVPR_2022_paper"
HAN = "Han_Unsupervised_Domain_Adaptation_via_Calibrating_Uncertainties_CVPRW_2019_paper"
WORKSHOP = "Uncertainty_and_Robustness_in_Deep_Visual_Learning"

FORMS = [
    # arXiv, new ids
    ("1505.04597", "arxiv", "1505.04597"),
    ("1505.04597v3", "arxiv", "1505.04597"),
    ("2307.06985v10", "arxiv", "2307.06985"),
    ("1412.6980", "arxiv", "1412.6980"),
    ("0704.0001", "arxiv", "0704.0001"),
    ("0901.0089v1", "arxiv", "0901.0089"),
    ("1501.00001", "arxiv", "1501.00001"),
    ("arXiv:1505.04597", "arxiv", "1505.04597"),
    ("ARXIV:1505.04597", "arxiv", "1505.04597"),
    ("arxiv: 1505.04597v1", "arxiv", "1505.04597"),
    ("arXiv : 1505.04597", "arxiv", "1505.04597"),
    ("arXiv 1505.04597", "arxiv", "1505.04597"),
    ("arXiv1505.04597", "arxiv", "1505.04597"),
    ("arXiv:1505.04597v1 [cs.CV]", "arxiv", "1505.04597"),
    ("arXiv:1505.04597v1  [cs.CV]  18 May 2015", "arxiv", "1505.04597"),
    ("1505.04597 [cs]", "arxiv", "1505.04597"),
    ("2201.01266.pdf", "arxiv", "2201.01266"),
    ("2201.01266v1.pdf", "arxiv", "2201.01266"),
    # arXiv, old ids
    ("math/0309136", "arxiv", "math/0309136"),
    ("math.GT/0309136", "arxiv", "math/0309136"),
    ("math.GT/0309136v2", "arxiv", "math/0309136"),
    ("cond-mat.mes-hall/0502566", "arxiv", "cond-mat/0502566"),
    ("astro-ph/0601001v1", "arxiv", "astro-ph/0601001"),
    ("arXiv:hep-th/9901001", "arxiv", "hep-th/9901001"),
    ("HEP-TH/9901001", "arxiv", "hep-th/9901001"),
    ("arXiv quant-ph/0210005", "arxiv", "quant-ph/0210005"),
    ("q-bio/0509018v2", "arxiv", "q-bio/0509018"),
    ("cs/0503050", "arxiv", "cs/0503050"),
    ("cmp-lg/9404001", "arxiv", "cmp-lg/9404001"),
    # arXiv's own addresses
    ("https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    ("http://arxiv.org/abs/1505.04597v1", "arxiv", "1505.04597"),
    ("https://www.arxiv.org/abs/1505.04597/", "arxiv", "1505.04597"),
    ("https://export.arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    ("arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    ("www.arxiv.org/pdf/1505.04597", "arxiv", "1505.04597"),
    ("HTTPS://ARXIV.ORG/ABS/1505.04597", "arxiv", "1505.04597"),
    ("https://arxiv.org:443/abs/1505.04597", "arxiv", "1505.04597"),
    ("https://arxiv.org/pdf/1505.04597", "arxiv", "1505.04597"),
    ("https://arxiv.org/pdf/1505.04597.pdf", "arxiv", "1505.04597"),
    ("https://arxiv.org/pdf/1505.04597v1.pdf#page=3", "arxiv", "1505.04597"),
    ("https://arxiv.org/abs/1505.04597?context=cs", "arxiv", "1505.04597"),
    ("https://arxiv.org/html/2401.00001v1#S1", "arxiv", "2401.00001"),
    ("https://arxiv.org/html/2401.00001v1/x1.png", "arxiv", "2401.00001"),
    ("https://arxiv.org/ps/math/0309136", "arxiv", "math/0309136"),
    ("https://arxiv.org/format/1505.04597", "arxiv", "1505.04597"),
    ("https://arxiv.org/src/1505.04597v1/anc/a.txt", "arxiv", "1505.04597"),
    ("https://arxiv.org/e-print/1505.04597", "arxiv", "1505.04597"),
    ("https://arxiv.org/ftp/arxiv/papers/1505/1505.04597.pdf", "arxiv", "1505.04597"),
    ("https://arxiv.org/abs/math.GT/0309136v1", "arxiv", "math/0309136"),
    ("http://export.arxiv.org/api/query?id_list=1505.04597", "arxiv", "1505.04597"),
    ("http://xxx.lanl.gov/abs/hep-th/9901001", "arxiv", "hep-th/9901001"),
    # other sites that show arXiv ids
    ("https://www.alphaxiv.org/abs/1505.04597v1", "arxiv", "1505.04597"),
    ("https://alphaxiv.org/overview/2201.01266", "arxiv", "2201.01266"),
    ("https://ar5iv.org/abs/1505.04597", "arxiv", "1505.04597"),
    ("https://ar5iv.labs.arxiv.org/html/1505.04597", "arxiv", "1505.04597"),
    ("https://www.arxiv-vanity.com/papers/1505.04597/", "arxiv", "1505.04597"),
    ("https://arxiv-sanity-lite.com/?rank=pid&pid=1505.04597", "arxiv", "1505.04597"),
    ("https://huggingface.co/papers/2201.01266", "arxiv", "2201.01266"),
    ("https://hf.co/papers/2201.01266#community", "arxiv", "2201.01266"),
    ("https://scirate.com/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://papers.cool/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://www.semanticscholar.org/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://api.semanticscholar.org/arXiv:1505.04597", "arxiv", "1505.04597"),
    ("https://ui.adsabs.harvard.edu/abs/2023arXiv230511747L/abstract", "arxiv", "2305.11747"),
    ("https://ui.adsabs.harvard.edu/abs/2013arXiv1312.4400L", "arxiv", "1312.4400"),
    ("https://ui.adsabs.harvard.edu/abs/arXiv:1505.04597", "arxiv", "1505.04597"),
    ("https://dblp.org/rec/journals/corr/abs-2201-01266.html", "arxiv", "2201.01266"),
    ("https://web.archive.org/web/2020/https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    (
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Farxiv.org%2Fabs%2F1505.04597&usg=AO",
        "arxiv",
        "1505.04597",
    ),
    # arXiv's DOIs
    ("10.48550/arXiv.1505.04597", "arxiv", "1505.04597"),
    ("https://doi.org/10.48550/arXiv.1505.04597v1", "arxiv", "1505.04597"),
    ("doi:10.48550/ARXIV.math/0309136", "arxiv", "math/0309136"),
    ("https://doi.org/10.48550/arxiv.math%2F0309136", "arxiv", "math/0309136"),
    # DOIs
    (UNET, "doi", UNET),
    (f"{UNET}.", "doi", UNET),
    (f"doi:{UNET}", "doi", UNET),
    (f"DOI: {UNET}", "doi", UNET),
    (f"DOI {UNET},", "doi", UNET),
    (f"https://doi.org/{UNET}", "doi", UNET),
    (f"http://dx.doi.org/{UNET}", "doi", UNET),
    (f"doi.org/{UNET}", "doi", UNET),
    (f"doi: https://doi.org/{UNET}", "doi", UNET),
    ("10.1007%2F978-3-319-24574-4_28", "doi", UNET),
    (r"10.1007/978-3-319-24574-4\_28", "doi", UNET),
    (f"https://doi.org/{UNET}?nosfx=y", "doi", UNET),
    ("10.1016/J.NEUCOM.2021.03.091", "doi", "10.1016/j.neucom.2021.03.091"),
    ("10.1016/S0140-6736(20)30183-5", "doi", "10.1016/s0140-6736(20)30183-5"),
    ("(10.1016/S0140-6736(20)30183-5)", "doi", "10.1016/s0140-6736(20)30183-5"),
    (SICI, "doi", SICI),
    ("10.18653/v1/2023.findings-emnlp.784", "doi", "10.18653/v1/2023.findings-emnlp.784"),
    # DOIs in addresses of publishers
    (f"https://link.springer.com/chapter/{UNET}#Sec1", "doi", UNET),
    (f"https://link.springer.com/content/pdf/{UNET}.pdf", "doi", UNET),
    ("https://link.springer.com/content/pdf/10.1007%2F978-3-319-24574-4_28.pdf", "doi", UNET),
    ("https://dl.acm.org/doi/10.1145/3664647.3681534", "doi", "10.1145/3664647.3681534"),
    ("https://dl.acm.org/doi/pdf/10.1145/3628797.3629010", "doi", "10.1145/3628797.3629010"),
    ("https://dl.acm.org/doi/abs/10.1145/3458754", "doi", "10.1145/3458754"),
    ("https://onlinelibrary.wiley.com/doi/full/10.1002/mp.14320", "doi", "10.1002/mp.14320"),
    ("https://onlinelibrary.wiley.com/doi/10.1002/mp.14320/pdf", "doi", "10.1002/mp.14320"),
    ("https://ai.nejm.org/doi/full/10.1056/AIoa2300068", "doi", "10.1056/aioa2300068"),
    (
        "https://iopscience.iop.org/article/10.1088/1361-6560/abc04e/pdf",
        "doi",
        "10.1088/1361-6560/abc04e",
    ),
    (
        "https://iopscience.iop.org/article/10.1088/1361-6560/acca5c/meta",
        "doi",
        "10.1088/1361-6560/acca5c",
    ),
    (
        "https://www.frontiersin.org/articles/10.3389/fmed.2020.00027/full",
        "doi",
        "10.3389/fmed.2020.00027",
    ),
    (
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0129888&type=printable",
        "doi",
        "10.1371/journal.pone.0129888",
    ),
    (
        "https://www.spiedigitallibrary.org/12031/10.1117/12.2610722.short",
        "doi",
        "10.1117/12.2610722",
    ),
    (
        "https://academic.oup.com/database/article-abstract/doi/10.1093/database/baac102/6858529",
        "doi",
        "10.1093/database/baac102",
    ),
    ("https://www.nature.com/articles/srep46450", "doi", "10.1038/srep46450"),
    ("https://www.nature.com/articles/nmeth.2083", "doi", "10.1038/nmeth.2083"),
    (
        "https://www.nature.com/articles/s41586-021-03819-2.pdf?origin=ppub",
        "doi",
        "10.1038/s41586-021-03819-2",
    ),
    (
        "https://www.nature.com/articles/s41586-021-03819-2_reference.pdf",
        "doi",
        "10.1038/s41586-021-03819-2",
    ),
    (
        "https://www.nature.com/nature/journal/v521/n7553/full/nature14539.html",
        "doi",
        "10.1038/nature14539",
    ),
    ("https://www.nature.com/articles/doi:10.1038/nature14539", "doi", "10.1038/nature14539"),
    (
        "https://www.biorxiv.org/content/10.1101/2024.01.25.577035v1",
        "doi",
        "10.1101/2024.01.25.577035",
    ),
    (
        "https://www.biorxiv.org/content/10.1101/2020.03.22.002402.full",
        "doi",
        "10.1101/2020.03.22.002402",
    ),
    (
        "https://www.biorxiv.org/content/10.64898/2026.03.16.712056v1",
        "doi",
        "10.64898/2026.03.16.712056",
    ),
    (
        "https://www.medrxiv.org/content/10.1101/2023.07.21.23292757v2.full.pdf+html",
        "doi",
        "10.1101/2023.07.21.23292757",
    ),
    (
        "https://www.biorxiv.org/content/10.1101/2023.04.24.538160v1#:~:text=The%20MRI.",
        "doi",
        "10.1101/2023.04.24.538160",
    ),
    # Semantic Scholar
    (SHA, "s2", SHA),
    (SHA.upper(), "s2", SHA),
    (f"s2:{SHA}", "s2", SHA),
    (f"https://www.semanticscholar.org/paper/{SHA}", "s2", SHA),
    (f"https://www.semanticscholar.org/paper/Attention-is-All-you-Need-Vaswani/{SHA}", "s2", SHA),
    (f"https://www.semanticscholar.org/paper/A%3A-B/{SHA}?sort=date#citing-papers", "s2", SHA),
    (f"https://www.semanticscholar.org/reader/{SHA}", "s2", SHA),
    (f"https://api.semanticscholar.org/graph/v1/paper/{SHA}?fields=title", "s2", SHA),
    ("https://api.semanticscholar.org/CorpusID:13756489", "corpus", "13756489"),
    ("https://www.semanticscholar.org/p/13756489", "corpus", "13756489"),
    ("CorpusId:13756489", "corpus", "13756489"),
    ("CorpusID: 13756489", "corpus", "13756489"),
    (f"https://api.semanticscholar.org/graph/v1/paper/DOI:{UNET}", "doi", UNET),
    # OpenReview
    ("https://openreview.net/forum?id=S1xh5sYgx", "openreview", "S1xh5sYgx"),
    ("https://openreview.net/pdf?id=7r6kDq0mK_", "openreview", "7r6kDq0mK_"),
    ("https://openreview.net/forum?id=1EDRk-CyQou&noteId=x", "openreview", "1EDRk-CyQou"),
    ("https://openreview.net/forum?noteId=abcdefgh&id=1EDRk-CyQou", "openreview", "1EDRk-CyQou"),
    ("openreview:S1xh5sYgx", "openreview", "S1xh5sYgx"),
    # ACL Anthology
    ("https://aclanthology.org/2020.acl-main.447/", "acl", "2020.acl-main.447"),
    ("https://aclanthology.org/2020.acl-main.447v2.pdf", "acl", "2020.acl-main.447"),
    ("https://aclanthology.org/2020.nlpcovid19-acl.18/", "acl", "2020.nlpcovid19-acl.18"),
    ("https://aclanthology.org/W04-1213.pdf", "acl", "W04-1213"),
    ("https://www.aclweb.org/anthology/P19-1185.pdf", "acl", "P19-1185"),
    ("https://aclweb.org/anthology/papers/N/N19/N19-1423/", "acl", "N19-1423"),
    ("2020.acl-main.447", "acl", "2020.acl-main.447"),
    ("n19-1423", "acl", "N19-1423"),
    # CVF open access
    (
        f"https://openaccess.thecvf.com/content_cvpr_2017/html/{DENSENET}.html",
        "cvf",
        f"content_cvpr_2017/html/{DENSENET}",
    ),
    (
        f"http://openaccess.thecvf.com/content_cvpr_2017/papers/{DENSENET}.pdf",
        "cvf",
        f"content_cvpr_2017/html/{DENSENET}",
    ),
    (
        f"http://www.cv-foundation.org/openaccess/content_cvpr_2016/papers/{RESNET}.pdf",
        "cvf",
        f"content_cvpr_2016/html/{RESNET}",
    ),
    (
        f"openaccess.thecvf.com/content/CVPR2022/papers/{CLIP}.pdf",
        "cvf",
        f"content/CVPR2022/html/{CLIP}",
    ),
    (
        "https://openaccess.thecvf.com/content/CVPR2023W/NTIRE/papers/A_B_CVPRW_2023_paper.pdf",
        "cvf",
        "content/CVPR2023W/NTIRE/html/A_B_CVPRW_2023_paper",
    ),
    (
        "http://openaccess.thecvf.com/content_CVPRW_2020/html/w40/A_B_CVPRW_2020_paper.html",
        "cvf",
        "content_CVPRW_2020/html/w40/A_B_CVPRW_2020_paper",
    ),
    (
        "http://openaccess.thecvf.com/content_CVPRW_2019/papers/"
        f"{WORKSHOP.replace('_', '%20')}/{HAN}.pdf",
        "cvf",
        f"content_CVPRW_2019/html/{WORKSHOP}/{HAN}",
    ),
    (f"content_CVPR_2019/html/{DA}", "cvf", f"content_CVPR_2019/html/{DA}"),
    # PMLR
    ("https://proceedings.mlr.press/v139/radford21a.html", "pmlr", "v139/radford21a"),
    ("http://proceedings.mlr.press/v139/radford21a/radford21a.pdf", "pmlr", "v139/radford21a"),
    ("http://proceedings.mlr.press/v37/ganin15.pdf", "pmlr", "v37/ganin15"),
    ("http://jmlr.org/proceedings/papers/v37/ioffe15.html", "pmlr", "v37/ioffe15"),
    (
        "https://raw.githubusercontent.com/mlresearch/v235/main/assets/zhu24f/zhu24f.pdf",
        "pmlr",
        "v235/zhu24f",
    ),
    ("v139/radford21a", "pmlr", "v139/radford21a"),
    # PubMed and PubMed Central
    ("https://pubmed.ncbi.nlm.nih.gov/28541229/", "pubmed", "28541229"),
    ("https://www.ncbi.nlm.nih.gov/pubmed/30430361", "pubmed", "30430361"),
    ("https://europepmc.org/article/MED/28541229", "pubmed", "28541229"),
    ("PMID: 28541229", "pubmed", "28541229"),
    ("PMID 28541229", "pubmed", "28541229"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7251955/", "pmc", "7251955"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC10439521/pdf/", "pmc", "10439521"),
    ("PMC7251955", "pmc", "7251955"),
    ("PMCID: PMC7251955", "pmc", "7251955"),
    # Papers with Code
    (
        "https://paperswithcode.com/paper/u-net-convolutional-networks-for-biomedical",
        "pwc",
        "u-net-convolutional-networks-for-biomedical",
    ),
    (
        "https://cs.paperswithcode.com/paper/attention-is-all-you-need#code",
        "pwc",
        "attention-is-all-you-need",
    ),
    # titles
    ("Attention Is All You Need", "title", "Attention Is All You Need"),
    ("  Attention Is\n All You  Need. ", "title", "Attention Is All You Need"),
    ('"Xception"', "title", "Xception"),
    ("“Xception”", "title", "Xception"),
    ("title:Xception", "title", "Xception"),
    (
        "Is Attention Better Than Matrix Decomposition?",
        "title",
        "Is Attention Better Than Matrix Decomposition?",
    ),
    ("[Re] Can gradient clipping help?", "title", "[Re] Can gradient clipping help?"),
    ("DOI: A Study of Names", "title", "DOI: A Study of Names"),
    ('"Comment on arXiv:1505.04597"', "title", "Comment on arXiv:1505.04597"),
    ("Gödel 与 深度学习", "title", "Gödel 与 深度学习"),
    ('"深度学习综述"', "title", "深度学习综述"),
    ("Title with \x1b[31m red \u202e bidi", "title", "Title with [31m red bidi"),
    # what stands around an identifier
    ("<https://arxiv.org/abs/1505.04597>", "arxiv", "1505.04597"),
    ("[1505.04597]", "arxiv", "1505.04597"),
    ("([[1505.04597]])", "arxiv", "1505.04597"),
    ("'1505.04597',", "arxiv", "1505.04597"),
    ("`1505.04597`", "arxiv", "1505.04597"),
    ("“1505.04597”.", "arxiv", "1505.04597"),
    ("https://arxiv.org/abs/1505.04597).", "arxiv", "1505.04597"),
    ("(https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    ("[U-Net](https://arxiv.org/abs/1505.04597)", "arxiv", "1505.04597"),
    ("[[pdf]](https://arxiv.org/abs/1505.04597),", "arxiv", "1505.04597"),
    ('[U-Net](<https://arxiv.org/abs/1505.04597> "the paper")', "arxiv", "1505.04597"),
    ("https://arxiv.org/abs/1505.04597'", "arxiv", "1505.04597"),
    ("\ufeff1505.04597\u200b", "arxiv", "1505.04597"),
]

SLIPS = [
    ("", "expected an arXiv id"),
    ("...", "expected an arXiv id"),
    ('""', "expected an arXiv id"),
    ("Xception", "a title of two words or more"),
    ("12 34", "expected an arXiv id"),
    ("1505.0459", "1505 has 5 digits after the dot, not 4"),
    ("1505.045970", "1505 has 5 digits after the dot, not 6"),
    ("0808.05394", "0808 has 4 digits after the dot, not 5"),
    ("1412.69800", "1412 has 4 digits after the dot, not 5"),
    ("1234.12345", "there is no month 34"),
    ("1513.04597", "there is no month 13"),
    ("0000.0000", "there is no month 00"),
    ("0703.0001", "begin in April 2007"),
    ("15O5.04597", "four digits, a dot"),
    ("arXiv:1505.O4597", "four digits, a dot"),
    ("1505,04597", "four digits, a dot"),
    ("arXiv:150504597", "a bare number"),
    ("math/030913", "7 digits behind it, not 6"),
    ("math/0313136", "there is no month 13"),
    ("cs/0704001", "end in March 2007"),
    ("foo/0309136", "arXiv has no archive foo"),
    ("28541229", "a bare number"),
    (SHA[:-1], "40 hexadecimal digits, not 39"),
    ("10.1007", "a DOI is 10, a dot"),
    ("doi:10.1007/", "a DOI is 10, a dot"),
    ("10.48550/arXiv.1513.04597", "there is no month 13"),
    ("acl:nothing", "expected an arXiv id"),
    ("pubmed:123456789", "a bare number"),
    ("https://arxiv.org/abs/1505.0459", "1505 has 5 digits"),
    ("https://arxiv.org/abs/15O5.04597", "four digits, a dot"),
    ("https://arxiv.org/list/cs.CV/recent", "arxiv.org shows no identifier"),
    ("https://arxiv.org/", "arxiv.org shows no identifier"),
    ("https://arxiv.org", "arxiv.org shows no identifier"),
    ("https://arxv.org/abs/1505.04597v2", "arxv.org is not a host of papers that is known"),
    ("https://arxiv.org@evil.example/abs/1505.04597", "four digits, a dot"),
    ("https://arxiv.org.evil.example/abs/1505.04597", "arxiv.org.evil.example is not a host"),
    ("https://evilarxiv.org/abs/1505.04597", "evilarxiv.org is not a host"),
    ("https://ieeexplore.ieee.org/document/10120761", "does not name a paper"),
    ("https://www.sciencedirect.com/science/article/pii/S1361841522001578", "does not name"),
    ("https://github.com/milesial/Pytorch-UNet", "does not name a paper"),
    ("[code](https://github.com/milesial/Pytorch-UNet)", "does not name a paper"),
    ("https://img.shields.io/badge/DOI-10.24963%2Fijcai.2025%2F1193-blue.svg", "does not name"),
    ("https://huggingface.co/bioptimus/H-optimus-0", "shows no identifier"),
    ("https://openreview.net/group?id=ICLR.cc", "shows no identifier"),
    ("https://openreview.net/pdf/01a05d9580a2101283275c60780b243faa2836b0.pdf", "shows no"),
    ("https://aclanthology.org/volumes/2020.acl-main/", "shows no identifier"),
    ("https://openaccess.thecvf.com/CVPR2021?day=all", "shows no identifier"),
    ("http://www.jmlr.org/papers/v15/srivastava14a.html", "shows no identifier"),
    ("https://paperswithcode.com/dataset/imagenet", "shows no identifier"),
    ("javascript:alert(1)", "expected an arXiv id"),
    ("file:///etc/passwd", "expected an arXiv id"),
    ("Comment on arXiv:1505.04597", "words around an identifier"),
    ("U-Net https://arxiv.org/abs/1505.04597", "words around an identifier"),
    ("U-Net code https://github.com/milesial/Pytorch-UNet", "words around an address"),
    ("x" * 2_001, "more than 2,000 characters"),
]


@pytest.mark.parametrize(("text", "kind", "value"), FORMS, ids=[form[0][:60] for form in FORMS])
def test_every_form_that_people_paste_is_read(text: str, kind: str, value: str) -> None:
    assert parse(text) == Identifier(kind, value)


@pytest.mark.parametrize(("kind", "value"), sorted({form[1:] for form in FORMS}))
def test_an_identifier_written_out_is_read_as_itself(kind: str, value: str) -> None:
    identifier = Identifier(kind, value)
    assert parse(str(identifier)) == identifier
    if kind in ID_URLS:
        assert parse(ID_URLS[kind].format(value)) == identifier
        assert normalise(kind, value) == value


@pytest.mark.parametrize(("text", "why"), SLIPS, ids=[slip[0][:60] or "empty" for slip in SLIPS])
def test_what_is_none_is_refused_with_the_text_the_reason_and_a_hint(text: str, why: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse(text)
    assert why in refused.value.message
    assert refused.value.hint
    assert refused.value.message.startswith(f'"{text[:69]}')
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("15O5.04597", "1505.04597"),
        ("l5o5.O4597v2", "1505.04597"),
        ("1412-6980", "1412.6980"),
        ("https://arxv.org/abs/1505.04597v2", "1505.04597"),
        ("https://ieeexplore.ieee.org/document/10120761", "10.1109/"),
        ("https://github.com/milesial/Pytorch-UNet", "--code"),
        ("28541229", "pubmed:28541229"),
        ("Xception", "'\"Xception\"'"),
        ("Comment on arXiv:1505.04597", "arxiv:1505.04597"),
        ("foo", "in quotes"),
        ("?", "1505.04597"),
    ],
)
def test_the_hint_is_what_to_type_next(text: str, hint: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse(text)
    assert hint in refused.value.hint


def test_a_message_repeats_only_the_beginning_of_a_long_text_and_no_control_characters() -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        parse("\x1b[31m" + "y" * 500)
    assert refused.value.message.startswith(f'"[31m{"y" * 65}…" is no identifier: ')


NEW_IDS = st.builds(
    lambda year, month, number: f"{year:02}{month:02}.{number:0{5 if year >= 15 else 4}}",
    st.integers(8, 40),
    st.integers(1, 12),
    st.integers(1, 9_999),
)
OLD_IDS = st.builds(
    lambda archive, year, month, number: f"{archive}/{year % 100:02}{month:02}{number:03}",
    st.sampled_from(["astro-ph", "cs", "hep-th", "math", "physics", "q-bio"]),
    st.integers(1991, 2006),
    st.integers(1, 12),
    st.integers(1, 999),
)
VERSIONS = st.one_of(st.just(""), st.integers(1, 30).map("v{}".format))
HOSTS = st.sampled_from(
    ["arxiv.org", "www.arxiv.org", "export.arxiv.org", "alphaxiv.org", "ar5iv.labs.arxiv.org"]
)
ADDRESSES = st.builds(
    "{}{}/{}/{{}}{}{}".format,
    st.sampled_from(["", "http://", "https://", "HTTPS://"]),
    HOSTS,
    st.sampled_from(["abs", "pdf", "html", "format", "e-print"]),
    st.sampled_from(["", ".pdf", "/"]),
    st.sampled_from(["", "?context=cs", "#S1.F2", "?a=b#page=3"]),
)
PREFIXED = st.builds(
    "{}{{}}{}".format,
    st.sampled_from(["", "arXiv:", "ARXIV:", "arxiv: ", "arXiv ", "10.48550/arXiv."]),
    st.sampled_from(["", ".", ","]),
)
AROUND = st.sampled_from(
    ["{}", " {}\n", "<{}>", "[{}]", "({}).", '"{}"', "[a paper]({})", "\t[[{}]],", "`{}`"]
)


@given(st.one_of(NEW_IDS, OLD_IDS), VERSIONS, st.one_of(ADDRESSES, PREFIXED), AROUND)
def test_an_arxiv_id_is_the_same_in_every_dressing(
    arxiv_id: str, version: str, dressing: str, around: str
) -> None:
    text = around.format(dressing.format(arxiv_id + version))
    assert parse(text) == Identifier("arxiv", arxiv_id)


@given(
    st.integers(1_000, 99_999).filter(lambda n: n != 48_550),
    st.text("abcxyzABCXYZ0123456789-_", min_size=1),
    st.text("abcXYZ0123456789-_.;:/()", max_size=20),
)
def test_a_doi_is_the_same_bare_and_as_an_address(prefix: int, first: str, rest: str) -> None:
    try:
        identifier = parse(f"10.{prefix}/{first}{rest}")
    except InvalidIdentifier:
        return
    assert identifier.kind == "doi"
    assert parse(str(identifier)) == identifier
    assert parse(f"https://doi.org/{identifier.value}") == identifier
    assert parse(f"doi: {identifier.value.upper()}.") == identifier


PIECES = st.sampled_from(
    [
        *"[]()<>{}\"'`“”«».:,;#?%/\\_ -",
        "arXiv:",
        "doi:",
        "title:",
        "pmc",
        "https://",
        "arxiv.org",
        "/abs/",
        "1505.04597",
        "v2",
        "10.1007/",
        "math/0309136",
        "](",
        "Deep",
        "ﬁ",
        "É",
        "\u202e",
        ".pdf",
        "%2F",
        "10.1101/12",
        SHA,
        "openreview.net/forum?id=",
        "content/html/x_paper",
        "www.",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_any_text_is_an_identifier_that_is_read_as_itself_or_is_refused(text: str) -> None:
    try:
        identifier = parse(text)
    except InvalidIdentifier:
        return
    assert parse(str(identifier)) == identifier
    if identifier.kind in ID_URLS:
        assert parse(ID_URLS[identifier.kind].format(identifier.value)) == identifier


@pytest.mark.parametrize("size", [1_900, 1_000_000])
@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "1",
        "10.1000/",
        ".pdf",
        "[](",
        "((",
        "'",
        "http://",
        "/html/",
        "=1505.04597x",
        "a-",
        " ",
        "https://a.",
        "&id=",
        "10.1101/1v1",
        "[a](b) ",
    ],
)
def test_long_hostile_texts_take_no_time(piece: str, size: int) -> None:
    texts = [
        prefix + piece * (size // len(piece)) for prefix in ("", "https://a.b/", "content/html/")
    ]
    began = time.perf_counter()
    for text in texts:
        try:
            parse(text + "!")
        except InvalidIdentifier:
            continue
    assert time.perf_counter() - began < 2


def test_every_address_of_the_recorded_arxiv_answers_is_read(recorded: Path) -> None:
    pages = "".join(path.read_text() for path in sorted((recorded / "arxiv").glob("*.xml")))
    addresses = set(re.findall(r"<id>(https?://arxiv\.org/abs/[^<]+)", pages))
    assert len(addresses) > 500
    for address in addresses:
        wanted = re.sub(r"v\d+$", "", address.partition("/abs/")[2])
        assert parse(address) == Identifier("arxiv", wanted)


def test_every_identifier_of_the_recorded_semantic_scholar_answers_is_read(recorded: Path) -> None:
    answers = "".join(path.read_text() for path in sorted((recorded / "s2").glob("*.json")))
    names = {"ArXiv": "arxiv", "DOI": "doi", "PubMed": "pubmed", "CorpusId": "corpus"}
    found = set(re.findall(r'"(ArXiv|DOI|PubMed|CorpusId)": ?"?([^",}\s]+)', answers))
    assert len(found) > 40
    for name, value in found:
        arxivs_own = value.lower().startswith("10.48550/arxiv.")
        assert parse(f"{names[name]}:{value}").kind == ("arxiv" if arxivs_own else names[name])


def test_ids_set_by_hand_are_brought_into_their_normal_form() -> None:
    assert normalise("arxiv", "https://arxiv.org/pdf/1505.04597v1") == "1505.04597"
    assert normalise("doi", f"https://doi.org/{UNET}") == UNET
    assert normalise("openreview", "https://openreview.net/forum?id=S1xh5sYgx") == "S1xh5sYgx"
    assert normalise("pubmed", "28541229") == "28541229"


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("doi", "10.48550/arXiv.1505.04597", "is of the kind arxiv, not doi"),
        ("arxiv", UNET, "is no identifier"),
        ("arxiv", f"https://doi.org/{UNET}", "is of the kind doi, not arxiv"),
        ("acl", "Attention Is All You Need", "is of the kind title, not acl"),
        ("title", "Attention Is All You Need", 'ids have no kind "title"'),
        ("isbn", "978-3-319-24574-4", 'ids have no kind "isbn"'),
    ],
)
def test_an_id_of_another_kind_is_refused(kind: str, value: str, why: str) -> None:
    with pytest.raises(InvalidIdentifier, match=re.escape(why)):
        normalise(kind, value)


def test_papers_are_the_same_if_they_share_an_identifier() -> None:
    preprint = of({"arxiv": "1505.04597"})
    published = of({"doi": UNET, "arxiv": "1505.04597"})
    assert preprint & published == {Identifier("arxiv", "1505.04597")}
    assert not preprint & of({"doi": UNET})


def test_a_list_has_an_identifier_a_line_and_comments() -> None:
    text = (
        "\ufeff# papers to read\r\n1505.04597  # U-Net\r\n\r\n"
        "  https://arxiv.org/html/2401.00001v1#S1\t# a fragment\n   # indented\n"
        "C# in a Nutshell\nAttention Is All You Need"
    )
    assert split_lines(text) == [
        "1505.04597",
        "https://arxiv.org/html/2401.00001v1#S1",
        "C# in a Nutshell",
        "Attention Is All You Need",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("title", "Attention Is All You Need", "Attention Is All You Need"),
        ("cvf", f"content_cvpr_2017/html/{DENSENET}", "Densely Connected Convolutional"),
        ("cvf", "x/Szegedy_Going_Deeper_With_2015_CVPR_paper", "Going Deeper With"),
        ("cvf", "x/Van_Horn_The_iNaturalist_Species_CVPR_2018_paper", "The iNaturalist Species"),
        (
            "cvf",
            f"content/CVPR2021W/X/html/{HAN}",
            "Unsupervised Domain Adaptation via Calibrating Uncertainties",
        ),
        ("pwc", "attention-is-all-you-need", "attention is all you need"),
        ("pwc", "deep-residual-learning-1", "deep residual learning"),
    ],
)
def test_the_words_to_search_for_are_those_of_the_title(kind: str, value: str, wanted: str) -> None:
    assert title_words(Identifier(kind, value)) == wanted


UNET_TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
DENSE_TITLE = "Densely Connected Convolutional Networks"


@pytest.mark.parametrize(
    ("kind", "value", "title", "agrees"),
    [
        ("title", "attention is all you need.", "Attention Is All You Need", True),
        (
            "title",
            "U-net - convolutional networks for biomedical image segmentation",
            UNET_TITLE,
            True,
        ),
        ("title", "Attention Is All You Need", "Attention Is Not All You Need", False),
        ("title", "Attention Is All You Need", "Attention Is All You Need in Speech", False),
        (
            "title",
            "Masked Autoencoders Are Scalable",
            "Masked Autoencoders Are Scalable: A Closer Look",
            True,
        ),
        (
            "title",
            "Masked Autoencoders Are Scalable: A Closer Look",
            "Masked autoencoders are scalable",
            True,
        ),
        ("title", "U-Net", UNET_TITLE, False),
        ("title", "Is Attention All You", "Is Attention All You Need: A Study", False),
        ("title", "!", "?", False),
        ("cvf", f"x/{DENSENET}", DENSE_TITLE, True),
        ("cvf", f"x/{DENSENET}", "Densely Connected Convolutionals", False),
        ("cvf", f"x/{DENSENET}", "On Densely Connected Convolutional Networks", False),
        ("cvf", "x/Lin_Focal_Loss_CVPR_2017_paper", "Focal Loss for Object Detection", False),
        ("cvf", "x/Lin_Focal_Loss_CVPR_2017_paper", "Focal Loss", True),
        ("pwc", "u-net-convolutional-networks-for-biomedical", UNET_TITLE, True),
        ("pwc", "deep-residual-learning-1", "Deep Residual Learning", True),
        ("pwc", "deep-residual-learning-1", "Deep Residual Learning, Part 2", False),
        ("pwc", "notes-on-networks-part-1", "Notes on Networks: Part 1", True),
        ("pwc", "notes-on-networks-part-1", "Notes on Networks: Part 2", False),
    ],
)
def test_a_title_agrees_only_with_the_paper_that_is_meant(
    kind: str, value: str, title: str, agrees: bool
) -> None:
    assert title_agrees(Identifier(kind, value), title) is agrees
