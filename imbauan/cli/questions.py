"""The command `ask`: the canned questions of the browser, in the terminal or as a file."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from imbauan.cli.options import Moment, db_option, json_option
from imbauan.database import open_dataset
from imbauan.exceptions import UsageError

QUESTIONS = {
    "verbatim": "Who carries the police verbatim? Outlets, their pages, those that copy, share of copied words.",
    "week": "This week by province: pages of the newest seven days, against the seven before.",
    "rising": "Topics on the rise: the newest four weeks, against the four before.",
    "corrections": "Pages that changed after they were first fetched.",
    "silent": "Sources that fell silent, measured in their own usual pause.",
}


@click.command(short_help="A canned question: who copies, this week by province, …")
@click.argument("question", type=click.Choice(list(QUESTIONS)), required=False)
@db_option
@click.option("--since", type=Moment(), default=None, help="Published at or after: 7d, 2026-11 or 2026-11-01.")
@click.option("--until", type=Moment(), default=None, help="Published before.")
@click.option("--unit", default=None, help="Such as 'Polda Kalimantan Tengah'.")
@click.option("--region", default=None, help="ISO 3166-2, such as ID-KT.")
@click.option("--topic", default=None, help="Such as online-gambling.")
@click.option("--source", default=None, help="Id of a source, such as antara-kalteng.")
@click.option("--kind", type=click.Choice(["advisory", "police_news", "other"]), default=None, help="What a page is.")
@click.option("--search", "q", default=None, help="Words that title or text hold, all of them.")
@click.option("--out", type=click.Path(dir_okay=False), default=None, help="A file: .csv, .jsonl or .xlsx.")
@click.option("--spreadsheet", is_flag=True, help="For Excel or LibreOffice: byte order mark, no cell is a formula.")
@json_option
def ask(question: str | None, db: str, out: str | None, spreadsheet: bool, as_json: bool, **filters: Any) -> None:
    """Answer one of the canned QUESTIONs of `imbauan browse`; without one, list them.

    A table on a terminal, CSV where it is piped. The filters narrow verbatim, week and rising; week and rising have
    their own period, which ends with the newest page.

    \b
    Examples:  imbauan ask
               imbauan ask week --kind advisory
               imbauan ask verbatim --unit "Polda Riau" --since 2026-10 --until 2026-11 --out copies.csv
    """  # fmt: skip
    if question is None:
        for name, what in QUESTIONS.items():
            click.echo(f"{name:12} {what}")
        return
    from imbauan.browse.asking import ask as answer
    from imbauan.browse.asking import explained

    given = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in filters.items()
        if value is not None
    }
    if given and question in ("corrections", "silent"):
        raise UsageError(f"{question} takes no filters: leave --{next(iter(given)).replace('q', 'search')} out")
    open_dataset(db).close()
    table, say = answer(Path(db), question, given)
    rows = [tuple(value for _, value in row) for row in table.data]
    if not rows:
        from imbauan.cli.nothing import why_nothing

        click.echo(f"imbauan: {why_nothing(db, given)}", err=True)
    if out:
        Path(out).write_bytes(_as_file(Path(out).suffix.lower(), table.columns, rows, spreadsheet))
        click.echo(f"{len(rows)} rows in {out}", err=True)
    elif as_json:
        click.echo(json.dumps([dict(zip(table.columns, row, strict=True)) for row in rows], ensure_ascii=False))
    elif sys.stdout.isatty():
        from rich.console import Console

        from imbauan.cli import render

        heading, what = explained(question, table, say)
        render.answer(Console(), heading, what, [say.t(name) for name in table.columns], rows)
    else:
        sys.stdout.buffer.write(_as_file(".csv", table.columns, rows, spreadsheet))


def _as_file(suffix: str, columns: list[str], rows: list[tuple[Any, ...]], spreadsheet: bool) -> bytes:
    from imbauan.export.text_files import write_csv, write_jsonl
    from imbauan.export.workbook import write_xlsx

    made = io.BytesIO()
    batches = [rows] if rows else []
    if suffix == ".xlsx":
        with tempfile.TemporaryDirectory() as folder:
            write_xlsx(made, columns, rows, folder)
    elif suffix in (".jsonl", ".ndjson"):
        write_jsonl(made, columns, batches)
    elif suffix in (".csv", ""):
        write_csv(made, columns, batches, spreadsheet)
    else:
        raise UsageError(f"{suffix} is no format of an answer: name a file that ends in .csv, .jsonl or .xlsx")
    return made.getvalue()
