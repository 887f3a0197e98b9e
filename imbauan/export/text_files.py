"""Rows as CSV or JSON lines, on any text stream."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

BATCH = 500
"""Rows that are joined before they are written: fewer calls, and still little memory."""
_MUST_QUOTE = re.compile(r'[",\r\n\0]|^\s|\s$|^$')
_FORMULA = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r\n|\uff1d\uff0b\uff0d\uff20]")
"""First characters with which a spreadsheet takes a cell for a formula (OWASP, CSV injection), blanks before them too."""


def write_csv(stream: IO[str], columns: list[str], rows: Iterable[tuple[Any, ...]], spreadsheet: bool = False) -> None:
    """Write rows as CSV (RFC 4180): null is nothing, an empty text is `""`.

    With `spreadsheet` a byte order mark leads, lines end in CRLF, and no cell is a formula.
    The csv module is not used: in Python 3.11 it leaves a lone carriage return unquoted, and it writes null and "" alike.
    """
    end = "\r\n" if spreadsheet else "\n"
    cell = _safe_cell if spreadsheet else _cell
    stream.write(("\ufeff" if spreadsheet else "") + ",".join(map(_cell, columns)) + end)
    for batch in _batches(rows):
        stream.write("".join([",".join([cell(value) for value in row]) + end for row in batch]))


def write_jsonl(stream: IO[str], columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write one JSON object a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for batch in _batches(rows):
        # A line separator in a text would end the line for readers that follow Unicode (JSON Lines, JavaScript).
        lines = "".join([encode(dict(zip(columns, row, strict=True))) + "\n" for row in batch])
        stream.write(lines.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is not str:
        return _plain(value)
    return '"' + value.replace('"', '""') + '"' if _MUST_QUOTE.search(value) else value


def _safe_cell(value: Any) -> str:
    return _cell("'" + value if type(value) is str and _FORMULA.match(value) else value)


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
