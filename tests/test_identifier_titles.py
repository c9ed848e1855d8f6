"""The titles that identifiers mean: what to search for, and whether it was found."""

from __future__ import annotations

import pytest

from papertrack.identifiers import Identifier, title_agrees, title_words

DENSENET = "Huang_Densely_Connected_Convolutional_CVPR_2017_paper"
HAN = "Han_Unsupervised_Domain_Adaptation_via_Calibrating_Uncertainties_CVPRW_2019_paper"
UNET_TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
DENSE_TITLE = "Densely Connected Convolutional Networks"


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
        (
            "cvf",
            f"content_CVPRW_2019/html/Deep_Vision/{HAN}",
            "Unsupervised Domain Adaptation via Calibrating Uncertainties",
        ),
        ("cvf", "x/Wu_On_paper_Models_paper", "On paper Models"),
        ("cvf", "x/van_der_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/von_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/den_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/del_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/dos_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/Della_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("cvf", "x/De_Wu_Nets_CVPR_2018_paper", "Nets"),
        ("pwc", "attention-is-all-you-need", "attention is all you need"),
        ("pwc", "deep-residual-learning-1", "deep residual learning"),
    ],
)
def test_the_words_to_search_for_are_those_of_the_title(kind: str, value: str, wanted: str) -> None:
    assert title_words(Identifier(kind, value)) == wanted


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
        (
            "title",
            "Masked Autoencoders Are Scalable",
            "Masked Autoencoders Are Scalable: A Closer Look: Part 2",
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
