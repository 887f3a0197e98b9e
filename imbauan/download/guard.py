"""The innermost downloader middleware: schemes, refused addresses, and a robots.txt that has an end."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest, StopDownload

from imbauan.download.addresses import Place, is_public, place_of, places_on_purpose
from imbauan.download.resolver import GuardedResolver


class Refused(IgnoreRequest):
    """An address that is not asked, whoever linked to it."""


class GuardMiddleware:
    """Refuse what is not on the public web. Redirects and retries pass here again, each time."""

    def __init__(self, crawler: Crawler, robots_maxsize: int) -> None:
        self._crawler = crawler
        self._robots_maxsize = robots_maxsize
        self._allowed: set[Place] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the length of robots.txt; the places allowed on purpose come with the spider's sources."""
        guard = cls(crawler, crawler.settings.getint("IMBAUAN_ROBOTS_MAXSIZE"))
        crawler.signals.connect(guard.spider_opened, signals.spider_opened)
        crawler.signals.connect(guard.bytes_received, signals.bytes_received)
        return guard

    def spider_opened(self, spider: Any) -> None:
        """Allow the places that the catalogue's entries name as their own."""
        self._allowed = places_on_purpose(getattr(spider, "entries", {}).values())
        if resolver := _resolver():
            resolver.allowed |= self._allowed

    def process_request(self, request: Request) -> None:
        """Refuse other schemes and what is plainly not public; the resolver has the last word."""
        scheme, place = urlsplit(request.url).scheme, place_of(request.url)
        if scheme not in ("http", "https") or place is None:
            raise Refused(f"{scheme or 'no scheme'}: only http and https are fetched")
        if place not in self._allowed and _is_literal(place[0]) and not is_public(place[0]):
            raise Refused(f"address not public: {place[0]}")
        if is_robots(request):
            # The whole file is not refused for its length: the part that counts is read.
            request.meta["download_maxsize"] = 0
            request.meta["robots_bytes"] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Hang up on a robots.txt once enough of it is there."""
        if "robots_bytes" in request.meta:
            request.meta["robots_bytes"] += len(data)
            if request.meta["robots_bytes"] >= self._robots_maxsize:
                raise StopDownload(fail=False)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give a refused look-up its reason, before the retry middleware takes it for a passing failure."""
        place, resolver = place_of(request.url), _resolver()
        if place and resolver and isinstance(exception, CannotResolveHostError) and place in resolver.refused:
            raise Refused(f"address not public: {place[0]} is {resolver.refused[place]}") from exception


def is_robots(request: Request) -> bool:
    """Whether a request is for a robots.txt."""
    return urlsplit(request.url).path == "/robots.txt"


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _resolver() -> GuardedResolver | None:
    from twisted.internet import reactor

    found = getattr(reactor, "nameResolver", None)
    return found if isinstance(found, GuardedResolver) else None
