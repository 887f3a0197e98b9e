"""What the steps that think have in common: each runs its plain function in the run's worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from imbauan.exceptions import Quarantined, RunStopped
from imbauan.items import AdvisoryItem
from imbauan.workers import Workers

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem

Result = TypeVar("Result")


class WorkerStep:
    """A step off the reactor's thread, so that downloads go on meanwhile and no page can hold the run."""

    doing: str
    """What it does, for the reason of a page that fails in it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.workers = _workers_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Share the crawler's workers."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Stop the worker processes."""
        self.workers.close()

    async def run(self, item: AdvisoryItem, function: Callable[..., Result], *arguments: Any) -> Result:
        """The function's result; an item for which there is none is dropped with its reason."""
        try:
            return await asyncio.wrap_future(self.workers.submit(function, *arguments))
        except Quarantined as error:
            raise self._drop(item, "quarantined", str(error)) from error
        except (asyncio.CancelledError, RunStopped) as error:
            # The run was stopped: the workers are gone, and the page waits for the next run.
            raise self._drop(item, "waiting", "the run was stopped before it was read") from error
        except Exception as error:
            reason = f"{self.doing} failed: {type(error).__name__}: {error}"
            raise self._drop(item, "quarantined", reason[:300]) from error

    def count(self, name: str) -> None:
        """Add one to a figure of the run."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"imbauan/extract/{name}")

    def _drop(self, item: AdvisoryItem, outcome: str, reason: str) -> DropItem:
        # Here, since the workers and `imbauan import` need the plain functions beside these classes, and no Scrapy.
        from scrapy.exceptions import DropItem

        self.count(outcome)
        record: Any = getattr(self.crawler.spider, "record", None)
        if record is not None:
            record(item.page.url, item.page.source, outcome, reason, item.page.status, item.page.archive)
        return DropItem(f"{item.page.url}: {reason}", log_level="WARNING")


def _workers_of(crawler: Crawler) -> Workers:
    """The worker processes of a crawler, started by the first step that asks."""
    workers: Workers | None = getattr(crawler, "imbauan_workers", None)
    if workers is None:
        settings = crawler.settings
        workers = Workers(
            settings.getint("IMBAUAN_WORKERS"),
            settings.getfloat("IMBAUAN_EXTRACT_SECONDS"),
            settings.getint("IMBAUAN_EXTRACT_MB"),
        )
        crawler.imbauan_workers = workers  # type: ignore[attr-defined]
        # A run that is stopped does not wait for a page that takes long to read.
        crawler.on_give_up = [*getattr(crawler, "on_give_up", []), workers.close]  # type: ignore[attr-defined]
    return workers
