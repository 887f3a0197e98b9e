"""What to export: a table, filters, words, columns; turned into one SQL statement with parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from imbauan.database import Dataset
from imbauan.database.counts import count_rows
from imbauan.exceptions import UsageError
from imbauan.export import conditions
from imbauan.export.rights import shown
from imbauan.export.words import match_expression

TABLES = (
    "advisories", "releases", "dropped_paragraphs", "revisions", "runs", "pages", "sources", "source_health",
    "paragraphs", "restored",
)  # fmt: skip
"""Tables and views that may be exported, where a dataset has them."""
FILTERS = ("since", "until", "source", "region", "unit", "topic", "kind", "official")


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the dataset, as `imbauan export` and the download links ask it."""

    table: str = "advisories"
    filters: dict[str, str] = field(default_factory=dict)
    """Name of a filter (see FILTERS) to its value; times are ISO 8601."""
    search: str | None = None
    """Words, all of which title or text hold; a phrase stands in double quotes."""
    unique: bool = False
    """One row for each release: its first advisory among those that match."""
    columns: tuple[str, ...] = ()
    """Columns in this order; empty: all."""

    def told(self) -> dict[str, Any]:
        """The question as plain data, for a codebook or a URL."""
        asked: dict[str, Any] = {"table": self.table, **self.filters}
        if self.search:
            asked["search"] = self.search
        if self.unique:
            asked["unique"] = True
        if self.columns:
            asked["columns"] = list(self.columns)
        return asked


@dataclass(frozen=True, slots=True)
class Selection:
    """A query made ready for one dataset."""

    query: Query
    columns: list[str]
    key: str
    """Column that names a row and orders the rows."""
    sql: str
    parameters: dict[str, Any]
    counting: str
    """The same rows, as a count."""
    filtered: bool = False
    """Whether any condition narrows the rows."""

    def rows(self, dataset: Dataset) -> Iterator[tuple[Any, ...]]:
        """The rows in the order of their key, one at a time, all of one state of the dataset."""
        return dataset.connection.execute(self.sql, self.parameters)

    def ranged(self) -> str:
        """The same rows, those with an id from :low to :high."""
        body, _, _ = self.sql.rpartition(" ORDER BY ")
        more = "AND" if self.filtered else "WHERE"
        return f"{body} {more} t.id BETWEEN :low AND :high ORDER BY t.id"

    def count(self, dataset: Dataset) -> int:
        """How many rows there are just now."""
        if not self.filtered:
            return count_rows(dataset.connection, self.query.table)
        return int(dataset.connection.execute(self.counting, self.parameters).fetchone()[0])


def select(dataset: Dataset, query: Query) -> Selection:
    """Make a query ready; raises `UsageError` for a table, column or filter that the dataset lacks."""
    known = _columns(dataset, query.table)
    chosen = list(query.columns) or known
    if missing := [name for name in chosen if name not in known]:
        raise UsageError(f"table {query.table} has no column {missing[0]!r}: one of {', '.join(known)}")
    key = "id" if "id" in known else known[0]
    where, parameters = conditions.build(query.table, known, query.filters, _match(query.search))
    if query.unique:
        if query.table != "advisories":
            raise UsageError(f"--unique works on advisories, not on {query.table}: leave one of the two out")
        where = conditions.one_per_release(where)
    names = ", ".join(shown(dataset, query.table, name) for name in chosen)
    source = f"{query.table} AS t{f' WHERE {where}' if where else ''}"
    return Selection(
        query, chosen, key, f'SELECT {names} FROM {source} ORDER BY t."{key}"', parameters,
        f"SELECT COUNT(*) FROM {source}", bool(where),
    )  # fmt: skip


def _match(search: str | None) -> str | None:
    if search is None:
        return None
    match = match_expression(search)
    if not match:
        raise UsageError("--search holds no word: give one or more words, a phrase in double quotes")
    return match


def _columns(dataset: Dataset, table: str) -> list[str]:
    present = [
        name for name in TABLES if dataset.connection.execute(f"SELECT 1 FROM pragma_table_info('{name}')").fetchone()
    ]
    if table not in present:
        raise UsageError(f"no table {table!r} in {dataset.path}: one of {', '.join(present)}")
    return [row[1] for row in dataset.connection.execute(f"PRAGMA table_info({table})")]
