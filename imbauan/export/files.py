"""An export as a file or a stream: written whole or not at all, counted and hashed on the way."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from imbauan.database import Dataset
from imbauan.exceptions import UsageError
from imbauan.export import ranges
from imbauan.export.bookmarks import Bookmark
from imbauan.export.codebook import Written, codebook, write_codebook
from imbauan.export.parquet_file import write_parquet
from imbauan.export.query import Selection
from imbauan.export.text_files import Batch, write_csv, write_jsonl
from imbauan.export.types import kinds
from imbauan.export.workbook import CELL, REST, write_xlsx

FORMATS = ("csv", "jsonl", "parquet", "xlsx")
BINARY = ("parquet", "xlsx")
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".xlsx": "xlsx"}

Change = Callable[[dict[str, Any]], dict[str, Any]]
"""What may be done to a row on its way out (redaction)."""


def format_of(out: str | None) -> str:
    """The format that a file's name asks for; CSV where it asks for none."""
    return _SUFFIXES.get(Path(out).suffix.lower(), "csv") if out else "csv"


class Export:
    """One export: rows of a selection, in one format."""

    def __init__(
        self,
        dataset: Dataset,
        selection: Selection,
        form: str,
        *,
        spreadsheet: bool = False,
        bookmark: str | None = None,
        change: Change | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        if spreadsheet and form not in ("csv", "xlsx"):
            raise UsageError(f"--spreadsheet is for csv and xlsx, not for {form}: leave one of the two out")
        self._dataset, self._selection, self._form = dataset, selection, form
        self._spreadsheet, self._change, self._progress = spreadsheet, change, progress
        self._bookmark = Bookmark(dataset, bookmark, selection) if bookmark else None
        self._counts = self._divides = False
        self.written = Written(filled=[0] * len(selection.columns))
        if change:
            self.written.notes.append(
                "private names, numbers, addresses and initials are masked, as far as the text tells them (--redact)"
            )

    def to_file(self, path: Path, with_codebook: bool = False) -> list[Path]:
        """Write beside the file and put it in place at the end: a reader never sees half an export."""
        if not path.parent.is_dir():
            raise UsageError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --out")
        self._counts, self._divides = with_codebook, not with_codebook
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            os.close(handle)
            with open(name, "wb") as stream:
                self._write(stream)
                stream.flush()
                if self._bookmark:
                    # A bookmark must not outlive its file when the power fails.
                    os.fsync(stream.fileno())
            if with_codebook:
                self.written.sha256 = _sha256(name)
            os.chmod(name, 0o644)
            self._publish(lambda: os.replace(name, path))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        if not with_codebook:
            return [path]
        return [
            path,
            *write_codebook(codebook(self._dataset, self._selection, path.name, self._form, self.written), path),
        ]

    def to_stream(self, stream: IO[bytes]) -> None:
        """Write to an open stream, which need not be a file."""
        if self._form in BINARY:
            with tempfile.TemporaryFile() as whole:
                self._write(whole)
                whole.seek(0)
                shutil.copyfileobj(whole, stream)
        else:
            self._write(stream)
        self._publish(stream.flush)

    def _publish(self, put: Callable[[], None]) -> None:
        if self._bookmark:
            self._bookmark.move(put)
        else:
            put()

    def _write(self, stream: IO[bytes]) -> None:
        columns, batches = self._selection.columns, self._batches()
        if self._form == "parquet":
            types = kinds(self._dataset, self._selection.query.table, columns)
            return write_parquet(stream, columns, types, batches, {"imbauan": str(self._selection.query.told())})
        if self._form == "xlsx":
            return self._write_xlsx(stream, chain.from_iterable(batches))
        if self._form == "jsonl":
            return write_jsonl(stream, columns, batches)
        if self._bookmark or self._change:
            return write_csv(stream, columns, batches, self._spreadsheet)
        # Nothing looks into the texts: as bytes they need not be decoded and encoded again.
        self._dataset.connection.text_factory = bytes
        try:
            work = ranges.job(self._dataset, self._selection, b"\n")
            if work is None or not self._divides or self._spreadsheet:
                return write_csv(stream, columns, batches, self._spreadsheet)
            write_csv(stream, columns, [])
            return ranges.write(self._dataset, self._selection.query.table, work, stream, self._tell)
        finally:
            self._dataset.connection.text_factory = str

    def _tell(self, rows: int) -> None:
        self.written.rows += rows
        if self._progress:
            self._progress(rows)

    def _write_xlsx(self, stream: IO[bytes], rows: Iterator[tuple[Any, ...]]) -> None:
        with ExitStack() as stack:
            told = write_xlsx(stream, self._selection.columns, rows, stack.enter_context(tempfile.TemporaryDirectory()))
        if told.split:
            self.written.notes.append(
                f"{told.split} texts are longer than a cell of Excel holds ({CELL:,} characters): "
                f"their rest stands on the sheet {REST!r}"
            )
        if told.sheets > 1:
            self.written.notes.append(f"{told.sheets} sheets: one holds 1,048,575 rows")

    def _batches(self) -> Iterator[Batch]:
        source = self._bookmark.rows() if self._bookmark else self._selection.rows(self._dataset)
        cells = 0
        while batch := list(islice(source, ranges.BATCH)):
            if self._change:
                batch = [self._changed(row, self._change) for row in batch]
            self.written.rows += len(batch)
            if self._counts:
                for place, column in enumerate(zip(*batch, strict=True)):
                    self.written.filled[place] += len(column) - column.count(None)
            if self._spreadsheet and self._form == "csv":
                cells += sum(map(_is_long, chain.from_iterable(batch)))
            if self._progress:
                self._progress(len(batch))
            yield batch
        if cells:
            self.written.notes.append(
                f"{cells} cells are longer than the {CELL:,} characters that Excel shows: use xlsx"
            )

    def _changed(self, row: tuple[Any, ...], change: Change) -> tuple[Any, ...]:
        changed = change(dict(zip(self._selection.columns, row, strict=True)))
        return tuple(changed[name] for name in self._selection.columns)


def _is_long(value: Any) -> bool:
    """Whether a cell holds more characters than Excel shows."""
    if type(value) is bytes:
        return len(value) > CELL and len(value.decode("utf-8", "replace")) > CELL
    return type(value) is str and len(value) > CELL


def _sha256(name: str) -> str:
    with open(name, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
