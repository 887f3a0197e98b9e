"""The half of a spider that finds pages: it asks for feeds, sitemaps and listings, and pages on while there is news."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse

from imbauan.database.announcements import Document, documents_of, save_document
from imbauan.database.runs import now
from imbauan.frontier import Added, Announced, Frontier
from imbauan.moments import utc_text
from imbauan.quarantine import challenge_of
from imbauan.recorder import Recorder
from imbauan.sources import Source
from imbauan.urls import canonical_url, is_same_site
from spiders.discovery import DiscoveryError, Link
from spiders.kinds import Seed, article_pattern, seeds
from spiders.reading import Read, first_address, read_document

MAX_LISTING_PAGES = 500
MAX_SITEMAPS = 500
MAX_SITEMAP_DEPTH = 3
IN_THREAD = 256 * 1024
"""Bytes from which a document is read off the reactor's thread: a sitemap of 50,000 addresses takes seconds."""
UNCONDITIONAL = 4
"""Every so many times the body is asked for whatever the ETag says: some servers repeat one after a change."""
QUIET_SECTION_DAYS = 7
"""A section of a homepage that held no article is asked for once in so many days."""


class DocumentSpider(Spider):
    """Reads what announces pages into the frontier; `SiteSpider` fetches them."""

    entries: dict[str, Source]
    recorder: Recorder
    frontier: Frontier
    since: str | None = None

    def prepare(self) -> None:
        """Begin with no document read."""
        self._documents: dict[str, dict[str, Document]] = {}
        self._visited: set[tuple[str, str]] = set()
        self._in_listing: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._stale: Counter[tuple[str, str]] = Counter()
        self._sitemaps: Counter[str] = Counter()
        self._later: dict[str, deque[tuple[Request, list[str]]]] = defaultdict(deque)
        """Following pages of listings, each with the articles of the page before it."""

    def seeds_of(self, source: Source) -> Iterator[Request]:
        """The first requests of a source."""
        self._documents[source.id] = documents_of(self.recorder.dataset.connection, source.id)
        today = datetime.now(source.zone).date()
        since = datetime.fromisoformat(self.since).date() if self.since else None
        for seed in seeds(source, since, today):
            yield from self._ask(seed, source)

    # -- asking ----------------------------------------------------------------------------------------------------

    def _ask(self, seed: Seed, source: Source, depth: int = 0) -> Iterator[Request]:
        url = first_address(seed)
        if (source.id, url) in self._visited:
            return
        self._visited.add((source.id, url))
        document = self._document(seed, source)
        request = self._request_document(url, source, seed, depth=depth)
        if self._is_conditional(document, seed):
            if document.etag:
                request.headers["If-None-Match"] = document.etag
            if document.last_modified:
                request.headers["If-Modified-Since"] = document.last_modified
        document.asked += 1
        yield request

    def _is_conditional(self, document: Document, seed: Seed) -> bool:
        # What leads to other documents is needed itself.
        leads_on = seed.how in ("homepage", "robots") or not document.links
        return not (leads_on or document.distrusted or self.since or (document.asked + 1) % UNCONDITIONAL == 0)

    def _document(self, seed: Seed, source: Source) -> Document:
        url, known = first_address(seed), self._documents[source.id]
        if url not in known:
            known[url] = Document(url, source.id, seed.how, int(seed.guessed))
        return known[url]

    def _request_document(self, url: str, source: Source, seed: Seed, number: int = 1, **state: Any) -> Request:
        return Request(
            url,
            callback=self.parse_document,
            errback=self.failed_document,
            priority=10,
            cb_kwargs={"source_id": source.id, "seed": seed, "number": number, **state},
            meta={"handle_httpstatus_list": [304], **({"dont_obey_robotstxt": True} if seed.how == "robots" else {})},
            # Scrapy's filter drops without a trace what redirects to a page asked for before; ours are counted.
            dont_filter=True,
        )

    # -- reading ---------------------------------------------------------------------------------------------------

    async def parse_document(
        self, response: Response, source_id: str, seed: Seed, number: int = 1, depth: int = 0, resumed: bool = False
    ) -> AsyncIterator[Any]:
        """Put what a document announces into the frontier, then go on to what follows from it."""
        source, document = self.entries[source_id], self._document(seed, self.entries[source_id])
        own = self.recorder.by_source[source_id]
        own["documents"] += 1
        document.status = response.status
        document.last_fetched = now()
        if response.status == 304:
            own["documents_ok"] += 1
            document.last_ok = now()
            self._save(document)
            for request in self._end_of_listing(source, seed, document, resumed):
                yield request
        else:
            try:
                read = await self._read(response, source, seed, number)
            except DiscoveryError as error:
                for request in self._useless(source, seed, document, number, error):
                    yield request
            else:
                for request in self._take_in(response, source, seed, number, depth, resumed, read):
                    yield request
        for request in self.fill(source):
            yield request

    async def _read(self, response: Response, source: Source, seed: Seed, number: int) -> Read:
        if challenge := challenge_of(response.body):
            self.recorder.by_source[source.id]["blocked"] += 1
            raise DiscoveryError(response.url, f"a {seed.how}", f"a challenge page ({challenge})")
        text = response.text if isinstance(response, TextResponse) else None
        arguments = (seed, response.body, text, response.url, source, number)
        if len(response.body) > IN_THREAD:
            return await asyncio.to_thread(read_document, *arguments)
        return read_document(*arguments)

    def _take_in(
        self, response: Response, source: Source, seed: Seed, number: int, depth: int, resumed: bool, read: Read
    ) -> Iterator[Request]:
        document, own = self._document(seed, source), self.recorder.by_source[source.id]
        first_time = document.last_ok is None
        same = number == 1 and not self._renew(document, response)
        is_index = seed.how in ("sitemap", "homepage", "robots") and bool(read.documents)
        if not read.articles and not is_index and number == 1:
            yield from self._empty(source, seed, response)
        else:
            own["documents_ok"] += 1
        added = Added()
        if read.articles and not (same and seed.how == "sitemap"):
            added = self._announce(source, seed, read.articles)
        if number == 1:
            document.links = 0 if is_index and seed.how == "sitemap" else len(read.articles)
            document.last_ok = now()
        own["links"] += len(read.articles)
        own["found"] += added.new
        self._count(f"imbauan/source/{source.id}/links", len(read.articles))
        yield from self._documents_of(source, read, depth + 1)
        go_on = self._goes_on(source, seed, read, added, number, resumed or first_time)
        if go_on and read.following and not self._was_visited(source, read.following):
            document.open_url, document.open_number = read.following, number + 1
            state = {"number": number + 1, "resumed": resumed or first_time}
            following = self._request_document(read.following, source, seed, **state)
            self._later[source.id].append((following, [canonical_url(link.url) for link in read.articles]))
        else:
            yield from self._end_of_listing(source, seed, document, resumed or number > 1)
        self._save(document)

    def _renew(self, document: Document, response: Response) -> bool:
        """Note the document's new state; false where its body is the one that was read before."""
        sha256 = hashlib.sha256(response.body).hexdigest()
        changed = sha256 != document.sha256
        etag = _header(response, "ETag")
        if changed and document.sha256 and etag and etag == document.etag:
            document.distrusted = 1
        document.sha256, document.etag = sha256, etag
        document.last_modified = _header(response, "Last-Modified")
        return changed

    def _announce(self, source: Source, seed: Seed, links: list[Link]) -> Added:
        announced = [Announced(link.url, link.lastmod, link.mark, not self.is_own(link.url, source)) for link in links]
        return self.frontier.add(source, first_address(seed), announced)

    def _documents_of(self, source: Source, read: Read, depth: int) -> Iterator[Request]:
        for seed, lastmod in read.documents:
            if not self.is_own(seed.url, source):
                continue
            document = self._document(seed, source)
            if seed.how == "sitemap":
                if depth > MAX_SITEMAP_DEPTH or self._sitemaps[source.id] >= MAX_SITEMAPS:
                    limit = f"at most {MAX_SITEMAPS} sitemaps in {MAX_SITEMAP_DEPTH} levels"
                    self.problem(source, seed.url, limit, "more")
                    return
                self._sitemaps[source.id] += 1
                if lastmod and document.last_ok and lastmod == document.lastmod and not self.since:
                    continue
                document.lastmod = lastmod
            elif seed.how == "listing" and _rests(document):
                continue
            yield from self._ask(seed, source, depth)

    # -- paging ----------------------------------------------------------------------------------------------------

    def _goes_on(self, source: Source, seed: Seed, read: Read, added: Added, number: int, resumed: bool) -> bool:
        """Whether the following page of a listing is worth asking for."""
        key = (source.id, seed.url)
        urls = {canonical_url(link.url) for link in read.articles}
        # Past its end many a site repeats its last page.
        fresh = urls - self._in_listing[key]
        self._in_listing[key] |= fresh
        if not fresh or number >= MAX_LISTING_PAGES:
            return False
        if self.since:
            return True  # until what the page led to has been read and is known to be older: see `later`
        if added.new or added.changed:
            self._stale[key] = 0
            return True
        # Where an earlier run broke off, new articles have pushed known ones on to the pages that it did not read.
        self._stale[key] += 1
        return resumed and self._stale[key] < 2

    def _end_of_listing(self, source: Source, seed: Seed, document: Document, resumed: bool) -> Iterator[Request]:
        """At the end of what is new, go on where an earlier run stopped before it had read the whole listing."""
        if document.open_url and not resumed and not self._was_visited(source, document.open_url):
            number = document.open_number or 2
            following = self._request_document(document.open_url, source, seed, number=number, resumed=True)
            self._later[source.id].append((following, []))
        elif resumed:
            document.open_url = document.open_number = None
        yield from ()

    def later(self, source: Source) -> Request | None:
        """The next page of a listing, once nothing else of the source waits."""
        waiting, since = self._later[source.id], utc_text(self.since)
        while waiting and not self.frontier.is_full(source.id):
            request, before = waiting.popleft()
            if since and self.frontier.are_older(before, since):
                continue
            self._visited.add((source.id, request.url))
            return request
        return None

    def _was_visited(self, source: Source, url: str) -> bool:
        return (source.id, url) in self._visited

    # -- what goes wrong -------------------------------------------------------------------------------------------

    def failed_document(self, failure: Any) -> Iterator[Request]:
        """A document that did not answer: what else may serve is tried, else it is a problem of its source."""
        state = failure.request.cb_kwargs
        source, seed, number = self.entries[state["source_id"]], state["seed"], state["number"]
        outcome, reason, status = self.outcome_of(failure, None)
        document, own = self._document(seed, source), self.recorder.by_source[source.id]
        own["documents"] += 1
        document.status, document.last_fetched = status, now()
        if outcome == "forbidden" and status is not None:
            own["blocked"] += 1
        # Many sites answer 404 to the page after the last.
        is_end = number > 1 and status in (400, 404, 410)
        error = DiscoveryError(failure.request.url, "an answer", reason)
        yield from self._useless(source, seed, document, number, error, is_end)
        yield from self.fill(source)

    def _useless(
        self, source: Source, seed: Seed, document: Document, number: int, error: DiscoveryError, is_end: bool = False
    ) -> Iterator[Request]:
        if number > 1:
            if is_end:
                yield from self._end_of_listing(source, seed, document, resumed=True)
            self._save(document)
            return
        self._save(document)
        if not seed.guessed or document.last_ok or "challenge" in error.got:
            # A guess that was right once is counted on like a promise.
            own = self.recorder.by_source[source.id]
            own["documents_failed"] += 1
            own["documents_gone"] += document.status in (200, 404, 410) and "challenge" not in error.got
            self.problem(source, error.url, error.expected, error.got)
        for other in seed.otherwise:
            yield from self._ask(other, source)

    def _empty(self, source: Source, seed: Seed, response: Response) -> Iterator[Request]:
        own = self.recorder.by_source[source.id]
        if seed.how != "robots" and (not seed.guessed or self._document(seed, source).links):
            own["documents_failed"] += 1
            # A feed without an entry is as good as gone; a listing without a link is built differently now.
            own["documents_empty" if seed.how in ("listing", "homepage") else "documents_gone"] += 1
            self.problem(source, response.url, _expected(source, seed), "none")
        for other in seed.otherwise:
            yield from self._ask(other, source)

    def problem(self, source: Source, url: str, expected: str, got: str) -> None:
        """Note an announcement that led nowhere."""
        self.logger.warning("%s: %s: expected %s, got %s", source.id, url, expected, got)
        self.recorder.source_problem(source.id, url, expected, got)

    def is_own(self, url: str, source: Source) -> bool:
        """Whether an address is on one of the sites of a source."""
        addresses = (source.homepage, *source.feeds, *source.sitemaps, *source.listings)
        return any(is_same_site(url, address) for address in addresses)

    def _save(self, document: Document) -> None:
        with self.recorder.dataset.writing() as connection:
            save_document(connection, document)

    def _count(self, key: str, by: int = 1) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(key, by)

    # -- the other half --------------------------------------------------------------------------------------------

    def fill(self, source: Source) -> Iterator[Request]:
        """Requests for the next articles of a source."""
        raise NotImplementedError

    def outcome_of(self, failure: Any, look: Any) -> tuple[str, str, int | None]:
        """The outcome, the reason and the HTTP status of a failed request."""
        raise NotImplementedError


def _expected(source: Source, seed: Seed) -> str:
    if seed.how == "feed":
        return "entries in the feed"
    if seed.how == "sitemap":
        return "links in the sitemap"
    pattern = article_pattern(source)
    links = f"links matching {pattern!r}" if pattern else "links to articles"
    return f"a feed or {links}" if seed.how == "homepage" else links


def _rests(document: Document) -> bool:
    """Whether a section that held no article lately is left alone in this run."""
    if not document.last_ok or document.links:
        return False
    last = utc_text(document.last_ok)
    return last is not None and (datetime.now(UTC) - datetime.fromisoformat(last)).days < QUIET_SECTION_DAYS


def _header(response: Response, name: str) -> str | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value or None
