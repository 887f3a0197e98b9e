"""Commands that read the dataset or one page: extract, show, status."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from imbauan.cli.options import db_option, json_option
from imbauan.cli.output import safe, source_table
from imbauan.database import Dataset, open_dataset
from imbauan.database.counts import count_rows
from imbauan.exceptions import ImbauanError, Quarantined, UsageError
from imbauan.health import NEEDS_A_PERSON
from imbauan.items import Page
from imbauan.sources import load_sources


@click.command(short_help="Show what the pipeline makes of a page.")
@click.argument("page", nargs=-1, required=True)
@click.option("--url", default=None, help="The address of a page that is read from a file.")
@json_option
def extract(page: tuple[str, ...], url: str | None, as_json: bool) -> None:
    """Show what the pipeline makes of each PAGE, an address or a file, storing nothing.

    \b
    Examples:  imbauan extract page.html --url https://kalteng.antaranews.com/berita/1/x
               imbauan extract https://kalteng.antaranews.com/berita/1/x --json
    """
    from imbauan.import_pages import process
    from imbauan.items import AdvisoryItem
    from imbauan.pages_on_disk import page_of

    for name in page:
        if name.startswith(("http://", "https://")):
            from imbauan.fetch import fetch_page

            fetched = fetch_page(name)
        elif Path(name).is_file():
            fetched = page_of(Path(name).read_bytes(), url or Path(name).resolve().as_uri())
        else:
            raise UsageError(f"{name}: no such file: name a file of HTML, or an address that begins with https://")
        _as_catalogued(fetched)
        try:
            item = process(AdvisoryItem(fetched))
        except Quarantined as error:
            raise ImbauanError(f"{name}: {error}: is it a news article?") from error
        if item.article is None or item.description is None or item.deduplicated is None:
            raise ImbauanError(f"{name}: no text found in the page: is it a news article?")
        record = _extracted(item.article, item.description, item.deduplicated)
        click.echo(json.dumps(record, ensure_ascii=False) if as_json else _readable(record))


def _as_catalogued(page: Page) -> None:
    """Give a page the zone, language and region that the catalogue knows of its site: a printed hour is local."""
    from imbauan.archive.pages import entry_of

    entry = entry_of(page.url, load_sources())
    for name in ("timezone", "language", "region", "official"):
        if name in entry:
            setattr(page, name, entry[name])


def _extracted(article: Any, description: Any, result: Any) -> dict[str, Any]:
    drops = {drop.position: drop for drop in result.dropped}
    paragraphs = [
        {
            "text": text,
            "outcome": "dropped" if position in drops else "kept",
            "reason": drops[position].reason if position in drops else None,
        }
        for position, text in enumerate(article.paragraphs)
    ]
    names = ("url", "title", "published", "modified", "author", "editor", "copyright", "language")
    return {name: getattr(article, name) for name in names} | asdict(description) | {"paragraphs": paragraphs}


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value).replace("\n", " | ")


def _readable(record: dict[str, Any]) -> str:
    told = {name: value for name, value in record.items() if name not in ("paragraphs", "evidence", "advice") and value}
    lines = [f"{name:12} {safe(_joined(value))}" for name, value in told.items()]
    lines += [f"{'advice':12} {safe(sentence)}" for sentence in record["advice"]]
    lines += [f"{'because':12} {safe(reason)}" for reason in record["evidence"]]
    for number, entry in enumerate(record["paragraphs"]):
        mark = "+" if entry["outcome"] == "kept" else "-"
        lines.append(f"{mark}{number:3} {safe(entry['text'])}" + (f"  [{entry['reason']}]" if entry["reason"] else ""))
    return "\n".join(lines)


@click.command(short_help="One advisory, each paragraph kept or dropped, and why.")
@click.argument("advisory")
@db_option
@json_option
def show(advisory: str, db: str, as_json: bool) -> None:
    """Show one ADVISORY by its id or address: each paragraph kept or dropped, of which paragraph, how alike.

    \b
    Examples:  imbauan show 12
               imbauan show https://kalteng.antaranews.com/berita/1/x --json
    """
    from imbauan.urls import canonical_url

    dataset = open_dataset(db)
    key = ("id", int(advisory)) if advisory.isdecimal() and len(advisory) < 19 else ("url", canonical_url(advisory))
    row = next(dataset.rows(f"SELECT * FROM advisories WHERE {key[0]} = ?", (key[1],)), None)
    if row is None:
        raise UsageError(f"{advisory}: no such advisory in {db}: give an id or address that `imbauan export` lists")
    drops = {
        d["position"]: d for d in dataset.rows("SELECT * FROM dropped_paragraphs WHERE advisory = ?", (row["id"],))
    }
    all_rows = dataset.rows(
        """SELECT p.id, p.position, p.text, v.text AS variant_text, a.url AS variant_url FROM paragraphs p
        LEFT JOIN texts t ON t.id = p.statement LEFT JOIN texts vt ON vt.id = t.variant_of
        LEFT JOIN paragraphs v ON v.id = vt.first LEFT JOIN advisories a ON a.id = v.advisory
        WHERE p.advisory = ? ORDER BY p.position""",
        (row["id"],),
    )
    paragraphs = [drops.get(entry["position"]) or entry for entry in all_rows]
    revisions = list(dataset.rows("SELECT * FROM revisions WHERE url = ? ORDER BY seen", (row["url"],)))
    dataset.close()
    if as_json:
        click.echo(json.dumps(row | {"all_paragraphs": paragraphs, "revisions": revisions}, ensure_ascii=False))
        return
    if sys.stdout.isatty():
        from rich.console import Console

        from imbauan.cli import render

        render.advisory(Console(), row, paragraphs, revisions)
        return
    hidden = ("text", "new_text", "evidence", "sha256")
    for name, value in row.items():
        if value not in (None, "") and name not in hidden:
            click.echo(f"{name:14} {safe(value)}")
    for line in (row["evidence"] or "").splitlines():
        click.echo(f"{'because':14} {safe(line)}")
    for revision in revisions:
        click.echo(f"{'earlier state':14} seen {revision['seen']}: {safe(revision['title'])}")
    for entry in paragraphs:
        mark = "=" if entry.get("reason") == "seen-before" else "-" if "reason" in entry else "+"
        click.echo(f"\n{mark}{entry['position']:3} {safe(entry['text'])}")
        if "reason" in entry:
            click.echo("     " + _why(entry))
        elif entry["variant_url"]:
            click.echo(f"     kept: other facts than in {safe(entry['variant_url'])}: {safe(entry['variant_text'])}")


def _why(drop: dict[str, Any]) -> str:
    what = "in the text, not new" if drop["reason"] == "seen-before" else "dropped"
    why = f"{what}: {drop['reason']} (rule {drop['rule']}, id {drop['id']})"
    if drop["kept_position"] is not None:
        why += f", like paragraph {drop['kept_position']} of {drop['kept_url']}, similarity {drop['similarity']:.2f}"
    return why


@click.command(short_help="Last runs, and what the dataset holds.")
@db_option
@json_option
def status(db: str, as_json: bool) -> None:
    """Last runs, how each source is, and what the dataset holds; exits 1 where something needs a person.

    \b
    Example:  imbauan status --json
    """
    dataset = open_dataset(db)
    runs = list(dataset.rows("SELECT * FROM runs ORDER BY id DESC LIMIT 5"))
    held = {
        table: count_rows(dataset.connection, table)
        for table in ("advisories", "releases", "dropped_paragraphs", "revisions", "pages", "sources")
    }
    health = (
        [row for row in dataset.rows("SELECT * FROM source_health ORDER BY source")] if _has_health(dataset) else []
    )
    outcomes = {r["outcome"]: r["n"] for r in dataset.rows("SELECT outcome, COUNT(*) AS n FROM pages GROUP BY outcome")}
    dataset.close()
    size = sum(p.stat().st_size for p in (Path(db), Path(f"{db}-wal")) if p.exists())
    last = runs[0] if runs else None
    bad = last is not None and (last["status"] in ("failed", "interrupted") or last["errors"] > 0)
    bad = bad or any(row["state"] in NEEDS_A_PERSON for row in health)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "runs": runs,
                    "holds": held,
                    "pages": outcomes,
                    "bytes": size,
                    "sources": health,
                    "needs_a_person": bad,
                }
            )
        )
    else:
        _print_status(runs, held, health)
        click.echo("pages: " + (", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()) or "none"))
        click.echo(f"disk: {size / 1e6:.1f} MB")
    if bad:
        sys.exit(1)


def _has_health(dataset: Dataset) -> bool:
    return next(dataset.rows("SELECT 1 AS n FROM sqlite_master WHERE name = 'source_health'"), None) is not None


def _print_status(runs: list[dict[str, Any]], held: dict[str, int], health: list[dict[str, Any]]) -> None:
    if sys.stdout.isatty():
        from rich.console import Console

        from imbauan.cli import render

        return render.status(Console(), runs, held, health)
    for run in runs:
        click.echo(
            f"run {run['id']} {run['status']} {run['started']} – {run['finished'] or 'now'}: "
            f"{run['pages_fetched']} read, {run['advisories_new']} new, {run['advisories_updated']} updated, {run['errors']} errors"
        )
    click.echo("holds: " + ", ".join(f"{count} {table}" for table, count in held.items()))
    return source_table(health)
