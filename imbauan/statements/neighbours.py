"""Which texts may say what another says: those that share keys of the index with it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from dedup.fingerprints import Fingerprint, fingerprints
from dedup.signatures import estimated_jaccard
from imbauan.statements.index import Hits, Index
from imbauan.statements.rows import Rows, Text

LIKELY = 0.4
"""Estimated Jaccard similarity under which a candidate of the bands is not read: 3.5 standard errors below 0.7."""
NEIGHBOURS = 32
"""Earlier candidates that are read and compared, those with most keys in common."""
SHARING = 128
"""The same for those that share a part of a sentence: a stock sentence stands in many."""
REMEMBERED = 5000
"""Fingerprints kept from page to page, 1.5 KB each: what was stored lately is decided again soon, if ever."""
_NOTHING: Hits = ([], [])


class Neighbours:
    """The neighbours of texts, and the index that knows them."""

    def __init__(self, connection: sqlite3.Connection, rows: Rows) -> None:
        self._rows = rows
        self._index = Index(connection)
        self._prints: dict[int, Fingerprint] = {}
        self._new: dict[int, Hits] = {}
        """What the index says of the texts that this transaction entered."""
        self._near: dict[int, tuple[list[int], list[int]]] = {}

    @property
    def new(self) -> Iterable[int]:
        """The texts that this transaction entered."""
        return self._new

    def enter(self, entries: Sequence[tuple[int, Fingerprint]]) -> None:
        """Put new texts in the index, and keep what it says of them: of two, it tells only the later one of the other."""
        hits = self._index.add([(number, entry.keys) for number, entry in entries])
        self._prints.update(entries)
        self._new.update(dict.fromkeys((number for number, _ in entries), _NOTHING))
        for number, hit in hits.items():
            for side, others in enumerate(hit):
                for other in others:
                    self._meet(number, other, side)
                    if other in self._new:
                        self._meet(other, number, side)

    def is_alone(self, text: int) -> bool:
        """Whether a text is new and shares nothing with any other."""
        return self._new.get(text) is _NOTHING

    def of(self, text: int) -> tuple[list[int], list[int]]:
        """Texts with like bands or a common part of a sentence; and of these, those with a common part of a sentence."""
        if text not in self._near:
            self.find([text])
        return self._near.get(text, ([], []))

    def find(self, texts: Iterable[int]) -> None:
        """Look up many texts at once, for each look-up alone costs as much as a hundred together."""
        wanted = [text for text in self._rows.load(text for text in texts if text not in self._near) if text.first]
        hits = self._hits(wanted)
        self._rows.load(chain.from_iterable(chain.from_iterable(hits)))
        for text, (bands, sentences) in zip(wanted, hits, strict=True):
            likely = [
                other for other in self._ranked(bands, text)
                if estimated_jaccard(text.sketch, self._rows[other].sketch) >= LIKELY
            ]  # fmt: skip
            shared = self._most(self._ranked(sentences, text), text, SHARING)
            self._near[text.id] = (list(dict.fromkeys([*self._most(likely, text, NEIGHBOURS), *shared])), shared)

    def lookup(self, number: int, text: str) -> tuple[set[int], set[int]]:
        """The same of a text that may stand nowhere any more, by its words; whatever shares a key, and a part of a sentence."""
        (entry,) = fingerprints([text])
        bands, sentences = self._index.candidates([(number, entry.keys)]).get(number, _NOTHING)
        near = {*bands, *sentences} - {number}
        self._rows.load(near)
        return near, set(sentences) - {number}

    def end(self) -> None:
        """The transaction ends: what comes next may change it all."""
        if len(self._prints) > REMEMBERED:
            self._prints.clear()
        self._near.clear()
        self._new.clear()

    def forget(self) -> None:
        """Drop what is in memory, after a transaction that was rolled back: its numbers are given out again."""
        self.end()
        self._prints.clear()
        self._index.forget()

    def _meet(self, text: int, other: int, side: int) -> None:
        if self._new[text] is _NOTHING:
            self._new[text] = ([], [])
        self._new[text][side].append(other)

    def _ranked(self, hits: list[int], text: Text) -> list[int]:
        """The other texts, those that share most keys first; of as many the first to be said, not the first to arrive."""
        counts = Counter(hits)
        counts.pop(text.id, None)
        if len(counts) < 2:
            return list(counts)
        return sorted(counts, key=lambda other: (-counts[other], self._rows[other].rank, other))

    def _most(self, others: list[int], text: Text, most: int) -> list[int]:
        """So many of the earlier ones, which are compared, and all later ones, which are asked whether they lean on this one."""
        if len(others) <= most:
            return others
        earlier = [other for other in others if self._rows[other].rank < text.rank]
        return earlier[:most] + [other for other in others if self._rows[other].rank > text.rank]

    def _hits(self, texts: list[Text]) -> list[Hits]:
        """What shares keys with each text: known of the new ones, looked up for the others."""
        others = [text for text in texts if text.id not in self._new]
        missing = [text for text in others if text.id not in self._prints]
        self._prints.update(
            (text.id, entry) for text, entry in zip(missing, fingerprints([t.text for t in missing]), strict=True)
        )
        found = self._index.candidates([(text.id, self._prints[text.id].keys) for text in others]) if others else {}
        return [self._new.get(text.id) or found.get(text.id, _NOTHING) for text in texts]
