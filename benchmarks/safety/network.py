"""Services that misbehave, over real sockets."""

from __future__ import annotations

import json
import logging
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from benchmarks.safety._commands import Ran, broken, papertrack, ran
from benchmarks.safety.report import Outcome, Row, scaled
from papertrack import library
from papertrack.model import Paper
from tests.faults import CASES, TITLES, Case
from tests.services import ARXIV, S2, Fault, Services

MOST_SECONDS, MOST_MEGABYTES = 75.0, 250.0
CANARY = "canary-3f9a71c2e8"

_HURRIED = {"PAPERTRACK_TIMEOUT": "1", "S2_API_KEY": CANARY}
_REAL = {"PAPERTRACK_ARXIV_DELAY": "3", "S2_API_KEY": CANARY}
_AT_ONCE = (0.01, 0.01, 0.01)
_PARALLEL = 10
"""Trials at the same time: most of them wait."""

_REAL_FAULTS = (
    *("no answer at all", "a body byte by byte", "a head byte by byte", "HTTP 503"),
    *("Retry-After tomorrow", "Retry-After on a date, once", "a connection reset"),
)
"""Faults that are tried at the settings that people have."""

_ASKED = re.compile(r"^(?:GET .*id_list=|POST .*/paper/batch)", re.MULTILINE)
"""A request to arXiv or Semantic Scholar in the log of a command."""

T = TypeVar("T")


class Trial(NamedTuple):
    """One case, tried."""

    case: Case
    ours: Sequence[Ran]
    wrong: str
    """What papertrack did wrong."""
    obvious: str
    """What the client package as it comes did wrong."""
    leaked: bool
    obvious_leaked: bool


def rows(scale: float, work: Path) -> Iterator[Row]:
    """Try each fault with `add` and `refresh`, and with the client packages as they come."""
    cases = CASES if scale == 1 else _few([case for case in CASES if not case.huge])
    cap = MOST_SECONDS if scale == 1 else 3.0
    trials = _all(lambda case: _tried(case, work, cap), cases)
    yield Row(
        f"{len(cases)} faults of arXiv and Semantic Scholar, through add and refresh: silently "
        f"wrong, another exit code, beyond {MOST_SECONDS:.0f} s or {MOST_MEGABYTES:.0f} MB, the "
        "store changed by a failure, something lost or asked for twice",
        Outcome(sum(bool(t.wrong) for t in trials), len(trials)),
        Outcome(sum(bool(t.obvious) for t in trials), len(trials)),
        _worst(trials),
    )
    yield _leaks(trials, work / "leaks")
    if scale == 1:
        yield _at_real_settings(work / "real")
    yield _clock_set_back(work / "clock")
    yield _blanks(scaled(1_000, scale, least=100), work / "blanks")


def _few(cases: Sequence[Case]) -> list[Case]:
    """Choose a dozen of all kinds, the same each time; a test goes through them all."""
    return random.Random(1).sample(cases, 12)


def _all(task: Callable[[Case], T], cases: Iterable[Case]) -> list[T]:
    with ThreadPoolExecutor(_PARALLEL) as pool:
        return list(pool.map(task, cases))


# --- one fault -----------------------------------------------------------------------------------


def _tried(case: Case, work: Path, cap: float) -> Trial:
    folder = work / re.sub(r"\W+", "-", case.name)
    with Services() as services:
        case.know(services)
        case.begin(services)
        ours, wrong = _ours(case, services, folder)
        services.mend()
        case.begin(services)
        obvious = _obvious(case, services, folder, cap)
    leaked = any(CANARY in text for text in _texts(ours, folder))
    return Trial(
        case, ours, wrong, _judged(case, obvious), leaked, CANARY in obvious.out + obvious.err
    )


