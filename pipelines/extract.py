"""Step 1: read the article of a page, in a worker process."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from imbauan.extraction.whole import extract_whole
from imbauan.items import AdvisoryItem
from imbauan.workers import Workers


class ExtractPipeline:
    """Give each item its article; a page that can't be read is dropped with its reason."""

    def __init__(self, crawler: Crawler, workers: int, seconds: float) -> None:
        self.crawler = crawler
        self.workers = Workers(workers, seconds)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the number of worker processes and the seconds that each page may take."""
        settings = crawler.settings
        return cls(crawler, settings.getint("IMBAUAN_WORKERS"), settings.getfloat("IMBAUAN_EXTRACT_SECONDS"))

    def close_spider(self) -> None:
        """Stop the worker processes."""
        self.workers.close()

    async def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Extract off the reactor's thread, so that downloads go on meanwhile."""
        try:
            item.article = await asyncio.wrap_future(self.workers.submit(extract_whole, item.page))
        except Exception as error:
            raise self._drop(
                item, "quarantined", f"extraction failed: {type(error).__name__}: {error}"[:300]
            ) from error
        if item.article is None:
            raise self._drop(item, "quarantined", "no text found in the page")
        self._count("articles")
        return item

    def _drop(self, item: AdvisoryItem, outcome: str, reason: str) -> DropItem:
        self._count(outcome)
        record: Any = getattr(self.crawler.spider, "record", None)
        if record is not None:
            record(item.page.url, item.page.source, outcome, reason, item.page.status)
        return DropItem(f"{item.page.url}: {reason}", log_level="WARNING")

    def _count(self, name: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"imbauan/extract/{name}")
