"""Keep each fetched page in the archive, before anything is made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from imbauan.archive.pages import description, entry_of
from imbauan.archive.records import Raw
from imbauan.download.compression import how_it_ended
from imbauan.sources import Source


class ArchiveMiddleware:
    """Close to the network, so that bytes and headers are as they came."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The archive is the run's recorder's, which may be made after this."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Write a page of an article; announcements, errors and redirects are no pages of the dataset."""
        recorder: Any = getattr(self._crawler, "recorder", None)
        state = request.cb_kwargs
        request.meta["fetched"] = datetime.now(UTC).isoformat(timespec="seconds")
        if (
            recorder is None
            or recorder.archive is None
            or not {"look", "page"} & state.keys()
            or response.status != 200
        ):
            return response
        entries = getattr(self._crawler.spider, "entries", {})
        source = entries.get(state.get("source_id"))
        if source is None or not _is_article_of(response.url, source):
            return response
        raw = Raw(
            response.url,
            request.meta["fetched"],
            response.body,
            _headers(response),
            response.status,
            cut=how_it_ended(response),
            source=description(source),
        )
        if "page" in state:
            first = state["page"]
            raw.part, raw.part_of = len(first.more) + 2, (first.url, first.fetched)
        request.meta["archive"] = recorder.keep(raw)
        return response


def _is_article_of(url: str, source: Source) -> bool:
    """Not where a redirect led to another site or to the homepage: the spider refuses these, and so must a rebuild."""
    parts = urlsplit(url)
    return bool(entry_of(url, [source])) and bool(parts.path.strip("/") or parts.query)


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
