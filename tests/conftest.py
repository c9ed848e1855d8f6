"""What every test stands on: no network beyond loopback, no settings of the person who runs it."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest

from tests.services import clock as clock
from tests.services import services as services

TESTS = Path(__file__).parent

# A machine that is busy with other tests is slow, which says nothing about an example. CI draws
# the same examples each time: it judges a change, and new examples are looked for by people.
hypothesis.settings.register_profile("papertrack", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("papertrack")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, which rewrites the expected files; review the diff afterwards."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/")


@pytest.fixture
def ends() -> Iterator[None]:
    """Stop a test that computes for half a minute: what is not linear in its input never ends."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError("half a minute of computing")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.fixture
def ctrl_c_is_heeded() -> Iterator[None]:
    """Let processes heed Ctrl-C that a shell has tests, in the background, ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine, whichever HTTP library asks for it."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1"):
            raise OSError(f"a test tried to reach {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run with no setting of the outside, and services at a port where nobody listens.

    Git tells what it runs, as a hook or in a rebase, where its own repository is; the tests have
    others.
    """
    for name in [n for n in os.environ if n.startswith(("PAPERTRACK_", "S2_", "GIT_"))]:
        monkeypatch.delenv(name)
    for name in ("PAPERTRACK_ARXIV_URL", "PAPERTRACK_S2_URL", "PAPERTRACK_HF_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAPERTRACK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PAPERTRACK_ARXIV_DELAY", "0")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")  # a process that crashes says where


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Take back what `-v` has set: a command ends with its process, and a test does not."""
    logger = logging.getLogger("papertrack")
    handlers, level = list(logger.handlers), logger.level
    yield
    logger.handlers[:] = handlers
    logger.setLevel(level)


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read stdout, which must be one JSON document and nothing else."""
        return json.loads(self.out)


@pytest.fixture
def papertrack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Return `papertrack(*arguments)`, which runs the command line in an empty folder."""
    from papertrack.cli.app import run

    folder = tmp_path / "list"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def command(*arguments: str, stdin: str | bytes = b"") -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        capsys.readouterr()
        return Ran(run(arguments), *capsys.readouterr())

    return command


_DATA = os.environ.get("PAPERTRACK_TEST_DATA", "")


def _data(*parts: str) -> Path:
    path = Path(_DATA, *parts)
    if not _DATA or not path.exists():
        pytest.skip("PAPERTRACK_TEST_DATA does not name the folder of shared test data")
    return path


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Return the folder of recorded answers of the services; skip without it."""
    return _data("recorded")


@pytest.fixture(scope="session")
def seed() -> Path:
    """Return the folder with the facts of the list that the project began with; skip without it."""
    return _data("seed")


@pytest.fixture(scope="session")
def lists() -> list[Path]:
    """Return the READMEs of other people's lists; skip without them."""
    return sorted(_data("lists", "dev").glob("*.md"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `check(name, text)`, which compares a text with the expected file of that name."""
    update = request.config.getoption("--update-golden")

    def check(name: str, text: str) -> None:
        path = TESTS / "golden" / name
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"{path} is missing: run pytest --update-golden and review it"
        assert text == path.read_bytes().decode()

    return check
