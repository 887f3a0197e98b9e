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
_SQL = """SELECT id, CAST(strftime('%s', published) AS INTEGER), kind, source, region, topic, unit, release,
copy_of IS NULL, copied_share, official FROM advisories"""

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


def load(connection: sqlite3.Connection) -> Face:
    """Read the face of a dataset."""
    names: dict[str, dict[str | None, int]] = {field: {None: 0} for field in FIELDS}
    chunks: list[list[Any]] = []
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(_SQL)
    while rows := cursor.fetchmany(_CHUNK):
        chunks.append(_arrays(rows, names))
    columns = [_whole(chunks, place) for place in range(len(chunks[0]))] if chunks else _arrays([], names)
    by_id = np.argsort(columns[0], kind="stable")
    for place, column in enumerate(columns):
        columns[place] = column[by_id]
    ids, moment, *codes, release, first, share, official = columns
    values = {field: list(names[field]) for field in FIELDS}
    newest = np.lexsort((-ids, -moment.astype(np.float64))).astype(np.int32)
    coded = dict(zip(FIELDS, codes, strict=True))
    return Face(ids, moment, coded, values, release, first, share, official, newest)


def _whole(chunks: list[list[Any]], place: int) -> Any:
    """One column of all chunks; its parts are let go at once, so that memory holds the face once and not twice."""
    column = np.concatenate([chunk[place] for chunk in chunks])
    for chunk in chunks:
        chunk[place] = None
    return column


def _arrays(rows: list[Any], names: dict[str, dict[str | None, int]]) -> list[Any]:
    columns = list(zip(*rows, strict=True)) or [()] * 11
    coded = []
    for field, column in zip(FIELDS, columns[2:7], strict=True):
        known = names[field]
        coded.append(np.array([known.setdefault(value or None, len(known)) for value in column], np.int32))
    moments = [UNDATED if moment is None else moment for moment in columns[1]]
    releases = [row if release is None else release for row, release in zip(columns[0], columns[7], strict=True)]
    return [
        np.array(columns[0], np.int64), np.array(moments, np.int64), *coded, np.array(releases, np.int64),
        np.array(columns[8], bool), np.array([share or 0.0 for share in columns[9]], np.float32),
        np.array(columns[10], bool),
    ]  # fmt: skip
