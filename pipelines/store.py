"""Step 4: keep the advisory, and all that its page caused, in one transaction."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from imbauan.items import AdvisoryItem
from imbauan.recorder import Recorder, recorder_of


class StorePipeline:
    """Store each relevant item through the run's recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run that `imbauan crawl` began, or begin one (`scrapy crawl`)."""
        recorder = recorder_of(crawler)
        return cls(recorder)

    def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Write, and count what it was."""
        self.recorder.store(item)
        return item
