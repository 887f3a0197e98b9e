"""The dataset from Python and notebooks: `imbauan.open_dataset(path)`.

import imbauan

with imbauan.open_dataset("imbauan.db") as dataset:
    for advisory in dataset.advisories(unit="Polda Riau", since="2026-10-01"):
        print(advisory.published, advisory.title)
    table = dataset.to_pandas("advisories", topic="fire")
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from imbauan import database
from imbauan.exceptions import UsageError
from imbauan.export import FILTERS, Query, select
from imbauan.export.types import NUMBER, WHOLE, kinds


@dataclass(frozen=True, slots=True)
class Advisory:
    """One stored page; see docs/dataset.md for each column."""

    id: int
    url: str
    source: str | None
    title: str | None
    published: str | None
    """ISO 8601 with the outlet's offset."""
    modified: str | None
    fetched: str | None
    author: str | None
    language: str | None
    kind: str | None
    """`advisory`, `police_news` or `other`."""
    text: str | None
    """Paragraphs divided by line breaks; empty where the source allows a link only."""
    new_text: str | None
    unit: str | None
    region: str | None
    topic: str | None
    spokesperson: str | None
    release: int | None
    copy_of: int | None
    copied_share: float | None
    paragraphs: int | None
    dropped: int | None
    more: dict[str, Any] = field(default_factory=dict)
    """Columns beyond those above."""

    @property
    def published_at(self) -> datetime | None:
        """`published` as an aware datetime."""
        return datetime.fromisoformat(self.published) if self.published else None


@dataclass(frozen=True, slots=True)
class Release:
    """One press release or statement, however many outlets carried it."""

    id: int
    title: str | None
    first_published: str | None
    first_url: str | None
    official: int
    advisories: int
    outlets: int
    regions: str | None
    topic: str | None
    unit: str | None
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DroppedParagraph:
    """One paragraph that is not in `text` or not in `new_text`, and why."""

    advisory: int
    url: str
    position: int
    text: str
    reason: str
    """`repeat-in-page`, `seen-before`, `furniture` or `related-link`."""
    similarity: float | None
    kept_advisory: int | None
    kept_url: str | None
    kept_position: int | None
    kept_text: str | None
    rule: str | None
    more: dict[str, Any] = field(default_factory=dict)


Row = TypeVar("Row", Advisory, Release, DroppedParagraph)


class OpenDataset:
    """A dataset to read; close it, or use it in a `with`.

    Every method takes the filters of `imbauan export`: since and until (datetime, or an ISO date or time; one without an
    offset is UTC), source, region, unit, topic, kind, official ("yes" or "no") and search.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._dataset = database.open_dataset(path)

    def advisories(self, *, unique: bool = False, **filters: Any) -> Iterator[Advisory]:
        """Advisories one at a time; with `unique` one for each release."""
        return self._objects(Advisory, "advisories", unique, filters)

    def releases(self, **filters: Any) -> Iterator[Release]:
        """Releases one at a time; filters other than times ask what any carrier is."""
        return self._objects(Release, "releases", False, filters)

    def dropped_paragraphs(self, **filters: Any) -> Iterator[DroppedParagraph]:
        """Dropped paragraphs one at a time; the filters ask what their advisory is."""
        return self._objects(DroppedParagraph, "dropped_paragraphs", False, filters)

    def to_pandas(self, table: str = "advisories", *, unique: bool = False, **filters: Any) -> Any:
        """A table as a pandas DataFrame, whole numbers as Int64; raises `UsageError` where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise UsageError("pandas is not installed: pip install pandas") from error
        columns, types, rows = self._table(table, unique, filters)
        kind = {WHOLE: "Int64", NUMBER: "Float64"}
        frame = pandas.DataFrame.from_records(rows, columns=columns)
        return frame.astype({name: kind.get(type_, "string") for name, type_ in zip(columns, types, strict=True)})

    def to_polars(self, table: str = "advisories", *, unique: bool = False, **filters: Any) -> Any:
        """A table as a polars DataFrame; raises `UsageError` where polars is not installed."""
        try:
            import polars
        except ImportError as error:
            raise UsageError("polars is not installed: pip install polars") from error
        columns, types, rows = self._table(table, unique, filters)
        kind = {WHOLE: polars.Int64, NUMBER: polars.Float64}
        schema = {name: kind.get(type_, polars.String) for name, type_ in zip(columns, types, strict=True)}
        return polars.DataFrame(rows, schema=schema, orient="row")

    def close(self) -> None:
        """Close the file."""
        self._dataset.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _objects(self, kind: type[Row], table: str, unique: bool, filters: dict[str, Any]) -> Iterator[Row]:
        selection = select(self._dataset, _query(table, unique, filters))
        own = {item.name for item in fields(kind)} - {"more"}
        for values in selection.rows(self._dataset):
            row = dict(zip(selection.columns, values, strict=True))
            more = {name: row.pop(name) for name in selection.columns if name not in own}
            yield kind(**row, more=more)

    def _table(self, table: str, unique: bool, filters: dict[str, Any]) -> tuple[list[str], list[str], list[Any]]:
        selection = select(self._dataset, _query(table, unique, filters))
        return selection.columns, kinds(self._dataset, table, selection.columns), list(selection.rows(self._dataset))


def _query(table: str, unique: bool, filters: dict[str, Any]) -> Query:
    search = filters.pop("search", None)
    for name, value in filters.items():
        if name not in FILTERS:
            raise UsageError(f"no filter {name!r}: one of {', '.join(FILTERS)}, search")
        if isinstance(value, datetime):
            filters[name] = value.isoformat()
    return Query(table, {name: str(value) for name, value in filters.items() if value is not None}, search, unique)
