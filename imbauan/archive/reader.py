"""Read the pages of WARC files, ours and others' (Common Crawl's), back into raw pages."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from imbauan.archive.framing import Damage, Frame, frame_at, frames
from imbauan.archive.records import (
    CUT_FIELD,
    CUT_OFF,
    PART_FIELD,
    PART_OF_FIELD,
    SOURCE_FIELD,
    SOURCE_FIELDS,
    SOURCE_URI,
    Key,
    Raw,
)

PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/json")


@dataclass(slots=True)
class Found:
    """A page in an archive: where it stands (`file:offset`) and its bytes."""

    where: str
    raw: Raw


@dataclass(slots=True)
class Broken:
    """A record that can't be read: where it stands and why."""

    where: str
    reason: str


def read_archive(path: Path) -> Iterator[Found | Broken]:
    """The pages of a WARC file in order: responses of status 200 and resources, further parts of articles among them.

    Others' records are passed over.
    """
    sources: dict[str, dict[str, Any]] = {}
    for frame in frames(path):
        where = f"{path.name}:{frame.offset}"
        found = Broken(where, frame.reason) if isinstance(frame, Damage) else _page(frame, where, sources)
        if found is not None:
            yield found


def read_page_at(folder: Path, where: str) -> Found | Broken:
    """One page by `file:offset`, as the column `archive` of the table `pages` gives it."""
    name, _, offset = where.rpartition(":")
    path = folder / Path(name).name
    if not offset.isdecimal() or not path.is_file():
        return Broken(where, f"{path} is missing")
    frame = frame_at(path, int(offset))
    if frame is None:
        return Broken(where, f"{path} ends before it")
    found = Broken(where, frame.reason) if isinstance(frame, Damage) else _page(frame, where, {})
    return found or Broken(where, "is no page")


def _page(frame: Frame, where: str, sources: dict[str, dict[str, Any]]) -> Found | Broken | None:
    try:
        record = ArcWarcRecordLoader(verify_http=False).parse_record_stream(
            BytesIO(frame.record), known_format="warc", no_record_parse=False
        )
        if record.rec_type == "metadata":
            _remember(record, sources)
        if record.rec_type not in ("response", "resource"):
            return None
        if reason := _digest_differs(frame.record, record.rec_headers.get_header("WARC-Block-Digest")):
            return Broken(where, reason)
        raw = _raw(record, sources)
        return None if raw is None else Found(where, raw)
    except (ArchiveLoadFailed, ValueError, EOFError, KeyError, AttributeError, UnicodeError) as error:
        return Broken(where, f"can't be read ({' '.join(str(error).split())[:100] or type(error).__name__})")


def _raw(record: ArcWarcRecord, sources: dict[str, dict[str, Any]]) -> Raw | None:
    named = record.rec_headers.get_header
    url = (named("WARC-Target-URI") or "").strip().strip("<>")
    if not url:
        return None
    fetched = _moment(named("WARC-Date"))
    source = sources.get(named(SOURCE_FIELD) or "", {"id": named(SOURCE_FIELD)} if named(SOURCE_FIELD) else {})
    cut = named(CUT_FIELD) or (CUT_OFF if named("WARC-Truncated") else None)
    if record.rec_type == "resource":
        content_type = named("Content-Type") or ""
        if content_type.partition(";")[0].strip().lower() not in PAGE_TYPES:
            return None
        return Raw(url, fetched, record.raw_stream.read(), None, 200, content_type, cut, source, *part_of(named))
    if record.http_headers is None:
        raise ValueError("a response without HTTP headers")
    headers = [(str(name), str(value)) for name, value in record.http_headers.headers]
    status = int(record.http_headers.get_statuscode())
    content_type = (record.http_headers.get_header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    if status != 200 or content_type not in PAGE_TYPES[:2]:
        return None
    stream = record.raw_stream
    if (record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        # Passes a body through as it is that only says it is chunked, as some archives hold.
        stream = ChunkedDataReader(stream, decomp_type=None)
    return Raw(url, fetched, _all(stream), headers, status, "text/html", cut, source, *part_of(named))


def part_of(named: Callable[[str], str | None]) -> tuple[int, Key | None]:
    """Which part a record is, and of what, by its fields; 0 and null for a page of its own."""
    date, _, url = (named(PART_OF_FIELD) or "").partition(" ")
    return (int(named(PART_FIELD) or 0), (url, _moment(date))) if url else (0, None)


def _all(stream: Any) -> bytes:
    parts: list[bytes] = []
    while part := stream.read(1024 * 1024):
        parts.append(part)
    return b"".join(parts)


def _remember(record: ArcWarcRecord, sources: dict[str, dict[str, Any]]) -> None:
    if (record.rec_headers.get_header("WARC-Target-URI") or "").startswith(SOURCE_URI):
        entry = json.loads(record.raw_stream.read())
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            sources[entry["id"]] = {name: entry[name] for name in SOURCE_FIELDS if name in entry}


def _moment(date: str | None) -> str:
    moment = datetime.fromisoformat((date or "").strip().replace("Z", "+00:00"))
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def _digest_differs(record: bytes, stated: str | None) -> str:
    """A reason where the block is not what its digest says: plain files have no other check of their own."""
    name, _, digest = (stated or "").partition(":")
    if name.lower() != "sha1" or not digest:
        return ""
    at = record.find(b"\r\n\r\n")
    block = record[at + 4 :]
    return "" if b32encode(hashlib.sha1(block).digest()).decode() == digest.strip().upper() else "its digest differs"
