"""Whether the index of paragraphs is that of the texts, and the index made again from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import numpy as np

from dedup.fingerprints import fingerprints
from dedup.segments import filter_masks, may_hold
from imbauan.statements.index import Index

BATCH = 500
_PART_SHIFT = 24
_TABLES = ("index_scheme", "index_recent", "index_segments", "index_parts")
# A text without keys stands in no segment: only what can be found by its keys can be missed.
_TEXT_OF = "SELECT text FROM paragraphs WHERE statement = ? LIMIT 1"


def missing_texts(connection: sqlite3.Connection) -> list[int]:
    """Texts that stand somewhere and that the index does not hold: what repeats them would not be told."""
    # Before the index is read: what a run adds meanwhile is in the index first.
    known = _ids(connection)
    absent = sorted(known - _indexed(connection))
    return [number for number in absent if _has_keys(connection, number)]


def entries_without_text(connection: sqlite3.Connection) -> list[int]:
    """Texts that the index holds and that are not there: a look-up would stumble over them."""
    indexed = _indexed(connection)
    return sorted(indexed - _ids(connection))


def broken_segments(connection: sqlite3.Connection) -> list[int]:
    """Segments that lack entries, or whose filter denies a key that they hold."""
    rows = connection.execute("SELECT id, entries, filter FROM index_segments ORDER BY id").fetchall()
    return [number for number, entries, words in rows if not _is_whole(connection, number, entries, words)]


def remake_index(connection: sqlite3.Connection) -> None:
    """Make the index again from the texts, in the caller's transaction."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    # A text that stands nowhere has no keys any more; it is entered again when a page brings it.
    connection.execute(
        """DELETE FROM texts WHERE first IS NULL AND id NOT IN (SELECT statement FROM paragraphs WHERE statement IS NOT NULL)
        AND id NOT IN (SELECT keeper FROM texts WHERE keeper IS NOT NULL)
        AND id NOT IN (SELECT variant_of FROM texts WHERE variant_of IS NOT NULL)"""
    )
    index = Index(connection)
    for rows in _batches(connection):
        prints = fingerprints([text for _, text in rows])
        index.add([(number, entry.keys) for (number, _), entry in zip(rows, prints, strict=True)])


def _batches(connection: sqlite3.Connection) -> Iterator[list[tuple[int, str]]]:
    last = 0
    while rows := connection.execute(
        """SELECT statement, MIN(text) FROM paragraphs WHERE statement > ? GROUP BY statement ORDER BY statement LIMIT ?""",
        (last, BATCH),
    ).fetchall():
        last = rows[-1][0]
        yield rows


def _ids(connection: sqlite3.Connection) -> set[int]:
    return {number for (number,) in connection.execute("SELECT id FROM texts")}


def _indexed(connection: sqlite3.Connection) -> set[int]:
    # The recent ones first: they move to the segments, never back.
    found = {number for (number,) in connection.execute("SELECT text FROM index_recent")}
    for (texts,) in connection.execute("SELECT texts FROM index_parts"):
        found.update(np.unique(np.frombuffer(texts, dtype=np.uint32)).tolist())
    return found


def _has_keys(connection: sqlite3.Connection, number: int) -> bool:
    row = connection.execute(_TEXT_OF, (number,)).fetchone()
    return row is not None and bool(len(fingerprints([row[0]])[0].keys))


def _is_whole(connection: sqlite3.Connection, number: int, entries: int, words: bytes) -> bool:
    low = number << _PART_SHIFT
    parts = connection.execute(
        "SELECT keys, texts FROM index_parts WHERE id BETWEEN ? AND ?", (low, low + (1 << _PART_SHIFT) - 1)
    )
    held, filters = 0, np.frombuffer(words, dtype=np.uint64)
    for keys, texts in parts:
        found = np.frombuffer(keys, dtype=np.uint64)
        held += len(texts) // 4
        if len(found) * 4 != len(texts) or not len(filters) or not may_hold(filters, found, filter_masks(found)).all():
            return False
    return held == entries
