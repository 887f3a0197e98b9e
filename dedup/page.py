"""Deduplication within one page: related-link lines, residue, and paragraphs that repeat an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dedup.facts import differing_facts
from dedup.normalize import normalize, words
from dedup.signatures import NUM_PERM, jaccard, shingles, signatures

THRESHOLD = 0.8
"""Exact Jaccard similarity of word 3-shingles from which two paragraphs are near-duplicates."""
SHORT_WORDS = 20
"""Under 20 words a single edit breaks most shingles (9 % of edited copies pass 0.8), so words are compared instead."""
SHORT_THRESHOLD = 0.8
BANDS, ROWS = 18, 7
"""What datasketch's optimiser gives for threshold 0.7 and weights (0.2, 0.8): recall 1.000 of 1,645 pairs."""

_LINKS = (
    r"baca\s*(?:juga|lainnya|selengkapnya|pula)|simak\s*(?:juga|video)|lihat\s*(?:juga|berita lainnya)|tonton juga"
    r"|(?:artikel|berita)\s*(?:terkait|lainnya)|ikuti berita lainnya|read next|also read|read also"
)
_RELATED = re.compile(
    rf"^[\W_]*(?:{_LINKS})\b\s*(?:[:：–—>»|-]|\[|\(|$)|^\W*(?:baca|simak|lihat) juga\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Drop:
    """One paragraph that leaves the text, and why."""

    position: int
    reason: str
    rule: str
    similarity: float | None = None
    kept_position: int | None = None


@dataclass(frozen=True, slots=True)
class Residue:
    """A pattern of lines that are never part of an article, such as a byline or a share bar."""

    name: str
    pattern: re.Pattern[str]


def is_related_link(paragraph: str) -> bool:
    """Whether a line points to another article ("Baca juga: …", "Simak juga", "(BACA JUGA: …)")."""
    return bool(_RELATED.match(paragraph)) and len(paragraph) < 300


def deduplicate_page(paragraphs: Sequence[str], residue: Iterable[Residue] = ()) -> list[Drop]:
    """The paragraphs of one page that leave its text, in order; every other one is kept.

    A kept paragraph is never dropped afterwards, so no drop points at a dropped paragraph.
    """
    patterns = list(residue)
    drops: list[Drop] = []
    seen: dict[str, int] = {}
    near = _NearIndex()
    for position, paragraph in enumerate(paragraphs):
        form = normalize(paragraph)
        if is_related_link(paragraph):
            drops.append(Drop(position, "related-link", "related-link/1"))
        elif name := next((item.name for item in patterns if item.pattern.search(paragraph)), None):
            drops.append(Drop(position, "furniture", f"{name}/1"))
        elif form in seen:
            drops.append(Drop(position, "repeat-in-page", "exact/1", 1.0, seen[form]))
        elif match := near.find(paragraph, words(form)):
            drops.append(Drop(position, "repeat-in-page", match[2], match[1], match[0]))
            seen[form] = match[0]
        else:
            seen[form] = position
            near.add(position)
    return drops


class _NearIndex:
    """Kept paragraphs of one page: MinHash bands propose, exact similarity and the fact guard decide."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[str, list[str], object]] = {}
        self._bands: dict[tuple[int, bytes], list[int]] = {}
        self._short: dict[str, list[int]] = {}
        self._last: tuple[str, list[str], object, list[tuple[int, bytes]]] | None = None

    def find(self, paragraph: str, tokens: list[str]) -> tuple[int, float, str] | None:
        """(position, similarity, rule) of the most similar kept paragraph that says the same."""
        hashes = shingles(tokens)
        signature = signatures([hashes])[0]
        keys = [(band, signature[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]
        self._last = (paragraph, tokens, hashes, keys)
        short = len(tokens) < SHORT_WORDS
        proposed = {position for key in keys for position in self._bands.get(key, ())}
        if short:
            proposed |= {position for word in set(tokens) for position in self._short.get(word, ())[:50]}
        best: tuple[int, float, str] | None = None
        for position in sorted(proposed):
            text, other_tokens, other = self._kept[position]
            similarity = jaccard(hashes, other)  # type: ignore[arg-type]
            alike, rule = similarity >= THRESHOLD, "near-jaccard/1"
            if not alike and short and len(other_tokens) < SHORT_WORDS:
                alike, rule = _word_overlap(tokens, other_tokens) >= SHORT_THRESHOLD, "near-short/1"
            if alike and (best is None or similarity > best[1]) and not differing_facts(paragraph, text):
                best = (position, similarity, rule)
        return best

    def add(self, position: int) -> None:
        """Keep the paragraph that was looked up last."""
        assert self._last is not None
        paragraph, tokens, hashes, keys = self._last
        self._kept[position] = (paragraph, tokens, hashes)
        for key in keys:
            self._bands.setdefault(key, []).append(position)
        if len(tokens) < SHORT_WORDS:
            for word in set(tokens):
                self._short.setdefault(word, []).append(position)


def _word_overlap(left: list[str], right: list[str]) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, left, right, autojunk=False).ratio()


assert BANDS * ROWS <= NUM_PERM
