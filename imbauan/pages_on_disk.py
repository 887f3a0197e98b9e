"""Pages that are already on disk: WARC files, folders of .html, JSON lines of html or text; the same pipeline reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import lxml.html

from imbauan.archive.pages import entry_of, page_of_raw
from imbauan.archive.parts import Parts
from imbauan.archive.reader import Broken, read_archive
from imbauan.archive.records import Raw
from imbauan.database.runs import now
from imbauan.exceptions import UsageError
from imbauan.items import IMPORTED, AdvisoryItem, Article, Page, Part
from imbauan.sources import Source
from imbauan.urls import canonical_url

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that can't be read: where it stands and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Given:
    """A page, and its bytes as they were given, for the archive."""

    item: AdvisoryItem
    raw: Raw | None = None
    parts: list[Raw] = field(default_factory=list)
    """Further parts of an article that is divided over several pages."""
    parts_expected: list[str] = field(default_factory=list)
    """The addresses of all further parts that it has."""


def read_pages(
    paths: list[str], catalogue: Sequence[Source] = (), archive: Path | None = None
) -> Iterator[Given | Bad]:
    """Pages of every path in order; a bad record is told and skipped. Raises `UsageError` for a missing path.

    `catalogue` says which site a page is of, where the record does not; what lies in the dataset's own `archive`
    is not archived a second time.
    """
    files = [file for name in paths for file in _files(name)]
    parts = Parts(file for file in files if file and _is_warc(file))
    for file in files:
        if file is None:
            yield from _json_lines(sys.stdin.buffer, "standard input", catalogue)
        else:
            yield from _file(file, catalogue, archive, parts)


def _files(name: str) -> list[Path | None]:
    """The files of a path; null for standard input."""
    if name == "-":
        return [None]
    path = Path(name)
    if not path.exists():
        raise UsageError(
            f"{name}: no such file or folder: name .warc.gz, JSON lines, a folder of pages, or - for standard input"
        )
    return [*sorted(file for file in path.rglob("*") if _is_page_file(file))] if path.is_dir() else [path]


def page_of(body: bytes, url: str, source: str = IMPORTED, fetched: str | None = None, **more: Any) -> Page:
    """A page that was not fetched by us."""
    return Page(url=url, source=source, body=body, fetched=fetched or now(), **more)


def _is_page_file(path: Path) -> bool:
    return path.is_file() and (_is_warc(path) or path.suffix.lower() in (".html", ".htm"))


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith((".warc", ".warc.gz"))


def _file(path: Path, catalogue: Sequence[Source], archive: Path | None, parts: Parts) -> Iterator[Given | Bad]:
    if _is_warc(path):
        own = archive is not None and path.resolve().parent == archive.resolve()
        yield from _warc(path, catalogue, own, parts)
    elif path.suffix.lower() in (".html", ".htm"):
        yield _html_file(path, catalogue)
    else:
        with path.open("rb") as stream:
            yield from _json_lines(stream, str(path), catalogue)


def _warc(path: Path, catalogue: Sequence[Source], own: bool, parts: Parts) -> Iterator[Given | Bad]:
    for found in read_archive(path):
        if isinstance(found, Broken):
            yield Bad(f"{path.parent / found.where}", found.reason)
        elif found.raw.part_of is None:
            given = item_of_raw(found.raw, catalogue, found.where if own else None)
            if isinstance(given, Given):
                _add_parts(given, found.raw, parts, own)
            yield given


def _add_parts(given: Given, raw: Raw, parts: Parts, own: bool) -> None:
    """Make an article whole; one of which a part never came is set aside, as it was in the crawl."""
    page, given.parts_expected = given.item.page, parts.expected(raw)
    for found in parts.of(raw) if given.parts_expected else ():
        part = page_of_raw(found.raw)
        if not part.body.strip():
            continue
        if part.cut:
            page.cut = page.cut or f"its part {part.url}: {part.cut}"
        page.more.append(Part(part.url, part.body, part.encoding, found.where if own else None))
        given.parts.append(found.raw)
    if len(page.more) < len(given.parts_expected):
        page.cut = page.cut or f"half an article: {len(page.more)} of {len(given.parts_expected)} further parts came"


def item_of_raw(raw: Raw, catalogue: Sequence[Source] = (), archive: str | None = None) -> Given | Bad:
    """A page out of an archive, as it was first fetched or given."""
    if raw.content_type.startswith(JSON_TYPE):
        try:
            record = json.loads(raw.body)
        except ValueError:
            return Bad(archive or raw.url, "is not JSON, as its record says")
        given = _from_record(record, archive or raw.url, catalogue, raw.fetched)
    else:
        given = Given(AdvisoryItem(page_of_raw(raw, catalogue)), raw)
    if isinstance(given, Given):
        given.item.page.archive = archive
        if given.raw is not None and not given.raw.source:
            given.raw.source = raw.source or entry_of(raw.url, catalogue)
    return given


def _html_file(path: Path, catalogue: Sequence[Source]) -> Given | Bad:
    try:
        body = path.read_bytes()
    except OSError as error:
        return Bad(str(path), error.strerror or str(error))
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    url = _stated_url(body) or path.resolve().as_uri()
    return item_of_raw(Raw(url, written, body, source=entry_of(url, catalogue)))


def _stated_url(body: bytes) -> str | None:
    """The address that a saved page gives itself."""
    try:
        tree = lxml.html.document_fromstring(body)
    except (lxml.etree.ParserError, ValueError):
        return None
    found: Any = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(url) for url in found if str(url).startswith(("http://", "https://"))), None)


def _json_lines(stream: IO[bytes], name: str, catalogue: Sequence[Source]) -> Iterator[Given | Bad]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Bad(where, 'is not JSON: each line should be an object with "url" and "html" or "text"')
            continue
        yield _from_record(record, where, catalogue, None)


def _from_record(record: Any, where: str, catalogue: Sequence[Source], archived: str | None) -> Given | Bad:
    if not isinstance(record, dict) or not isinstance(record.get("url"), str) or not record["url"].strip():
        return Bad(where, 'has no "url": each line should be an object with "url" and "html" or "text"')
    url, published = record["url"].strip(), record.get("published")
    entry = {"id": str(record["source"])} if record.get("source") else entry_of(url, catalogue)
    if record.get("source"):
        # The catalogue's own entry of that id says more than the id.
        entry = next((entry_of(s.homepage, [s]) for s in catalogue if s.id == entry["id"]), entry)
    stated = record.get("fetched")
    fetched = archived or (_utc(stated) if _is_time(stated) else now())
    if isinstance(record.get("html"), str):
        raw = Raw(url, fetched, record["html"].encode("utf-8", "replace"), source=entry)
        raw.content_type = "text/html; charset=utf-8"
        return item_of_raw(raw)
    if not isinstance(record.get("text"), str):
        return Bad(where, 'has neither "html" nor "text"')
    lines = [" ".join(line.split()) for line in record["text"].splitlines() if line.strip()]
    if not lines:
        return Bad(where, 'has an empty "text"')
    if published is not None and not _is_time(published):
        return Bad(where, f'"published" should be ISO 8601, not {published!r}')
    body = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    raw = Raw(url, fetched, body, content_type=JSON_TYPE, source=entry)
    page = page_of_raw(raw)
    article = Article(canonical_url(url), str(record.get("title") or lines[0][:120]), lines, published, language="id")
    return Given(AdvisoryItem(page, article), raw)


def _utc(moment: Any) -> str:
    aware = datetime.fromisoformat(moment)
    return (aware if aware.tzinfo else aware.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _is_time(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
