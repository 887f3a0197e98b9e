"""The index of keys to texts, in the dataset's own file: recent entries as rows, older ones in merged segments.

Bounded in memory: recent keys (at most `RECENT_TEXTS` texts), the segments' filters up to `FILTERS_BYTES`, and the
parts read last. Nothing is rebuilt when a dataset is opened.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain

import numpy as np

from dedup.fingerprints import SCHEME
from dedup.segments import (
    Keys,
    Texts,
    add_to_filter,
    filter_masks,
    may_hold,
    merged,
    new_filter,
    part_bits,
    part_of,
    split,
)  # fmt: skip
from dedup.signatures import BANDS
from imbauan.exceptions import DatabaseError

RECENT_TEXTS = 8192
"""Texts whose keys stand in memory and as rows before they become a segment."""
FANOUT = 4
"""Segments of one level that are merged into one of the next."""
FILTERS_BYTES = 160 * 1024 * 1024
"""Memory for filters, enough for four million texts; past it the largest segments are read without one."""
PARTS_BYTES = 48 * 1024 * 1024
"""Memory for the parts read last."""
MANY = 400
"""Texts under one key from which it says too little to be followed: a stock phrase."""
_PART_SHIFT = 24

Hits = tuple[list[int], list[int]]
"""Texts that share a band, and texts that share a part of a sentence; one that shares several stands several times."""


@dataclass(frozen=True, slots=True)
class _Segment:
    id: int
    level: int
    entries: int
    bits: int
    filter: Keys | None


class _Recent:
    """Keys to texts in memory: most keys have one text, which costs no list."""

    def __init__(self) -> None:
        self._one: dict[int, int] = {}
        self._more: dict[int, list[int]] = {}

    def add(self, text: int, keys: Sequence[int]) -> Set[int]:
        """Enter a text; those of its keys that others have too."""
        shared = self._one.keys() & keys
        for key in shared:
            self._more.setdefault(key, []).append(self._one[key])
        self._one.update(dict.fromkeys(keys, text))
        return shared

    def texts(self, keys: Sequence[int]) -> list[int]:
        found: list[int] = []
        for key in self._one.keys() & keys:
            more = self._more.get(key, ())
            if len(more) < MANY:
                found.append(self._one[key])
                found += more
        return found

    def before(self, keys: Set[int]) -> list[int]:
        """Texts under keys that the last one added shares with others, itself left out."""
        return [text for key in keys if len(more := self._more[key]) <= MANY for text in more]

    def entries(self) -> tuple[Keys, Texts]:
        keys = chain(self._one, (key for key, texts in self._more.items() for _ in texts))
        texts = chain(self._one.values(), chain.from_iterable(self._more.values()))
        return np.fromiter(keys, dtype=np.uint64), np.fromiter(texts, dtype=np.uint32)


class Index:
    """Keys to texts over one connection; changes belong to the transaction in which they are made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._recent: _Recent | None = None
        self._count = 0
        self._segments: list[_Segment] = []
        self._parts: OrderedDict[int, tuple[memoryview, memoryview]] = OrderedDict()
        self._parts_bytes = 0

    def forget(self) -> None:
        """Drop what is in memory, after a transaction that was rolled back."""
        self._recent = None

    def add(self, entries: Sequence[tuple[int, Sequence[int]]]) -> list[Hits]:
        """Enter texts (id, keys), each once; for each the texts entered before it that share a key."""
        recent = self._opened()
        self._connection.executemany(
            "INSERT INTO index_recent (text, keys) VALUES (?, ?)",
            ((text, array("Q", keys).tobytes()) for text, keys in entries),
        )
        hits: list[Hits] = []
        for text, keys in entries:
            if shared := recent.add(text, keys):
                bands = shared & set(keys[:BANDS])
                hits.append((recent.before(bands), recent.before(shared - bands)))
            else:
                hits.append(([], []))
        if self._segments:
            self._look_up([keys[:BANDS] for _, keys in entries], [bands for bands, _ in hits])
            self._look_up([keys[BANDS:] for _, keys in entries], [sentences for _, sentences in hits])
        self._count += len(entries)
        if self._count >= RECENT_TEXTS:
            self._flush()
        return hits

    def candidates(self, queries: Sequence[Sequence[int]]) -> list[Hits]:
        """For the keys of each of these texts the texts that share one, itself too, as often as they share one."""
        recent = self._opened()
        hits = [(recent.texts(keys[:BANDS]), recent.texts(keys[BANDS:])) for keys in queries]
        if self._segments:
            self._look_up([keys[:BANDS] for keys in queries], [bands for bands, _ in hits])
            self._look_up([keys[BANDS:] for keys in queries], [sentences for _, sentences in hits])
        return hits

    def _look_up(self, queries: Sequence[Sequence[int]], found: list[list[int]]) -> None:
        sizes = [len(keys) for keys in queries]
        if not sum(sizes):
            return
        keys = np.fromiter(chain.from_iterable(queries), dtype=np.uint64, count=sum(sizes))
        owners = np.repeat(np.arange(len(queries)), sizes)
        masks = filter_masks(keys)
        for segment in self._segments:
            places = np.arange(len(keys))
            if segment.filter is not None:
                places = places[may_hold(segment.filter, keys, masks)]
            parts = part_of(keys[places], segment.bits)
            order = np.argsort(parts, kind="stable")
            places, base = places[order], segment.id << _PART_SHIFT
            for owner, key, part in zip(
                owners[places].tolist(), keys[places].tolist(), parts[order].tolist(), strict=True
            ):
                texts = self._texts(base | part, key)
                if texts is not None:
                    found[owner] += texts

    def _texts(self, part: int, key: int) -> list[int] | None:
        entry = self._parts.get(part)
        if entry is None:
            entry = self._read_part(part)
        else:
            self._parts.move_to_end(part)
        keys, texts = entry
        start = bisect_left(keys, key)
        end, size = start, len(keys)
        while end < size and keys[end] == key:
            end += 1
        return texts[start:end].tolist() if start < end <= start + MANY else None

    def _read_part(self, part: int) -> tuple[memoryview, memoryview]:
        row = self._connection.execute("SELECT keys, texts FROM index_parts WHERE id = ?", (part,)).fetchone()
        keys, texts = row or (b"", b"")
        entry = memoryview(keys).cast("Q"), memoryview(texts).cast("I")
        self._parts[part] = entry
        self._parts_bytes += len(keys) + len(texts)
        while self._parts_bytes > PARTS_BYTES:
            _, old = self._parts.popitem(last=False)
            self._parts_bytes -= old[0].nbytes + old[1].nbytes
        return entry

    def _opened(self) -> _Recent:
        if self._recent is None:
            self._check_scheme()
            self._recent, self._count = _Recent(), 0
            for text, blob in self._connection.execute("SELECT text, keys FROM index_recent ORDER BY text"):
                self._count += 1
                self._recent.add(text, memoryview(blob).cast("Q").tolist())
            self._read_segments()
        return self._recent

    def _check_scheme(self) -> None:
        row = self._connection.execute("SELECT scheme FROM index_scheme").fetchone()
        if row is None:
            self._connection.execute("INSERT INTO index_scheme (scheme) VALUES (?)", (SCHEME,))
        elif row[0] != SCHEME:
            raise DatabaseError(
                f"the paragraph index was made as {row[0]!r}, this imbauan makes {SCHEME!r}: run `imbauan rebuild --apply`"
            )

    def _read_segments(self) -> None:
        self._parts.clear()
        self._parts_bytes = 0
        rows = self._connection.execute(
            "SELECT id, level, entries, bits, LENGTH(filter) FROM index_segments ORDER BY entries, id"
        ).fetchall()
        self._segments, room = [], FILTERS_BYTES
        for number, level, entries, bits, size in rows:
            room -= size
            blob = None
            if room >= 0:
                (blob,) = self._connection.execute(
                    "SELECT filter FROM index_segments WHERE id = ?", (number,)
                ).fetchone()
            words = None if blob is None else np.frombuffer(blob, dtype=np.uint64)
            self._segments.append(_Segment(number, level, entries, bits, words))

    def _flush(self) -> None:
        """Make a segment of the recent entries, and merge the levels that are full."""
        assert self._recent is not None
        keys, texts = self._recent.entries()
        self._write_segment(0, [(keys, texts)], len(keys))
        self._connection.execute("DELETE FROM index_recent")
        self._recent, self._count = _Recent(), 0
        self._read_segments()
        level = 0
        while len(full := [segment for segment in self._segments if segment.level == level]) >= FANOUT:
            self._merge(full, level + 1)
            self._read_segments()
            level += 1

    def _merge(self, segments: list[_Segment], level: int) -> None:
        """Merge by ranges of keys, so that memory does not grow with the segments."""
        total = sum(segment.entries for segment in segments)
        self._write_segment(level, self._ranges(segments, part_bits(total)), total)
        for segment in segments:
            low = segment.id << _PART_SHIFT
            self._connection.execute(
                "DELETE FROM index_parts WHERE id BETWEEN ? AND ?", (low, low + (1 << _PART_SHIFT) - 1)
            )
            self._connection.execute("DELETE FROM index_segments WHERE id = ?", (segment.id,))

    def _ranges(self, segments: list[_Segment], bits: int) -> Iterator[tuple[Keys, Texts]]:
        """Entries of all segments, one range of leading bits after the other; coarse enough for whole parts of each."""
        coarse = min([bits, *(segment.bits for segment in segments)])
        for high in range(1 << coarse):
            yield merged(part for segment in segments for part in self._parts_of(segment, high, coarse))

    def _parts_of(self, segment: _Segment, high: int, coarse: int) -> Iterator[tuple[Keys, Texts]]:
        low = (segment.id << _PART_SHIFT) + (high << (segment.bits - coarse))
        rows = self._connection.execute(
            "SELECT keys, texts FROM index_parts WHERE id BETWEEN ? AND ?",
            (low, low + (1 << (segment.bits - coarse)) - 1),
        )
        yield np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint32)
        for keys, texts in rows:
            yield np.frombuffer(keys, dtype=np.uint64), np.frombuffer(texts, dtype=np.uint32)

    def _write_segment(
        self, level: int, ranges: Iterator[tuple[Keys, Texts]] | list[tuple[Keys, Texts]], total: int
    ) -> None:
        bits, words = part_bits(total), new_filter(total)
        cursor = self._connection.execute(
            "INSERT INTO index_segments (level, entries, bits, filter) VALUES (?, ?, ?, x'')", (level, total, bits)
        )
        number = cursor.lastrowid
        assert number is not None
        for keys, texts in ranges:
            keys, texts = merged([(keys, texts)])
            add_to_filter(words, keys)
            self._connection.executemany(
                "INSERT INTO index_parts (id, keys, texts) VALUES (?, ?, ?)",
                ((number << _PART_SHIFT | part, k.tobytes(), t.tobytes()) for part, k, t in split(keys, texts, bits)),
            )
        self._connection.execute("UPDATE index_segments SET filter = ? WHERE id = ?", (words.tobytes(), number))