def _ours(case: Case, services: Services, root: Path) -> tuple[list[Ran], str]:
    """Add three papers while a service misbehaves, add them again when it does not, refresh."""
    made = library.create(root)

    def command(*arguments: str, cache: str, **more: str) -> Ran:
        environ = services.environment | _HURRIED | {"PAPERTRACK_CACHE_DIR": str(root / cache)}
        words = ["-vv", *arguments, "--json"]
        cap = 2 * MOST_SECONDS
        return ran(papertrack, words, _AT_ONCE, folder=root, environ=environ | more, cap=cap)

    added = command("add", *case.ids, cache="cache")
    wrong = _wrong(added, case.outcome.add) + _unlike(added, case.outcome.statuses)
    held = made.read().papers
    wrong += ["the store"] * (len(held) != case.outcome.statuses.count("added"))
    services.mend()
    again = command("add", *case.ids, cache="cache", PAPERTRACK_TIMEOUT="30")
    asked = len(_ASKED.findall(again.err))
    wrong += ["asked again"] * (asked != ("failed" in case.outcome.statuses))
    wrong += ["lost"] * any(made.read().papers.get(key) != paper for key, paper in held.items())
    papers = _papers(case)
    with made.change() as contents:
        contents.papers = dict(papers)
    known = _bytes(root)
    case.begin(services)
    refreshed = command("refresh", "--all", cache="another")
    wrong += _wrong(refreshed, case.outcome.refresh)
    wrong += ["written over"] * ("added" not in case.outcome.statuses and _bytes(root) != known)
    after = made.read().papers
    wrong += ["blanked"] * any(blanked(paper, after[key]) for key, paper in papers.items())
    return [added, again, refreshed], "; ".join(wrong)


def _papers(case: Case) -> dict[str, Paper]:
    kind = "arxiv" if case.service == ARXIV else "doi"
    return {
        f"paper{n}": Paper(title=title, authors=("Ada Lovelace",), year=2019, ids={kind: value})
        for n, (title, value) in enumerate(zip(TITLES, case.ids, strict=True))
    }


def _wrong(command: Ran, code: int) -> list[str]:
    """List what no command may do, whatever the services do."""
    return [
        *([f"exit {command.result} in the place of {code}"] if command.result != code else []),
        *(["a traceback"] if "Traceback" in command.err else []),
        *([f"{command.seconds:.0f} s"] if command.seconds > MOST_SECONDS else []),
        *([f"{command.megabytes:.0f} MB"] if command.megabytes > MOST_MEGABYTES else []),
    ]


def _unlike(command: Ran, statuses: Sequence[str]) -> list[str]:
    try:
        told = [result["status"] for result in json.loads(command.out)]
    except ValueError:
        return ["no JSON"]
    return [] if told == list(statuses) else [", ".join(told)]


def _bytes(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "store").rglob("*.json")}


def _texts(commands: Iterable[Ran], folder: Path) -> Iterator[str]:
    """Yield everything that commands left behind."""
    for command in commands:
        yield command.out + command.err
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode(errors="replace")


def _worst(trials: Sequence[Trial]) -> str:
    """Say what was worst, and which faults went wrong."""
    commands = [command for trial in trials for command in trial.ours]
    seconds = max(command.seconds for command in commands)
    megabytes = max(command.megabytes for command in commands)
    told = [f"longest {seconds:.1f} s, most memory {megabytes:.0f} MB"]
    told += [f"{trial.case.name}: {trial.wrong}" for trial in trials if trial.wrong]
    return "; ".join(told)


# --- the obvious way -----------------------------------------------------------------------------


def _obvious(case: Case, services: Services, folder: Path, cap: float) -> Ran:
    """Ask with the client package as it comes."""
    task = _ask_arxiv if case.service == ARXIV else _ask_semantic_scholar
    return ran(task, services.url, case.ids, folder=folder, environ={}, cap=cap)


def _ask_arxiv(url: str, ids: Sequence[str]) -> list[str]:
    import arxiv

    client = arxiv.Client(delay_seconds=0.2)
    client.query_url_format = f"{url}/api/query?{{}}"
    return [result.title for result in client.results(arxiv.Search(id_list=list(ids)))]


def _ask_semantic_scholar(url: str, ids: Sequence[str]) -> list[str]:
    logging.basicConfig(level=logging.DEBUG)
    from semanticscholar import SemanticScholar

    client = SemanticScholar(api_url=url, api_key=CANARY)
    fields = ["externalIds", "title", "year", "authors"]
    return [paper.title for paper in client.get_papers([f"DOI:{i}" for i in ids], fields=fields)]


