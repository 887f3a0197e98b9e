"""CSV of any query, complete: Datasette's own stops at 1000 rows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils import InvalidSql, validate_sql_select
from datasette.utils.asgi import Response

from imbauan.browse.download import PLAIN, TYPES, Streamed
from imbauan.browse.metadata import QUERIES
from imbauan.exceptions import UsageError
from imbauan.export.text_files import write_csv

LIMIT_SECONDS = 600
BATCH = 100
_TURNS = 100_000
"""Steps of SQLite's machine between two looks at the clock."""


class _Given(dict[str, str]):
    """Named parameters; what is not given is an empty text, as on Datasette's page."""

    def __missing__(self, name: str) -> str:
        return ""


async def download(request: Any, datasette: Any) -> Any:
    """The answer of a query of the SQL page, every row; `_plain=1` leaves the cells as they are."""
    name = request.url_vars.get("query")
    sql = QUERIES[name][1] if name else request.args.get("sql") or ""
    try:
        validate_sql_select(sql)
    except InvalidSql as error:
        return Response.text(f"imbauan: {error}", status=400, headers=dict(PLAIN))
    given = _Given({name: request.args[name] for name in request.args if not name.startswith("_") and name != "sql"})
    plain = request.args.get("_plain") == "1"
    return Streamed(
        f"{name or 'query'}.csv", TYPES["csv"], lambda stream: _write(datasette.imbauan_path, sql, given, stream, plain)
    )


def _write(path: Path, sql: str, given: _Given, stream: IO[bytes], plain: bool) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _TURNS)
        try:
            cursor = connection.execute(sql, given)
        except sqlite3.Error as error:
            raise UsageError(f"the query can't be answered ({error}): mend it on the SQL page") from error
        write_csv(stream, [column[0] for column in cursor.description], _batches(cursor), spreadsheet=not plain)


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(cursor, BATCH)):
        # Bytes (signatures) as hexadecimal digits: a CSV holds text.
        yield [tuple(cell.hex() if type(cell) is bytes else cell for cell in row) for row in batch]


def complete(path: str, query: str) -> str:
    """The query string of a table's CSV on Datasette's page, so that every row comes, and once.

    Without `_stream` it holds one page; sorted by a column that is not unique, pages lose and repeat rows.
    """
    asked = parse_qsl(query, keep_blank_values=True)
    names = {name for name, _ in asked}
    if not (path.startswith("/dataset/") and path.endswith(".csv")) or ("_size" in names and "_stream" not in names):
        return query
    kept = [(name, value) for name, value in asked if name not in ("_sort", "_sort_desc", "_next", "_stream", "_size")]
    return urlencode([*kept, ("_stream", "on"), ("_size", "max")])
