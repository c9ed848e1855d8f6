"""Venues: the short name in use, from every spelling that services, authors and lists have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.model import Venue
from papertrack.venues import from_comment, is_preprint, normalise

SPELLINGS = {
    "MICCAI": [
        "MICCAI",
        "miccai",
        "International Conference on Medical Image Computing and Computer-Assisted Intervention",
        "Medical Image Computing and Computer Assisted Intervention Society",
        "Medical Image Computing and Computer-Assisted Intervention – MICCAI",
        "Medical Image Computing and Computer-Assisted Intervention-MICCAI",
        "Medical Image Computing and Computer-Assisted Intervention - 18th Conference",
    ],
    "MICCAI Workshop": ["DLMIA/ML-CDS@MICCAI", "BrainLes@MICCAI", "MICCAI Workshops"],
    "IEEE TMI": [
        "TMI",
        "IEEE Transactions on Medical Imaging",
        "IEEE Trans. Med. Imaging",
        "IEEE Transactions on Medical Imaging vol. 39",
        "IEEE Transactions on Medical Imaging, early access",
    ],
    "Medical Image Analysis": ["MedIA", "Medical Image Anal.", "Med Image Anal"],
    "ISBI": ["IEEE International Symposium on Biomedical Imaging", "isbi"],
    "MIDL": ["International Conference on Medical Imaging with Deep Learning", "Midl"],
    "MLMI": ["MLMI", "Workshop on Machine Learning in Medical Imaging"],
    "IEEE JBHI": ["IEEE journal of biomedical and health informatics", "JBHI"],
    "IEEE TBME": ["IEEE Transactions on Bio-Medical Engineering"],
    "Computers in Biology and Medicine": [
        "Comput. Biol. Medicine",
        "Computers in Biology and Medicine",
    ],
    "Computerized Medical Imaging and Graphics": ["Comput. Medical Imaging Graph."],
    "IJCARS": ["International Journal of Computer Assisted Radiology and Surgery"],
    "MLHC": ["Machine Learning for Healthcare Conference"],
    "ML4H": ["Machine Learning for Health (ML4H)"],
    "Nature Machine Intelligence": ["Nat. Mac. Intell.", "Nature Machine Intelligence"],
    "Nature Communications": ["Nat Commun", "Nature Communications"],
    "CVPR": [
        "Computer Vision and Pattern Recognition",
        "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
        "IEEE Conference of Computer Vision and Pattern Recognition, Salt Lake City, UT, USA",
        "Proc. IEEE Comput. Soc. Conf. Comput. Vis. Pattern Recognit.",
    ],
    "CVPR Workshop": [
        "CVPRW",
        "IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)",
    ],
    "ICCV": ["IEEE International Conference on Computer Vision"],
    "ICCV Workshop": ["ICCV-W", "International Conference on Computer Vision Workshops"],
    "ECCV": ["European Conference on Computer Vision"],
    "ACCV": ["Asian Conference on Computer Vision"],
    "WACV": [
        "IEEE Workshop/Winter Conference on Applications of Computer Vision",
        "Workshop on Applications of Computer Vision",
    ],
    "BMVC": ["British Machine Vision Conference"],
    "3DV": ["International Conference on 3D Vision"],
    "ICIP": ["International Conference on Image Processing"],
    "ICPR": [
        "International Conference on Pattern Recognition",
        "Proc. Int. Conf. Pattern Recognit.",
    ],
    "Pattern Recognition": ["Pattern Recognit."],
    "Pattern Recognition Letters": ["Pattern Recognit. Lett."],
    "NeurIPS": ["Neural Information Processing Systems", "NIPS", "Neurips"],
    "NeurIPS Workshop": ["NeurIPSW", "NeurIPS-W", "NeurIPS Workshop"],
    "ICML": [
        "International Conference on Machine Learning",
        "Forty-first International Conference on Machine Learning, ICML, Vienna, Austria",
        "Proceedings of the 36th International Conference on Machine Learning, PMLR 97",
        "International Conference on Machine Learning, volume 70 of its proceedings",
        "International Conference on Machine Learning: long papers",
        "International Conference on Machine Learning Conference Track Proceedings",
    ],
    "ICLR": ["International Conference on Learning Representations"],
    "AISTATS": ["International Conference on Artificial Intelligence and Statistics"],
    "AAAI": ["AAAI Conference on Artificial Intelligence"],
    "IJCAI": ["International Joint Conference on Artificial Intelligence"],
    "KDD": [
        "Knowledge Discovery and Data Mining",
        "ACM SIGKDD International Conference on Knowledge Discovery & Data Mining",
        "25th ACM SIGKDD Conference on Knowledge Discovery and Data Mining, KDD, Anchorage, AK",
    ],
    "ICASSP": ["IEEE International Conference on Acoustics, Speech, and Signal Processing"],
    "ICRA": ["IEEE International Conference on Robotics and Automation"],
    "IROS": ["IEEE/RJS International Conference on Intelligent RObots and Systems"],
    "ACL": [
        "Annual Meeting of the Association for Computational Linguistics",
        "Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
    ],
    "ACL Findings": ["Findings of the Association for Computational Linguistics: EMNLP"],
    "NAACL": [
        "North American Chapter of the Association for Computational Linguistics",
        "Conference of the North American Chapter of the Association for Computational "
        "Linguistics: Human Language Technologies",
    ],
    "EMNLP": ["Conference on Empirical Methods in Natural Language Processing"],
    "COLING": ["International Conference on Computational Linguistics"],
    "LREC": [
        "International Conference on Language Resources and Evaluation",
        "Proceedings of the Thirteenth Language Resources and Evaluation Conference",
    ],
    "CIKM": ["International Conference on Information and Knowledge Management"],
    "ACM MM": [
        "ACM Multimedia",
        "Proceedings of the 29th ACM International Conference on Multimedia",
    ],
    "ICME": ["IEEE International Conference on Multimedia and Expo"],
    "IEEE TPAMI": ["IEEE Transactions on Pattern Analysis and Machine Intelligence", "PAMI"],
    "IEEE TIP": ["IEEE Transactions on Image Processing", "TIP"],
    "IEEE TCSVT": ["IEEE transactions on circuits and systems for video technology", "TCSVT"],
    "IJCV": ["International Journal of Computer Vision", "Int. J. Comput. Vis."],
    "JMLR": ["Journal of machine learning research", "J. Mach. Learn. Res."],
    "TMLR": ["Trans. Mach. Learn. Res."],
    "ECML": ["European Conference on Machine Learning"],
    "arXiv": [
        "arXiv.org",
        "ArXiv",
        "CoRR",
        "CoRR abs/1505.04597",
        "Computing Research Repository",
        "arXiv preprint arXiv:2001.04597",
    ],
}


@pytest.mark.parametrize(
    ("spelling", "short"),
    [(spelling, short) for short, spellings in SPELLINGS.items() for spelling in spellings],
)
def test_a_known_venue_gets_its_short_name(spelling: str, short: str) -> None:
    assert normalise(spelling) == Venue(name=short)


@pytest.mark.parametrize("short", SPELLINGS)
def test_a_short_name_is_its_own_short_name(short: str) -> None:
    assert normalise(short) == Venue(name=short)


@pytest.mark.parametrize(
    "name",
    [
        "Nature",
        "Neurocomputing",
        "Information Fusion",
        "Breast Cancer Research and Treatment",
        "npj Digital Medicine",
        "International Conference on Machine Learning and Applications",
        "International Conference on Computer Vision Theory and Applications",
        "International Conference on Computer Vision Systems",
        "International Conference on Computer Vision-Based Systems",
        "German Conference on Pattern Recognition",
        "ACM Multimedia Asia",
        "ACM International Conference on Multimedia Retrieval",
        "IEEE International Conference On Artificial Intelligence Testing (AITest)",
        "Journal of Ravishankar University (PART-B)",
        "Int. Conf. Bioimaging, Proc.",
        "Neural Information Processing",
        "Pacific-Asia Conference on Knowledge Discovery and Data Mining",
        "Australasian Joint Conference on Artificial Intelligence",
        "China National Conference on Computational Linguistics",
        "International Conference on MultiMedia Modeling",
        "International Conference on Machine Learning, Optimization, and Data Science",
        "International Conference on Machine Learning, Big Data & Business Intelligence",
        "International Conference on Machine Learning Technologies",
        "International Conference on Machine Learning & Applications",
        "International Conference on Robotics and Automation Sciences",
        "Language Resources and Evaluation",
        "Journal of Information and Knowledge Management",
        "Int. J. Pattern Recognit. Artif. Intell.",
        "Uncertainty for Safe Utilization of Machine Learning in Medical Imaging",
        "Machine Learning for Medical Image Analysis",
        "Corrosion Science",
    ],
)
def test_a_venue_that_is_not_known_keeps_its_name(name: str) -> None:
    assert normalise(name) == Venue(name=name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MICCAI 2015", Venue(name="MICCAI", year=2015)),
        ("ICLR2015", Venue(name="ICLR", year=2015)),
        ("MICCAI'22", Venue(name="MICCAI", year=2022)),
        ("CVPR (2016)", Venue(name="CVPR", year=2016)),
        ("NeurIPS 2019 Workshop", Venue(name="NeurIPS Workshop", year=2019)),
        ("IEEE TMI, 2019.", Venue(name="IEEE TMI", year=2019)),
        (
            "2018 IEEE 15th International Symposium on Biomedical Imaging (ISBI 2018)",
            Venue(name="ISBI", year=2018),
        ),
        (
            "Medical Imaging 2022: Image Processing",
            Venue(name="Medical Imaging: Image Processing", year=2022),
        ),
        ("arXiv 2019", Venue(name="arXiv", year=2019)),
        ("arXiv:2001.04597", Venue(name="arXiv")),
    ],
)
def test_a_year_in_the_name_is_the_year_of_the_venue(text: str, expected: Venue) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("name", ["A venue .", "A ( 2015 ) venue", "A (2015) venue"])
def test_what_is_left_of_a_name_has_no_spare_space(name: str) -> None:
    venue = normalise(name)
    assert venue
    assert venue.name == "A venue"


def test_a_year_that_is_given_counts_before_one_in_the_name() -> None:
    assert normalise("MICCAI 2015", 2016) == Venue(name="MICCAI", year=2016)


@pytest.mark.parametrize("name", ["", "  ", ".", "2015", "\u200b"])
def test_nothing_is_no_venue(name: str) -> None:
    assert normalise(name) is None


@given(st.text(), st.none() | st.integers(1990, 2030))
def test_any_name_gives_a_venue_with_a_name_or_none(name: str, year: int | None) -> None:
    venue = normalise(name, year)
    assert venue is None or venue.name.strip()


@pytest.mark.parametrize(
    "name",
    [
        *("", "arXiv", "arXiv: Computer Vision", "ArXiv e-prints", "CoRR", "CoRR abs/1505.04597"),
        *("Computing Research Repository", "bioRxiv", "bioRxiv : the preprint server for biology"),
        *("medRxiv : the preprint server for health sciences", "ChemRxiv", "TechRxiv", "PsyArXiv"),
        *("Research Square", "SSRN", "SSRN Electronic Journal", "Social Science Research Network"),
        *("Preprint", "Preprints.org", "OSF Preprints"),
    ],
)
def test_a_preprint_server_publishes_nothing(name: str) -> None:
    assert is_preprint(Venue(name=name))


@pytest.mark.parametrize(
    "name",
    [
        *("MICCAI", "Corrosion Science", "XIV Congress on Vision", "Social Science Research"),
        *("Research", "The arXiv of the future", "Computing Research", "OSF"),
    ],
)
def test_what_only_begins_like_a_preprint_server_is_a_venue(name: str) -> None:
    assert not is_preprint(Venue(name=name))
    assert is_preprint(None)


STATED = {
    "MICCAI 2015": [
        "conditionally accepted at MICCAI 2015",
        "Medical Image Computing and Computer Assisted Intervention (MICCAI) 2015",
        "Accepted to MICCAI'15, 8 pages",
        "MICCAI-15",
    ],
    "IEEE TMI 2019": ["accepted by IEEE TMI, 2019", "TMI (2019)"],
    "MIDL 2020": ["MIDL 2020 (oral). Code: https://github.com/a/ICCV2019-code"],
    "CVPR 2026": ["Accepted by CVPR2026", "CVPR 2026 (Oral)"],
    "NeurIPS 2024": ["Accepted to NeurIPS2024", "Neurips 2024", "NIPS 2024"],
    "AAAI 2025": ["AAAI25 camera-ready", "Accepted by AAAI-25"],
    "ICLR 2026": ["39 pages, Published at the 14th Conference (ICLR 2026)"],
    "ECCV 2024": ["ECCV 2024 camera-ready version"],
    "EMNLP 2024": ["Accepted to EMNLP 2024 industry track", "EMNLP 2024 (main). We release code"],
    "ACL Findings 2024": ["ACL2024 Findings", "Findings of ACL 2024"],
    "EMNLP Findings 2024": ["Accepted to EMNLP'24 (Findings). Camera-ready version"],
    "ECCV Workshop 2024": ["ECCVW 2024"],
    "ICLR Workshop 2026": [
        "ICLR 2026 Workshop on World Models. 10 pages",
        "Published at the VerifAI-2 Workshop, ICLR 2026 (non-archival). Code and data: https://x.y",
        "ICLR 2026 Workshop on Recursion, and ICLR 2026 Workshop on Agents",
    ],
    "ACL Workshop 2024": ["Accepted at BioNLP Workshop 2024, colocated with ACL 2024"],
    "MICCAI Workshop 2021": ["held in conjunction with MICCAI 2021"],
    "WWW Workshop 2024": ["4 pages , 1 figure, accepted at WWW'24 workshop PromptEng"],
    "SIGIR 2020": ["SIGIR '20, July 25-30, 2020, Virtual Event, China", "SIGIR ’20"],
    "KDD 2020": ["KDD '20", "Discovery and Data Mining (KDD '20), August 23-27", "KDD'20"],
    "ACM MM 2020": ["ACM MM '20"],
    "TMLR 2023": [
        "TMLR 2023. This extends our ICML 2021 paper",
        "This extends our conference paper, TMLR 2023",
        "Extended abstract at TMLR 2023",
    ],
    "MICCAI 2018": ["MICCAI 2018. Evaluated on the ISBI 2012 dataset"],
    "NeurIPS 2021": [
        "NeurIPS 2021 Datasets and Benchmarks Track",
        "NeurIPS 2021 Datasets & Benchmarks",
        "NeurIPS 2021 Dataset Track",
        "NeurIPS 2021 Track on Datasets and Benchmarks",
        "NeurIPS 2021, the dataset is at https://x.y",
        "Report of our NeurIPS 2021 paper",
        "NeurIPS 2021. 1st place on the leaderboard",
    ],
    "LREC-COLING 2024": ["Accepted at LREC-COLING 2024"],
    "INTERSPEECH 2024": ["Accepted by Interspeech 2024"],
}


@pytest.mark.parametrize(
    ("comment", "venue"),
    [(comment, venue) for venue, comments in STATED.items() for comment in comments],
)
def test_authors_state_the_venue_in_a_comment(comment: str, venue: str) -> None:
    assert str(from_comment(comment)) == venue


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("", id="empty"),
        pytest.param("10 pages, 5 figures", id="no venue"),
        pytest.param("Accepted at MICCAI", id="no year"),
        pytest.param("Submitted to MICCAI 2024", id="submitted"),
        pytest.param("Resubmitted to IEEE TMI 2024", id="submitted again"),
        pytest.param("Under review at NAACL 2025", id="under review"),
        pytest.param("rejected by ICLR 2017", id="rejected"),
        pytest.param("Winner of the BraTS challenge at MICCAI 2018", id="a challenge"),
        pytest.param("Journal version of a MICCAI 2018 paper", id="of another paper"),
        pytest.param("A short version appeared at MIDL 2021", id="a shorter one"),
        pytest.param("Extended version of our CVPR 2020 paper", id="an extension"),
        pytest.param("An extension to our ECCV'18 paper", id="an extension to"),
        pytest.param("extends our CVPR 2017 paper", id="extends"),
        pytest.param("Extending the idea of CVPR 2017", id="extending"),
        pytest.param("Extended from our CVPR 2019 paper", id="extended from"),
        pytest.param("Tech report; builds on our CVPR 2019 work", id="builds on"),
        pytest.param("built upon CVPR 2019", id="built upon"),
        pytest.param("Based on our CVPR 2019 paper", id="based on"),
        pytest.param("A follow-up to our CVPR 2019 paper", id="a follow-up"),
        pytest.param("1st place solution of CVPR 2020 VQA", id="a prize"),
        pytest.param("Second place, ICCV 2019 workshop", id="a prize in words"),
        pytest.param("Runner-up at ICCV 2019", id="a runner-up"),
        pytest.param("Our solution to the CVPR 2020 VQA task", id="a solution"),
        pytest.param("Technical report for the CVPR 2021 ActivityNet", id="a report"),
        pytest.param("Evaluated on the MICCAI 2015 dataset", id="evaluated on"),
        pytest.param("The MICCAI 2015 multi-atlas data", id="data"),
        pytest.param("MICCAI 2015 dataset", id="a dataset"),
        pytest.param("Data from ISBI 2012", id="data from"),
        pytest.param("Rebuttal for ICLR 2019", id="a rebuttal"),
        pytest.param("ICLR 2020 format", id="a format"),
        pytest.param("in the ICLR 2020 style", id="a style"),
        pytest.param("Accepted at MICCAI 2018 and IEEE TMI 2019", id="two venues"),
        pytest.param("Accepted to Blackbox NLP @ EMNLP 2024", id="something at a conference"),
        pytest.param("Undergraduate Consortium at ACM KDD, 2024", id="a consortium"),
        pytest.param("Code: https://github.com/a/MICCAI2020", id="the name of a repository"),
        pytest.param("Table 2 of TIP 2019 is wrong", id="a word that means more"),
        pytest.param("ACL 20245", id="no year"),
        pytest.param("arXiv 2019", id="a preprint server"),
        pytest.param("2024.naacl-industry.19", id="an identifier"),
    ],
)
def test_where_a_doubt_remains_no_venue_is_found(comment: str) -> None:
    assert from_comment(comment) is None
