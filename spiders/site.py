"""The spider for any news site: feeds, sitemaps and listings, or else the homepage, lead it to article pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.robotstxt import RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from imbauan.exceptions import RunStopped, UsageError
from imbauan.items import AdvisoryItem, Page
from imbauan.sources import Source, load_sources, select_sources
from imbauan.urls import canonical_url, is_same_site
from spiders.discovery import (
    DiscoveryError,
    Link,
    feed_entries,
    homepage_offers,
    listing_links,
    next_pages,
    robots_sitemaps,
    sitemap_entries,
)
from spiders.politeness import download_slots, raise_delay, slot_of

MAX_LISTING_PAGES = 500
MAX_SITEMAPS = 200
MAX_SITEMAP_DEPTH = 3

OnOutcome = Callable[..., None]
Found = Iterator[Request | AdvisoryItem]


def _ignore_outcome(url: str, source_id: str, outcome: str, reason: str, status: int | None) -> None:
    """Outcomes go nowhere until a runner sets `on_outcome`."""


class SiteSpider(Spider):
    """Crawls all chosen sources in one crawler and yields one `AdvisoryItem` for each article page.

    `sources` are ids divided by commas, `catalogue` a sources file; `entries` replaces both with ready `Source`
    objects. `since` is an ISO date or time: links announced with an older one are left. `max_pages` is the most
    article pages of each source. `known` maps canonical addresses to the ISO time of their last fetch: these are
    left unless they are announced as changed since. `on_outcome(url, source_id, outcome, reason, status)` hears of
    every article address that did not become an item. Raises `UsageError` for arguments that make no sense.
    """

    name = "site"

    def __init__(
        self,
        sources: str | None = None,
        catalogue: str | Path | None = None,
        since: str | None = None,
        max_pages: str | int | None = None,
        entries: Sequence[Source] | None = None,
        known: Mapping[str, str] | None = None,
        on_outcome: OnOutcome | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if entries is None:
            ids = [name.strip() for name in (sources or "").split(",") if name.strip()]
            entries = select_sources(load_sources(catalogue), ids)
        self.entries = {source.id: source for source in entries}
        self.since = since or None
        if self.since and _moment(self.since, UTC) is None:
            raise UsageError(f"since should be an ISO date such as 2026-11-20, not {since!r}")
        self.max_pages = _positive(max_pages)
        self.known: Mapping[str, str] = known or {}
        self.on_outcome: OnOutcome = on_outcome or _ignore_outcome
        self._seen: set[str] = set()
        self._visited: set[tuple[str, str]] = set()
        self._in_listing: dict[tuple[str, str], set[str]] = {}
        self._requested: Counter[str] = Counter()
        self._sitemaps: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        # Settings are frozen only after the spider is made, and the downloader reads them after that.
        slots = {**download_slots(spider.entries.values()), **crawler.settings.getdict("DOWNLOAD_SLOTS")}
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        return spider

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Obey a Crawl-delay as soon as the robots.txt of a host is read."""
        raise_delay(self.crawler, robotparser, request)

    async def start(self) -> AsyncIterator[Any]:
        """The first requests of each source, its own addresses or else its homepage and robots.txt."""
        for source in self.entries.values():
            for request in self._seeds(source):
                yield request

    def _seeds(self, source: Source) -> Iterator[Request]:
        for url in source.feeds:
            yield from self._discover(url, source, self.parse_feed)
        for url in source.sitemaps:
            yield from self._discover(url, source, self.parse_sitemap, depth=0)
        for template in source.listings:
            url = template.replace("{page}", "1")
            yield from self._discover(url, source, self.parse_listing, template=template, number=1)
        if not (source.feeds or source.sitemaps or source.listings):
            yield from self._discover(source.homepage, source, self.parse_homepage)
            robots = urljoin(source.homepage, "/robots.txt")
            yield from self._discover(robots, source, self.parse_robots, dont_obey_robotstxt=True)

    # -- announcements ---------------------------------------------------------------------------------------------

    def parse_feed(self, response: Response, source_id: str) -> Found:
        """The entries of a feed."""
        source = self.entries[source_id]
        try:
            links = feed_entries(response.body, response.url)
        except DiscoveryError as error:
            self.problem(source, error.url, error.expected, error.got)
            return
        yield from self._articles(links, source)
        if not links:
            self.problem(source, response.url, "entries in the feed", "none")

    def parse_sitemap(self, response: Response, source_id: str, depth: int) -> Found:
        """The pages of a sitemap, and the sitemaps of an index, newest first."""
        source = self.entries[source_id]
        try:
            sitemap = sitemap_entries(response.body, response.url)
        except DiscoveryError as error:
            self.problem(source, error.url, error.expected, error.got)
            return
        yield from self._sitemaps_of(sitemap.sitemaps, source, depth + 1)
        pages = (
            sitemap.pages if source.article else [link for link in sitemap.pages if urlsplit(link.url).path.strip("/")]
        )
        yield from self._articles(pages, source)
        if not (sitemap.sitemaps or sitemap.pages):
            self.problem(source, response.url, "links in the sitemap", "none")

    def parse_robots(self, response: Response, source_id: str) -> Found:
        """The sitemaps that a robots.txt names."""
        if isinstance(response, TextResponse):
            yield from self._sitemaps_of(robots_sitemaps(response.text, response.url), self.entries[source_id], 0)

    def parse_listing(self, response: Response, source_id: str, template: str, number: int) -> Found:
        """The articles of a listing page, and the page after it while this one holds an article not known yet."""
        source = self.entries[source_id]
        html = self._html(response, source, "a listing page")
        if html is None:
            return
        links = listing_links(html, response.url, source.article)
        if not links and number == 1:
            self.problem(source, response.url, _expected_links(source), "none")
        if self._has_new(links, source, template) and number < MAX_LISTING_PAGES and not self._is_full(source):
            if "{page}" in template:
                url = template.replace("{page}", str(number + 1))
                yield from self._discover(url, source, self.parse_listing, template=template, number=number + 1)
            else:
                for link in next_pages(html, response.url)[:1]:
                    yield from self._discover(
                        link.url, source, self.parse_listing, template=template, number=number + 1
                    )
        yield from self._articles(links, source)

    def parse_homepage(self, response: Response, source_id: str) -> Found:
        """Whatever leads on from a homepage: the feeds it offers, its articles, its following page."""
        source = self.entries[source_id]
        html = self._html(response, source, "a homepage")
        if html is None:
            return
        offers = homepage_offers(html, response.url)
        articles = listing_links(html, response.url, source.article) if source.article else offers.articles
        if not (offers.feeds or articles):
            self.problem(source, response.url, f"a feed or {_expected_links(source)}", "none")
        for feed in offers.feeds:
            yield from self._discover(feed.url, source, self.parse_feed)
        if self._has_new(articles, source, source.homepage) and not self._is_full(source):
            for link in offers.next_pages[:1]:
                yield from self._discover(link.url, source, self.parse_listing, template=source.homepage, number=2)
        yield from self._articles(articles, source)

    # -- articles --------------------------------------------------------------------------------------------------

    def parse_article(self, response: Response, source_id: str, found: str) -> Found:
        """The page as it came, unless it is no article page of this source at all."""
        source = self.entries[source_id]
        refused = self._refusal(response, source, found)
        if refused is not None:
            outcome, reason = refused
            if outcome == "failed":
                self._count_error(source.id)
            self.record(found, source.id, outcome, reason, response.status)
            return
        self._count(f"imbauan/source/{source.id}/pages")
        yield AdvisoryItem(page=_page(response, source))

    def _refusal(self, response: Response, source: Source, found: str) -> tuple[str, str] | None:
        if response.status != 200:
            return "failed", f"HTTP {response.status}"
        if not self._is_own(response.url, source):
            return "off-site", f"redirected to {response.url}"
        answered = canonical_url(response.url)
        if answered != canonical_url(found):
            if urlsplit(answered).path == "/" and not urlsplit(answered).query:
                return "failed", "redirected to the homepage"
            if answered in self._seen:
                return "twin", f"redirected to {response.url}"
            self._seen.add(answered)
        kind = _content_type(response).partition(";")[0].strip().lower()
        if kind and kind not in ("text/html", "application/xhtml+xml"):
            return "failed", f"not HTML ({kind})"
        # A body that broke at its very beginning is set aside with what there is of it.
        return None if response.body.strip() or response.meta.get("cut") else ("failed", "empty body")

    def wanted(self, link: Link, source: Source) -> bool:
        """Whether a link is to be fetched: not before `since`, and not known unless changed since its last fetch."""
        return not self._is_too_old(link, source) and not self._is_known(link, source)

    def _is_too_old(self, link: Link, source: Source) -> bool:
        if not self.since or not link.lastmod:
            return False
        stated, since = _moment(link.lastmod, source.zone), _moment(self.since, source.zone)
        return stated is not None and since is not None and stated < since

    def _is_known(self, link: Link, source: Source) -> bool:
        fetched = self.known.get(canonical_url(link.url))
        if fetched is None:
            return False
        changed, last = _moment(link.lastmod or "", source.zone), _moment(fetched, UTC)
        return changed is None or last is None or changed <= last

    def _articles(self, links: Iterable[Link], source: Source) -> Iterator[Request]:
        pattern = re.compile(source.article) if source.article else None
        for link in links:
            canonical = canonical_url(link.url)
            if canonical in self._seen or (pattern and not pattern.search(link.url)):
                continue
            self._seen.add(canonical)
            self._count(f"imbauan/source/{source.id}/links")
            if not self._is_own(link.url, source):
                self.record(link.url, source.id, "off-site", "announced by the source, on another site")
            elif self._is_known(link, source):
                continue
            elif not self.wanted(link, source):
                self.record(link.url, source.id, "waiting", f"announced with {link.lastmod}, before {self.since}")
            elif self._is_full(source):
                self.record(link.url, source.id, "waiting", f"more than {self.max_pages} pages in this run")
            else:
                self._requested[source.id] += 1
                yield self._request(link.url, source, self.parse_article, found=link.url)

    def _is_own(self, url: str, source: Source) -> bool:
        addresses = (source.homepage, *source.feeds, *source.sitemaps, *source.listings)
        return any(is_same_site(url, address) for address in addresses)

    def _is_full(self, source: Source) -> bool:
        return self.max_pages is not None and self._requested[source.id] >= self.max_pages

    def _has_new(self, links: Iterable[Link], source: Source, template: str) -> bool:
        # Against this listing's own earlier pages: its first page repeats the feed, and that is no reason to stop.
        earlier = self._in_listing.setdefault((source.id, template), set())
        fresh = [link for link in links if canonical_url(link.url) not in earlier]
        earlier.update(canonical_url(link.url) for link in fresh)
        return any(self.wanted(link, source) for link in fresh)

    # -- requests and their failures -------------------------------------------------------------------------------

    def _discover(
        self, url: str, source: Source, callback: Callable[..., Any], dont_obey_robotstxt: bool = False, **state: Any
    ) -> Iterator[Request]:
        if (source.id, url) in self._visited:
            return
        self._visited.add((source.id, url))
        request = self._request(url, source, callback, **state)
        request.priority = 10
        if dont_obey_robotstxt:
            request.meta["dont_obey_robotstxt"] = True
        yield request

    def _sitemaps_of(self, links: Iterable[Link], source: Source, depth: int) -> Iterator[Request]:
        newest_first = sorted(links, key=lambda link: link.lastmod or "", reverse=True)
        for link in newest_first:
            if depth > MAX_SITEMAP_DEPTH or self._sitemaps[source.id] >= MAX_SITEMAPS:
                limit = f"at most {MAX_SITEMAPS} sitemaps in {MAX_SITEMAP_DEPTH} levels"
                self.problem(source, link.url, limit, "more")
                return
            if self._is_own(link.url, source) and not self._is_too_old(link, source):
                self._sitemaps[source.id] += 1
                yield from self._discover(link.url, source, self.parse_sitemap, depth=depth)

    def _request(self, url: str, source: Source, callback: Callable[..., Any], **state: Any) -> Request:
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs={"source_id": source.id, **state},
            meta={"download_slot": slot_of(url)},
            # Scrapy's filter drops without a trace what redirects to a page asked for before; ours are counted.
            dont_filter=True,
        )

    def failed(self, failure: Failure) -> None:
        """Errback of every request: an article gets its outcome, an announcement becomes a problem of its source."""
        request: Request = failure.request  # type: ignore[attr-defined]
        state = request.cb_kwargs
        source = self.entries[state["source_id"]]
        outcome, reason, status = self._outcome_of(failure, state.get("found"))
        if "found" in state:
            self.record(state["found"], source.id, outcome, reason, status)
            if outcome in ("failed", "forbidden", "waiting"):
                self._count_error(source.id)
        elif not _is_natural_end(request, status):
            self.problem(source, request.url, "an answer", reason)

    def _outcome_of(self, failure: Failure, found: str | None) -> tuple[str, str, int | None]:
        error = failure.value
        if isinstance(error, HttpError):
            status = error.response.status
            gone = status == 410 or (status == 404 and found is not None and canonical_url(found) in self.known)
            outcome = "removed" if gone else _OUTCOMES.get(status, "failed")
            return outcome, f"HTTP {status}", status
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if isinstance(error, RunStopped):
            return "waiting", reason, None
        if isinstance(error, IgnoreRequest) and "max redirections" not in reason:
            return "forbidden", reason, None
        return "failed", f"{type(error).__name__}: {reason}", None

    def _html(self, response: Response, source: Source, expected: str) -> str | None:
        if isinstance(response, TextResponse) and response.body.strip():
            return response.text
        self.problem(source, response.url, expected, _content_type(response) or "an empty body")
        return None

    def record(
        self, url: str, source_id: str, outcome: str, reason: str, status: int | None = None, archive: str | None = None
    ) -> None:
        """Tell the runner what became of an article address that is not yielded; outcomes as in the table `pages`."""
        self._count(f"imbauan/outcome/{outcome}")
        if archive is None:
            self.on_outcome(url, source_id, outcome, reason, status)
        else:
            self.on_outcome(url, source_id, outcome, reason, status, archive)

    def problem(self, source: Source, url: str, expected: str, got: str) -> None:
        """Count and log an announcement that led nowhere."""
        self._count_error(source.id)
        self.logger.warning("%s: %s: expected %s, got %s", source.id, url, expected, got)
        if self.crawler.stats:
            problems = self.crawler.stats.get_value("site/problems", [])
            self.crawler.stats.set_value(
                "site/problems", [*problems, {"source": source.id, "url": url, "expected": expected, "got": got}]
            )

    def _count_error(self, source_id: str) -> None:
        self._count("site/failed")
        self._count(f"imbauan/source/{source_id}/errors")

    def _count(self, key: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(key)


_OUTCOMES = {304: "unchanged", 401: "forbidden", 403: "forbidden", 451: "forbidden", 429: "waiting", 503: "waiting"}


def _page(response: Response, source: Source) -> Page:
    return Page(
        url=response.url,
        source=source.id,
        body=response.body,
        # The archive holds the same moment, so that the dataset can be made again from it alone.
        fetched=response.meta.get("fetched") or datetime.now(UTC).isoformat(timespec="seconds"),
        encoding=http_content_type_encoding(_content_type(response)),
        timezone=source.timezone,
        language=source.language,
        region=source.region,
        official=source.official,
        rights=source.rights,
        status=response.status,
        archive=response.meta.get("archive"),
        cut=response.meta.get("cut"),
    )


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def _expected_links(source: Source) -> str:
    return f"links matching {source.article!r}" if source.article else "links to articles"


def _is_natural_end(request: Request, status: int | None) -> bool:
    # Many sites have no robots.txt, and answer 404 to the page after the last.
    is_robots = bool(request.meta.get("dont_obey_robotstxt"))
    return status in (404, 410) and (is_robots or request.cb_kwargs.get("number", 1) > 1)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except ValueError:
        return None


def _positive(number: str | int | None) -> int | None:
    if number in (None, ""):
        return None
    if not re.fullmatch(r"\d{1,9}", str(number)) or int(str(number)) < 1:
        raise UsageError(f"max_pages should be a whole number from 1, not {number!r}")
    return int(str(number))
