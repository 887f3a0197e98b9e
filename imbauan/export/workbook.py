"""Rows as an Excel workbook: every text as text, what no cell can hold on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

CELL = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds."""
ROWS = 1_048_576
"""Rows that a sheet of Excel holds, the heading included."""
REST = "long texts"
"""The sheet with what was longer than a cell: sheet, row, column, part and text."""


@dataclass(slots=True)
class Told:
    """What a person must know about a workbook that was written."""

    split: int = 0
    """Texts that are longer than a cell; their rest stands on the sheet REST."""
    sheets: int = 1


def write_xlsx(stream: IO[bytes], columns: list[str], rows: Iterable[tuple[Any, ...]], folder: str) -> Told:
    """Write rows as a workbook, in constant memory; nothing is cut off and nothing is a formula.

    `folder` takes the temporary files. A sheet is followed by another where it is full.
    """
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    told = Told()
    with Workbook(stream, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        rest = _Rest(book, heading, told)
        sheet, at = None, ROWS
        for row in rows:
            if at >= ROWS:
                name = "rows" if sheet is None else f"rows {told.sheets + 1}"
                told.sheets += sheet is not None
                sheet, at = _sheet(book, name, columns, heading), 1
            for place, value in enumerate(row):
                _put(sheet, at, place, rest.first(name, at, columns[place], value))
            at += 1
        if sheet is None:
            _sheet(book, "rows", columns, heading)
        rest.close()
    return told


def _sheet(book: Any, name: str, columns: list[str], heading: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 60 if column in ("text", "new_text", "title", "url") else 18)
        sheet.write_string(0, place, column, heading)
    return sheet


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, (int, float)) and abs(value) < 1e15:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


class _Rest:
    """Collects what is longer than a cell; its sheet comes last and is made only where it is needed."""

    def __init__(self, book: Any, heading: Any, told: Told) -> None:
        self._book, self._heading, self._told = book, heading, told
        self._sheet: Any = None
        self._at = 1

    def first(self, sheet: str, row: int, column: str, value: Any) -> Any:
        """What fits the cell; the rest is set down on the sheet of long texts."""
        if type(value) is not str or len(value) * 2 <= CELL or _units(value) <= CELL:
            return value
        parts = _parts(value)
        if self._sheet is None:
            self._sheet = _sheet(self._book, REST, ["sheet", "row", "column", "part", "text"], self._heading)
        self._told.split += 1
        for number, part in enumerate(parts[1:], 2):
            for place, cell in enumerate((sheet, row + 1, column, number, part)):
                _put(self._sheet, self._at, place, cell)
            self._at += 1
        return parts[0]

    def close(self) -> None:
        """Hide nothing: the first sheet is the one that opens."""
        self._book.worksheets()[0].activate()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(text: str) -> list[str]:
    parts, start, units = [], 0, 0
    for at, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if units + size > CELL:
            parts.append(text[start:at])
            start, units = at, 0
        units += size
    return [*parts, text[start:]]
