"""Citation keys: readable, unique, and a safe file name whatever the title holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrack.keys import citation_key, initial, is_key, surname

ANY = st.text(st.characters(exclude_categories=[]), max_size=40)
TITLES = st.lists(
    ANY | st.sampled_from(["con", "the", "Net", "Segmentation", "x" * 90]), max_size=6
).map(" ".join)
DEVICES = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}


@given(TITLES, st.lists(ANY, max_size=2), st.none() | st.integers(1900, 2100))
def test_a_key_is_always_a_safe_file_name(title: str, authors: list[str], year: int | None) -> None:
    key = citation_key(title, authors, year, ())
    assert is_key(key)
    assert key.isascii()
    assert len(key) <= 80
    assert key not in DEVICES
    assert key == key.lower()


@given(TITLES, st.lists(ANY, max_size=1), st.integers(2, 12))
def test_papers_that_look_the_same_get_keys_of_their_own(
    title: str, authors: list[str], number: int
) -> None:
    taken: list[str] = []
    for _ in range(number):
        taken.append(citation_key(title, authors, 2015, taken))
    assert len(set(taken)) == number
    assert all(map(is_key, taken))


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Olaf Ronneberger", "ronneberger"),
        ("Ronneberger, Olaf", "ronneberger"),
        ("Klaus H. Maier-Hein", "maierhein"),
        ("Laurens van der Maaten", "maaten"),
        ("van der Maaten, Laurens", "vandermaaten"),
        ("Özgün Çiçek", "cicek"),
        ("Brian O'Neill", "oneill"),
        ("Sammy Davis Jr.", "davis"),
        ("Davis, Sammy, Jr.", "davis"),
        ("Sammy Davis, Jr.", "davis"),
        ("Davis, Jr., Sammy", "davis"),
        ("Sammy Davis Sr", "davis"),
        ("Olaf Ronneberger,", "ronneberger"),
        ("John Smith II", "smith"),
        ("John Smith III", "smith"),
        ("John Smith IV", "smith"),
        ("Mausam", "mausam"),
        ("The BioChatter Consortium", "consortium"),
        ("张伟", "张伟"),
        ("Jr.", ""),
        ("", ""),
    ],
)
def test_the_surname_of_an_author(author: str, expected: str) -> None:
    assert surname(author) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Olaf Ronneberger", "o"),
        ("Ronneberger, Olaf", "o"),
        ("Sammy Davis, Jr.", "s"),
        ("Davis, Jr., Sammy", "s"),
        ("Davis, Sammy, Jr.", "s"),
        ("Émile Zola", "e"),
        ("Mausam", ""),
        ("Davis, ", ""),
        ("Jr.", ""),
        ("", ""),
    ],
)
def test_the_initial_of_an_author(author: str, expected: str) -> None:
    assert initial(author) == expected


UNET = "U-Net: Convolutional Networks for Biomedical Image Segmentation"


@pytest.mark.parametrize(
    ("title", "authors", "year", "expected"),
    [
        pytest.param(UNET, ["Olaf Ronneberger"], 2015, "ronneberger2015unet", id="usual"),
        pytest.param("On the Theory of Nets", ["A. Wu"], 2020, "wu2020theory", id="stop words"),
        pytest.param("What Is It", ["A. Wu"], 2020, "wu2020paper", id="only stop words"),
        pytest.param("3D U-Net", ["Özgün Çiçek"], 2016, "cicek20163d", id="accents"),
        pytest.param("深度学习", ["张伟"], 2019, "2019paper", id="no Latin letter"),
        pytest.param("Net", ["张伟"], None, "net", id="no author, no year"),
        pytest.param("Con", [], None, "con-2", id="a device of Windows"),
        pytest.param("Con Artist", [], None, "conartist", id="a device, and another word"),
        pytest.param("COM1", [], None, "com1-2", id="a numbered device"),
        pytest.param("../../etc/passwd", ["A. /b"], 2020, "b2020etcpasswd", id="a path"),
    ],
)
def test_a_key_is_surname_year_and_first_telling_word(
    title: str, authors: list[str], year: int | None, expected: str
) -> None:
    assert citation_key(title, authors, year, ()) == expected


def test_words_that_every_title_has_tell_nothing() -> None:
    title = (
        "A an and are as at by can do for from how in into is it of on or than that the their to "
        "toward towards under using via what when where why with"
    )
    assert citation_key(title, ["Li Wu"], 2020, ()) == "wu2020paper"
    for word in title.split():
        assert citation_key(f"{word} Nets", ["Li Wu"], 2020, ()) == "wu2020nets"


def test_a_clash_takes_the_next_words_and_then_numbers() -> None:
    taken: list[str] = []
    for _ in range(5):
        taken.append(citation_key("Deep Nets for Images", ["Li Wu"], 2020, taken))
    assert taken == [
        "wu2020deep",
        "wu2020deepnets",
        "wu2020deepnetsimages",
        "wu2020deep-2",
        "wu2020deep-3",
    ]


@pytest.mark.parametrize("name", ["", "-a", "_a", "A", "ä", "a.b", "a/b", "a b", "nul", "x" * 81])
def test_other_names_are_no_keys(name: str) -> None:
    assert not is_key(name)


def test_a_long_key_is_cut_at_eighty_characters() -> None:
    long = "wu2020" + "x" * 74
    assert citation_key("x" * 200, ["Li Wu"], 2020, ()) == long
    assert citation_key("x" * 200, ["Li Wu"], 2020, [long]) == f"{long[:74]}-2"


def test_letters_that_no_key_can_hold_part_no_surname() -> None:
    assert citation_key("Nets", ["Li W网u"], 2020, ()) == "wu2020nets"


def test_only_the_devices_of_windows_are_kept_for_it() -> None:
    assert not any(map(is_key, DEVICES))
    assert all(map(is_key, ["com0", "com10", "a", "a_b-c"]))