def _judged(case: Case, control: Ran) -> str:
    """Say what the control did wrong; that it raised an error for a fault is right."""
    if not control.ended:
        return "no end"
    if control.megabytes > MOST_MEGABYTES:
        return f"{control.megabytes:.0f} MB"
    wanted = [t for t, s in zip(TITLES, case.outcome.statuses, strict=True) if s == "added"]
    raised = control.result is None
    if "failed" in case.outcome.statuses:
        return "" if raised else "silently wrong"
    return "" if not raised and sorted(control.result, key=str) == wanted else "wrong"


# --- other rows ----------------------------------------------------------------------------------


def _leaks(trials: Sequence[Trial], root: Path) -> Row:
    """Look for the key in what the trials left, in help texts, and where the program breaks."""
    library.create(root)
    with Services() as services:
        services.add("2001.00001")
        environ = services.environment | _HURRIED | {"PAPERTRACK_CACHE_DIR": str(root)}
        helps = [[*words, "--help"] for words in ([], ["add"], ["refresh"])]
        commands = [
            *(ran(papertrack, w, None, folder=root, environ=environ, cap=60) for w in helps),
            ran(broken, ["-vv", "add", "2001.00001"], folder=root, environ=environ, cap=60),
        ]
        sent = [request.headers.get("x-api-key") for request in services.requests]
    used = "Traceback" in commands[-1].err and CANARY in sent
    asked = [trial for trial in trials if trial.case.service == S2]
    leaked = [trial.leaked for trial in trials] + [
        CANARY in text for text in _texts(commands, root)
    ]
    return Row(
        "the API key in output, log (-vv), traceback, help, store or cache",
        Outcome(sum(leaked), len(trials) + len(commands) if used else 0),
        Outcome(sum(trial.obvious_leaked for trial in asked), len(asked)),
        "the obvious way: semanticscholar with logging at DEBUG",
    )


def _at_real_settings(work: Path) -> Row:
    """Try the slow faults with nothing shortened, of both services at once too."""

    def seconds(case: Case) -> Ran:
        root = work / re.sub(r"\W+", "-", case.name)
        library.create(root)
        with Services() as services:
            case.know(services)
            case.begin(services)
            environ = services.environment | _REAL | {"PAPERTRACK_CACHE_DIR": str(root / "cache")}
            words = ["add", *case.ids, "--json"]
            return ran(papertrack, words, None, folder=root, environ=environ, cap=300)

    cases = [case for case in CASES if case.what in _REAL_FAULTS]
    with ThreadPoolExecutor(len(cases)) as pool:
        commands = list(pool.map(seconds, cases))
    pairs = zip(cases, commands, strict=True)
    wrong = [case.name for case, command in pairs if _wrong(command, case.outcome.add)]
    longest = max(command.seconds for command in commands)
    return Row(
        "the slow ones of them with nothing shortened: another exit code, or beyond "
        f"{MOST_SECONDS:.0f} s",
        Outcome(len(wrong), len(cases)),
        note="; ".join([f"longest {longest:.1f} s", *wrong]),
    )


def _clock_set_back(root: Path) -> Row:
    """Ask arXiv after the clock was set back by an hour, which puts the last request ahead."""
    library.create(root)
    ahead = time.time() + 3_600
    with Services() as services:
        services.add("2001.00001")
        cache = {"PAPERTRACK_CACHE_DIR": str(root), "PAPERTRACK_ARXIV_DELAY": "0.5"}
        (root / "arxiv.stamp").touch()
        os.utime(root / "arxiv.stamp", (ahead, ahead))
        environ = services.environment | cache
        words = ["add", "2001.00001"]
        ours = ran(papertrack, words, None, folder=root, environ=environ, cap=MOST_SECONDS)
        control = ran(_ask_after, services.url, folder=root, environ={}, cap=3)
    return Row(
        "the clock set back by an hour between two requests: waits for it to come round",
        Outcome(int(ours.result != 0 or ours.seconds > 3), 1),
        Outcome(int(not control.ended), 1),
    )


def _ask_after(url: str) -> None:
    from datetime import datetime, timedelta

    import arxiv

    client = arxiv.Client(delay_seconds=0.5)
    client.query_url_format = f"{url}/api/query?{{}}"
    client._last_request_dt = datetime.now() + timedelta(hours=1)
    list(client.results(arxiv.Search(id_list=["2001.00001"])))


