"""Step 2: what the article is, and who speaks about what, where."""

from __future__ import annotations

from imbauan.description import describe
from imbauan.items import AdvisoryItem
from pipelines.worker import WorkerStep


class DescribePipeline(WorkerStep):
    """Describe each article by the rules of the data files."""

    doing = "description"

    async def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Add the description."""
        item.description = await self.run(item, describe, item.article, item.page.region, item.page.official)
        return item
