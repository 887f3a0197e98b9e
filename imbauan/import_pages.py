"""`imbauan import`: the crawler's steps over pages on disk, in worker processes, one transaction a page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future

from imbauan.extraction.whole import extract_whole
from imbauan.items import AdvisoryItem
from imbauan.pages_on_disk import Bad
from imbauan.recorder import Recorder
from imbauan.workers import Workers
from pipelines.deduplicate import deduplicated
from pipelines.describe import described

AHEAD = 32
"""Pages read ahead of the one that is being stored: keeps the workers busy and the memory bounded."""


def process(item: AdvisoryItem) -> AdvisoryItem:
    """Extract, describe and deduplicate; the article stays none where a page holds no text."""
    if item.article is None:
        item.article = extract_whole(item.page)
    if item.article is not None:
        described(item)
        item.deduplicated = deduplicated(item.article.paragraphs)
    return item


def import_pages(
    recorder: Recorder,
    pages: Iterable[AdvisoryItem | Bad],
    workers: int,
    seconds: float,
    progress: Callable[[], None] = lambda: None,
) -> None:
    """Run every page through the steps and store it, in the order given."""  # fmt: skip
    pool = Workers(workers, seconds)
    try:
        for item, future in _in_order(pool, pages):
            _keep(recorder, item, future)
            progress()
    finally:
        pool.close()


def _in_order(
    pool: Workers, pages: Iterable[AdvisoryItem | Bad]
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
    except Exception as error:
        recorder.outcome(item.page.url, item.page.source, "quarantined", f"extraction failed: {error}"[:300])
        return
    if done.article is None:
        recorder.outcome(item.page.url, item.page.source, "quarantined", "no text found in the page")
    else:
        recorder.store(done)
