"""One run's way into the dataset: stores items, records outcomes, keeps the counts."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from imbauan.archive import Archive, Raw, archive_beside
from imbauan.database import Dataset, open_dataset
from imbauan.database.frontier import record_fetch, record_try
from imbauan.database.lock import Lock
from imbauan.database.runs import finish_run, now, start_run
from imbauan.database.store import store_item, store_outcome, store_source_entry, store_sources
from imbauan.exceptions import ArchiveError, DatabaseError, ImbauanError
from imbauan.frontier import Frontier, Look
from imbauan.items import AdvisoryItem, Page, Part
from imbauan.relook import PATIENCE
from imbauan.sources import Source
from imbauan.statements.store import Statements
from imbauan.urls import canonical_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MOMENT = 0.2
"""Seconds of writing that are one commit in a run that gathers: what a power cut may take."""
NOT_FETCHED = ("failed", "forbidden", "quarantined", "removed", "waiting")
"""Outcomes of an address that gave no page."""
STORED = ("stored", "unchanged")
OVER_STORED = ("removed", "unchanged")
"""The only outcomes that may take the place of `stored`: a link to a page, or a bad day of its site, changes nothing."""


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
        self.notes: list[str] = []
        """What a person may like to know, and need do nothing about."""
        self.by_source: dict[str, Counter[str]] = defaultdict(Counter)
        """What this run met at each source; its past is read from the rows of `source_runs`."""
        self.troubles: dict[str, list[str]] = defaultdict(list)
        """What announced nothing in this run, by source, in words."""
        self._committed: Counter[str] = Counter()
        """The counts of what outlasts a power cut, in a run that gathers."""
        self.frontier: Frontier | None = None
        self.statements = Statements(dataset.connection)
        self.run = start_run(dataset, command)

    @classmethod
    def open(
        cls,
        path: str | Path,
        command: str,
        keep_other: bool = False,
        archive: str | Path | bool = True,
        lock: Lock | None = None,
    ) -> Self:
        """Open or make the dataset and begin a run in it; `archive` is a folder, or whether there is one beside it."""
        folder = (archive_beside(path) if archive else None) if isinstance(archive, bool) else archive
        dataset = open_dataset(path, create=True, lock=lock)
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

    def expect_parts(self, page: Page, parts: Sequence[str]) -> None:
        """Keep in the archive that a page goes on elsewhere, so that it is never taken for the whole article."""
        if self.archive is not None:
            with self._watched():
                self.archive.expect((page.url, page.fetched), parts)

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

    def begin_crawl(self, since: str | None = None, max_pages: int | None = None) -> Frontier:
        """The frontier of this run, made once; what it has in work gets its outcome through this recorder."""
        self.frontier = self.frontier or Frontier(self.dataset, self.run, since, max_pages)
        return self.frontier

    def store(self, item: AdvisoryItem) -> str:
        """Store an item; `new`, `updated`, `unchanged`, or `not-relevant` where it is no police matter."""
        look = self._settled(item.page.url, item.page.source)
        self.counts["pages_fetched"] += 1
        try:
            outcome = self._write(item, look)
        except BaseException:
            self.statements.forget()
            raise
        self._count_stored(item, outcome)
        return outcome

    def _write(self, item: AdvisoryItem, look: Look | None) -> str:
        assert item.article is not None and item.description is not None
        page, article = item.page, item.article
        with self._watched(), self.dataset.writing() as connection:
            if item.description.kind == "other" and not self.keep_other:
                outcome = "not-relevant"
                reason = "; ".join(item.description.evidence)[:200] or "no police unit speaks or acts in it"
                store_outcome(
                    connection, self.run, article.url, page.source, outcome, reason, page.fetched, page.status
                )
            else:
                outcome = store_item(connection, self.statements, item, self.run)
            for url in {canonical_url(page.url), page.found} - {article.url, None}:
                twin = f"the same article as {article.url}"
                store_outcome(connection, self.run, str(url), page.source, "twin", twin, page.fetched, page.status)
            for part in page.more:
                self._note_part(connection, article.url, page, part)
            self._record_fetch(item, look)
            _note_archive(connection, article.url, page.archive)
        return outcome

    def _note_part(self, connection: sqlite3.Connection, article: str, page: Page, part: Part) -> None:
        url = canonical_url(part.url)
        known = connection.execute("SELECT outcome FROM pages WHERE url = ?", (url,)).fetchone()
        if url != article and (known is None or known[0] not in STORED):
            store_outcome(connection, self.run, url, page.source, "twin", f"a part of {page.url}", page.fetched, 200)
            _note_archive(connection, url, part.archive)

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
        url = canonical_url(url)
        look = self._settled(url, source, deferred=outcome == "waiting")
        self.counts[outcome] += 1
        self.by_source[source or ""][outcome] += 1
        if outcome == "unchanged":
            self.counts["pages_unchanged"] += 1
        if outcome in ("failed", "quarantined"):
            self.counts["errors"] += 1
            self.problems.append(f"{url}: {reason}")
        with self._watched(), self.dataset.writing() as connection:
            known = connection.execute("SELECT outcome FROM pages WHERE url = ?", (url,)).fetchone()
            if known is None or known[0] not in STORED or outcome in OVER_STORED:
                store_outcome(connection, self.run, url, source, outcome, reason, now(), status)
                _note_archive(connection, url, archive)
            # An address whose tries are used up is looked at again only when something new is said of it.
            last = look is None or outcome not in NOT_FETCHED or look.attempts + 1 >= len(PATIENCE)
            failed = outcome in NOT_FETCHED and outcome != "waiting"
            record_try(connection, url, now(), failed, look.claims if look and last else None)

    def source_problem(self, source: str, url: str, expected: str, got: str) -> None:
        """Record an announcement that led nowhere; the source's health decides whether a person hears of it."""
        self.troubles[source].append(f"{url}: expected {expected}, got {got}")

    def _settled(self, url: str, source: str | None, deferred: bool = False) -> Look | None:
        return self.frontier.done(canonical_url(url), source, deferred) if self.frontier else None

    def _record_fetch(self, item: AdvisoryItem, look: Look | None) -> None:
        page, url = item.page, item.article.url if item.article else item.page.url
        sha256 = hashlib.sha256(page.body).hexdigest()
        address = None if page.url == url else page.url
        claims = look.claims if look else None
        record_fetch(self.dataset.connection, url, page, address, sha256, claims, now())

    def _count_stored(self, item: AdvisoryItem, outcome: str) -> None:
        assert item.article is not None and item.description is not None and item.deduplicated is not None
        self.counts[outcome] += 1
        own = self.by_source[item.page.source]
        own["text"] += 1
        own["words"] += sum(len(text.split()) for text in item.article.paragraphs)
        own["dated"] += item.article.published is not None
        own["relevant"] += item.description.kind != "other"
        if outcome in ("new", "updated"):
            own["stored"] += outcome == "new"
            self.counts[f"advisories_{outcome}"] += 1
            self.counts["paragraphs_kept"] += len(item.deduplicated.kept)
            self.counts["paragraphs_dropped"] += len(item.deduplicated.dropped)
        if outcome == "unchanged":
            self.counts["pages_unchanged"] += 1

    def gather(self, later: Callable[[Callable[[], None]], object]) -> None:
        """From now on commit what is written in one moment at once, which costs a disk as much as one page.

        `later` is to call what it is given within a moment. A power cut takes what was not committed; the addresses
        wait in the ledger as before, so the next run fetches them.
        """

        self._committed = Counter(self.counts)
        self.statements.gathers = True
        self.dataset.on_group = lambda: later(self.commit)
        if self.archive is not None:
            self.archive.gathers = True

    def commit(self) -> None:
        """Decide and commit what was gathered, first to the archive; what fails is as if it had not come."""
        try:
            with self._watched():
                if self.statements.waits():
                    with self.dataset.writing():
                        self.statements.settle()
                if self.archive is not None:
                    self.archive.sync()
                self.dataset.commit()
            self._committed = Counter(self.counts)
        except BaseException as error:
            self.dataset.connection.rollback()
            self.statements.forget()
            self.counts = Counter(self._committed)
            if not isinstance(error, ImbauanError):
                raise
            # `fatal` tells it, and the run ends.

    def gather_no_more(self) -> None:
        """Commit what was gathered, and from now on each writing by itself."""
        self.commit()
        self.statements.gathers = False
        self.dataset.on_group = None
        if self.archive is not None:
            self.archive.gathers = False

    def finish(self, status: str) -> None:
        """End the run: `finished`, `failed` or `interrupted`."""
        try:
            self.gather_no_more()
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
            if self.dataset.on_group is not None and not self.dataset.connection.in_transaction:
                # SQLite itself took back all that was gathered, as it does where a disk is full.
                self.counts = Counter(self._committed)
            if self.fatal is None:
                self.fatal = error
                self.on_fatal()
            raise


def _note_archive(connection: sqlite3.Connection, url: str, archive: str | None) -> None:
    if archive is not None:
        connection.execute("UPDATE pages SET archive = ? WHERE url = ?", (archive, url))


def _told(error: ImbauanError) -> int:
    print(f"imbauan: {error}", file=sys.stderr)
    return error.exit_code


def recorder_of(crawler: Crawler, sources: list[Source] | None = None) -> Recorder:
    """The run that `imbauan crawl` began for this crawler; else one of its own (`scrapy crawl`), ended with it."""
    known: Recorder | None = getattr(crawler, "recorder", None)
    if known is not None:
        return known
    from scrapy import signals

    from imbauan.conclusion import conclude

    try:
        recorder = Recorder.open(crawler.settings["IMBAUAN_DB"], "scrapy crawl", keep_other=False)
    except ImbauanError as error:
        # Scrapy would go on without a spider, print a traceback and exit 1.
        raise SystemExit(_told(error)) from None
    recorder.sources(sources or [])

    def closed(reason: str) -> None:
        recorder.finish(conclude(recorder, sources or [], crawler, reason))

    crawler.signals.connect(closed, signals.spider_closed, weak=False)
    crawler.recorder = recorder  # type: ignore[attr-defined]
    return recorder
