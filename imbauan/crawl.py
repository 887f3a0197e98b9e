"""One run over the sources of a catalogue: Scrapy does the fetching, the recorder the keeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from imbauan.conclusion import conclude
from imbauan.recorder import MOMENT, Recorder
from imbauan.sources import Source


def crawl(
    recorder: Recorder,
    sources: list[Source],
    *,
    since: datetime | None = None,
    max_pages: int | None = None,
    max_minutes: float | None = None,
    settings: dict[str, Any] | None = None,
) -> str:
    """Crawl until every source is done; the run's status: `finished`, `failed` or `interrupted`.

    `since` leaves out what a feed or sitemap dates before it, and reads listings back to it; `max_pages` limits the
    articles of each source, `max_minutes` the whole run. What is left waits for the next run.
    """  # fmt: skip
    from scrapy.settings import Settings

    from imbauan.download.stopping import StoppableProcess
    from spiders.site import SiteSpider

    chosen = Settings()
    # get_project_settings() in somebody else's project would load theirs.
    chosen.setmodule("imbauan.settings")
    chosen.setdict(settings or {}, priority="cmdline")
    if max_minutes is not None:
        chosen.set("CLOSESPIDER_TIMEOUT", max_minutes * 60, priority="cmdline")
    recorder.sources(sources)
    process = StoppableProcess(chosen)
    crawler = process.create_crawler(SiteSpider)
    crawler.recorder = recorder  # type: ignore[attr-defined]
    recorder.on_fatal = lambda: _stop(crawler)
    began = since.astimezone(UTC).isoformat(timespec="seconds") if since else None
    recorder.gather(_in_a_moment)
    process.crawl(crawler, entries=sources, since=began, max_pages=max_pages)
    process.start()
    recorder.gather_no_more()
    if recorder.fatal is not None:
        raise recorder.fatal
    assert crawler.stats is not None
    return conclude(recorder, sources, crawler, str(crawler.stats.get_value("finish_reason")))


def _in_a_moment(commit: Callable[[], None]) -> None:
    from twisted.internet import reactor

    clock: Any = reactor
    clock.callLater(MOMENT, commit)


def _stop(crawler: Any) -> None:
    """End the crawl at once, for nothing can be stored any more."""
    import asyncio

    from imbauan.download.stopping import give_up

    if crawler.engine is not None:
        # Held, for the loop itself keeps no tasks.
        crawler.ending = asyncio.ensure_future(crawler.engine.close_spider_async(reason="failed"))
        asyncio.get_running_loop().call_soon(give_up, crawler)
