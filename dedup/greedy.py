"""Keep the best-ranked of what is alike: the same choice from any order of arrival.

Each item is decided by the better-ranked ones alone (a greedy maximal independent set in the order of rank). When one
changes, only worse-ranked ones that lean on it are looked at again, best-ranked first, so each is decided once.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from typing import TypeVar

Rank = TypeVar("Rank", bound=tuple[object, ...])


def settle(
    items: Iterable[int],
    rank: Callable[[int], Rank],
    decide: Callable[[int], bool],
    dependents: Callable[[int], Iterable[int]],
) -> None:
    """Decide `items` and whatever leans on them.

    `decide` makes and stores one decision by the better-ranked items and tells whether it changed; `dependents` names
    items that may have to be decided again after it did, those of better rank among them are left alone.
    """
    heap = [(rank(item), item) for item in set(items)]
    heapq.heapify(heap)
    done: set[int] = set()
    while heap:
        place, item = heapq.heappop(heap)
        if item in done:
            continue
        done.add(item)
        if decide(item):
            for other in dependents(item):
                if other not in done and (other_rank := rank(other)) > place:
                    heapq.heappush(heap, (other_rank, other))
