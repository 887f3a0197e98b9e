"""The command `export`: rows as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from imbauan.cli.options import Moment, db_option
from imbauan.database import Dataset, open_dataset
from imbauan.exceptions import UsageError
from imbauan.export import FILTERS, Query, Selection, select

FORMATS = ["csv", "jsonl", "parquet", "xlsx"]


@click.command(short_help="Take rows away as CSV, JSON lines, Parquet or Excel.")
@db_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Default: what the name of --out ends in, or csv.",
)
@click.option("--out", type=click.Path(dir_okay=False), default=None, help="A file; default: standard output.")
@click.option("--table", default="advisories", show_default=True, help="advisories, releases, dropped_paragraphs, …")
@click.option("--since", type=Moment(), default=None, help="Published at or after: 7d, 2026-11 or 2026-11-01.")
@click.option("--until", type=Moment(), default=None, help="Published before.")
@click.option("--source", default=None, help="Id of a source, such as antara-kalteng.")
@click.option("--region", default=None, help="ISO 3166-2, such as ID-KT.")
@click.option("--unit", default=None, help="Such as 'Polda Kalimantan Tengah'.")
@click.option("--topic", default=None, help="Such as online-gambling.")
@click.option("--kind", type=click.Choice(["advisory", "police_news", "other"]), default=None, help="What a page is.")
@click.option("--official", type=click.Choice(["yes", "no"]), default=None, help="Carried by a police portal itself.")
@click.option("--search", default=None, help='Words that title or text hold, all of them; a "phrase" in quotes.')
@click.option("--unique", is_flag=True, help="One row for each release.")
@click.option("--columns", default=None, help="Columns by name, divided by commas.")
@click.option(
    "--new-since-last", "bookmark", default=None, metavar="NAME", help="Only what is new under this bookmark."
)
@click.option(
    "--redact",
    is_flag=True,
    help="Mask private names, initials, phone, identity, account and plate numbers, and addresses.",
)
@click.option("--spreadsheet", is_flag=True, help="For Excel or LibreOffice: byte order mark, no cell is a formula.")
@click.option(
    "--codebook", "with_codebook", is_flag=True, help="A codebook beside --out: columns, counts, query, sha256."
)
def export(
    db: str,
    form: str | None,
    out: str | None,
    table: str,
    search: str | None,
    unique: bool,
    columns: str | None,
    bookmark: str | None,
    redact: bool,
    spreadsheet: bool,
    with_codebook: bool,
    **filters: Any,
) -> None:
    """Take rows away, all of them or by filters, as CSV, JSON lines, Parquet or an Excel workbook.

    \b
    Examples:  imbauan export --out advisories.csv --spreadsheet
               imbauan export --region ID-KT --since 30d --search "lahan gambut" --out kalteng.xlsx
               imbauan export --unit "Polda Riau" --since 2026-10 --until 2026-11 --out riau.csv --codebook
               imbauan export --new-since-last weekly --format jsonl
               imbauan export --table dropped_paragraphs --columns url,text,reason,similarity
    """  # fmt: skip
    from imbauan.export.files import BINARY, Export, format_of
    from imbauan.redaction import redact_row

    form = form or format_of(out)
    if with_codebook and out is None:
        raise UsageError("--codebook is written beside the file: name one with --out")
    if out is None and form in BINARY and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal: name a file with --out")
    query = Query(table, _given(filters), search, unique, _names(columns))
    dataset = open_dataset(db) if bookmark is None else _writable(db)
    try:
        selection = select(dataset, query)
        with _progress(dataset, selection, bookmark) as progress:
            job = Export(
                dataset, selection, form, spreadsheet=spreadsheet, bookmark=bookmark,
                change=redact_row if redact else None, progress=progress,
            )  # fmt: skip
            made = job.to_file(Path(out), with_codebook) if out else []
            if not out:
                job.to_stream(sys.stdout.buffer)
        if made:
            beside = f" (codebook: {', '.join(str(path) for path in made[1:])})" if made[1:] else ""
            click.echo(f"{job.written.rows} rows in {out}{beside}", err=True)
        if not job.written.rows and not bookmark:
            from imbauan.cli.nothing import why_nothing

            click.echo(f"imbauan: {why_nothing(db, query.filters)}", err=True)
        for note in job.written.notes:
            click.echo(f"imbauan: {note}", err=True)
    finally:
        dataset.close()


def _given(filters: dict[str, Any]) -> dict[str, str]:
    return {
        name: filters[name].isoformat() if isinstance(filters[name], datetime) else filters[name]
        for name in FILTERS
        if filters[name] is not None
    }


def _names(columns: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in columns.split(",") if name.strip()) if columns else ()


def _writable(db: str) -> Dataset:
    open_dataset(db).close()  # refuses what is no dataset, before one is made
    return open_dataset(db, create=True)


@contextmanager
def _progress(dataset: Dataset, selection: Selection, bookmark: str | None) -> Iterator[Callable[[int], None] | None]:
    """A bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("exporting", total=None if bookmark else selection.count(dataset))
        yield lambda rows: bar.advance(task, rows)
