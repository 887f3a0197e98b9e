"""Step 1: read the article of a page."""

from __future__ import annotations

from imbauan.items import AdvisoryItem
from imbauan.reading import read_page
from pipelines.worker import WorkerStep


class ExtractPipeline(WorkerStep):
    """Give each item its article; a page that can't be read is dropped with its reason."""

    doing = "extraction"

    async def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Add the article."""
        item.article = await self.run(item, read_page, item.page)
        self.count("articles")
        return item
