"""Every form of identifier that people paste."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from papertrack.identifiers import Identifier, normalise, parse
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
    ("CoRR abs/1505.04597", "arxiv", "1505.04597"),
    ("CoRR, abs/1505.04597v2", "arxiv", "1505.04597"),
    ("corr abs/cs/0503050", "arxiv", "cs/0503050"),
    ("CoRR cs.CL/0503050", "arxiv", "cs/0503050"),
    ("ArXiv abs/1505.04597", "arxiv", "1505.04597"),
    ("ArXiv, abs/1505.04597", "arxiv", "1505.04597"),
    ("arXiv:ABS/1505.04597", "arxiv", "1505.04597"),
    ("arXiv:cs.CL/0503050", "arxiv", "cs/0503050"),
    ("abs/1505.04597", "arxiv", "1505.04597"),
    ("9012.12345", "arxiv", "9012.12345"),
    ("arXiv:1505.04597v1 [cs.CV]", "arxiv", "1505.04597"),
    ("arXiv:1505.04597v1  [cs.CV]  18 May 2015", "arxiv", "1505.04597"),
    ("1505.04597 [cs]", "arxiv", "1505.04597"),
    ("1505.04597[cs.CV]", "arxiv", "1505.04597"),
    ("cond-mat/0502566v1 [cond-mat.mes-hall] 8 Feb 2005", "arxiv", "cond-mat/0502566"),
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
    ("https://arxiv.org/abs/1505.04597#", "arxiv", "1505.04597"),
    ("https://beta-1.arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
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
    ("http://www.arxiv-sanity.com/1505.04597v1", "arxiv", "1505.04597"),
    ("https://arxiv-sanity-lite.com/?rank=pid&pid=1505.04597", "arxiv", "1505.04597"),
    ("https://huggingface.co/papers/2201.01266", "arxiv", "2201.01266"),
    ("https://hf.co/papers/2201.01266#community", "arxiv", "2201.01266"),
    ("hf.co/papers/2201.01266", "arxiv", "2201.01266"),
    ("https://www.emergentmind.com/papers/2201.01266", "arxiv", "2201.01266"),
    ("https://scirate.com/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://papers.cool/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://www.semanticscholar.org/arxiv/1505.04597", "arxiv", "1505.04597"),
    ("https://api.semanticscholar.org/arXiv:1505.04597", "arxiv", "1505.04597"),
    ("https://ui.adsabs.harvard.edu/abs/2023arXiv230511747L/abstract", "arxiv", "2305.11747"),
    ("https://ui.adsabs.harvard.edu/abs/2013arXiv1312.4400L", "arxiv", "1312.4400"),
    ("https://ui.adsabs.harvard.edu/abs/arXiv:1505.04597", "arxiv", "1505.04597"),
    ("https://dblp.org/rec/journals/corr/abs-2201-01266.html", "arxiv", "2201.01266"),
    ("https://dblp.uni-trier.de/rec/journals/corr/abs-1412-6980", "arxiv", "1412.6980"),
    ("https://web.archive.org/web/2020/https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    (
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Farxiv.org%2Fabs%2F1505.04597&usg=AO",
        "arxiv",
        "1505.04597",
    ),
    ("https://archive.ph/https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
    (
        "https://a.org?https://openreview.net/forum?id=S1xh5sYgx&id=other1",
        "openreview",
        "S1xh5sYgx",
    ),
    ("https://a.org/?via=http2&to=https://arxiv.org/abs/1505.04597", "arxiv", "1505.04597"),
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
    ("https://e-3.a-1.org/10.1000/x", "doi", "10.1000/x"),
    ("e-3.a-1.b-2.org/10.1000/x", "doi", "10.1000/x"),
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
    (
        "https://academic.oup.com/bioinformatics/article-pdf/doi/10.1093/bioinformatics/btz682/"
        "30128137/btz682.pdf",
        "doi",
        "10.1093/bioinformatics/btz682",
    ),
    (
        "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00349/96482/A-Primer-in-BERTology",
        "doi",
        "10.1162/tacl_a_00349",
    ),
    (
        "https://pubs.aip.org/aip/jcp/article/doi/10.1063/5.0012345/198475/Some-title",
        "doi",
        "10.1063/5.0012345",
    ),
    (
        "https://pubs.acs.org/doi/suppl/10.1021/acs.jcim.0c00123/suppl_file/ci0c00123_si_001.pdf",
        "doi",
        "10.1021/acs.jcim.0c00123",
    ),
    (
        "https://www.frontiersin.org/articles/10.3389/fnins.2020.00123/xml/nlm",
        "doi",
        "10.3389/fnins.2020.00123",
    ),
    (
        "https://www.medrxiv.org/content/10.1101/2023.07.21.23292757v2.supplementary-material",
        "doi",
        "10.1101/2023.07.21.23292757",
    ),
    ("https://www.nature.com/articles/srep46450", "doi", "10.1038/srep46450"),
    ("https://www.nature.com/articles/nmeth.2083", "doi", "10.1038/nmeth.2083"),
    ("https://www.nature.com/articles/10742", "doi", "10.1038/10742"),
    ("https://www.nature.com/articles/10.1038/nature14539", "doi", "10.1038/nature14539"),
    ("https://www.nature.com/articles/s41586-019-1237-z", "doi", "10.1038/s41586-019-1237-z"),
    (
        "https://www.nature.com/nature/journal/v521/abs/nature14539.html",
        "doi",
        "10.1038/nature14539",
    ),
    (
        "https://www.nature.com/nature/journal/v521/pdf/nature14539.pdf",
        "doi",
        "10.1038/nature14539",
    ),
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
    ("CorpusID 13756489", "corpus", "13756489"),
    (f"https://api.semanticscholar.org/graph/v1/paper/DOI:{UNET}", "doi", UNET),
    # OpenReview
    ("https://openreview.net/forum?id=S1xh5sYgx", "openreview", "S1xh5sYgx"),
    ("https://openreview.net/pdf?id=7r6kDq0mK_", "openreview", "7r6kDq0mK_"),
    ("https://openreview.net/forum?&id=S1xh5sYgx", "openreview", "S1xh5sYgx"),
    ("https://openreview.net/forum?id=1EDRk-CyQou&noteId=x", "openreview", "1EDRk-CyQou"),
    ("https://openreview.net/forum?noteId=abcdefgh&id=1EDRk-CyQou", "openreview", "1EDRk-CyQou"),
    ("openreview:S1xh5sYgx", "openreview", "S1xh5sYgx"),
    # ACL Anthology
    ("https://aclanthology.org/2020.acl-main.447/", "acl", "2020.acl-main.447"),
    ("https://aclanthology.org/2020.acl-main.447v12.pdf", "acl", "2020.acl-main.447"),
    ("https://aclanthology.info/papers/P19-1185/p19-1185", "acl", "P19-1185"),
    ("www.aclweb.org/anthology/P19-1185", "acl", "P19-1185"),
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
    (
        "https://raw.githubusercontent.com/mlresearch/v235/main/assets/abdul-samad24a/a.pdf",
        "pmlr",
        "v235/abdul-samad24a",
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
    ("https://europepmc.org/article/PMC/PMC7251955", "pmc", "7251955"),
    ("PMC7251955", "pmc", "7251955"),
    ("PMCID: PMC7251955", "pmc", "7251955"),
    ("PMCID PMC7251955", "pmc", "7251955"),
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


@pytest.mark.parametrize(("text", "kind", "value"), FORMS, ids=[form[0][:60] for form in FORMS])
def test_every_form_that_people_paste_is_read(text: str, kind: str, value: str) -> None:
    assert parse(text) == Identifier(kind, value)


def test_every_archive_that_numbered_its_papers_is_known() -> None:
    archives = (
        "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg "
        "comp-gas cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph "
        "mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int "
        "supr-con"
    ).split()
    for archive in archives:
        assert parse(f"{archive}/9901001") == Identifier("arxiv", f"{archive}/9901001")


@pytest.mark.parametrize(("kind", "value"), sorted({form[1:] for form in FORMS}))
def test_an_identifier_written_out_is_read_as_itself(kind: str, value: str) -> None:
    identifier = Identifier(kind, value)
    assert parse(str(identifier)) == identifier
    if kind in ID_URLS:
        assert parse(ID_URLS[kind].format(value)) == identifier
        assert normalise(kind, value) == value


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
