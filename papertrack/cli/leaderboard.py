"""The command that ranks the rows of a benchmark in the terminal."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from papertrack.cli.explaining import QueryCommand
from papertrack.cli.session import session

if TYPE_CHECKING:
    from papertrack.cli.console import Cell, Console
    from papertrack.leaderboard import Group, Row
    from papertrack.model import Metric

_WIDEST, _NARROWEST = 40, 8
"""Columns that a bar takes; where there is less room, there are no bars."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    example = "Example: papertrack leaderboard synapse year:2020.. --metric hd95"
    app.command("leaderboard", cls=QueryCommand, epilog=example)(leaderboard)


def leaderboard(
    context: typer.Context,
    benchmark: Annotated[str, typer.Argument(metavar="ID", help="Id of a benchmark.")],
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY...]", help="Only rows of the papers that it finds."),
    ] = None,
    metric: Annotated[
        str | None, typer.Option(metavar="METRIC", help="[default: the primary one]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Rank the rows of a benchmark by a metric; rows that do not compare stand apart."""
    from papertrack import query as language
    from papertrack.errors import NotFound
    from papertrack.leaderboard import groups, primary
    from papertrack.lookup import find_benchmark
    from papertrack.model import replace
    from papertrack.reporting import metric_of

    run = session(context)
    contents = run.contents()
    held = find_benchmark(benchmark, contents.benchmarks)
    by = metric_of(benchmark, held, metric) if metric else primary(held)
    if by is None:
        hint = f'papertrack benchmark edit {benchmark} --metric "dice,Dice,higher,%"'
        raise NotFound(f"{benchmark} has no metric", hint)
    papers = contents.papers
    if query:
        wanted = language.parse(" ".join(query))
        papers = {key: paper for key, paper in papers.items() if wanted.matches(paper, key)}
        held = replace(held, results=())  # nothing is known of the papers of these rows
    found = groups(benchmark, papers, held)
    if as_json:
        run.console.json([_document(group, by) for group in found])
        return
    for number, group in enumerate(found):
        if number and run.console.is_terminal:
            run.console.document("\n")
        _print(group, by, run.console)
    if not found:
        run.console.say(f"{benchmark} has no {'such row' if query else 'results yet'}")


def _document(group: "Group", metric: "Metric") -> dict[str, Any]:
    from papertrack.leaderboard import best, ranked, ranks

    rows = ranked(group.rows, metric)
    leaders = best(rows, metric)
    return {
        "protocol": group.protocol,
        "convention": group.convention,
        "differences": list(group.differences),
        "metric": metric.id,
        "rows": [
            {
                "rank": rank,
                "key": row.key,
                "name": row.name,
                "value": row.value(metric) or None,
                "shown": row.shown(metric) or None,
                "best": position in leaders,
                "extra_data": row.result.extra_data,
                "status": row.result.status,
            }
            for position, (row, rank) in enumerate(zip(rows, ranks(rows, metric), strict=True))
        ],
    }


def _print(group: "Group", metric: "Metric", console: "Console") -> None:
    from papertrack.leaderboard import best, ranked, ranks
    from papertrack.readme.tables import column

    rows = ranked(group.rows, metric)
    places = ["" if rank is None else str(rank) for rank in ranks(rows, metric)]
    leaders = best(rows, metric)
    if not console.is_terminal:
        console.table(
            (),
            [
                (place, row.name, row.shown(metric), row.key, _remark(row), group.caption)
                for place, row in zip(places, rows, strict=True)
            ],
        )
        return
    if group.caption:
        console.lines(group.caption)
    texts = [row.shown(metric) or "-" for row in rows]
    widest = max(map(len, texts))
    values: list[Cell] = [
        (text, [(0, len(text))] if n in leaders else []) for n, text in enumerate(texts)
    ]
    remarks = list(map(_remark, rows))
    taken = [max(map(len, texts), default=0) for texts in ([row.name for row in rows], remarks)]
    room = console.width - sum(taken) - max(widest, len(column(metric))) - 12
    drawn = bars([row.number(metric) for row in rows], min(room, _WIDEST))
    console.table(
        ("#", "Name", column(metric), *([""] if any(drawn) else []), ""),
        [
            (place, row.name, value, *([bar] if any(drawn) else []), remark)
            for place, row, value, bar, remark in zip(
                places, rows, values, drawn, remarks, strict=True
            )
        ],
        lead=1,
        right=[2],
    )


def _remark(row: "Row") -> str:
    """Say what a reader must know of a row before they believe its rank."""
    extra = row.result.extra_data
    status = row.result.status.replace("-", " ")
    told = [f"extra data: {extra}" if extra else "", "" if status == "self reported" else status]
    return ", ".join(filter(None, told))


def bars(values: Sequence[Decimal | None], width: int) -> list[str]:
    """Draw a bar from zero for each value, the longest one `width` columns wide."""
    longest = max((value for value in values if value is not None), default=Decimal(0))
    if longest <= 0 or width < _NARROWEST:
        return [""] * len(values)
    return [_bar(int((value or 0) / longest * width * 8)) for value in values]


def _bar(eighths: int) -> str:
    whole, part = divmod(max(eighths, 0), 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")
