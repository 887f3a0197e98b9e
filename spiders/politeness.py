"""How fast each site is asked: one request at a time, and never sooner than its delay or its robots.txt allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from imbauan.sources import Source

JITTER = 0.2
"""Share by which a pause varies, so that requests do not come by the clock."""
MAX_CRAWL_DELAY = 60.0
"""Seconds: a longer Crawl-delay in robots.txt is a slip or a trap, and counts as this."""


def slot_of(url: str) -> str:
    """The download slot of an address: host and port, so that outlets do not wait in one line."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def download_slots(sources: Iterable[Source]) -> dict[str, dict[str, Any]]:
    """`DOWNLOAD_SLOTS` for these sources, for each host they may answer on; the longest delay where two share one."""
    delays: dict[str, float] = {}
    for source in sources:
        for url in [source.homepage, *source.feeds, *source.sitemaps, *source.listings]:
            bare = re.sub(r"^(?:www|m|amp)\.", "", slot_of(url))
            for host in (bare, f"www.{bare}", f"m.{bare}", f"amp.{bare}"):
                delays[host] = max(delays.get(host, 0.0), float(source.delay))
    return {host: _slot(delay) for host, delay in delays.items()}


def raise_delay(crawler: Crawler, robots: RobotParser, request: Request) -> None:
    """Obey a `Crawl-delay`, which Scrapy reads and ignores, where it is longer than the delay in force."""
    agent = crawler.settings.get("ROBOTSTXT_USER_AGENT") or crawler.settings.get("USER_AGENT") or "*"
    try:
        asked = robots.crawl_delay(agent)
    except (ValueError, NotImplementedError):
        return
    if asked is None or crawler.engine is None:
        return
    wanted, host, downloader = _slot(min(asked, MAX_CRAWL_DELAY)), slot_of(request.url), crawler.engine.downloader
    in_force = downloader.per_slot_settings.get(host, {}).get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY"))
    if wanted["delay"] <= in_force:
        return
    # Both places: idle slots are thrown away and made again from the settings.
    downloader.per_slot_settings[host] = wanted
    if host in downloader.slots:
        downloader.slots[host].delay, downloader.slots[host].jitter = wanted["delay"], wanted["jitter"]


def _slot(delay: float) -> dict[str, Any]:
    # Scrapy varies the pause both ways around `delay`; set so that the shortest pause is the one that was asked for.
    return {"concurrency": 1, "delay": delay / (1 - JITTER), "jitter": JITTER}
