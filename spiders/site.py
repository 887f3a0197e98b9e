"""The spider for any news site: feeds, sitemaps and listings, or else the homepage, lead it to article pages."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from imbauan.exceptions import RunStopped, UsageError
from imbauan.frontier import Look
from imbauan.items import AdvisoryItem, Page, Part
from imbauan.moments import moment, utc_text
from imbauan.quarantine import challenge_of
from imbauan.recorder import recorder_of
from imbauan.sources import Source, load_sources, select_sources
from imbauan.urls import canonical_url
from spiders.certificates import REFUSED, except_certificates, is_refused
from spiders.documents import DocumentSpider
from spiders.parts import parts_of
from spiders.politeness import download_slots, raise_delay
from spiders.robots import StayAway

AHEAD = 2
"""Articles of a source that are asked for at a time: one under way, one ready when its pause is over."""
_OUTCOMES = {401: "forbidden", 403: "forbidden", 451: "forbidden", 404: "removed", 410: "removed", 429: "waiting", 503: "waiting"}  # fmt: skip
Found = Iterator[Request | AdvisoryItem]


class SiteSpider(DocumentSpider):
    """Crawls all chosen sources in one crawler and yields one `AdvisoryItem` for each article page.

    `sources` are ids divided by commas, `catalogue` a sources file; `entries` replaces both with ready `Source`
    objects. `since` is an ISO date or time: what is announced with an older one waits, and listings are read back to
    it. `max_pages` is the most article pages of each source. What is known, and what waits, is in the dataset.
    Raises `UsageError` for arguments that make no sense.
    """

    name = "site"

    def __init__(
        self,
        sources: str | None = None,
        catalogue: str | Path | None = None,
        since: str | None = None,
        max_pages: str | int | None = None,
        entries: Sequence[Source] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if entries is None:
            entries = self._chosen(sources, catalogue)
        self.entries = {source.id: source for source in entries}
        self.since = since or None
        if self.since and moment(self.since) is None:
            raise UsageError(f"since should be an ISO date such as 2026-11-20, not {since!r}")
        self.max_pages = _positive(max_pages)
        self._under_way: Counter[str] = Counter()
        self.prepare()

    def _chosen(self, sources: str | None, catalogue: str | Path | None) -> list[Source]:
        ids = [name.strip() for name in (sources or "").split(",") if name.strip()]
        # As `imbauan crawl` takes it; `-a catalogue=FILE` comes first.
        chosen = select_sources(load_sources(catalogue or os.environ.get("IMBAUAN_SOURCES")), ids)
        return chosen if ids else [source for source in chosen if source.kind == self.name]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        # Settings are frozen only after the spider is made, and the downloader reads them after that.
        slots = {**download_slots(spider.entries.values()), **crawler.settings.getdict("DOWNLOAD_SLOTS")}
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        # Every source has its own line; a dead one must not hold the places of the others.
        places = max(crawler.settings.getint("CONCURRENT_REQUESTS"), (AHEAD + 2) * len(spider.entries))
        crawler.settings.set("CONCURRENT_REQUESTS", places, priority="spider")
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(spider.engine_started, signals.engine_started)
        spider.recorder = recorder_of(crawler, list(spider.entries.values()))
        spider.frontier = spider.recorder.begin_crawl(utc_text(spider.since), spider.max_pages)
        return spider

    def engine_started(self) -> None:
        """Except the sources that say so from the check of certificates."""
        except_certificates(self.crawler, list(self.entries.values()))

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Obey a Crawl-delay as soon as the robots.txt of a host is read."""
        raise_delay(self.crawler, robotparser, request)

    async def start(self) -> AsyncIterator[Any]:
        """The first requests of each source: what announces its pages, and what waits from earlier runs."""
        for source in self.entries.values():
            for request in self.seeds_of(source):
                yield request
            for request in self.fill(source):
                yield request

    def fill(self, source: Source) -> Iterator[Request]:
        """Requests for the next articles of a source, and once none waits, for the next page of a listing."""
        while self._under_way[source.id] < AHEAD:
            look = self.frontier.take(source.id)
            if look is None:
                request = self.later(source)
                if request is not None:
                    yield request
                return
            self._under_way[source.id] += 1
            self.recorder.by_source[source.id]["asked"] += 1
            yield self._request(look, source)

    def _request(self, look: Look, source: Source) -> Request:
        request = Request(
            look.address,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"source_id": source.id, "look": look},
            meta={"handle_httpstatus_list": [304]},
            # Scrapy's filter drops without a trace what redirects to a page asked for before; ours are counted.
            dont_filter=True,
        )
        if look.etag:
            request.headers["If-None-Match"] = look.etag
        if look.last_modified:
            request.headers["If-Modified-Since"] = look.last_modified
        return request

    def parse_article(self, response: Response, source_id: str, look: Look) -> Found:
        """The page as it came, unless it did not change, or is no article page of this source at all."""
        source = self.entries[source_id]
        kept = self._kept(response, source, look)
        following = parts_of(response) if kept is not None else []
        if kept is not None and following:
            page = _page(response, source, kept, look)
            self.recorder.expect_parts(page, following)
            yield self._request_part(page, source, following)
            return
        if kept is not None:
            yield AdvisoryItem(page=_page(response, source, kept, look))
        yield from self._next(source)

    def parse_part(self, response: Response, source_id: str, page: Page, following: list[str]) -> Found:
        """One more part of an article that is divided over several pages."""
        source = self.entries[source_id]
        refused = self._refusal(response, source, response.request.url if response.request else response.url)
        if refused is not None:
            yield from self._fail_part(response.url, refused[1], page, source, response.status)
            return
        page.more.append(_part(response))
        if cut := response.meta.get("cut"):
            page.cut = page.cut or f"its part {response.url}: {cut}"
        if canonical_url(response.url) != canonical_url(page.url):
            place = response.meta.get("archive")
            self.record(response.url, source_id, "twin", f"a part of {page.url}", response.status, place)
        if following:
            yield self._request_part(page, source, following)
            return
        yield AdvisoryItem(page=page)
        yield from self._next(source)

    def failed_part(self, failure: Failure) -> Found:
        """Errback of every part."""
        request: Request = failure.request  # type: ignore[attr-defined]
        page: Page = request.cb_kwargs["page"]
        source = self.entries[request.cb_kwargs["source_id"]]
        _, reason, status = self.outcome_of(failure, None)
        yield from self._fail_part(request.url, reason, page, source, status)

    def _fail_part(self, url: str, reason: str, page: Page, source: Source, status: int | None) -> Found:
        """A part that did not come: a next run asks for the article again, rather than keeping half of it."""
        self.record(page.url, source.id, "failed", f"its part {url}: {reason}", status, page.archive)
        yield from self._next(source)

    def _request_part(self, page: Page, source: Source, following: list[str]) -> Request:
        state = {"source_id": source.id, "page": page, "following": following[1:]}
        return Request(
            following[0], callback=self.parse_part, errback=self.failed_part, cb_kwargs=state, dont_filter=True
        )

    def _kept(self, response: Response, source: Source, look: Look) -> Look | None:
        """The look under the address that answered, where the page is to be read; else its outcome is recorded."""
        if response.status == 304:
            self.record(look.url, source.id, "unchanged", "not modified since the last look", 304)
            return None
        refused = self._refusal(response, source, look.url)
        if refused is not None:
            self.record(look.url, source.id, *refused, response.status, response.meta.get("archive"))
            return None
        moved = look
        if canonical_url(response.url) != look.url:
            target = self.frontier.moved(look, response.url, source)
            self.record(look.url, source.id, "twin", f"redirected to {response.url}", response.status)
            if target is None:
                return None
            moved = target
        if look.again and hashlib.sha256(response.body).hexdigest() == look.sha256:
            self.record(look.url, source.id, "unchanged", "the same body as at the last look", response.status)
            return None
        self._count(f"imbauan/source/{source.id}/pages")
        self.recorder.by_source[source.id]["read"] += 1
        return moved

    def _refusal(self, response: Response, source: Source, asked: str) -> tuple[str, str] | None:
        if response.status != 200:
            return "failed", f"HTTP {response.status}"
        if not self.is_own(response.url, source):
            return "off-site", f"redirected to {response.url}"
        answered = urlsplit(canonical_url(response.url))
        if answered.geturl() != canonical_url(asked) and answered.path == "/" and not answered.query:
            return "removed", "redirected to the homepage"
        kind = _header(response, "Content-Type").partition(";")[0].strip().lower()
        if kind and kind not in ("text/html", "application/xhtml+xml"):
            return "failed", f"not HTML ({kind})"
        if challenge := challenge_of(response.body):
            self.recorder.by_source[source.id]["blocked"] += 1
            return "quarantined", f"challenge page: {challenge}"
        # A body that broke at its very beginning is set aside with what there is of it.
        return None if response.body.strip() or response.meta.get("cut") else ("failed", "empty body")

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Errback of every article: it gets its outcome."""
        request: Request = failure.request  # type: ignore[attr-defined]
        look: Look = request.cb_kwargs["look"]
        source = self.entries[request.cb_kwargs["source_id"]]
        outcome, reason, status = self.outcome_of(failure, look)
        if outcome == "forbidden" and status is not None:
            self.recorder.by_source[source.id]["blocked"] += 1
        self.record(look.url, source.id, outcome, reason, status)
        yield from self._next(source)

    def outcome_of(self, failure: Failure, look: Any) -> tuple[str, str, int | None]:
        """The outcome, the reason and the HTTP status of a failed request."""
        error = failure.value
        if isinstance(error, HttpError):
            status = error.response.status
            return _OUTCOMES.get(status, "failed"), f"HTTP {status}", status
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if is_refused(error):
            return "failed", REFUSED, None
        if isinstance(error, StayAway | RunStopped):
            return "waiting", reason, None
        if isinstance(error, IgnoreRequest) and "max redirections" not in reason:
            return "forbidden", reason, None
        return "failed", f"{type(error).__name__}: {reason}", None

    def record(
        self, url: str, source_id: str, outcome: str, reason: str, status: int | None = None, archive: str | None = None
    ) -> None:
        """Record what became of an article address that is not yielded; outcomes as in the table `pages`."""
        self._count(f"imbauan/outcome/{outcome}")
        self.recorder.outcome(url, source_id, outcome, reason, status, archive)

    def _next(self, source: Source) -> Iterator[Request]:
        self._under_way[source.id] -= 1
        yield from self.fill(source)


def _page(response: Response, source: Source, look: Look, found: Look) -> Page:
    return Page(
        url=response.url,
        source=source.id,
        body=response.body,
        # The archive holds the same moment, so that the dataset can be made again from it alone.
        fetched=response.meta.get("fetched") or datetime.now(UTC).isoformat(timespec="seconds"),
        encoding=http_content_type_encoding(_header(response, "Content-Type")),
        timezone=source.timezone,
        language=source.language,
        region=source.region,
        official=source.official,
        rights=source.rights,
        status=response.status,
        archive=response.meta.get("archive"),
        cut=response.meta.get("cut"),
        found=found.url if found.url != look.url else None,
        etag=_header(response, "ETag") or None,
        last_modified=_header(response, "Last-Modified") or None,
    )


def _part(response: Response) -> Part:
    encoding = http_content_type_encoding(_header(response, "Content-Type"))
    return Part(response.url, response.body, encoding, response.meta.get("archive"))


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _positive(number: str | int | None) -> int | None:
    if number in (None, ""):
        return None
    if not re.fullmatch(r"\d{1,9}", str(number)) or int(str(number)) < 1:
        raise UsageError(f"max_pages should be a whole number from 1, not {number!r}")
    return int(str(number))
