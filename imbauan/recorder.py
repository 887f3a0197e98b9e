"""One run's way into the dataset: stores items, records outcomes, keeps the counts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from imbauan.archive import Archive, Raw, archive_beside
from imbauan.database import Dataset, open_dataset
from imbauan.database.runs import finish_run, now, start_run
from imbauan.database.store import store_item, store_outcome, store_source_entry, store_sources
from imbauan.exceptions import ArchiveError, DatabaseError, ImbauanError
from imbauan.items import AdvisoryItem
from imbauan.sources import Source
from imbauan.statements.store import Statements

LOOK_AGAIN_DAYS = 7
"""Days after its first sight in which an article that is still announced is fetched again, for corrections."""


class Recorder:
    """A run: begun when made, ended by `finish`. The spider, the pipelines and `imbauan import` write through it."""

    def __init__(
        self, dataset: Dataset, command: str, keep_other: bool = False, archive: Archive | None = None
    ) -> None:
        self.dataset = dataset
        self.archive = archive
        self._told: set[str] = set()
        self.fatal: ImbauanError | None = None
        """Why the run can't go on: the disk is full, say. What is stored stays."""
        self.on_fatal: Callable[[], None] = lambda: None
        """Called once when that happens: the crawl sets it, to stop."""
        self.keep_other = keep_other
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self.statements = Statements(dataset.connection)
        self.run = start_run(dataset, command)

    @classmethod
    def open(cls, path: str | Path, command: str, keep_other: bool = False, archive: str | Path | bool = True) -> Self:
        """Open or make the dataset and begin a run in it; `archive` is a folder, or whether there is one beside it."""
        folder = (archive_beside(path) if archive else None) if isinstance(archive, bool) else archive
        dataset = open_dataset(path, create=True)
        try:
            return cls(dataset, command, keep_other, Archive(folder) if folder else None)
        except BaseException:
            dataset.close()
            raise

    def keep(self, raw: Raw) -> str | None:
        """Put a raw page in the archive, before anything is made of it; where it stands, or null without an archive."""
        if self.archive is None:
            return None
        with self._watched():
            return self.archive.write(raw)

    def sources(self, sources: list[Source]) -> None:
        """Record the catalogue entries that this run uses."""
        with self.dataset.writing() as connection:
            store_sources(connection, sources)

    def source(self, entry: dict[str, Any]) -> None:
        """Record what an archive says of a source, where the catalogue has not spoken of it."""
        if entry.get("id") in self._told:
            return
        self._told.add(entry["id"])
        with self._watched(), self.dataset.writing() as connection:
            store_source_entry(connection, entry)

    def known(self) -> dict[str, str]:
        """Addresses that need no second look, with the time of their last fetch: corrections come in the first days."""
        rows = self.dataset.connection.execute(
            """SELECT url, last_fetched FROM pages WHERE outcome IN ('stored', 'unchanged', 'not-relevant', 'twin')
            AND last_fetched IS NOT NULL AND julianday('now') - julianday(first_seen) > ?""",
            (LOOK_AGAIN_DAYS,),
        )
        return {str(url): str(fetched) for url, fetched in rows}

    def store(self, item: AdvisoryItem) -> str:
        """Store an item; `new`, `updated`, `unchanged`, or `not-relevant` where it is no police matter."""
        assert item.article is not None and item.description is not None and item.deduplicated is not None
        self.counts["pages_fetched"] += 1
        try:
            outcome = self._write(item)
        except BaseException:
            self.statements.forget()
            raise
        self.counts[outcome] += 1
        if outcome in ("new", "updated"):
            self.counts[f"advisories_{outcome}"] += 1
            self.counts["paragraphs_kept"] += len(item.deduplicated.kept)
            self.counts["paragraphs_dropped"] += len(item.deduplicated.dropped)
        if outcome == "unchanged":
            self.counts["pages_unchanged"] += 1
        return outcome

    def _write(self, item: AdvisoryItem) -> str:
        assert item.article is not None and item.description is not None
        with self._watched(), self.dataset.writing() as connection:
            if item.description.kind == "other" and not self.keep_other:
                outcome = "not-relevant"
                reason = "; ".join(item.description.evidence)[:200] or "no police unit speaks or acts in it"
                page = item.page
                store_outcome(
                    connection, self.run, item.article.url, page.source, outcome, reason, page.fetched, page.status
                )
            else:
                outcome = store_item(connection, self.statements, item, self.run)
            _note_archive(connection, item.article.url, item.page.archive)
        return outcome

    def outcome(
        self,
        url: str,
        source: str | None,
        outcome: str,
        reason: str,
        status: int | None = None,
        archive: str | None = None,
    ) -> None:
        """Record an address that became no advisory, and why; a failure counts as an error of the run."""
        self.counts[outcome] += 1
        if outcome in ("failed", "quarantined"):
            self.counts["errors"] += 1
            self.problems.append(f"{url}: {reason}")
        with self._watched(), self.dataset.writing() as connection:
            known = connection.execute("SELECT outcome FROM pages WHERE url = ?", (url,)).fetchone()
            if known is None or known[0] != "stored":
                store_outcome(connection, self.run, url, source, outcome, reason, now(), status)
                _note_archive(connection, url, archive)

    def finish(self, status: str) -> None:
        """End the run: `finished`, `failed` or `interrupted`."""
        try:
            if self.archive is not None:
                self.archive.close()
            finish_run(self.dataset, self.run, status, self.counts)
        except DatabaseError as error:
            # A full disk: the next run finds this one `interrupted`.
            self.fatal = self.fatal or error
        finally:
            self.dataset.close()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except (ArchiveError, DatabaseError) as error:
            if self.fatal is None:
                self.fatal = error
                self.on_fatal()
            raise


def _note_archive(connection: sqlite3.Connection, url: str, archive: str | None) -> None:
    if archive is not None:
        connection.execute("UPDATE pages SET archive = ? WHERE url = ?", (archive, url))
