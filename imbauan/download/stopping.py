"""A run that ends soon after it is told to, whatever the servers do."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler, CrawlerProcess
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from imbauan.download.handler import GuardedHandler
from imbauan.exceptions import RunStopped

CHECK_SECONDS = 1.0


class StoppableProcess(CrawlerProcess):
    """Scrapy's process, which alone would wait for the slowest server and for every request in line (177 s measured)."""

    def _signal_shutdown(self, signum: int, frame: Any) -> None:
        from twisted.internet import reactor

        super()._signal_shutdown(signum, frame)
        seconds = self.settings.getfloat("IMBAUAN_STOP_SECONDS")
        reactor.callFromThread(reactor.callLater, seconds, self._give_up)

    def _give_up(self) -> None:
        # Again and again: a request that waited for its robots.txt comes into line only when that is given up.
        for crawler in self.crawlers:
            LoopingCall(give_up, crawler).start(CHECK_SECONDS)


def give_up(crawler: Crawler) -> None:
    """End the requests and the reading that are under way; they fail with `RunStopped`, and the run goes on to its end."""
    engine = crawler.engine
    if engine is None or getattr(engine, "downloader", None) is None:
        return
    for slot in list(engine.downloader.slots.values()):
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(RunStopped()))  # type: ignore[no-untyped-call]
    for handler in list(engine.downloader.handlers._handlers.values()):
        if isinstance(handler, GuardedHandler):
            handler.stop()
    for close in getattr(crawler, "on_give_up", []):
        close()
