"""One run's way into the dataset: stores items, records outcomes, keeps the counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Self

from imbauan.database import Dataset, open_dataset
from imbauan.database.runs import finish_run, now, start_run
from imbauan.database.store import store_item, store_outcome, store_sources
from imbauan.items import AdvisoryItem
from imbauan.sources import Source
from imbauan.statements.store import Statements

LOOK_AGAIN_DAYS = 7
"""Days after its first sight in which an article that is still announced is fetched again, for corrections."""


class Recorder:
    """A run: begun when made, ended by `finish`. The spider, the pipelines and `imbauan import` write through it."""

    def __init__(self, dataset: Dataset, command: str, keep_other: bool = False) -> None:
        self.dataset = dataset
        self.keep_other = keep_other
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self.statements = Statements(dataset.connection)
        self.run = start_run(dataset, command)

    @classmethod
    def open(cls, path: str | Path, command: str, keep_other: bool = False) -> Self:
        """Open or make the dataset and begin a run in it."""
        return cls(open_dataset(path, create=True), command, keep_other)

    def sources(self, sources: list[Source]) -> None:
        """Record the catalogue entries that this run uses."""
        with self.dataset.writing() as connection:
            store_sources(connection, sources)

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
        with self.dataset.writing() as connection:
            if item.description.kind == "other" and not self.keep_other:
                outcome = "not-relevant"
                reason = "; ".join(item.description.evidence)[:200] or "no police unit speaks or acts in it"
                page = item.page
                store_outcome(
                    connection, self.run, item.article.url, page.source, outcome, reason, page.fetched, page.status
                )
            else:
                outcome = store_item(connection, self.statements, item, self.run)
        return outcome

    def outcome(self, url: str, source: str | None, outcome: str, reason: str, status: int | None = None) -> None:
        """Record an address that became no advisory, and why; a failure counts as an error of the run."""
        self.counts[outcome] += 1
        if outcome in ("failed", "quarantined"):
            self.counts["errors"] += 1
            self.problems.append(f"{url}: {reason}")
        with self.dataset.writing() as connection:
            known = connection.execute("SELECT outcome FROM pages WHERE url = ?", (url,)).fetchone()
            if known is None or known[0] != "stored":
                store_outcome(connection, self.run, url, source, outcome, reason, now(), status)

    def finish(self, status: str) -> None:
        """End the run: `finished`, `failed` or `interrupted`."""
        finish_run(self.dataset, self.run, status, self.counts)
        self.dataset.close()
