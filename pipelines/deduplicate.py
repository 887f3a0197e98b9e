"""Step 3: drop related links, residue and repeats within the page, and say why."""

from __future__ import annotations

from dedup.page import Residue, deduplicate_page
from imbauan.extraction.hints import hints
from imbauan.items import AdvisoryItem, Deduplicated, Dropped


def deduplicated(paragraphs: list[str]) -> Deduplicated:
    """Divide the paragraphs of one page in kept and dropped; kept and dropped together are all of them."""
    residue = [Residue(name, pattern) for name, pattern in hints().residue]
    drops = {drop.position: drop for drop in deduplicate_page(paragraphs, residue)}
    return Deduplicated(
        kept=[(position, text) for position, text in enumerate(paragraphs) if position not in drops],
        dropped=[
            Dropped(
                position, paragraphs[position], drop.reason, drop.rule, drop.similarity, drop.kept_position,
                None if drop.kept_position is None else paragraphs[drop.kept_position],
            )
            for position, drop in drops.items()
        ],
    )  # fmt: skip


class DeduplicatePipeline:
    """Deduplicate each article's paragraphs."""

    def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Add the decisions."""
        assert item.article is not None
        item.deduplicated = deduplicated(item.article.paragraphs)
        return item
