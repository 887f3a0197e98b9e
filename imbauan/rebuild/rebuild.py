"""The steps of a rebuild: empty copy, read all pages, store them in published order, compare, switch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from imbauan.database import Dataset, open_dataset
from imbauan.database.runs import finish_run
from imbauan.exceptions import DatabaseError
from imbauan.import_pages import processed
from imbauan.items import AdvisoryItem
from imbauan.pages_on_disk import Bad
from imbauan.rebuild.compare import Changes, differences
from imbauan.rebuild.copy import KEPT_ADVISORIES, carry_over, emptied_copy, remove
from imbauan.rebuild.pages import archived_pages, stored_pages
from imbauan.rebuild.spool import Spool
from imbauan.recorder import Recorder
from imbauan.sources import Source
from imbauan.urls import canonical_url


@dataclass(slots=True)
class Rebuilt:
    """A dataset made again, beside the old one until `switch`."""

    path: Path
    archived: int = 0
    """Pages read from the archive."""
    stored: int = 0
    """Pages that are not in it, made again from their stored text."""
    broken: list[str] = field(default_factory=list)
    """Records of the archive that could not be read."""
    changes: Changes = field(default_factory=Changes)

    def switch(self, dataset: Dataset) -> None:
        """Put it in the place of the old one: one transaction, which a crash undoes and readers see whole or not at all."""
        new = sqlite3.connect(self.path)
        try:
            new.backup(dataset.connection)
        except sqlite3.Error as error:
            raise DatabaseError(f"{dataset.path}: the rebuilt dataset could not be put in place ({error}): nothing was changed") from error  # fmt: skip
        finally:
            new.close()


@contextmanager
def rebuilt(
    dataset: Dataset,
    archive: Path,
    *,
    workers: int,
    seconds: float,
    catalogue: Iterable[Source] = (),
    diff: IO[str] | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Iterator[Rebuilt]:
    """Make the dataset again in a file beside it, which is removed at the end; each difference goes to `diff` as JSON."""
    path = dataset.path.with_name(f"{dataset.path.name}.rebuild")
    made = Rebuilt(path)
    try:
        emptied_copy(dataset.connection, path)
        recorder = Recorder(open_dataset(path, create=True), "rebuild")
        try:
            recorder.dataset.connection.execute("PRAGMA synchronous = OFF")
            recorder.dataset.connection.execute("ATTACH ? AS old", (str(dataset.path),))
            _fill(recorder, made, archive, list(catalogue), workers, seconds, progress)
            _finish(recorder, made, diff)
        finally:
            recorder.dataset.close()
        yield made
    finally:
        remove(path)


def _fill(
    recorder: Recorder, made: Rebuilt, archive: Path, catalogue: list[Source], workers: int, seconds: float,
    progress: Callable[[], None],
) -> None:  # fmt: skip
    connection = recorder.dataset.connection
    spool = Spool(Path(f"{made.path}.spool"))
    try:
        set_aside: list[tuple[AdvisoryItem, str]] = []
        seen: set[str] = set()
        for done in processed(_items(made, archived_pages(archive, catalogue)), workers, seconds):
            made.archived += 1
            progress()
            if isinstance(done, AdvisoryItem):
                spool.put(done)
            else:
                set_aside.append(done)
            item = done if isinstance(done, AdvisoryItem) else done[0]
            seen.add(canonical_url(item.page.url))
        seen |= spool.urls()
        for kept in processed(stored_pages(connection, seen), workers, seconds):
            made.stored += 1
            if isinstance(kept, AdvisoryItem):
                spool.put(kept)
        known = dict(connection.execute(f"SELECT url, id FROM {KEPT_ADVISORIES}"))
        others = {url for (url,) in connection.execute(f"SELECT url FROM {KEPT_ADVISORIES} WHERE kind = 'other'")}
        fresh = max(known.values(), default=0)
        for item in spool.in_published_order():
            assert item.article is not None
            url = item.article.url
            if url not in known:
                fresh += 1
                known[url] = fresh
            item.id = known[url]
            recorder.keep_other = url in others
            recorder.store(item)
        for item, reason in set_aside:
            recorder.outcome(canonical_url(item.page.url), item.page.source, "quarantined", reason, item.page.status, item.page.archive)  # fmt: skip
    finally:
        spool.close()


def _items(made: Rebuilt, pages: Iterable[object]) -> Iterator[AdvisoryItem]:
    for given in pages:
        if isinstance(given, Bad):
            made.broken.append(f"{given.where}: {given.reason}")
        else:
            yield given.item  # type: ignore[attr-defined]


def _finish(recorder: Recorder, made: Rebuilt, diff: IO[str] | None) -> None:
    connection = recorder.dataset.connection
    with recorder.dataset.writing():
        carry_over(connection)
    for difference in differences(connection, made.changes):
        if diff is not None:
            diff.write(json.dumps(difference, ensure_ascii=False) + "\n")
    connection.execute("DETACH old")
    finish_run(recorder.dataset, recorder.run, "finished", recorder.counts)
