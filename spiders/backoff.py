"""A site that says it is busy is left alone: for as long as it asks, or longer each time, or until the next run."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from spiders.politeness import JITTER, slot_of
from spiders.robots import StayAway

BUSY = (429, 503)
FIRST_PAUSE = 5.0
"""Seconds after the first answer of that kind without a Retry-After; doubled with each."""
LONGEST_PAUSE = 300.0
"""Seconds that a run waits for a site; one that asks for more is left to the next run."""
TRIES = 3
"""Answers in a row, of that kind or none at all, after which a site is left to the next run."""


class BackOffMiddleware:
    """Pushes the host's next request back, and asks again for the page that was refused."""

    def __init__(self, crawler: Crawler, first_pause: float) -> None:
        self.crawler = crawler
        self.first_pause = first_pause
        self._busy: Counter[str] = Counter()
        self._dead: Counter[str] = Counter()
        self._pause: dict[str, float] = {}
        self._resting: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the length of the first pause."""
        made = cls(crawler, crawler.settings.getfloat("IMBAUAN_FIRST_PAUSE", FIRST_PAUSE))
        crawler.signals.connect(made.response_downloaded, signals.response_downloaded)
        return made

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Push the host's next request back, before the downloader looks for it."""
        host = slot_of(request.url)
        self._dead[host] = 0
        if response.status not in BUSY:
            self._busy[host] = 0
            return
        self._busy[host] += 1
        pause = retry_after(response, datetime.now(UTC))
        self._pause[host] = self.first_pause * 2 ** (self._busy[host] - 1) if pause is None else pause
        if self._pause[host] <= LONGEST_PAUSE:
            self._push_back(host, self._pause[host])

    def process_request(self, request: Request) -> None:
        """Keep one line per host, also where a redirect led to another; let a host at rest be."""
        host = slot_of(request.url)
        request.meta["download_slot"] = host
        if host in self._resting:
            raise StayAway(self._resting[host])

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask again after the pause, as long as there is hope in this run."""
        host = slot_of(request.url)
        if response.status not in BUSY:
            return response
        request.meta["dont_retry"] = True
        if self._pause.get(host, 0.0) > LONGEST_PAUSE or self._busy[host] >= TRIES:
            self._resting[host] = f"HTTP {response.status}: busy, left to the next run"
            return response
        return request.replace(dont_filter=True, priority=request.priority + 1)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count answers that never came; a host that is dead is not asked for each of its pages."""
        host = slot_of(request.url)
        if isinstance(exception, StayAway):
            return
        self._dead[host] += 1
        if self._dead[host] >= TRIES:
            self._resting[host] = f"{type(exception).__name__}: {TRIES} times no answer, left to the next run"

    def _push_back(self, host: str, pause: float) -> None:
        assert self.crawler.engine is not None
        slot: Slot | None = self.crawler.engine.downloader.slots.get(host)
        if slot is not None:
            # A slot without a delay never looks at the time of its last request.
            slot.delay = max(slot.delay, 0.001)
            slot.lastseen = monotonic() + pause - slot.delay * (1 - JITTER)


def retry_after(response: Response, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date; none where it is absent or senseless."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        asked = parsedate_to_datetime(value)
    except ValueError:
        return None
    asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    return max(0.0, (asked - now).total_seconds())
