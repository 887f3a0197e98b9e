"""The latest entries of a log-structured index, in memory: sorted runs behind a table of which keys may be there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedup.segments import Keys, Texts, merged

SLOTS = 21
"""Bits of a key that number its slot: with the 180,000 keys of 8,192 texts one absent key in twelve is looked for."""

Places = NDArray[np.intp]


class Recent:
    """Keys to texts; entries are never taken out."""

    def __init__(self) -> None:
        self._runs: list[tuple[Keys, Texts]] = []
        self._slots = np.zeros(1 << SLOTS, dtype=np.bool_)

    def add(self, keys: Keys, texts: Texts) -> None:
        """Enter sorted keys, each with its text."""
        if not len(keys):
            return
        self._slots[_slot(keys)] = True
        runs, size = [(keys, texts)], len(keys)
        # Runs at least double from the last to the first, so each entry is merged a few times only.
        while self._runs and len(self._runs[-1][0]) < 2 * size:
            runs.append(self._runs.pop())
            size += len(runs[-1][0])
        self._runs.append(merged(runs))

    def look_up(self, keys: Keys, most: int) -> tuple[Places, Texts]:
        """(place in `keys`, text) of each entry found; a key that a run has more than `most` times says nothing."""
        maybe = np.flatnonzero(self._slots[_slot(keys)])
        wanted = keys[maybe]
        places, texts = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.uint32)]
        for run_keys, run_texts in self._runs if len(maybe) else ():
            starts = np.searchsorted(run_keys, wanted)
            counts = np.searchsorted(run_keys, wanted, side="right") - starts
            counts[counts > most] = 0
            places.append(np.repeat(maybe, counts))
            texts.append(run_texts[ranges(starts, counts)])
        return np.concatenate(places), np.concatenate(texts)

    def entries(self) -> tuple[Keys, Texts]:
        """All entries, sorted by key."""
        return merged(self._runs)


def ranges(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """The numbers from each start on, as many as its count, end to end."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)


def repeats(keys: Keys, order: Places, most: int) -> list[tuple[int, int]]:
    """(place, earlier place) of the keys that stand several times in one array, though at most `most` times.

    `order` are the places by key.
    """
    again = np.flatnonzero(np.diff(keys[order]) == 0)
    found: list[tuple[int, int]] = []
    group: list[int] = []
    last = -2
    for at in again.tolist():
        if at != last + 1:
            group = [int(order[at])]
        last, place = at, int(order[at + 1])
        if len(group) < most:
            found += ((max(place, other), min(place, other)) for other in group)
        group.append(place)
    return found


def _slot(keys: Keys) -> NDArray[np.int64]:
    return (keys >> np.uint64(64 - SLOTS)).astype(np.int64)
