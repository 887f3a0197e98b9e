"""What the commands print: results on stdout, messages on stderr, no control characters of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from imbauan.database import open_dataset
from imbauan.health import NEEDS_A_PERSON

if TYPE_CHECKING:
    from imbauan.recorder import Recorder

SHOWN_PROBLEMS = 10
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: object) -> str:
    """Text of a page without terminal control characters and bidi overrides."""
    return _CONTROL.sub("", str(text))


def summary(recorder: Recorder, status: str, seconds: float) -> str:
    """One line for the journal."""
    counts = recorder.counts
    pages = counts["pages_fetched"]
    return (
        f"run {recorder.run} {status}: {pages} articles read ({pages / max(seconds, 0.001):.1f}/s), "
        f"{counts['advisories_new']} new, {counts['advisories_updated']} updated, {counts['pages_unchanged']} unchanged, "
        f"{counts['not-relevant']} not relevant; paragraphs {counts['paragraphs_kept']} kept, "
        f"{counts['paragraphs_dropped']} dropped; {counts['errors']} errors; {seconds:.1f} s"
    )


def problems(recorder: Recorder) -> None:
    """The problems of a run on stderr, the first ones in full."""
    for line in recorder.notes:
        click.echo(f"imbauan: {safe(line)}", err=True)
    for line in recorder.problems[:SHOWN_PROBLEMS]:
        click.echo(f"imbauan: {' '.join(safe(line).split())}", err=True)
    more = len(recorder.problems) - SHOWN_PROBLEMS
    if more > 0:
        click.echo(f"imbauan: and {more} more: see table pages, outcome 'failed'", err=True)


def source_table(health: list[dict[str, Any]]) -> None:
    """How each source is, those that need a person first."""
    order = {state: place for place, state in enumerate((*NEEDS_A_PERSON, "new", "quiet", "healthy"))}
    for row in sorted(health, key=lambda row: (order.get(row["state"], 0), row["source"])):
        new = f"last new {row['last_new']}" if row["last_new"] else "nothing found yet"
        line = f"{row['source']:24} {row['state']:8} since {row['since']}, {new}"
        click.echo(safe(line + (f": {row['message']}" if row["message"] else "")))


def demo_table(db: str, seconds: float) -> None:
    """What the demo's dataset holds, and what to type next."""
    from rich.console import Console
    from rich.table import Table

    dataset = open_dataset(db)
    table = Table(title=f"{db}: every statement once")
    table.add_column("what")
    table.add_column("count", justify="right")
    for label, sql in (
        ("pages found", "SELECT COUNT(*) FROM pages"),
        ("of them no police matter", "SELECT COUNT(*) FROM pages WHERE outcome = 'not-relevant'"),
        ("advisories and police news stored", "SELECT COUNT(*) FROM advisories"),
        ("releases", "SELECT COUNT(*) FROM releases"),
        ("corrections", "SELECT COUNT(*) FROM revisions"),
        ("paragraphs kept", "SELECT SUM(paragraphs - dropped) FROM advisories"),
    ):
        table.add_row(label, str(next(dataset.rows(f"SELECT ({sql}) AS n"))["n"] or 0))
    for row in dataset.rows("SELECT reason, COUNT(*) AS n FROM dropped_paragraphs GROUP BY reason ORDER BY n DESC"):
        table.add_row(f"paragraphs dropped: {row['reason']}", str(row["n"]))
    table.add_row("seconds", f"{seconds:.1f}")
    first = next(dataset.rows("SELECT id FROM advisories ORDER BY dropped DESC, id LIMIT 1"), {"id": 1})["id"]
    dataset.close()
    Console().print(table)
    click.echo(
        "Next:\n"
        f"  imbauan export --db {db} --out advisories.csv     the dataset as CSV\n"
        f"  imbauan show {first} --db {db}                    one advisory, each paragraph kept or dropped, and why\n"
        f"  imbauan status --db {db}\n"
        "  imbauan crawl antara-kalteng                      a real source\n"
        "(without an installation: .venv/bin/imbauan)"
    )