def _blanks(number: int, root: Path) -> Row:
    """Refresh papers that have everything from answers that lack this and that."""
    dice = random.Random(7)
    full = {f"paper{n}": _full(f"20{n // 100:02}.{n:05}", n) for n in range(1, number + 1)}
    made = library.create(root)
    with made.change() as contents:
        contents.papers.update(full)
    answers: list[Any] = []

    def thin(body: bytes) -> bytes:
        answers.extend(papers := [_thinned(paper, dice) for paper in json.loads(body)])
        return json.dumps(papers).encode()

    with Services() as services:
        for paper in full.values():
            services.add(paper.ids["arxiv"], paper.title, s2={"venue": "MICCAI", "year": 2019})
        services.fault(ARXIV, Fault(body=lambda body: _thinned_feed(body, dice)))
        services.fault(S2, Fault(body=thin))
        environ = services.environment | {"PAPERTRACK_CACHE_DIR": str(root / "cache")}
        words = ["refresh", "--all", "--json"]
        command = ran(papertrack, words, _AT_ONCE, folder=root, environ=environ, cap=300)
    after = made.read().papers
    lost = sum(blanked(paper, after[key]) for key, paper in full.items())
    if command.result not in (0, 7) or after == full:
        lost = number
    usual = {"title": "x", "abstract": "x", "authors": ["x"], "year": 2019, "venue": "MICCAI"}
    naive = sum(any(usual[n] and not (usual | a)[n] for n in usual) for a in answers if a)
    return Row(
        "papers of which a refresh blanks a field that the answer lacks",
        Outcome(lost, number),
        Outcome(naive, number),
        "the obvious way: dict.update with Semantic Scholar's answers",
    )


def _full(arxiv_id: str, number: int) -> Paper:
    from papertrack.model import Citations, CodeLink, Link, Venue

    return Paper(
        title=f"The paper {arxiv_id}",
        name=f"Net{number}",
        authors=("Ada Lovelace", "Charles Babbage"),
        year=2019,
        venue=Venue(name="MICCAI", year=2019, url="https://x.example/", note="oral"),
        ids={"arxiv": arxiv_id, "doi": f"10.1000/{number}", "s2": f"{number:040x}"},
        code=(CodeLink(url=f"https://github.com/a/{number}"),),
        links=(Link(url=f"https://x.example/{number}"),),
        abstract="We.",
        comment="8 pages",
        categories=("cs.CV",),
        citations=Citations(count=9, influential=3, as_of="2020-01"),
        notes="mine",
        tags=("a",),
    )


def blanked(before: Any, after: Any) -> bool:
    """Tell whether something that had a value, at whatever depth, has none any more."""
    from papertrack.documents import to_document

    old, new = (to_document(x) if isinstance(x, Paper) else x for x in (before, after))
    if isinstance(old, dict):
        return any(value and blanked(value, (new or {}).get(name)) for name, value in old.items())
    return bool(old) and not new


def _thinned(paper: Any, dice: random.Random) -> Any:
    """Take fields out of a paper of Semantic Scholar, or put nothing into them."""
    if paper is None or dice.random() < 0.05:
        return None
    kept = {}
    for name, value in paper.items():
        empty = None if isinstance(value, int | None) else type(value)()  # 0 is a count too
        nothing = dice.choice([value, value, "absent", None, empty])
        if nothing != "absent":
            kept[name] = nothing
    return kept


def _thinned_feed(body: bytes, dice: random.Random) -> bytes:
    """Take elements out of the entries of a feed, or leave them empty."""
    element = re.compile(r"<((?:arxiv:)?[a-z_]+)[^>]*>[^<]*</\1>|<category [^>]*/>|<arxiv:p[^>]*/>")

    def thin(match: re.Match[str]) -> str:
        name = match[1]
        if not name or name == "id":
            return match[0] if name or dice.random() < 0.6 else ""
        return dice.choice([match[0], match[0], match[0], f"<{name}></{name}>", ""])

    head, *entries = body.decode().split("<entry>")
    return "<entry>".join([head, *(element.sub(thin, entry) for entry in entries)]).encode()
