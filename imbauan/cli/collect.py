"""Commands that fill the dataset: crawl, demo, import."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imbauan.archive import archive_beside
from imbauan.cli.options import (
    Moment,
    archive_option,
    db_option,
    keep_option,
    no_archive_option,
    sources_option,
)
from imbauan.cli.output import demo_table, problems, summary
from imbauan.database.lock import Lock, locked
from imbauan.exceptions import UsageError
from imbauan.sources import load_sources, select_sources

if TYPE_CHECKING:
    from imbauan.recorder import Recorder

NEEDS_A_PERSON = 1


@click.command(short_help="Collect what is new from the sources.")
@click.argument("source", nargs=-1)
@sources_option
@db_option
@click.option("--since", type=Moment(), default=None, help="Leave out what a feed dates before this: 7d or 2026-11-01.")
@click.option("--max-pages", type=click.IntRange(1), default=None, help="Articles to fetch from each source, at most.")
@click.option("--max-minutes", type=click.FloatRange(0.01), default=None, help="End the run then; the rest waits.")
@keep_option
@archive_option
@no_archive_option
@click.option("--dry-run", is_flag=True, help="Fetch and read what a run would, store nothing.")
@click.option("--verbose", is_flag=True, help="Scrapy's own log on stderr.")
def crawl(
    source: tuple[str, ...],
    catalogue: str | None,
    db: str,
    since: datetime | None,
    max_pages: int | None,
    max_minutes: float | None,
    keep: str | None,
    archive: str | None,
    no_archive: bool,
    dry_run: bool,
    verbose: bool,
) -> None:
    """Collect what is new from every SOURCE (default: each enabled one of the catalogue).

    \b
    Examples:  imbauan crawl
               imbauan crawl antara-kalteng antara-kalsel --since 7d
               imbauan crawl --sources my-sources.toml --db my.db --max-pages 20
    """  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, locked(_rehearsal(db, folder) if dry_run else db) as lock:
        # Only now what takes seconds to load: a second run has ended by here.
        from imbauan.workers import warm_up

        warm_up()
        from imbauan.crawl import crawl as run_crawl
        from imbauan.recorder import Recorder

        chosen = select_sources(load_sources(catalogue), list(source))
        place = _archive(archive, no_archive or dry_run)
        recorder = Recorder.open(lock.database, "crawl", keep == "other", archive=place, lock=lock)
        began = time.monotonic()
        status = "failed"
        try:
            status = run_crawl(
                recorder,
                chosen,
                since=since,
                max_pages=max_pages,
                max_minutes=max_minutes,
                settings={"LOG_LEVEL": "INFO"} if verbose else {"LOG_ENABLED": False},
            )
        except KeyboardInterrupt:  # while the crawl was still being loaded
            status = "interrupted"
            raise
        finally:
            recorder.finish(status)
    if recorder.fatal is not None:
        raise recorder.fatal
    click.echo(("dry run, nothing stored: " if dry_run else "") + summary(recorder, status, time.monotonic() - began))
    problems(recorder)
    if status == "interrupted":
        raise click.Abort
    if status == "failed" or recorder.counts["errors"]:
        sys.exit(NEEDS_A_PERSON)


def _rehearsal(db: str, folder: str) -> Path:
    """A copy of the dataset for a dry run, so that it asks for what a run would ask for, and for no more."""
    from imbauan.database import open_dataset
    from imbauan.database.backup import backup

    copy = Path(folder) / "dry-run.db"
    if Path(db).exists():
        dataset = open_dataset(db)
        try:
            backup(dataset, copy)
        finally:
            dataset.close()
    return copy


@click.command(short_help="See the whole job done on a bundled newsroom.")
@click.option(
    "--db", type=click.Path(dir_okay=False), default="imbauan-demo.db", show_default=True, help="The dataset to make."
)
def demo(db: str) -> None:
    """Crawl a bundled newsroom on loopback, twice, and print what was kept, dropped and why.

    \b
    Example:  imbauan demo
    """
    import subprocess

    from imbauan.demo.newsroom import Newsroom

    for name in (db, f"{db}-wal", f"{db}-shm", f"{db}-journal"):
        Path(name).unlink(missing_ok=True)
    shutil.rmtree(archive_beside(db), ignore_errors=True)
    began = time.monotonic()
    with Newsroom() as newsroom, tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "newsroom.toml"
        for day in ("first", "second"):
            if day == "second":
                newsroom.correct()
            catalogue.write_text(newsroom.catalogue_toml(), "utf-8")
            click.echo(f"The {day} day: crawling the newsroom …", err=True)
            # A reactor runs once a process, so each day's run is one, as with a timer.
            done = subprocess.run(
                [sys.executable, "-m", "imbauan", "crawl", "--sources", str(catalogue), "--db", db], check=False
            )
            if done.returncode:
                sys.exit(done.returncode)
    demo_table(db, time.monotonic() - began)


@click.command(name="import", short_help="The same pipeline over pages on disk.")
@click.argument("path", nargs=-1, required=True)
@db_option
@keep_option
@sources_option
@archive_option
@no_archive_option
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
def import_(
    path: tuple[str, ...],
    db: str,
    keep: str | None,
    catalogue: str | None,
    archive: str | None,
    no_archive: bool,
    workers: int,
) -> None:
    """Store the pages of each PATH: .warc or .warc.gz, .html, a folder of these, JSON lines, or - for standard input.

    \b
    A line is {"url", "html"} or {"url", "title", "published", "text", "source"?}.
    Examples:  imbauan import pages/ --db old.db
               imbauan import imbauan.db.archive/ --db new.db
               zcat pages.jsonl.gz | imbauan import - --workers 2
    """
    for name in path:
        if name != "-" and not Path(name).exists():
            raise UsageError(
                f"{name}: no such file or folder: name JSON lines, a folder of .html, or - for standard input"
            )
    with locked(db) as lock:
        recorder, status, seconds = _imported(path, keep, catalogue, _archive(archive, no_archive), workers, lock)
    if recorder.fatal is not None:
        raise recorder.fatal
    click.echo(summary(recorder, status, seconds))
    problems(recorder)
    if recorder.counts["errors"]:
        sys.exit(NEEDS_A_PERSON)


def _imported(
    path: tuple[str, ...], keep: str | None, catalogue: str | None, archive: str | bool, workers: int, lock: Lock
) -> tuple[Recorder, str, float]:
    from rich.console import Console
    from rich.progress import track

    from imbauan.import_pages import import_pages
    from imbauan.pages_on_disk import read_pages
    from imbauan.recorder import Recorder
    from imbauan.settings import IMBAUAN_EXTRACT_SECONDS

    sources = load_sources(catalogue)
    recorder = Recorder.open(lock.database, "import", keep == "other", archive=archive, lock=lock)
    began = time.monotonic()
    status = "failed"
    console = Console(stderr=True)
    try:
        pages = track(
            read_pages(list(path), sources, recorder.archive.folder if recorder.archive else None),
            "importing",
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        import_pages(recorder, pages, workers, IMBAUAN_EXTRACT_SECONDS)
        status = "finished"
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    finally:
        recorder.finish(status)
    return recorder, status, time.monotonic() - began


def _archive(folder: str | None, none: bool) -> str | bool:
    if folder is not None and none:
        raise click.UsageError("--archive and --no-archive exclude each other: leave one out")
    return folder if folder is not None else not none
