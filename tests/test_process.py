"""The process: signals end it with one line, and so does an output that takes no more."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrack.library import Library
from tests.builders import make_library, unet
from tests.services import ARXIV, S2, Fault, Services

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="needs signals and devices of POSIX"),
    pytest.mark.usefixtures("ctrl_c_is_heeded"),
]

COMMAND = [sys.executable, "-m", "papertrack"]
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_library(tmp_path / "list", unet=unet()).root


@pytest.fixture
def asked(services: Services) -> Iterator[threading.Event]:
    """Let the services be silent until the test ends; the event says that one was asked."""
    event, release = threading.Event(), threading.Event()

    def hold(body: bytes) -> bytes:
        event.set()
        release.wait(30)
        return body

    for name in (ARXIV, S2):
        services.fault(name, Fault(body=hold))
    yield event
    release.set()


def start(folder: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
def test_a_signal_ends_a_command_that_waits_for_a_service_with_one_line(
    folder: Path, asked: threading.Event, number: signal.Signals
) -> None:
    with start(folder, *COMMAND, "add", "2001.00001") as process:
        assert asked.wait(30)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    word = "terminated" if number == signal.SIGTERM else "interrupted"
    assert process.returncode == CODES[number]
    assert (out, err) == ("", f"papertrack: {word}; the same command goes on where it stopped\n")
    assert [path.name for path in (folder / "store" / "papers").iterdir()] == ["unet.json"]


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
def test_a_signal_ends_a_check_of_links_without_waiting_for_the_page(
    folder: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is one whose server takes the connection and never answers."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.getsockname()[1]}")
        (folder / "README.md").write_text("# L\n\n- [A paper](http://papers.example/a)\n")
        with start(folder, *COMMAND, "check", "--links", "README.md") as process:
            connection, _ = server.accept()
            process.send_signal(number)
            _, err = process.communicate(timeout=10)
            connection.close()
    assert process.returncode == CODES[number]
    assert len(err.splitlines()) == 1


def test_a_signal_that_the_parent_wants_ignored_is_ignored(
    folder: Path, asked: threading.Event
) -> None:
    command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *COMMAND, "add", "2001.00001"]
    with start(folder, *command) as process:
        assert asked.wait(30)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 143


IN_A_FINALIZER = """
import os, signal, sys
from papertrack.cli import app, process
class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000): pass
def run(arguments):
    dying = Dying()
    del dying
    return 0
app.run = run
process.main()
"""

TWICE = """
import os, signal
from papertrack.cli import app, process
def run(arguments):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    finally:
        os.kill(os.getpid(), signal.SIGINT)
app.run = run
process.main()
"""


@pytest.mark.parametrize(
    ("script", "code", "lines"),
    [
        pytest.param(IN_A_FINALIZER, 143, 1, id="in a finalizer"),
        pytest.param(TWICE, -2, 0, id="twice"),
    ],
)
def test_a_signal_shows_no_traceback_where_it_cannot_be_raised_or_comes_again(
    folder: Path, script: str, code: int, lines: int
) -> None:
    with start(folder, sys.executable, "-c", script) as process:
        _, err = process.communicate(timeout=20)
    assert (process.returncode, len(err.splitlines())) == (code, lines), err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["list", "list --json", "--version", "show unet", "--help"])
def test_an_output_that_takes_no_more_is_an_error_of_one_line(folder: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*COMMAND, *command.split()], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ran.returncode == 1
    assert ran.stderr == "papertrack: the output cannot be written: No space left on device\n"


def test_a_reader_that_has_seen_enough_is_no_trouble(folder: Path) -> None:
    with start(folder, *COMMAND, "list", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(20) == 1
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["list --json", "set unet notes=read"])
def test_a_closed_stream_is_no_trouble_and_no_file_takes_its_place(
    folder: Path, command: str, closed: str
) -> None:
    line = f"{shlex.join(COMMAND)} {command} {closed}"
    ran = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    contents = Library(folder).read()
    assert not contents.problems
    assert contents.papers["unet"].notes == ("read" if "set" in command else "")


NAMELESS = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""What makes Python write ASCII, where Windows makes it write the code page of the country."""

PRINTERS = ["list --format bibtex", "list --format csv", "list --format tsv", "list --json", "show"]


@pytest.fixture
def foreign(folder: Path) -> Path:
    """Return a list with an author whose letters few encodings have."""
    make_library(folder, unet=unet(authors=("Łukasz Nowak", "李明")))
    return folder


def printed(folder: Path, command: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    arguments = [*command.split(), *(["unet"] if command == "show" else [])]
    environ = os.environ | {"PYTHONUNBUFFERED": ""} | environ
    return subprocess.run([*COMMAND, *arguments], cwd=folder, env=environ, capture_output=True)


@pytest.mark.parametrize("command", PRINTERS)
def test_a_file_or_a_pipe_gets_utf_8_whatever_the_locale_is(foreign: Path, command: str) -> None:
    ran = printed(foreign, command, **NAMELESS)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == printed(foreign, command, PYTHONUTF8="1").stdout
    assert "Łukasz Nowak" in ran.stdout.decode()


def test_talk_is_in_utf_8_too(foreign: Path) -> None:
    ran = printed(foreign, "search lukasy", **NAMELESS)
    assert (ran.returncode, ran.stderr.decode()) == (0, "nothing matches; near: Łukasz\n")


def test_an_encoding_that_a_person_has_chosen_holds(foreign: Path) -> None:
    chosen = printed(foreign, "show", PYTHONIOENCODING="gb18030")
    assert chosen.returncode == 0
    assert "Łukasz Nowak, 李明" in chosen.stdout.decode("gb18030")
    lenient = printed(foreign, "show", PYTHONIOENCODING="ascii:namereplace")
    assert rb"\N{LATIN CAPITAL LETTER L WITH STROKE}ukasz" in lenient.stdout


@pytest.mark.parametrize("command", PRINTERS)
def test_an_encoding_that_lacks_a_letter_is_an_error_and_no_part_is_printed(
    foreign: Path, command: str
) -> None:
    ran = printed(foreign, command, PYTHONIOENCODING="cp1252")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode("ascii").splitlines() == [
        r"papertrack: the output cannot be written as cp1252, which has no '\u0141'",
        "hint: PYTHONIOENCODING=utf-8",
    ]
