"""Deduplication within one page: related-link lines, residue, and paragraphs that repeat an earlier one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dedup.compare import SAME, Verdict, compare
from dedup.fingerprints import Fingerprint, fingerprints

WHOLE = frozenset(["near/2", "same-words/1"])
"""Rules by which a paragraph repeats another of its page; one that is only part of another is a quotation set out."""
_LINKS = (
    r"baca\s*(?:juga|lainnya|selengkapnya|pula)|simak\s*(?:juga|video)|lihat\s*(?:juga|berita lainnya)|tonton juga"
    r"|(?:artikel|berita|tulisan|konten)\s*(?:terkait|lain(?:nya)?|menarik|pilihan)|ikuti berita lainnya|read next|also read|read also"
)
_RELATED = re.compile(
    rf"^[\W_]*(?:{_LINKS})\b\s*(?:[:：–—>»|-]|\[|\(|$)|^\W*(?:baca|simak|lihat) juga\b|^\W*(?:baca|pilihan\s+editor)\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Drop:
    """One paragraph that leaves the text, and why."""

    position: int
    reason: str
    rule: str
    similarity: float | None = None
    kept_position: int | None = None


def is_related_link(paragraph: str) -> bool:
    """Whether a line points to another article ("Baca juga: …", "Simak juga", "(BACA JUGA: …)")."""
    return bool(_RELATED.match(paragraph)) and len(paragraph) < 300


def deduplicate_page(
    paragraphs: Sequence[str],
    residue_of: Callable[[str], str | None] = lambda line: None,
    prints: Sequence[Fingerprint] | None = None,
) -> list[Drop]:
    """The paragraphs of one page that leave its text, in order; every other one is kept.

    `residue_of` names the rule by which a line is never part of an article, such as a byline or a share bar.
    A kept paragraph is never dropped afterwards, so no drop points at a dropped paragraph. `prints` are the
    fingerprints of the paragraphs where they are known already.
    """
    prints = fingerprints(paragraphs) if prints is None else prints
    drops: list[Drop] = []
    seen: dict[int, int] = {}
    keys: dict[int, int] = {}
    sharing = _share_keys(prints)
    for position, (paragraph, entry) in enumerate(zip(paragraphs, prints, strict=True)):
        own = set(array("Q", entry.keys)) if sharing else set()
        if is_related_link(paragraph):
            drops.append(Drop(position, "related-link", "related-link/1"))
        elif name := residue_of(paragraph):
            drops.append(Drop(position, "furniture", f"{name}/1"))
        elif entry.hash in seen:
            drops.append(Drop(position, "repeat-in-page", "exact/1", 1.0, seen[entry.hash]))
        elif (shared := keys.keys() & own) and (
            match := _repeated(paragraph, [(at, paragraphs[at]) for at in sorted({keys[key] for key in shared})])
        ):
            drops.append(Drop(position, "repeat-in-page", match[1].rule, match[1].similarity, match[0]))
            seen[entry.hash] = match[0]
        else:
            seen[entry.hash] = position
            # The first paragraph keeps a key that both have.
            keys |= dict.fromkeys(own, position) | {key: keys[key] for key in shared}
    return drops


def _share_keys(prints: Sequence[Fingerprint]) -> bool:
    """Whether any two of these may have a key in common; on most pages none have."""
    keys = np.sort(np.frombuffer(b"".join(entry.keys for entry in prints), dtype=np.uint64))
    return bool(np.any(keys[1:] == keys[:-1]))


def _repeated(paragraph: str, others: list[tuple[int, str]]) -> tuple[int, Verdict] | None:
    """(position, verdict) of the most similar kept paragraph that says the same."""
    found = [(at, compare(paragraph, other)) for at, other in others]
    same = [(at, verdict) for at, verdict in found if verdict.relation == SAME and verdict.rule in WHOLE]
    return max(same, key=lambda entry: (entry[1].similarity, -entry[0]), default=None)
