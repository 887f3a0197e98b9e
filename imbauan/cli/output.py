"""What the commands print: results on stdout, messages on stderr, no control characters of a page."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imbauan.database import open_dataset
from imbauan.health import NEEDS_A_PERSON

if TYPE_CHECKING:
    from imbauan.recorder import Recorder

SHOWN_PROBLEMS = 10
_DEMO = (
    ("pages found", "SELECT COUNT(*) FROM pages"),
    ("of them no police matter", "SELECT COUNT(*) FROM pages WHERE outcome = 'not-relevant'"),
    ("advisories and police news stored", "SELECT COUNT(*) FROM advisories"),
    ("releases", "SELECT COUNT(*) FROM releases"),
    ("corrections", "SELECT COUNT(*) FROM revisions"),
    ("paragraphs kept", "SELECT SUM(paragraphs - dropped) FROM advisories"),
)
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
    dataset = open_dataset(db)
    counts = [(label, next(dataset.rows(f"SELECT ({sql}) AS n"))["n"] or 0) for label, sql in _DEMO]
    counts += [
        (f"paragraphs dropped: {row['reason']}", row["n"])
        for row in dataset.rows("SELECT reason, COUNT(*) AS n FROM dropped_paragraphs GROUP BY reason ORDER BY n DESC")
    ]
    counts.append(("seconds", round(seconds)))
    first = next(dataset.rows("SELECT id FROM advisories ORDER BY dropped DESC, id LIMIT 1"), {"id": 1})["id"]
    dataset.close()
    following = _following(db, first)
    if sys.stdout.isatty():
        from rich.console import Console

        from imbauan.cli import render

        return render.demo(Console(), counts, following)
    for label, count in counts:
        click.echo(f"{label:36} {count:6}")
    click.echo("Next:")
    width = max(len(command) for command, _ in following)
    for command, what in following:
        click.echo(f"  {command:{width}}  {what}")
    return None


def _following(db: str, first: int) -> list[tuple[str, str]]:
    # The command as it was called: .venv/bin/imbauan in a checkout, imbauan where it is installed.
    called = sys.argv[0] if Path(sys.argv[0]).name == "imbauan" and shutil.which("imbauan") is None else "imbauan"
    here = os.path.relpath(called) if "/" in called else called
    return [
        (f"{here} browse --db {db}", "look and ask in the browser"),
        (f"{here} show {first} --db {db}", "one page, each paragraph kept or dropped, and why"),
        (f"{here} ask verbatim --db {db}", "who copies, and how much"),
        (f"{here} export --db {db} --out advisories.csv", "the dataset as CSV"),
        (f"{here} crawl antara-kalteng", "a real source"),
    ]
