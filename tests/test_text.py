"""Text: clean when it enters the store, folded when it is compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.text import (
    clean_json,
    clean_line,
    clean_text,
    fold,
    slug,
    strip_marks,
    tag,
    title_key,
    untex,
    words,
)

ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_a_clean_line_is_one_printable_line_and_clean_already(text: str) -> None:
    clean = clean_line(text)
    assert clean == clean_line(clean)
    assert clean == unicodedata.normalize("NFC", clean)
    assert not {unicodedata.category(char) for char in clean} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean == " ".join(clean.split())
    clean.encode()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("  Deep\n  Residual\tLearning ", "Deep Residual Learning", id="wrapped"),
        pytest.param("a\x1b]0;title\x07b\x9b2J", "a]0;titleb2J", id="terminal escapes"),
        pytest.param("a\u202eb\u2066c\u200bd\U000e0041e\ufefff", "abcdef", id="bidi and invisible"),
        pytest.param("Ga\u0301lvez", "Gálvez", id="composed"),
        pytest.param("a\ud800b", "ab", id="half of a character"),
        pytest.param("a\u2028b\u00a0c\u3000d", "a b c d", id="spaces of other kinds"),
        pytest.param(" two  spaces ", "two spaces", id="spaces of a typewriter"),
        pytest.param("\0\u200b \n", "", id="nothing left"),
    ],
)
def test_a_line_is_cleaned(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


def test_a_line_is_cut_at_its_limit_and_not_after_a_space() -> None:
    assert clean_line("ab cd", limit=3) == "ab"
    assert clean_line("äb cd", limit=3) == "äb"
    assert len(clean_line("x" * 5_000)) == 2_000


def test_a_line_of_notes_may_be_long() -> None:
    assert clean_text("x" * 5_000) == "x" * 5_000
    assert clean_text("x" * 100_002) == "x" * 100_000


def test_notes_keep_their_lines_and_nothing_else_that_is_invisible() -> None:
    assert clean_text("\n1st \r\n2\x1bnd\r3rd\u200b\n4th\n\n") == "1st\n2nd\n3rd\n4th"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("ÇİÇEK", "cicek"),
        ("Bašaragin", "basaragin"),
        ("Yılmaz", "yilmaz"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Strauß", "strauss"),
        ("深度学习", "深度学习"),
        ("Ｕ－Ｎｅｔ", "u-net"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_ascii_letter_is_left_of_one_with_a_mark() -> None:
    assert strip_marks("Ça Žižek, øØ łŁ đĐ ð ß æÆ œŒ ı þÞ") == (
        "Ca Zizek, oO lL dD d ss aeAE oeOE i thTh"
    )


@given(ANY)
def test_no_mark_is_left_when_marks_are_taken_off(text: str) -> None:
    assert not any(unicodedata.combining(char) for char in strip_marks(text))


def test_a_slug_is_the_words_of_a_text() -> None:
    assert slug("U-Net 2: Déjà_vu!") == "u-net-2-deja-vu"


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["U-Net 2: Déjà_vu!"], "u-net-2-deja-vu"),
        (["Organs", "Heart CT"], "organs-heart-ct"),
        (["C++"], "c++"),
        (["分割 (2D)"], "分割-2d"),
        (["🔥", '"'], ""),
        ([], ""),
    ],
)
def test_a_tag_is_what_a_query_reads_of_some_names(names: list[str], made: str) -> None:
    assert tag(names) == made


@given(ANY)
def test_a_slug_is_safe_in_a_file_name(text: str) -> None:
    made = slug(text)
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U-Net: Convolutional Networks", "U Net - convolutional networks."),
        ("Déjà vu", "Deja Vu"),
        (r"Estimation \& Ranking", "Estimation & Ranking"),
        ("M$^{2}$GRPO", "M^2GRPO"),
        ("VGGT-$Ω$", "VGGT-Ω"),
    ],
)
def test_spelling_variants_of_a_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_the_key_of_a_title_is_its_letters_and_digits() -> None:
    assert title_key("U-Net 2: Déjà vu") == "unet2dejavu"


def test_other_titles_have_other_keys() -> None:
    assert title_key("U-Net") != title_key("U-Net 2")
    assert title_key("深度学习") != title_key("医学图像")


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        pytest.param('Erd\\"os', "Erdös", id="accent"),
        pytest.param("M$^{2}$GRPO", "M^2GRPO", id="power"),
        pytest.param(r"Plan$\times$RAG", "Plan×RAG", id="sign"),
        pytest.param(r"$A \times B$ and $\pi$", "A × B and π", id="spaces in mathematics stay"),
        pytest.param("{VGG} nets", "VGG nets", id="braces"),
        pytest.param(r"{\bf 100% accurate}", "100% accurate", id="a percent sign is no comment"),
        pytest.param(r"{A} 50\% cut", "A 50% cut", id="a percent sign that is escaped already"),
        pytest.param("$xy_12$", "xy_12", id="mathematics without a macro"),
        pytest.param("$^2H$", "^2H", id="a power of nothing"),
        pytest.param("$x^$", "x^", id="a power that is nothing"),
        pytest.param("$Net$ of 2", "Net of 2", id="a word between dollars"),
        pytest.param("From $5 to $6", "From $5 to $6", id="prices are no mathematics"),
        pytest.param("a_b for 5$", "a_b for 5$", id="a price behind an underscore"),
        pytest.param("5$ for a_b", "5$ for a_b", id="a price before an underscore"),
        pytest.param("US$ or A$ for $5$", "US$ or A$ for $5$", id="dollars around other things"),
        pytest.param("From $rags to $$$", "From $rags to $$$", id="dollars of a writer"),
        pytest.param("US$ or $$", "US$ or $$", id="dollars alone"),
        pytest.param("100% of <0.5MB | a_b", "100% of <0.5MB | a_b", id="no TeX at all"),
        pytest.param("{}", "{}", id="what would vanish stays"),
        pytest.param(r"A \title", r"A \title", id="a macro without a title stays"),
        pytest.param(r"Beyond \sqrt", r"Beyond \sqrt", id="a macro without its argument stays"),
        pytest.param("{" * 1_900, "{" * 1_900, id="braces too deep to read stay"),
    ],
)
def test_tex_becomes_unicode_and_plain_text_stays(tex: str, plain: str) -> None:
    assert untex(tex) == plain


def test_every_text_in_a_json_value_is_cleaned_and_nothing_else_is_touched() -> None:
    value = {"a\0": ["b\0", {"c": " d "}, 1, 2.5, True, None], "e": "x" * 2_001}
    clean = {"a": ["b", {"c": "d"}, 1, 2.5, True, None], "e": "x" * 2_000}
    assert clean_json(value) == clean
    assert clean_json({"a\0": ["\0b", {"c": "d"}]}, str.upper) == {"a": ["\0B", {"c": "D"}]}


def test_words_are_folded() -> None:
    assert words("Çiçek's 3D U-Net") == ["cicek", "s", "3d", "u", "net"]
