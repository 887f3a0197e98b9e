"""Step 1: read the article of a page."""

from __future__ import annotations

from imbauan.items import AdvisoryItem
from imbauan.reading import read_page
from pipelines.worker import WorkerStep


def extract(item: AdvisoryItem) -> None:
    """Add the article, unless it was read elsewhere; raises `Quarantined` where the page holds no whole, readable one."""
    if item.article is None:
        item.article = read_page(item.page)


class ExtractPipeline(WorkerStep):
    """Give each item its article; a page that can't be read is dropped with its reason."""

    part, doing, work = "article", "extraction", staticmethod(extract)
