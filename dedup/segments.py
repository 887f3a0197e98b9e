"""Sorted segments of (key, text) entries with a Bloom filter: the parts of a log-structured index, without storage.

Entries that come in are kept sorted in segments which never change and are merged level by level (O'Neil et al., The
log-structured merge-tree, 1996), so that writing stays sequential however large the index is. A filter in front of
each segment (Bloom, 1970; one 64-bit word a key: Putze, Sanders, Singler, 2007) answers most look-ups of keys that
are not there, without reading the segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Keys: TypeAlias = NDArray[np.uint64]
Texts: TypeAlias = NDArray[np.uint32]

PART_ENTRIES = 1536
"""Entries of one part, about 18 kB: what one look-up reads."""
FILTER_BITS = 16
"""Bits of filter a key; with five bits set in one word about 0.5 % of absent keys pass."""


def part_bits(entries: int) -> int:
    """How many leading bits of a key number the parts of a segment: keys are hashes, so the parts come out alike."""
    return max(0, (max(1, entries) - 1).bit_length() - PART_ENTRIES.bit_length() + 1)


def part_of(keys: Keys, bits: int) -> NDArray[np.int64]:
    """The part in which each key stands."""
    if not bits:
        return np.zeros(len(keys), dtype=np.int64)
    return (keys >> np.uint64(64 - bits)).astype(np.int64)


def split(keys: Keys, texts: Texts, bits: int) -> Iterator[tuple[int, Keys, Texts]]:
    """The parts of sorted entries, in order, empty ones left out."""
    if not len(keys):
        return
    parts, starts = np.unique(part_of(keys, bits), return_index=True)
    for part, start, end in zip(parts.tolist(), starts.tolist(), [*starts[1:].tolist(), len(keys)], strict=True):
        yield part, keys[start:end], texts[start:end]


def merged(entries: Iterable[tuple[Keys, Texts]]) -> tuple[Keys, Texts]:
    """Entries of several sorted sources in one, sorted by key."""
    parts = [part for part in entries if len(part[0])]
    if len(parts) == 1:
        return parts[0]
    keys = np.concatenate([np.empty(0, dtype=np.uint64), *(part[0] for part in parts)])
    texts = np.concatenate([np.empty(0, dtype=np.uint32), *(part[1] for part in parts)])
    order = np.argsort(keys, kind="stable")  # a merge of runs that are sorted already
    return keys[order], texts[order]


def new_filter(entries: int) -> Keys:
    """An empty filter for that many keys; its length is a power of two."""
    return np.zeros(1 << max(0, (max(1, entries) * FILTER_BITS // 64 - 1).bit_length()), dtype=np.uint64)


def add_to_filter(words: Keys, keys: Keys) -> None:
    """Enter keys."""
    np.bitwise_or.at(words, _word_of(words, keys), filter_masks(keys))


def filter_masks(keys: Keys) -> Keys:
    """The five bits that stand for each key in its word; computed once for all filters that are asked."""
    one, low = np.uint64(1), np.uint64(63)
    mask = one << (keys & low)
    for shift in (6, 12, 18, 24):
        mask |= one << ((keys >> np.uint64(shift)) & low)
    return mask


def may_hold(words: Keys, keys: Keys, masks: Keys) -> NDArray[np.bool_]:
    """Which keys may stand in the segment of this filter; false for a key means that it does not."""
    held: NDArray[np.bool_] = (words[_word_of(words, keys)] & masks) == masks
    return held


def _word_of(words: Keys, keys: Keys) -> NDArray[np.int64]:
    # Bits 30 and up: the low ones choose the bits of the mask, the very high ones the part.
    return ((keys >> np.uint64(30)) & np.uint64(len(words) - 1)).astype(np.int64)
