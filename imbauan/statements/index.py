"""The index of keys to texts, in the dataset's own file: recent entries as rows, older ones in merged segments.

Bounded in memory: recent keys (at most `RECENT_TEXTS` texts), the segments' filters up to `FILTERS_BYTES`, and the
parts read last. Nothing is rebuilt when a dataset is opened.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dedup.fingerprints import SCHEME
from dedup.recent import Recent, repeats
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
PARTS_BYTES = 32 * 1024 * 1024
"""Memory for the parts read last."""
MANY = 400
"""Texts under one key from which it says too little to be followed: a stock phrase."""
PIECE = 1024 * 1024
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


class Index:
    """Keys to texts over one connection; changes belong to the transaction in which they are made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._recent: Recent | None = None
        self._count = 0
        self._segments: list[_Segment] = []
        self._parts: OrderedDict[int, tuple[memoryview, memoryview]] = OrderedDict()
        self._parts_bytes = 0

    def forget(self) -> None:
        """Drop what is in memory, after a transaction that was rolled back."""
        self._recent = None

    def add(self, entries: Sequence[tuple[int, bytes]]) -> dict[int, Hits]:
        """Enter texts (id, keys), each once; of those that share a key with texts entered before, these."""
        recent = self._opened()
        numbers, keys, owners, is_band = _joined(entries)
        hits = self._look_up(numbers, keys, owners, is_band)
        order = np.argsort(keys)
        for place, earlier in repeats(keys, order, MANY):
            if owners[place] != owners[earlier]:
                hits[numbers[owners[place]]][not is_band[place]].append(numbers[owners[earlier]])
        self._connection.executemany("INSERT INTO index_recent (text, keys) VALUES (?, ?)", entries)
        recent.add(keys[order], np.array(numbers, dtype=np.uint32)[owners[order]])
        self._count += len(entries)
        if self._count >= RECENT_TEXTS:
            self._flush()
        return hits

    def candidates(self, queries: Sequence[tuple[int, bytes]]) -> dict[int, Hits]:
        """Of these texts (id, keys) the texts that share a key with each, itself too, as often as they share one."""
        self._opened()
        return self._look_up(*_joined(queries))

    def _look_up(
        self, numbers: list[int], keys: Keys, owners: NDArray[np.intp], is_band: NDArray[np.bool_]
    ) -> dict[int, Hits]:
        """What stands under these keys, by the text that asks."""
        assert self._recent is not None
        hits: dict[int, Hits] = defaultdict(lambda: ([], []))
        places, texts = self._recent.look_up(keys, MANY)
        for owner, band, text in zip(owners[places].tolist(), is_band[places].tolist(), texts.tolist(), strict=True):
            hits[numbers[owner]][not band].append(text)
        masks = filter_masks(keys) if self._segments else keys
        for segment in self._segments:
            places = np.arange(len(keys))
            if segment.filter is not None:
                places = places[may_hold(segment.filter, keys, masks)]
            parts = part_of(keys[places], segment.bits)
            order = np.argsort(parts, kind="stable")
            places, base = places[order], segment.id << _PART_SHIFT
            for owner, band, key, part in zip(
                owners[places].tolist(), is_band[places].tolist(), keys[places].tolist(), parts[order].tolist(), strict=True
            ):  # fmt: skip
                found = self._texts(base | part, key)
                if found is not None:
                    hits[numbers[owner]][not band].extend(found)
        return hits

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

    def _opened(self) -> Recent:
        if self._recent is None:
            self._check_scheme()
            rows = self._connection.execute("SELECT text, keys FROM index_recent ORDER BY text").fetchall()
            self._recent, self._count = Recent(), len(rows)
            sizes = [len(blob) // 8 for _, blob in rows]
            keys = np.frombuffer(b"".join(blob for _, blob in rows), dtype=np.uint64)
            texts, order = np.repeat(np.array([text for text, _ in rows], dtype=np.uint32), sizes), np.argsort(keys)
            self._recent.add(keys[order], texts[order])
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
            words = self._read_filter(number, size) if room >= 0 else None
            self._segments.append(_Segment(number, level, entries, bits, words))

    def _read_filter(self, segment: int, size: int) -> Keys:
        """In pieces, for the largest filter is as large as all else in memory."""
        words = np.empty(size // 8, dtype=np.uint64)
        room = words.data.cast("B")
        with self._connection.blobopen("index_segments", "filter", segment, readonly=True) as blob:
            for start in range(0, size, PIECE):
                room[start : start + PIECE] = blob.read(PIECE)
        return words

    def _write_filter(self, segment: int, words: Keys) -> None:
        data = words.data.cast("B")
        self._connection.execute("UPDATE index_segments SET filter = zeroblob(?) WHERE id = ?", (len(data), segment))
        with self._connection.blobopen("index_segments", "filter", segment) as blob:
            for start in range(0, len(data), PIECE):
                blob.write(data[start : start + PIECE])

    def _flush(self) -> None:
        """Make a segment of the recent entries, and merge the levels that are full."""
        assert self._recent is not None
        keys, texts = self._recent.entries()
        self._write_segment(0, [(keys, texts)], len(keys))
        self._connection.execute("DELETE FROM index_recent")
        self._recent, self._count = Recent(), 0
        self._read_segments()
        level = 0
        while len(full := [segment for segment in self._segments if segment.level == level]) >= FANOUT:
            # Their filters, and the new one, would be most of what is in memory; a merge needs none.
            full, self._segments = [replace(segment, filter=None) for segment in full], []
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
            add_to_filter(words, keys)
            self._connection.executemany(
                "INSERT INTO index_parts (id, keys, texts) VALUES (?, ?, ?)",
                ((number << _PART_SHIFT | part, k.tobytes(), t.tobytes()) for part, k, t in split(keys, texts, bits)),
            )
        self._write_filter(number, words)


def _joined(entries: Sequence[tuple[int, bytes]]) -> tuple[list[int], Keys, NDArray[np.intp], NDArray[np.bool_]]:
    """The texts, their keys end to end, whose each is (its place among the texts), and whether it is a band."""
    keys = np.frombuffer(b"".join([own for _, own in entries]), dtype=np.uint64)
    sizes = np.array([len(own) for _, own in entries], dtype=np.intp) // keys.itemsize
    owners = np.repeat(np.arange(len(entries)), sizes)
    is_band = np.arange(len(keys)) - np.repeat(np.cumsum(sizes) - sizes, sizes) < BANDS
    return [number for number, _ in entries], keys, owners, is_band
