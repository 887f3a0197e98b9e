"""Step 2: what the article is, and who speaks about what, where."""

from __future__ import annotations

from imbauan.description import describe as described
from imbauan.items import AdvisoryItem
from pipelines.worker import WorkerStep


def describe(item: AdvisoryItem) -> None:
    """Add the description."""
    assert item.article is not None
    item.description = described(item.article, item.page.region, item.page.official)


class DescribePipeline(WorkerStep):
    """Describe each article by the rules of the data files."""

    part, doing, work = "description", "description", staticmethod(describe)
