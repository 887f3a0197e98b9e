"""Commands that look after the dataset: rebuild, backup, check."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from imbauan.archive import archive_beside
from imbauan.cli.options import archive_option, db_option, json_option, sources_option
from imbauan.cli.output import safe
from imbauan.database import open_dataset
from imbauan.database.lock import Lock, locked

NEEDS_A_PERSON = 1


@click.command(short_help="Make the dataset again from the archive with today's rules.")
@db_option
@archive_option
@sources_option
@click.option("--apply", is_flag=True, help="Put the rebuilt dataset in place; default: only tell what would change.")
@click.option(
    "--diff", type=click.Path(dir_okay=False), default=None, help="A file for every difference, as JSON lines."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@json_option
def rebuild(
    db: str, archive: str | None, catalogue: str | None, apply: bool, diff: str | None, workers: int, as_json: bool
) -> None:
    """Read, describe and deduplicate every archived page again with today's rules, in published order.

    Tells what would change, and changes it only with --apply, as one switch. Runs, ids, restored drops and notes stay.

    \b
    Examples:  imbauan rebuild --diff changes.jsonl
               imbauan rebuild --apply
    """
    with ExitStack() as stack:
        lock = stack.enter_context(locked(db)) if apply and Path(db).exists() else None
        made = _rebuilt(stack, db, archive, catalogue, diff, workers, lock, apply)
    _tell(made, apply, as_json)
    for line in made.broken[:10]:
        click.echo(f"imbauan: {safe(line)}", err=True)
    if made.broken:
        sys.exit(NEEDS_A_PERSON)


def _rebuilt(
    stack: ExitStack, db: str, archive: str | None, catalogue: str | None, diff: str | None, workers: int,
    lock: Lock | None, apply: bool,
) -> Any:  # fmt: skip
    from rich.console import Console
    from rich.progress import Progress

    from imbauan.rebuild import rebuilt
    from imbauan.settings import IMBAUAN_EXTRACT_SECONDS
    from imbauan.sources import load_sources

    open_dataset(db).close()
    sources = load_sources(catalogue)
    dataset = open_dataset(db, create=apply, lock=lock)
    stack.callback(dataset.close)
    bar = stack.enter_context(Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()))
    task = bar.add_task("reading the archive", total=None)
    stream = stack.enter_context(open(diff, "w", encoding="utf-8")) if diff else None  # noqa: SIM115
    made = stack.enter_context(
        rebuilt(
            dataset, Path(archive) if archive else archive_beside(db), workers=workers,
            seconds=IMBAUAN_EXTRACT_SECONDS, catalogue=sources, diff=stream, progress=lambda: bar.advance(task),
        )
    )  # fmt: skip
    if apply and made.changes:
        made.switch(dataset)
    return made


def _tell(made: Any, apply: bool, as_json: bool) -> None:
    rows = {f"{table} {change}": number for (table, change), number in sorted(made.changes.rows.items())}
    fields = {f"{table}.{name}": number for (table, name), number in made.changes.fields.most_common()}
    if as_json:
        record = {"applied": apply, "archived": made.archived, "from_text": made.stored, "broken": len(made.broken)}
        click.echo(json.dumps(record | {"rows": rows, "fields": fields}))
        return
    click.echo(f"read again: {made.archived} pages of the archive, {made.stored} from their stored text")
    if not made.changes:
        click.echo("nothing changes")
        return
    verb = "changed" if apply else "would change"
    click.echo(f"{verb}, rows: " + ", ".join(f"{number} {what}" for what, number in rows.items()))
    if fields:
        click.echo(f"{verb}, fields: " + ", ".join(f"{number} {name}" for name, number in fields.items()))
    if not apply:
        click.echo("nothing is changed yet: see each difference with --diff FILE, put it in place with --apply")


@click.command(short_help="A whole copy of the dataset, also while a run is writing.")
@click.argument("target", required=False, type=click.Path(dir_okay=False))
@db_option
def backup(target: str | None, db: str) -> None:
    """Copy the dataset as it is at this moment to TARGET (default: beside it, by the time), and check the copy.

    The archive's files only grow: copy them with any tool. To go back, put the copy in the dataset's place while
    nothing uses it.

    \b
    Example:  imbauan backup /mnt/backup/imbauan.db
    """
    from imbauan.database.backup import backup as copy
    from imbauan.database.backup import backup_name

    dataset = open_dataset(db)
    try:
        path = Path(target) if target else backup_name(Path(db))
        size = copy(dataset, path)
    finally:
        dataset.close()
    click.echo(f"{path}: {size / 1e6:.1f} MB, whole")


@click.command(short_help="Whether dataset and archive are whole.")
@db_option
@archive_option
@click.option("--repair", is_flag=True, help="Mend what can be derived, after a copy of the dataset.")
@json_option
def check(db: str, archive: str | None, repair: bool, as_json: bool) -> None:
    """Check the file, what refers to what, the index, the texts and the archive; exits 1 where something is wrong.

    \b
    Examples:  imbauan check
               imbauan check --repair
    """
    from imbauan import check as checks
    from imbauan.cli.mend import mended, search_findings

    folder = Path(archive) if archive else archive_beside(db)
    dataset = open_dataset(db)
    try:
        mode = checks.durability(dataset.connection)
        findings = list(checks.damage(dataset.connection))
        if not findings:
            findings += checks.references(dataset.connection)
            findings += checks.paragraph_index(dataset.connection)
            findings += checks.archive(dataset.connection, folder)
    finally:
        dataset.close()
    notes: list[str] = []
    if not any(finding.what.startswith("damage") for finding in findings):
        findings += search_findings(db, notes)
    fixed = mended(db, findings) if repair else []
    if as_json:
        listed = [{"what": f.what, "count": f.count, "examples": f.examples, "remedy": f.remedy, "mended": f in fixed} for f in findings]  # fmt: skip
        click.echo(json.dumps({"durability": mode, "findings": listed, "notes": notes}))
    else:
        click.echo(mode)
        for finding in findings:
            state = "mended" if finding in fixed else finding.remedy
            click.echo(f"{finding.count} {finding.what}: {safe('; '.join(finding.examples))}: {state}")
        for note in notes:
            click.echo(note)
        click.echo("something is wrong" if len(fixed) < len(findings) else "all is whole")
    if len(fixed) < len(findings):
        sys.exit(NEEDS_A_PERSON)
