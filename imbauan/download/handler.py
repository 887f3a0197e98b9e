"""The download handler: Scrapy's own, with a limit on headers and an end to what is under way when the run ends."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from imbauan.exceptions import RunStopped


class HeaderFlood(Exception):
    """A server that sends headers without end: no other setting covers it, and 1.7 GB were measured."""


class GuardedHandler(HTTP11DownloadHandler):
    """HTTP and HTTPS for the crawler. The total deadline of a request is Scrapy's DOWNLOAD_TIMEOUT."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        limit = crawler.settings.getint("IMBAUAN_HEADERS_MAXSIZE")

        class Factory(_LenientHTTP11ClientFactory):
            def buildProtocol(self, addr: Any) -> _LimitedProtocol:
                return _LimitedProtocol(self._quiescentCallback, limit)

        self._pool._factory = Factory
        self._under_way: set[asyncio.Future[Response]] = set()
        self._stopped = False

    async def download_request(self, request: Request) -> Response:
        """Fetch; fails with `RunStopped` where the run ends first."""
        if self._stopped:
            raise RunStopped
        task = asyncio.ensure_future(super().download_request(request))
        self._under_way.add(task)
        try:
            return await task
        except (asyncio.CancelledError, DownloadCancelledError):
            if self._stopped:
                raise RunStopped from None
            raise
        finally:
            self._under_way.discard(task)

    def stop(self) -> None:
        """Give up what is under way, and take nothing new."""
        self._stopped = True
        for task in list(self._under_way):
            task.cancel()


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    def __init__(self, quiescent: Any, limit: int) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._limit, self._head = limit, 0

    def request(self, request: Any) -> Deferred[Any]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        # Interim answers (1xx) begin a new head each: they count together.
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > self._limit:
                flood = HeaderFlood(f"more than {self._limit} bytes of headers")
                transport: Any = self.transport
                transport.abortConnection()
                self._disconnectParser(Failure(flood))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
