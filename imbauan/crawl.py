"""One run over the sources of a catalogue: Scrapy does the fetching, the recorder the keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from imbauan.recorder import Recorder
from imbauan.sources import Source

STOPPED = {"shutdown": "interrupted", "finished": "finished"}


def crawl(
    recorder: Recorder,
    sources: list[Source],
    *,
    since: datetime | None = None,
    max_pages: int | None = None,
    settings: dict[str, Any] | None = None,
) -> str:
    """Crawl until every source is done; the run's status: `finished`, `failed` or `interrupted`.

    `since` leaves out what a feed or sitemap dates before it; `max_pages` limits the articles of each source.
    """  # fmt: skip
    from scrapy.settings import Settings

    from imbauan.download.stopping import StoppableProcess
    from spiders.site import SiteSpider

    chosen = Settings()
    # get_project_settings() in somebody else's project would load theirs.
    chosen.setmodule("imbauan.settings")
    chosen.setdict(settings or {}, priority="cmdline")
    recorder.sources(sources)
    process = StoppableProcess(chosen)
    crawler = process.create_crawler(SiteSpider)
    crawler.recorder = recorder  # type: ignore[attr-defined]
    recorder.on_fatal = lambda: _stop(crawler)
    process.crawl(
        crawler,
        entries=sources,
        since=since.isoformat() if since else None,
        max_pages=max_pages,
        on_outcome=recorder.outcome,
        known=recorder.known(),
    )
    process.start()
    if recorder.fatal is not None:
        raise recorder.fatal
    assert crawler.stats is not None
    stats = crawler.stats
    if not stats.get_value("response_received_count"):
        recorder.problems.append("no source answered: check the network and the addresses of the catalogue")
        recorder.counts["errors"] += 1
        return "failed"
    for problem in stats.get_value("site/problems", []):
        recorder.counts["errors"] += 1
        recorder.problems.append(
            "{source}: {url}: expected {expected}, got {got}: check its entry in the sources file".format(**problem)
        )
    raised = int(stats.get_value("log_count/CRITICAL", 0)) + sum(
        int(value) for name, value in stats.get_stats().items() if name.startswith("spider_exceptions/")
    )
    recorder.counts["errors"] += raised
    if raised:
        recorder.problems.append(f"{raised} callbacks raised: run again with --verbose to see where")
    return STOPPED.get(str(stats.get_value("finish_reason")), "failed")


def _stop(crawler: Any) -> None:
    """End the crawl at once, for nothing can be stored any more."""
    import asyncio

    from imbauan.download.stopping import give_up

    if crawler.engine is not None:
        # Held, for the loop itself keeps no tasks.
        crawler.ending = asyncio.ensure_future(crawler.engine.close_spider_async(reason="failed"))
        asyncio.get_running_loop().call_soon(give_up, crawler)
