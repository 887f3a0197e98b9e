"""Step 2: what the article is, and who speaks about what, where."""

from __future__ import annotations

from imbauan.description import describe
from imbauan.items import AdvisoryItem


def described(item: AdvisoryItem) -> AdvisoryItem:
    """The item with its description; pure but for that field."""
    assert item.article is not None
    item.description = describe(item.article, item.page.region, item.page.official)
    return item


class DescribePipeline:
    """Describe each article by the rules of the data files."""

    def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Add the description."""
        return described(item)
