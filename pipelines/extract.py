"""Step 1: read the article of a page, in a worker process."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from imbauan.exceptions import Quarantined, RunStopped
from imbauan.items import AdvisoryItem
from imbauan.reading import read_page
from imbauan.workers import Workers


class ExtractPipeline:
    """Give each item its article; a page that can't be read is dropped with its reason."""

    def __init__(self, crawler: Crawler, workers: int, seconds: float, megabytes: int) -> None:
        self.crawler = crawler
        self.workers = Workers(workers, seconds, megabytes)
        # A run that is stopped does not wait for a page that takes long to read.
        crawler.on_give_up = [*getattr(crawler, "on_give_up", []), self.workers.close]  # type: ignore[attr-defined]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the number of worker processes and the seconds that each page may take."""
        settings = crawler.settings
        return cls(
            crawler,
            settings.getint("IMBAUAN_WORKERS"),
            settings.getfloat("IMBAUAN_EXTRACT_SECONDS"),
            settings.getint("IMBAUAN_EXTRACT_MB"),
        )

    def close_spider(self) -> None:
        """Stop the worker processes."""
        self.workers.close()

    async def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Extract off the reactor's thread, so that downloads go on meanwhile."""
        try:
            item.article = await asyncio.wrap_future(self.workers.submit(read_page, item.page))
        except Quarantined as error:
            raise self._drop(item, "quarantined", str(error)) from error
        except (asyncio.CancelledError, RunStopped) as error:
            # The run was stopped: the workers are gone, and the page waits for the next run.
            raise self._drop(item, "waiting", "the run was stopped before it was read") from error
        except Exception as error:
            raise self._drop(
                item, "quarantined", f"extraction failed: {type(error).__name__}: {error}"[:300]
            ) from error
        self._count("articles")
        return item

    def _drop(self, item: AdvisoryItem, outcome: str, reason: str) -> DropItem:
        self._count(outcome)
        record: Any = getattr(self.crawler.spider, "record", None)
        if record is not None:
            record(item.page.url, item.page.source, outcome, reason, item.page.status, item.page.archive)
        return DropItem(f"{item.page.url}: {reason}", log_level="WARNING")

    def _count(self, name: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"imbauan/extract/{name}")
