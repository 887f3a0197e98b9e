"""Step 3: drop related links, residue and repeats within the page, and say why."""

from __future__ import annotations

from dedup.fingerprints import Fingerprint, fingerprints
from dedup.furniture import line_key
from dedup.page import Drop, deduplicate_page
from imbauan.extraction.hints import residue_of
from imbauan.items import AdvisoryItem, Deduplicated, Paragraph
from pipelines.worker import WorkerStep


def deduplicated(paragraphs: list[str]) -> Deduplicated:
    """Divide the paragraphs of one page in kept and dropped; what stands in other pages is decided when it is stored."""
    prints = fingerprints(paragraphs)
    drops = {drop.position: drop for drop in deduplicate_page(paragraphs, residue_of, prints)}
    return Deduplicated(
        [
            _paragraph(position, text, entry, drops.get(position))
            for position, (text, entry) in enumerate(zip(paragraphs, prints, strict=True))
        ]
    )


def _paragraph(position: int, text: str, entry: Fingerprint, drop: Drop | None) -> Paragraph:
    line, words = line_key(text), len(text.split())
    if drop is None:
        return Paragraph(position, text, entry, line, words)
    return Paragraph(position, text, entry, line, words, drop.reason, drop.rule, drop.similarity, drop.kept_position)


def deduplicate(item: AdvisoryItem) -> None:
    """Add the decisions."""
    assert item.article is not None
    item.deduplicated = deduplicated(item.article.paragraphs)


class DeduplicatePipeline(WorkerStep):
    """Deduplicate each article's paragraphs."""

    part, doing, work = "deduplicated", "deduplication", staticmethod(deduplicate)
