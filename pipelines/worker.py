"""What the steps that think have in common: each runs its plain function in the run's worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from imbauan.exceptions import Quarantined, RunStopped
from imbauan.items import AdvisoryItem
from imbauan.workers import Workers

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem

Step = tuple[str, str, Callable[[AdvisoryItem], None]]
"""The part of the item that a step adds, what it does in words, and the function that does it."""


def worked(steps: Sequence[Step], item: AdvisoryItem) -> dict[str, Any]:
    """Do steps one after the other; what they add to the item, by name. Raises `Quarantined` with the reason."""
    for _, doing, work in steps:
        try:
            work(item)
        except Quarantined:
            raise
        except Exception as error:
            raise Quarantined(f"{doing} failed: {type(error).__name__}: {error}"[:300]) from error
    return {part: getattr(item, part) for part, _, _ in steps}


class WorkerStep:
    """A step off the reactor's thread, so that downloads go on meanwhile and no page can hold the run.

    The steps that follow each other are done in one go: sending a page there and back costs as much as a step.
    """

    part: ClassVar[str]
    """The part of the item that it adds."""
    doing: ClassVar[str]
    """What it does, for the reason of a page that fails in it."""
    work: ClassVar[staticmethod[[AdvisoryItem], None]]
    """The plain function that adds it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.workers = _workers_of(crawler)
        self._steps: list[Step] = crawler.imbauan_steps  # type: ignore[attr-defined]
        self._place = len(self._steps)
        self._steps.append((self.part, self.doing, self.work))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Share the crawler's workers."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Stop the worker processes."""
        self.workers.close()

    async def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Have this step and those after it done, unless one before it did; an item that fails is dropped with its reason."""
        if getattr(item, self.part) is None:
            for part, value in (await self._run(item)).items():
                setattr(item, part, value)
        self.count(self.part)
        return item

    async def _run(self, item: AdvisoryItem) -> dict[str, Any]:
        try:
            return await asyncio.wrap_future(self.workers.submit(worked, self._steps[self._place :], item))
        except Quarantined as error:
            raise self._drop(item, "quarantined", str(error)) from error
        except (asyncio.CancelledError, RunStopped) as error:
            # The run was stopped: the workers are gone, and the page waits for the next run.
            raise self._drop(item, "waiting", "the run was stopped before it was read") from error
        except Exception as error:
            # The worker itself is gone, or late: whatever it was at.
            reason = f"{self.doing} failed: {type(error).__name__}: {error}"
            raise self._drop(item, "quarantined", reason[:300]) from error

    def count(self, name: str) -> None:
        """Add one to a figure of the run."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"imbauan/steps/{name}")

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
        crawler.imbauan_workers, crawler.imbauan_steps = workers, []  # type: ignore[attr-defined]
        # A run that is stopped does not wait for a page that takes long to read.
        crawler.on_give_up = [*getattr(crawler, "on_give_up", []), workers.close]  # type: ignore[attr-defined]
    return workers
