"""Rows as CSV or JSON lines, on any text stream."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

Batch = Sequence[tuple[Any, ...]]
"""Some hundred rows: worked on column by column, which is several times faster than cell by cell."""

_QUOTE, _COMMA, _LF, _CR = b'",\n\r'
_FORMULA = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r\n|\uff1d\uff0b\uff0d\uff20]")
"""First characters with which a spreadsheet takes a cell for a formula (OWASP, CSV injection), blanks before them too."""
_HARMLESS = frozenset(bytes([first]) for first in range(0x21, 0x7F) if first not in b"=+-@|") | {b""}
"""First bytes of texts that no spreadsheet takes for a formula: nearly all."""
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
        stream.write(lines(batch, end, spreadsheet))


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


def lines(batch: Batch, end: bytes, spreadsheet: bool = False) -> bytes:
    """Rows as lines of CSV. One pattern formats each row: texts of a page are copied once, and most cells not at all."""
    columns = [_column(column, spreadsheet) for column in zip(*batch, strict=True)]
    pattern = b",".join([pattern for pattern, _ in columns]) + end
    return b"".join(map(pattern.__mod__, zip(*[cells for _, cells in columns], strict=True)))


def _column(values: tuple[Any, ...], spreadsheet: bool) -> tuple[bytes, Sequence[Any]]:
    """How each cell of a column is formatted, and the cells."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return b"%d", values
    if kinds == {bytes} and not (spreadsheet and {value[:1] for value in values} - _HARMLESS):
        if len(values[0]) > _LONG:
            # Looking for a byte by its number is several times faster than for a text of one byte.
            if len(min(values, key=len)) > _LONG and not any([_QUOTE in value for value in values]):
                return b'"%b"', values
        # One look at all of them together spares most columns a look at each.
        elif b"" not in values and not _special(b"".join(values)):
            return b"%b", values
    elif kinds == {type(None)}:
        return b"%b", [b""] * len(values)
    return b"%b", [_cell(value, spreadsheet) for value in values]


def _cell(value: Any, spreadsheet: bool) -> bytes:
    if value is None:
        return b""
    if type(value) is bytes:
        if spreadsheet and value[:1] not in _HARMLESS:
            value = _unformula(value.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        return _quoted(value)
    return _quoted((_unformula(value) if spreadsheet and type(value) is str else str(value)).encode())


def _quoted(value: bytes) -> bytes:
    if _QUOTE in value:
        return b'"' + value.replace(b'"', b'""') + b'"'
    return b'"%b"' % value if not value or len(value) > _LONG or _special(value) else value


def _special(value: bytes) -> bool:
    return _QUOTE in value or _COMMA in value or _LF in value or _CR in value or 0 in value


def _unformula(value: str) -> str:
    return "'" + value if _FORMULA.match(value) else value
