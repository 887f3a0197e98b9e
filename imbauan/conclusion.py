"""The end of a crawl: each source's health, what a person should hear of, and the run's status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imbauan.database.health import (
    health_state,
    now_utc,
    published_moments,
    save_health,
    save_source_run,
    source_history,
    source_run,
)
from imbauan.health import NEEDS_A_PERSON, Health, health_of
from imbauan.recorder import Recorder
from imbauan.rhythm import Rhythm
from imbauan.sources import Source

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STATUS = {"finished": "finished", "closespider_timeout": "finished", "shutdown": "interrupted"}


def conclude(recorder: Recorder, sources: list[Source], crawler: Crawler, reason: str) -> str:
    """Record the health of each source, report what is new of it; the run's status.

    `reason` is why the crawl ended, in Scrapy's words.
    """
    assert crawler.stats is not None
    stats = crawler.stats
    status = STATUS.get(reason, "failed")
    # A certificate that was refused is an answer, and no trouble of our network.
    refused = any("certificate" in trouble for troubles in recorder.troubles.values() for trouble in troubles)
    if not stats.get_value("response_received_count") and not refused and status == "finished":
        recorder.problems.append("no source answered: check the network and the addresses of the catalogue")
        recorder.counts["errors"] += 1
        status = "failed"
    else:
        for source in sources:
            _conclude_source(recorder, source, whole=reason == "finished")
    raised = int(stats.get_value("log_count/CRITICAL", 0)) + sum(
        int(value) for name, value in stats.get_stats().items() if name.startswith("spider_exceptions/")
    )
    recorder.counts["errors"] += raised
    if raised:
        recorder.problems.append(f"{raised} callbacks raised: run again with --verbose to see where")
    return status


def _conclude_source(recorder: Recorder, source: Source, whole: bool) -> None:
    counts, connection = recorder.by_source[source.id], recorder.dataset.connection
    if not whole and not counts["documents"]:
        return
    troubles = recorder.troubles[source.id]
    if counts["documents"] and not counts["documents_ok"] and not troubles:
        recorder.source_problem(source.id, source.homepage, "a feed, a sitemap or a list of articles", "none")
    started = connection.execute("SELECT started FROM runs WHERE id = ?", (recorder.run,)).fetchone()[0]
    counts["blocked"] += sum("robots.txt" in trouble and "orbidden" in trouble for trouble in troubles)
    row = source_run(counts, started, troubles[0][:300] if troubles else None)
    before = health_state(connection, source.id)
    moment = now_utc()
    history = [*source_history(connection, source.id), row]
    health = health_of(history, Rhythm(published_moments(connection, source.id, moment)), moment)
    with recorder.dataset.writing() as writing:
        save_source_run(writing, recorder.run, source.id, row)
        save_health(writing, source.id, health, started)
    _report(recorder, source, before, health)


def _report(recorder: Recorder, source: Source, before: str | None, health: Health) -> None:
    """Say once that a source needs a person, and of one that never worked, each time until that is its state."""
    is_news = health.state in NEEDS_A_PERSON and health.state != before
    if is_news or (health.state == "new" and health.message):
        recorder.counts["errors"] += 1
        recorder.problems.append(f"{source.id}: {health.state}: {health.message}")
    elif before in NEEDS_A_PERSON and health.state in ("healthy", "quiet"):
        recorder.notes.append(f"{source.id}: works again")
