"""`imbauan import`: the crawler's steps over pages on disk, archived first, in worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from time import monotonic

from imbauan.exceptions import Quarantined, RunStopped
from imbauan.items import AdvisoryItem
from imbauan.pages_on_disk import Bad, Given
from imbauan.recorder import MOMENT, Recorder
from imbauan.urls import canonical_url
from imbauan.workers import Workers
from pipelines.deduplicate import deduplicate
from pipelines.describe import describe
from pipelines.extract import extract

AHEAD = 32
"""Pages read ahead of the one that is being stored: keeps the workers busy and the memory bounded."""


def process(item: AdvisoryItem) -> AdvisoryItem:
    """Read, describe and deduplicate; raises `Quarantined` where a page holds no whole, readable article."""
    for work in (extract, describe, deduplicate):
        work(item)
    return item


def import_pages(
    recorder: Recorder,
    pages: Iterable[Given | Bad],
    workers: int,
    seconds: float,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Run every page through the steps and store it, in the order given."""  # fmt: skip
    pool = Workers(workers, seconds)
    began: list[float] = []
    recorder.gather(lambda commit: began.append(monotonic()))
    try:
        for item, future in _in_order(pool, _archived(recorder, pages)):
            # Nor does a page that takes long to read keep others from the disk, or other programs from writing.
            if began and (monotonic() - began[0] > MOMENT or not (future is None or future.done())):
                began.clear()
                _commit(recorder)
            _keep(recorder, item, future)
            progress()
        _commit(recorder)
    finally:
        pool.close()


def _commit(recorder: Recorder) -> None:
    recorder.commit()
    if recorder.fatal is not None:
        raise recorder.fatal


def processed(
    items: Iterable[AdvisoryItem], workers: int, seconds: float
) -> Iterator[AdvisoryItem | tuple[AdvisoryItem, str]]:
    """Items read, described and deduplicated, in their order; one that is set aside comes with its reason."""
    pool = Workers(workers, seconds)
    try:
        for item, future in _in_order(pool, items):
            assert isinstance(item, AdvisoryItem) and future is not None
            try:
                yield future.result()
            except Exception as error:
                yield item, _reason(error)
    finally:
        pool.close()


def _archived(recorder: Recorder, pages: Iterable[Given | Bad]) -> Iterator[AdvisoryItem | Bad]:
    """Raw page first: what is not in the archive yet is put there before anything is made of it."""
    for given in pages:
        if isinstance(given, Bad):
            yield given
            continue
        if given.item.page.archive is None and given.raw is not None:
            _archive(recorder, given)
        if given.raw is not None and given.raw.source:
            recorder.source(given.raw.source)
        yield given.item


def _archive(recorder: Recorder, given: Given) -> None:
    page, raw = given.item.page, given.raw
    assert raw is not None
    page.archive = recorder.keep(raw)
    if given.parts_expected:
        recorder.expect_parts(page, given.parts_expected)
        places = [recorder.keep(part) for part in given.parts]
        page.more = [replace(part, archive=place) for part, place in zip(page.more, places, strict=True)]


def _in_order(
    pool: Workers, pages: Iterable[AdvisoryItem | Bad] | Iterable[AdvisoryItem]
) -> Iterator[tuple[AdvisoryItem | Bad, Future[AdvisoryItem] | None]]:
    waiting: deque[tuple[AdvisoryItem | Bad, Future[AdvisoryItem] | None]] = deque()
    for item in pages:
        waiting.append((item, None if isinstance(item, Bad) else pool.submit(process, item)))
        if len(waiting) >= AHEAD:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _keep(recorder: Recorder, item: AdvisoryItem | Bad, future: Future[AdvisoryItem] | None) -> None:
    if isinstance(item, Bad) or future is None:
        assert isinstance(item, Bad)
        recorder.counts["errors"] += 1
        recorder.problems.append(f"{item.where}: {item.reason}")
        return
    try:
        done = future.result()
    except (CancelledError, RunStopped):
        raise
    except Exception as error:
        _set_aside(recorder, item, _reason(error))
    else:
        recorder.store(done)


def _reason(error: Exception) -> str:
    if isinstance(error, Quarantined):
        return str(error)
    return f"extraction failed: {type(error).__name__}: {error}"[:300]


def _set_aside(recorder: Recorder, item: AdvisoryItem, reason: str) -> None:
    page = item.page
    recorder.outcome(canonical_url(page.url), page.source, "quarantined", reason, page.status, page.archive)
