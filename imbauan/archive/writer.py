"""Append pages to WARC 1.1 files: one gzip member a record, written before the page is processed."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from imbauan import __version__
from imbauan.archive.records import CUT_FIELD, CUT_OFF, PART_FIELD, PART_OF_FIELD, SOURCE_FIELD, SOURCE_URI, Key, Raw
from imbauan.exceptions import ArchiveError

MAX_BYTES = 512 * 1024 * 1024
"""Size from which a new file is begun: files of this size are easy to copy and cheap to read from the start."""
_GZIP = b"\x1f\x8b\x08"


def archive_beside(database: str | Path) -> Path:
    """The folder of the archive of a dataset."""
    return Path(f"{database}.archive")


class Archive:
    """The WARC files of one folder; one writer at a time, which the run's lock sees to."""

    def __init__(self, folder: str | Path, max_bytes: int = MAX_BYTES) -> None:
        self.folder = Path(folder)
        self.gathers = False
        """Whether `sync` is called before anything refers to a record; else each is on the disk when it is written."""
        self._max_bytes = max_bytes
        self._unsynced = False
        self._file: int | None = None
        self._name = ""
        self._end = 0
        self._sources: set[str] = set()

    def write(self, raw: Raw) -> str:
        """Keep a page; returns `file:offset` of its record. Raises `ArchiveError` and leaves no half record."""
        with self._told(raw.url):
            self._open()
            description = json.dumps(raw.source, ensure_ascii=False, sort_keys=True)
            if raw.source and description not in self._sources:
                self._append(_source_record(raw.source["id"], description))
                self._sources.add(description)
            return f"{self._name}:{self._append(_page_record(raw))}"

    def expect(self, key: Key, parts: Sequence[str]) -> None:
        """Keep that a page goes on at these addresses: without a record of each it is half an article."""
        with self._told(key[0]):
            self._open()
            self._append(_parts_record(key, parts))

    def sync(self) -> None:
        """Wait until all that was written is on the disk."""
        if self._unsynced and self._file is not None:
            # Told once: what was written and is not on the disk is referred to by nothing.
            self._unsynced = False
            with self._told("of the last moment"):
                os.fsync(self._file)

    @contextmanager
    def _told(self, url: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveError(
                f"{self.folder}: the page {url} could not be archived ({error.strerror or error}), so it was not "
                "processed: make room, or name another folder with --archive"
            ) from error

    def close(self) -> None:
        """Close the file; the next page opens one again."""
        self.sync()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _open(self) -> None:
        if self._file is not None and self._end < self._max_bytes:
            return
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        last = max(self.folder.glob("imbauan-*.warc.gz"), default=None, key=lambda path: path.name)
        if last is not None and last.stat().st_size < self._max_bytes:
            self._file, self._name = os.open(last, os.O_RDWR | os.O_APPEND), last.name
            self._end = _without_half_record(self._file)
            return
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        number = sum(1 for _ in self.folder.glob("imbauan-*.warc.gz")) + 1
        self._name, self._end = f"imbauan-{number:06}-{stamp}.warc.gz", 0
        self._file = os.open(self.folder / self._name, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o644)
        _sync_folder(self.folder)
        self._sources.clear()
        self._append(_info_record(self._name))

    def _append(self, record: bytes) -> int:
        assert self._file is not None
        offset = self._end
        try:
            view = memoryview(record)
            while view:
                view = view[os.write(self._file, view) :]
            if self.gathers:
                self._unsynced = True
            else:
                os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, offset)
            raise
        self._end = offset + len(record)
        return offset


def _without_half_record(file: int) -> int:
    """The length of a file, cut where a killed run left half a record: no page refers to it, for it was never done."""
    size = os.fstat(file).st_size
    start = max(0, size - 32 * 1024 * 1024)
    tail = os.pread(file, size - start, start)
    at = tail.rfind(_GZIP)
    while at >= 0:
        unpacker = zlib.decompressobj(31)
        try:
            unpacker.decompress(tail[at:])
            if unpacker.eof and not unpacker.unused_data:
                return size
            if not unpacker.eof and unpacker.unconsumed_tail == b"" and _begins_record(tail[at:]):
                os.ftruncate(file, start + at)
                return start + at
        except zlib.error:
            pass  # three bytes inside compressed data that only look like a beginning
        at = tail.rfind(_GZIP, 0, at)
    return size


def _begins_record(member: bytes) -> bool:
    return len(member) < 64 or zlib.decompressobj(31).decompress(member, 5) == b"WARC/"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# warcio is imported where a record is made: a run that ends because another one holds the dataset makes none.
def _record(uri: str, kind: str, body: bytes, **more: Any) -> bytes:
    from warcio.warcwriter import WARCWriter

    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warc_record(uri, kind, payload=BytesIO(body), length=len(body), **more))
    return stream.getvalue()


def _page_record(raw: Raw) -> bytes:
    fields = {"WARC-Date": _warc_date(raw.fetched)}
    if raw.source:
        fields[SOURCE_FIELD] = str(raw.source["id"])
    if raw.part_of:
        fields |= {PART_FIELD: str(raw.part), PART_OF_FIELD: _key_text(raw.part_of)}
    if raw.cut:
        fields[CUT_FIELD] = raw.cut
    if raw.cut == CUT_OFF:
        fields["WARC-Truncated"] = "disconnect"
    uri = _printable(raw.url)
    if raw.headers is None:
        return _record(uri, "resource", raw.body, warc_content_type=raw.content_type, warc_headers_dict=fields)
    from warcio.statusandheaders import StatusAndHeaders

    phrase = HTTPStatus(raw.status).phrase if raw.status in HTTPStatus._value2member_map_ else ""
    headers = [(_printable(name), _printable(value)) for name, value in raw.headers]
    head = StatusAndHeaders(f"{raw.status} {phrase}".strip(), headers, protocol="HTTP/1.1")
    return _record(uri, "response", raw.body, http_headers=head, warc_headers_dict=fields)


def _source_record(source: str, description: str) -> bytes:
    return _record(f"{SOURCE_URI}{source}", "metadata", description.encode(), warc_content_type="application/json")


def _parts_record(key: Key, parts: Sequence[str]) -> bytes:
    body = json.dumps({"parts": list(parts)}, ensure_ascii=False).encode()
    fields = {PART_OF_FIELD: _key_text(key)}
    return _record(_printable(key[0]), "metadata", body, warc_content_type="application/json", warc_headers_dict=fields)


def _key_text(key: Key) -> str:
    return f"{_warc_date(key[1])} {_printable(key[0])}"


def _info_record(name: str) -> bytes:
    from warcio.warcwriter import WARCWriter

    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="1.1")
    info = {
        "software": f"imbauan/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    writer.write_record(writer.create_warcinfo_record(name, info))
    return stream.getvalue()


def _warc_date(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _printable(text: str) -> str:
    return "".join(letter if letter >= " " and letter != "\x7f" else " " for letter in text)
