"""Pages that are already on disk: JSON lines of html or text, folders of .html; the same pipeline reads them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import lxml.html

from imbauan.database.runs import now
from imbauan.exceptions import UsageError
from imbauan.items import IMPORTED, AdvisoryItem, Article, Page
from imbauan.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that can't be read: where it stands and why."""

    where: str
    reason: str


def read_pages(paths: list[str]) -> Iterator[AdvisoryItem | Bad]:
    """Items of every path in order; a bad record is told and skipped. Raises `UsageError` for a missing path."""
    for name in paths:
        if name == "-":
            yield from _json_lines(sys.stdin.buffer, "standard input")
            continue
        path = Path(name)
        if path.is_dir():
            yield from (_html_file(file) for file in sorted(path.rglob("*.htm*")))
        elif not path.is_file():
            raise UsageError(
                f"{name}: no such file or folder: name JSON lines, a folder of .html, or - for standard input"
            )
        elif path.suffix.lower() in (".html", ".htm"):
            yield _html_file(path)
        else:
            with path.open("rb") as stream:
                yield from _json_lines(stream, name)


def page_of(body: bytes, url: str, source: str = IMPORTED, fetched: str | None = None, **more: Any) -> Page:
    """A page that was not fetched by us."""
    return Page(url=url, source=source, body=body, fetched=fetched or now(), **more)


def _html_file(path: Path) -> AdvisoryItem | Bad:
    try:
        body = path.read_bytes()
    except OSError as error:
        return Bad(str(path), error.strerror or str(error))
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    return AdvisoryItem(page_of(body, _stated_url(body) or path.resolve().as_uri(), fetched=written))


def _stated_url(body: bytes) -> str | None:
    """The address that a saved page gives itself."""
    try:
        tree = lxml.html.document_fromstring(body)
    except (lxml.etree.ParserError, ValueError):
        return None
    found: Any = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(url) for url in found if str(url).startswith(("http://", "https://"))), None)


def _json_lines(stream: IO[bytes], name: str) -> Iterator[AdvisoryItem | Bad]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Bad(where, 'is not JSON: each line should be an object with "url" and "html" or "text"')
            continue
        yield _from_record(record, where)


def _from_record(record: Any, where: str) -> AdvisoryItem | Bad:
    if not isinstance(record, dict) or not isinstance(record.get("url"), str) or not record["url"].strip():
        return Bad(where, 'has no "url": each line should be an object with "url" and "html" or "text"')
    source = str(record.get("source") or IMPORTED)
    if isinstance(record.get("html"), str):
        fetched = record.get("fetched") if _is_time(record.get("fetched")) else None
        return AdvisoryItem(
            page_of(record["html"].encode("utf-8", "replace"), record["url"], source, fetched, encoding="utf-8")
        )
    if not isinstance(record.get("text"), str):
        return Bad(where, 'has neither "html" nor "text"')
    lines = [" ".join(line.split()) for line in record["text"].splitlines() if line.strip()]
    if not lines:
        return Bad(where, 'has an empty "text"')
    published = record.get("published")
    if published is not None and not _is_time(published):
        return Bad(where, f'"published" should be ISO 8601, not {published!r}')
    page = page_of(record["text"].encode("utf-8", "replace"), record["url"], source)
    article = Article(
        canonical_url(record["url"]), str(record.get("title") or lines[0][:120]), lines, published, language="id"
    )
    return AdvisoryItem(page, article)


def _is_time(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
