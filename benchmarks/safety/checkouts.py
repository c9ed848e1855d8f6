"""A hostile checkout, looked at in CI."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from benchmarks.safety._stores import Papertrack, filled
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack.publishing import adopt

_SECRET = "canary-7f3a"
"""Stands in a file outside of the checkout that no output may show."""

COMMANDS = (
    "check",
    "check README.md",
    "render --check",
    "render --check --diff",
    "search paper",
    "list --json",
    "show k0",
    "site -o ../public",
)

_TRACED = "execve,connect,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
_TRACED += ",link,linkat,symlink,symlinkat,chmod,fchmodat,truncate"
_HARM = re.compile(
    r"execve\(|AF_INET6?\b|O_WRONLY|O_RDWR|O_CREAT"
    r"|(?:creat|rename|unlink|mkdir|link|symlink|chmod|truncate)\w*\("
)
_HARMLESS = re.compile(r'"/dev/(?:null|tty)"|ENOENT|EEXIST')
_PATH = re.compile(r'"([^"]*)"')
_ASKED_FOR = re.compile(r"(?:.*/)?public(?:/\.?(?:index\.html|feed\.xml)(?:\.\d+\.tmp)?)?")
"""What `site` is told to write."""
_LOCKED = re.compile(r'/store/\.lock", [A-Z_|]*O_NOFOLLOW')
"""The lock under which it writes; a link in its place is not followed."""

_CODE = """
import os, socket
os.system("touch pwned")
open("../outside/written", "w").close()
"""


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Run what CI runs on a pull request of a stranger, under strace."""
    what = (
        "a hostile checkout (settings, store, README, Python files) under "
        f"{', '.join(COMMANDS)}: code run, connections, files written, secrets shown"
    )
    if not shutil.which("strace"):
        yield Row(what, "not tried: there is no strace")
        return
    secret = work / "outside" / "secret.md"
    secret.parent.mkdir()
    secret.write_text(
        f"# {_SECRET}\n\n- [{_SECRET}]({_SECRET})\n- []({_SECRET})\n", encoding="utf-8"
    )
    (secret.parent / "secret.json").write_text(f'{{"title": "{_SECRET}"}}')
    pairs = list(product(ATTACKS, COMMANDS))
    tried = random.Random(17).sample(pairs, scaled(len(pairs), scale, least=8))
    wrong = []
    for name, command in tried:
        checkout = _checkout(work / name, ATTACKS[name])
        wrong += [f"{name}, {command}: {harm}" for harm in _harm(checkout, command, ["-P"])[:1]]
    commands = COMMANDS[: scaled(len(COMMANDS), scale)]
    control = [command for command in commands if _harm(_checkout(work / "c", _code), command, [])]
    yield Row(
        what,
        Outcome(len(wrong), len(tried)),
        Outcome(len(control), len(commands)),
        "; ".join(wrong)
        or "the obvious way: `python -m`, which imports what lies in the working directory",
    )


def _checkout(root: Path, attack: Callable[[Path], object]) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    filled(Papertrack, root, 3)
    adopt(root / "README.md", "List")
    attack(root)
    return root


def _harm(checkout: Path, command: str, options: list[str]) -> list[str]:
    """Run a command, and list the system calls that a look at a list has no need of."""
    trace = checkout.parent / "trace"
    tracer = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(trace),
        "-e",
        f"trace={_TRACED}",
        "-e",
        "signal=none",
    ]
    python = [sys.executable, "-B", *options, "-m", "papertrack"]
    ran = subprocess.run(
        [*tracer, *python, *command.split()],
        cwd=checkout,
        env=os.environ | {"PAPERTRACK_CACHE_DIR": str(checkout.parent / "cache")},
        capture_output=True,
        text=True,
    )
    _, *calls = trace.read_text(errors="replace").splitlines()
    harm = [call for call in calls if _HARM.search(call) and not _is_harmless(call)]
    public = checkout.parent / "public"
    written = "".join(path.read_text(encoding="utf-8") for path in public.glob("*"))
    shutil.rmtree(public, ignore_errors=True)
    if _SECRET in ran.stdout + ran.stderr + written:
        harm.append("a secret is shown")
    if "Traceback" in ran.stderr:
        harm.append(ran.stderr.splitlines()[-1])
    return harm


def _is_harmless(call: str) -> bool:
    """Tell whether a system call changes nothing, or only what the command is told to write."""
    paths = _PATH.findall(call)
    asked_for = bool(paths) and all(map(_ASKED_FOR.fullmatch, paths)) and "execve(" not in call
    return asked_for or bool(_HARMLESS.search(call) or _LOCKED.search(call))


def _settings(text: str) -> Callable[[Path], object]:
    return lambda root: (root / "store" / "config.toml").write_text(f"schema = 1\n{text}\n")


def _link(name: str, target: str) -> Callable[[Path], None]:
    def link(root: Path) -> None:
        path = root / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(root.parent / target)

    return link


def _code(root: Path) -> None:
    """Put Python files where a careless start would import them."""
    for name in ("papertrack", "tinydb", "msgspec", "typer", "sitecustomize", "conftest", "json"):
        (root / f"{name}.py").write_text(_CODE)
    (root / ".env").write_text("EDITOR=touch pwned\n")
    (root / "pyproject.toml").write_text('[tool.papertrack]\nplugins = ["tinydb"]\n')


def _readme(*lines: str) -> Callable[[Path], object]:
    return lambda root: (root / "README.md").write_text("\n\n".join(["# List", *lines, ""]))


def _paper(text: str) -> Callable[[Path], object]:
    return lambda root: (root / "store" / "papers" / "k0.json").write_text(text)


ATTACKS = {
    "python-files": _code,
    "readme-elsewhere": _settings('readme = ["../outside/secret.md"]'),
    "readme-absolute": _settings('readme = ["/etc/passwd"]'),
    "snapshot-elsewhere": _settings('snapshot = "../outside/secret.md"'),
    "unknown-settings": _settings('editor = "touch pwned"\nhook = "touch pwned"'),
    "settings-link": _link("store/config.toml", "outside/secret.md"),
    "readme-link": _link("README.md", "outside/secret.md"),
    "paper-link": _link("store/papers/k0.json", "outside/secret.json"),
    "folder-link": _link("store/papers", "outside"),
    "lock-link": _link("store/.lock", "outside/locked"),
    "regions": _readme(
        "<!-- papertrack:begin papers template=../outside/secret.md -->",
        "{{ 7*7 }} {% include '../outside/secret.md' %} ${HOME} `touch pwned`",
        "<!-- papertrack:end papers -->",
    ),
    "table": _readme(
        "<!-- papertrack:begin table ../../outside/secret -->",
        "<!-- papertrack:end table ../../outside/secret -->",
    ),
    "links": _readme("![](file:///etc/passwd) ![x](http://127.0.0.1:9/x.png) <file:///etc/passwd>"),
    "addresses": _paper(
        '{"title": "A", "code": [{"url": "file:///etc/passwd"}], "links": '
        '[{"label": "x", "url": "http://127.0.0.1:9/"}], "venue": {"name": "!!python/object"}}'
    ),
    "nested": _paper('{"title": ' + "[" * 100_000),
    "template": _paper('{"title": "{{ 7*7 }} ${x} $(touch pwned) `touch pwned` %s {0}"}'),
}
"""What a stranger may put into a pull request."""
