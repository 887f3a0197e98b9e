"""What every advisory looks like without its text, in memory: counts and facets of a million rows take milliseconds.

About 60 bytes an advisory. Read from the covering index `advisories_face`, so the texts are not touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FIELDS = ("kind", "source", "region", "topic", "unit")
UNDATED = np.iinfo(np.int64).min
_CHUNK = 5_000
_SQL = f"""SELECT id, IFNULL(CAST(strftime('%s', published) AS INTEGER), {UNDATED}), kind, source, region, topic, unit,
IFNULL(release, id), copy_of IS NULL, IFNULL(copied_share, 0.0), official FROM advisories"""
_TYPES = (np.int64, np.int64, *[np.int32] * len(FIELDS), np.int64, np.bool_, np.float32, np.bool_)

Rows = np.ndarray[Any, np.dtype[Any]]
"""Places in the arrays of a face."""


@dataclass(slots=True)
class Face:
    """Columns as arrays, ordered by id; a text column as codes into its list of values."""

    ids: Rows
    moment: Rows
    """Published, seconds since 1970; UNDATED where unknown."""
    codes: dict[str, Any]
    values: dict[str, list[str | None]]
    release: Rows
    first: Any
    share: Any
    official: Any
    """For each advisory, whether its source is a police portal."""
    order: Rows
    """Places of all advisories, newest first, undated last."""

    def __len__(self) -> int:
        return len(self.ids)

    def code(self, field: str, value: str) -> int:
        """The code of a value; -1 for one that does not occur."""
        try:
            return self.values[field].index(value)
        except ValueError:
            return -1

    def counts(self, field: str, rows: Rows) -> list[tuple[str | None, int]]:
        """Each value that occurs among these rows, the most frequent first."""
        values = self.values[field]
        found = np.bincount(self.codes[field][rows], minlength=len(values))
        order = np.argsort(-found, kind="stable")
        return [(values[place], int(found[place])) for place in order if found[place]]

    def newest(self, rows: Rows) -> Rows:
        """The same rows, newest first, undated last."""
        wanted = np.zeros(len(self), bool)
        wanted[rows] = True
        ordered: Rows = self.order[wanted[self.order]]
        return ordered

    def places(self, ids: Sequence[int] | Rows) -> Rows:
        """Where these ids stand; unknown ones are left out."""
        wanted = np.asarray(ids, np.int64)
        if not len(self.ids):
            return wanted[:0]
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        places: Rows = at[self.ids[at] == wanted]
        return places

    def latest(self) -> int | None:
        """The newest moment that is not undated."""
        return None if not len(self) or self.moment.max() == UNDATED else int(self.moment.max())


class _Codes(dict[str | None, int]):
    """Gives each new value the next number."""

    def __missing__(self, value: str | None) -> int:
        # An empty text and none are one value to a reader.
        code = self[value] = len(self) if value else 0
        return code


def load(connection: sqlite3.Connection) -> Face:
    """Read the face of a dataset."""
    names = {field: _Codes({None: 0}) for field in FIELDS}
    cursor = connection.cursor()
    cursor.row_factory = None
    size = cursor.execute("SELECT COUNT(*) FROM advisories").fetchone()[0]
    # The arrays at once and not in parts: a million small ones leave holes in the memory.
    columns: list[Any] = [np.empty(size, kind) for kind in _TYPES]
    at = 0
    cursor.execute(_SQL)
    while rows := cursor.fetchmany(_CHUNK):
        if at + len(rows) > len(columns[0]):
            columns = [np.concatenate([column, np.empty_like(column[: len(rows)])]) for column in columns]
        for place, values in enumerate(zip(*rows, strict=True)):
            field = names[FIELDS[place - 2]] if 2 <= place < 2 + len(FIELDS) else None
            columns[place][at : at + len(rows)] = values if field is None else [field[value] for value in values]
        at += len(rows)
    return _sorted([column[:at] for column in columns], {field: list(names[field]) for field in FIELDS})


def _sorted(columns: list[Any], values: dict[str, list[str | None]]) -> Face:
    """The face of columns in any order; emptied column by column, so that memory holds it once and not twice."""
    by_id = np.argsort(columns[0], kind="stable")
    for place, column in enumerate(columns):
        columns[place] = column[by_id]
        del column
    ids, moment, *codes, release, first, share, official = columns
    newest = np.lexsort((-ids, -moment.astype(np.float64))).astype(np.int32)
    return Face(ids, moment, dict(zip(FIELDS, codes, strict=True)), values, release, first, share, official, newest)
