"""Source health: from the history of runs to a state, and the breakages that a source may suffer, played."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_site import Site, article, crawl, feed, links, path_of, serving, source, table

from imbauan.health import SourceRun, health_of
from imbauan.rhythm import Rhythm

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)  # a Monday morning
OFFICE = [
    datetime(2026, 9, 28, tzinfo=UTC) + timedelta(days=day, hours=hour)
    for day in range(56)
    for hour in (2, 4, 6, 9)
    if (datetime(2026, 9, 28, tzinfo=UTC) + timedelta(days=day)).weekday() < 5
]


def runs(*given: SourceRun) -> list[SourceRun]:
    good = [good_run(n) for n in range(10)]
    return good + [
        SourceRun(**{**_fields(run), "started": f"2026-11-21T{n:02}:00:00+00:00"}) for n, run in enumerate(given)
    ]


def _fields(run: SourceRun) -> dict[str, object]:
    return {name: getattr(run, name) for name in SourceRun.__dataclass_fields__}


def good_run(number: int = 0) -> SourceRun:
    return SourceRun(
        f"2026-11-20T{number:02}:00:00+00:00", documents=1, documents_ok=1, links=20, found=4, asked=4, read=4, text=4,
        words=800, dated=4, relevant=3, stored=3,
    )  # fmt: skip


IDLE = SourceRun("", documents=1, documents_ok=1, links=20)
GONE = SourceRun("", documents=1, documents_failed=1, documents_gone=1, problem="feed: HTTP 404")
SILENT = SourceRun("", documents=1, documents_failed=1, problem="TimeoutError")
EMPTY = SourceRun("", documents=1, documents_failed=1, documents_empty=1, problem="no links")
REFUSED = SourceRun("", documents=1, documents_failed=1, blocked=1, problem="HTTP 403")
TEXTLESS = SourceRun("", documents=1, documents_ok=1, links=20, found=5, asked=5, read=5, text=0)
SHORT = SourceRun("", documents=1, documents_ok=1, links=20, found=5, asked=5, read=5, text=5, words=40, dated=5)
UNDATED = SourceRun("", documents=1, documents_ok=1, links=20, found=5, asked=5, read=5, text=5, words=1000)
VANISHED = SourceRun("", documents=1, documents_ok=1, links=20, asked=6, removed=6)


@pytest.mark.parametrize(
    ("past", "state"),
    [
        ([IDLE], "healthy"),
        ([GONE], "healthy"),
        ([GONE, GONE], "broken"),
        ([SILENT, SILENT], "healthy"),
        ([SILENT, SILENT, SILENT], "broken"),
        ([SILENT, IDLE, SILENT, IDLE, SILENT], "healthy"),
        ([EMPTY, EMPTY], "changed"),
        ([REFUSED, REFUSED], "blocked"),
        ([TEXTLESS], "changed"),
        ([SHORT], "changed"),
        ([UNDATED], "changed"),
        ([TEXTLESS, IDLE, IDLE], "changed"),
        ([TEXTLESS, good_run()], "healthy"),
        ([VANISHED, VANISHED], "broken"),
        ([GONE, GONE, IDLE], "healthy"),
    ],
)
def test_state_follows_from_the_last_runs(past: list[SourceRun], state: str) -> None:
    health = health_of(runs(*past), Rhythm([]), NOW)
    assert health.state == state
    assert health.message is None or ":" in health.message


def test_source_that_never_worked_is_new_and_then_broken() -> None:
    assert health_of([], Rhythm([]), NOW).state == "new"
    first = health_of([GONE], Rhythm([]), NOW)
    assert first.state == "new" and first.message is not None and "HTTP 404" in first.message
    assert health_of([GONE, GONE], Rhythm([]), NOW).state == "broken"


@given(st.lists(st.sampled_from([IDLE, GONE, SILENT, EMPTY, REFUSED, TEXTLESS, VANISHED, good_run()]), max_size=12))
def test_a_good_run_with_pages_always_makes_a_source_healthy_again(past: list[SourceRun]) -> None:
    assert health_of([*past, good_run()], Rhythm([]), NOW).state == "healthy"


def test_usual_weekend_is_no_silence_and_a_silent_week_is_one() -> None:
    rhythm = Rhythm(OFFICE)
    assert rhythm.silence(NOW) is None
    quiet = health_of(runs(IDLE), rhythm, NOW + timedelta(days=4))
    assert quiet.state == "quiet" and not quiet.needs_a_person
    assert quiet.message is not None and "days" in quiet.message


def test_chance_raises_no_alarm() -> None:
    chance = random.Random(4)
    for source_number in range(30):
        at, moments = datetime(2026, 9, 28, tzinfo=UTC), []
        while at < NOW:
            at += timedelta(hours=chance.expovariate(1 / (1 + source_number)))
            moments.append(at)
        end = moments.pop()
        assert Rhythm(moments).silence(end) is None or end - moments[-1] > timedelta(hours=6 * (1 + source_number))


def test_short_past_is_judged_by_its_longest_silence() -> None:
    few = [NOW - timedelta(days=9), NOW - timedelta(days=8), NOW - timedelta(days=7)]
    assert Rhythm(few).silence(NOW - timedelta(days=5)) is None
    assert Rhythm(few).silence(NOW) is not None
    assert Rhythm(few[:1]).silence(NOW) is None


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


def publish(site: Site, numbers: range, page: Callable[[int], str] = article) -> None:
    for number in numbers:
        site.put(path_of(number), page(number))
    paths = [path_of(number) for number in reversed(range(numbers.stop))]
    site.put("/rss", feed(site.base, paths[:10]), "application/rss+xml")
    site.put("/terkini", links(paths[:10]))


def no_feed(site: Site, turn: int) -> None:
    site.put("/rss", "", status=404)
    site.put("/terkini", "", status=404)


def new_layout(site: Site, turn: int) -> None:
    publish(site, range(10 + 4 * turn, 14 + 4 * turn), lambda number: "<html><body><div id=app></div></body></html>")


def new_listing(site: Site, turn: int) -> None:
    site.put("/rss", "<html><body>app</body></html>")
    site.put("/terkini", "<html><body><div id=app></div><a href=/tag/x>x</a></body></html>")


def challenge(site: Site, turn: int) -> None:
    for path in list(site.pages):
        site.put(
            path, "<html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h'></script></html>"
        )


def refusal(site: Site, turn: int) -> None:
    for path in list(site.pages):
        site.put(path, "no", status=403)


def gone(site: Site, turn: int) -> None:
    publish(site, range(10 + 4 * turn, 14 + 4 * turn))
    for number in range(40):
        site.pages.pop(path_of(number), None)


def silence(site: Site, turn: int) -> None:
    pass


@pytest.mark.parametrize(
    ("breakage", "entrance", "state"),
    [
        (no_feed, "feeds", "broken"),
        (no_feed, "listings", "broken"),
        (new_layout, "feeds", "changed"),
        (new_layout, "listings", "changed"),
        (new_listing, "listings", "changed"),
        (challenge, "feeds", "blocked"),
        (challenge, "listings", "blocked"),
        (refusal, "feeds", "blocked"),
        (gone, "feeds", "broken"),
        (gone, "listings", "broken"),
        (silence, "feeds", "healthy"),
        (silence, "listings", "healthy"),
    ],
)
async def test_breakage_ends_in_its_state_within_three_runs_and_is_reported_once(
    site: Site, tmp_path: Path, breakage: Callable[[Site, int], None], entrance: str, state: str
) -> None:
    db = tmp_path / "a.db"
    address = {"feeds": "/rss", "listings": "/terkini"}[entrance]
    entry = source(site, **{entrance: [site.base + address]})
    publish(site, range(6))
    await crawl(db, entry)
    publish(site, range(6, 10))
    await crawl(db, entry)
    reports = []
    for turn in range(4):
        breakage(site, turn)
        done = await crawl(db, entry)
        reports += [line for line in done.problems if line.startswith("a: ")]
        if turn == 2:
            assert table(db, "SELECT state FROM source_health") == [(state,)]
    assert len(reports) == (0 if state == "healthy" else 1)


async def test_source_that_works_again_says_so_once(site: Site, tmp_path: Path) -> None:
    db, entry = tmp_path / "a.db", source(site, feeds=[site.base + "/rss"])
    publish(site, range(6))
    await crawl(db, entry)
    no_feed(site, 0)
    await crawl(db, entry)
    await crawl(db, entry)
    publish(site, range(6, 8))
    done = await crawl(db, entry)
    assert done.notes == ["a: works again"]
    assert table(db, "SELECT state, message FROM source_health") == [("healthy", None)]
