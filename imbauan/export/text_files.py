"""Rows as CSV or JSON lines, on any text stream."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

Batch = Sequence[tuple[Any, ...]]
"""Some hundred rows: worked on column by column, which is several times faster than cell by cell."""

_MUST_QUOTE = re.compile(rb'[",\r\n\0]')
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r\n|\uff1d\uff0b\uff0d\uff20]")
"""First characters with which a spreadsheet takes a cell for a formula (OWASP, CSV injection), blanks before them too."""
_LONG = 200
"""Characters from which on a text is quoted without a look: it holds a comma anyway."""


def write_csv(stream: IO[bytes], columns: list[str], batches: Iterable[Batch], spreadsheet: bool = False) -> None:
    """Write rows as CSV (RFC 4180) in UTF-8: null is nothing, an empty text is `""`; texts may come as UTF-8 bytes.

    With `spreadsheet` a byte order mark leads, lines end in CRLF, and no cell is a formula.
    The csv module is not used: in Python 3.11 it leaves a lone carriage return unquoted, and it writes null and "" alike.
    """
    end = b"\r\n" if spreadsheet else b"\n"
    heading = b",".join(_quoted(name.encode()) for name in columns) + end
    stream.write("\ufeff".encode() + heading if spreadsheet else heading)
    for batch in batches:
        cells = [_column(column, spreadsheet) for column in zip(*batch, strict=True)]
        stream.write(b"".join([b",".join(row) + end for row in zip(*cells, strict=True)]))


def write_jsonl(stream: IO[bytes], columns: list[str], batches: Iterable[Batch]) -> None:
    """Write one JSON object a line, in UTF-8."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for batch in batches:
        lines = "".join([encode(dict(zip(columns, row, strict=True))) + "\n" for row in batch])
        # A line separator in a text would end the line for readers that follow Unicode.
        for separator, escaped in (("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("\x85", "\\u0085")):
            if separator in lines:
                lines = lines.replace(separator, escaped)
        stream.write(lines.encode())


def _column(values: tuple[Any, ...], spreadsheet: bool) -> list[bytes]:
    kinds = set(map(type, values))
    if kinds == {type(None)}:
        return [b""] * len(values)
    if kinds == {int}:
        return [b"%d" % value for value in values]
    if kinds <= {bytes, type(None)}:
        return _texts(values)
    cells = (_unformula(value) if spreadsheet and type(value) is str else value for value in values)
    return _texts([value if value is None or type(value) is bytes else str(value).encode() for value in cells])


def _texts(values: Sequence[bytes | None]) -> list[bytes]:
    together = b"".join(filter(None, values))
    # One look at all of them together spares most columns a look at each.
    if len(together) > _LONG * len(values):
        if b'"' not in together:
            return [b"" if value is None else b'"%b"' % value for value in values]
    elif b"" not in values and not _MUST_QUOTE.search(together):
        return [b"" if value is None else value for value in values]
    return [b"" if value is None else _quoted(value) for value in values]


def _quoted(value: bytes) -> bytes:
    if b'"' in value:
        return b'"' + value.replace(b'"', b'""') + b'"'
    return b'"%b"' % value if not value or len(value) > _LONG or _MUST_QUOTE.search(value) else value


def _unformula(value: str) -> str:
    return "'" + value if _FORMULA.match(value) else value
