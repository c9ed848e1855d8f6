"""What is printed: whole and tidy for a person, plain for a pipe, and obeyed by neither."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest
from rich.text import Text

from papertrack.cli.console import Console, report
from papertrack.errors import InvalidIdentifier

Printer = Callable[[Console, str], None]

PRINTERS: dict[str, Printer] = {
    "data": lambda console, text: console.data(text),
    "document": lambda console, text: console.document(f"{text}\n"),
    "complain": lambda console, text: console.complain(f"{text}\n"),
    "say": lambda console, text: console.say(text),
    "warn": lambda console, text: console.warn(text),
    "drawing": lambda console, text: console.drawing(Text(text)),
    "table": lambda console, text: console.table(["head"], [[text]]),
    "table of spans": lambda console, text: console.table(["head"], [[(text, [(0, 1)])]]),
    "lines": lambda console, text: console.lines(text),
    "more lines": lambda console, text: console.lines("", text),
}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return `shown(print)`, which tells what a terminal of forty columns gets."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def printed(show: Callable[[Console], None], *, colours: bool = False) -> str:
        with monkeypatch.context() as patch:
            stream = Terminal()
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            patch.setenv("TERM", "xterm-256color" if colours else "dumb")
            show(Console())
        return stream.getvalue()

    return printed


def piped(show: Callable[[Console], None], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    show(Console())
    return "".join(capsys.readouterr())


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Müller, [b] :smile: 10.5 &amp;", "Müller, [b] :smile: 10.5 &amp;"),
        ("::error::x", ": :error::x"),
        ("  ::error::x", ": :error::x"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[error]x ##[b]", "a ## [error]x ## [b]"),
    ],
    ids=["no command", "command", "indented", "colons in a line", "number signs"],
)
def test_a_text_is_printed_as_it_is_and_is_no_command_of_a_log(
    printer: str, text: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(lambda console: PRINTERS[printer](console, text), capsys).strip() == printed


@pytest.mark.parametrize(
    "printer", [name for name in PRINTERS if name != "drawing"]
)  # what is drawn is clean
@pytest.mark.parametrize("text", ["a\x1b[2Jb\x9b", "\u202ea\x07"], ids=["escapes", "turned"])
def test_nothing_printed_is_obeyed_by_a_terminal(
    printer: str, text: str, shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    def show(console: Console) -> None:
        PRINTERS[printer](console, text)

    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(shown(show) + piped(show, capsys))


def test_data_are_lines_of_any_length_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    Console().data("a\n b")
    Console().data("x" * 1_000_001)
    assert capsys.readouterr() == (f"a b\n{'x' * 1_000_000}\n", "")


def test_a_document_keeps_its_lines_and_columns(capsys: pytest.CaptureFixture[str]) -> None:
    Console().document("a\tb\n\n  c  d\n::e\n")
    Console().document("a\tb\x1b\u202e\tc")
    assert capsys.readouterr() == ("a\tb\n\n  c  d\n: :e\na\tb\ufffd\ufffd\tc", "")
    Console().complain("a\x1b\n  b\n")
    assert capsys.readouterr() == ("", "a\ufffd\n  b\n")


def test_json_says_what_was_there_and_is_no_command_of_a_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = {"a": ["##[error]é\x1b", 1.5]}
    Console().json(value)
    out, err = capsys.readouterr()
    assert (json.loads(out), err) == (value, "")
    assert out.startswith('{\n  "a": [\n    "##\\u005berror]é')
    assert out.endswith("}\n")


def test_who_wants_quiet_hears_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    for console in (Console(), Console(quiet=True)):
        console.say("said\nin lines")
        console.warn("warned\n::x")
    assert capsys.readouterr() == ("", "said\nin lines\nwarned\n: :x\nwarned\n: :x\n")


def test_a_warning_is_wrapped_between_words_and_only_in_a_terminal(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"words of about thirty-eight columns two-parted {'x' * 50}\nnext"
    assert shown(lambda console: console.warn(text)) == (
        f"words of about thirty-eight columns\ntwo-parted\n{'x' * 50}\nnext\n"
    )
    assert piped(lambda console: console.warn(text), capsys) == f"{text}\n"


def test_a_table_has_columns_in_a_terminal_and_tabs_in_a_pipe(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["a [b] :smile:", ("U-Net  is", [(0, 5)])], ["x" * 30, ("U-Net is", [(0, 5)])]]
    assert piped(lambda console: console.table(["A", "Head"], rows), capsys) == (
        f"a [b] :smile:\tU-Net is\n{'x' * 30}\tU-Net is\n"
    )
    assert shown(lambda console: console.table(["[b]A\x1b :bug:", "Head"], rows)) == (
        "[b]A :bug:                      Head    \n"
        "a [b] :smile:                   U-Net is\n"
        f"{'x' * 30}  U-Net is\n"
    )
    coloured = shown(lambda console: console.table(["A", "Head"], rows), colours=True)
    head, spaced, marked = coloured.splitlines()
    assert "\x1b[2mHead" in head
    assert "\x1b" not in spaced  # the spans are those of a text with two spaces
    assert marked.endswith("\x1b[1;33mU-Net\x1b[0m is")


def test_a_long_cell_is_folded_and_a_very_long_one_printed_whole(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    folded = shown(lambda console: console.table(["A", "B"], [["x" * 70, "y"]]))
    assert folded.count("x") == 70
    assert max(map(len, folded.splitlines())) == 40
    for cell in ("x" * 3_000, ("x" * 3_000, [(0, 1)])):
        assert shown(lambda console, c=cell: console.table(["A"], [[c]])).count("x") == 3_000
        assert (
            piped(lambda console, c=cell: console.table(["A"], [[c]]), capsys).count("x") == 3_000
        )


def test_the_largest_bar_is_as_wide_as_the_terminal_lets_it_be(shown: Callable[..., str]) -> None:
    rows = [("one [b]", 10), ("a much longer label", 5), ("x" * 10, 0)]
    assert shown(lambda console: console.bars(rows)) == (
        "one [b]       10 ███████████████████████\n"
        "a much longer  5 ███████████▌           \n"
        "label                                   \n"
        "xxxxxxxxxx     0                        \n"
    )
    assert "\x1b[36" in shown(lambda console: console.bars(rows), colours=True)


@pytest.mark.parametrize(
    ("letters", "lines"), [(15, ["x" * 15]), (25, ["x" * 20, "x" * 5])], ids=["word", "long word"]
)
def test_the_label_of_a_bar_is_broken_only_where_it_would_take_half_of_the_terminal(
    letters: int, lines: list[str], shown: Callable[..., str]
) -> None:
    drawn = shown(lambda console: console.bars([("x" * letters, 1)]))
    assert [line.split()[0] for line in drawn.splitlines()] == lines


WIDE = (
    ("Benchmark", "Name", "Values", "Key", "Id"),
    [
        [
            "synapse",
            ("U-Net", [(0, 5)]),
            "dice=76.85 hd95=39.70",
            "ronneberger2015unet",
            "6831ee6c",
        ],
        ["synapse", "TransUNet [b]", "", "chen2021transunet", "265c8e7d"],
    ],
)


def test_a_table_without_room_for_its_words_stands_row_by_row(shown: Callable[..., str]) -> None:
    assert shown(lambda console: console.table(*WIDE, lead=1)) == (
        "U-Net\n"
        "  Benchmark synapse\n"
        "  Values dice=76.85 hd95=39.70\n"
        "  Key ronneberger2015unet  Id 6831ee6c\n"
        "TransUNet [b]\n"
        "  Benchmark synapse\n"
        "  Key chen2021transunet  Id 265c8e7d\n"
    )
    bare = shown(lambda console: console.table(*WIDE, labels=False))
    assert bare.splitlines()[:3] == [
        "synapse",
        "  U-Net  dice=76.85 hd95=39.70",
        "  ronneberger2015unet  6831ee6c",
    ]
    coloured = shown(lambda console: console.table(*WIDE, lead=1), colours=True).splitlines()
    assert coloured[0] == "\x1b[1;33mU-Net\x1b[0m"
    assert "\x1b[2mBenchmark synapse" in coloured[1]


def test_a_column_of_numbers_ends_at_the_right(shown: Callable[..., str]) -> None:
    rows = [["a", ("9.70", [(0, 4)])], ["b", "21.55"]]
    assert shown(lambda console: console.table(("", "HD95"), rows, right=[1])) == (
        "    HD95\na   9.70\nb  21.55\n"
    )
    coloured = shown(lambda console: console.table(("", "HD95"), rows, right=[1]), colours=True)
    assert "\x1b[1;33m9.70" in coloured


def test_a_table_in_a_pipe_is_the_same_whatever_stands_first_in_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = piped(lambda console: console.table(*WIDE, lead=1, labels=False), capsys)
    assert told.splitlines()[1] == "synapse\tTransUNet [b]\t\tchen2021transunet\t265c8e7d"


def test_a_part_that_is_wider_than_a_terminal_is_wrapped_and_indented(
    shown: Callable[..., str],
) -> None:
    rows = [["a" * 50, "word " * 12]]
    lines = shown(lambda console: console.table(("A", "Why"), rows)).splitlines()
    assert [line.rstrip() for line in lines] == [
        "a" * 40,
        "a" * 10,
        "  Why word word word word word word word",
        "  word word word word word",
    ]


def test_lines_are_wrapped_and_dimmed_in_a_terminal_and_whole_in_a_pipe(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, more = ("U-Net 2015", [(0, 5)]), "more " * 9 + "[b] 10.5 :smile:"
    assert piped(lambda console: console.lines(first, more), capsys) == f"U-Net 2015\n{more}\n"
    assert shown(lambda console: console.lines(first, more)) == (
        f"U-Net 2015\n{'more ' * 8}\nmore [b] 10.5 :smile:\n"
    )
    assert shown(lambda console: console.lines(first, more, "end"), colours=True) == (
        "\x1b[1;33mU-Net\x1b[0m 2015\n"
        f"\x1b[2m{'more ' * 8}\x1b[0m\n"
        "\x1b[2mmore [b] 10.5 :smile:\x1b[0m\n"
        "\x1b[2mend\x1b[0m\n"
    )


def test_a_labelled_value_is_wrapped_behind_its_label(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    value = "word " * 6 + "z" * 40
    assert piped(lambda console: console.labelled("A\x1b", value), capsys) == f"A\t{value}\n"
    assert shown(lambda console: console.labelled("Authors\x1b", value)) == (
        "Authors    word word word word word word\n"
        f"           {'z' * 29}\n"
        f"           {'z' * 11}                  \n"
    )
    coloured = shown(lambda console: console.labelled("Authors", "[b]"), colours=True)
    assert coloured.startswith("\x1b[2mAuthors")
    assert "[b]" in coloured


def test_a_drawing_has_its_width_and_its_colours_in_a_terminal(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = Text.assemble(("a " * 30, "bold"), "\n[b] 12")
    assert piped(lambda console: console.drawing(drawing), capsys) == f"{'a ' * 30}\n[b] 12\n"
    assert shown(lambda console: console.drawing(drawing), colours=True) == (
        f"\x1b[1m{'a ' * 30}\x1b[0m\n[b] 12\n"
    )


def ask(console: Console) -> None:
    with console.progress(2) as show:
        show("arXiv", 1, 3)
        show("arXiv", 3, 3)
        show("other", 1, 2)


def test_progress_is_shown_for_more_than_a_batch_to_a_person_who_wants_to_hear(
    shown: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = shown(ask, colours=True)
    assert "arXiv" in told
    assert "3/3" in told
    assert "other" not in told
    assert shown(lambda _: ask(Console(quiet=True)), colours=True) == ""
    assert piped(ask, capsys) == ""


def test_an_error_says_what_went_wrong_and_what_to_type_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(InvalidIdentifier("no\x1b", "type\nthis"), as_json=False)
    report(InvalidIdentifier("no", ""), as_json=False)
    assert capsys.readouterr() == ("", "papertrack: no\nhint: type\nthis\npapertrack: no\n")
    report(InvalidIdentifier("no", "type this"), as_json=True)
    out, err = capsys.readouterr()
    code = int(InvalidIdentifier("no", "").exit_code)
    told = {"message": "no", "hint": "type this", "exit_code": code}
    assert (json.loads(out), err) == ({"error": told}, "")
