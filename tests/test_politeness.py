"""How sites are treated: their pace, their refusals, their robots.txt, and each other's troubles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from local_site import Document, Site, article, crawl, feed, outcomes, path_of, serving, source, table
from scrapy.http import Response

from spiders.backoff import retry_after


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        for number in range(4):
            opened.put(path_of(number), article(number))
        opened.put("/rss", feed(opened.base, [path_of(n) for n in range(4)]), "application/rss+xml")
        yield opened


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.mark.parametrize(("delay", "robots"), [(0.2, ""), (0.0, "User-agent: *\nCrawl-delay: 0.2\n")])
async def test_every_request_keeps_the_delay_of_the_source_or_of_its_robots(
    site: Site, db: Path, delay: float, robots: str
) -> None:
    site.put("/robots.txt", robots, "text/plain")
    await crawl(db, source(site, feeds=[site.base + "/rss"], delay=delay))
    moments = [one.at for one in site.asked if delay or one.path != "/robots.txt"]
    gaps = [after - before for before, after in pairwise(moments)]
    assert len(gaps) == (5 if delay else 4) and min(gaps) > 0.19
    assert max(gaps) - min(gaps) > 0.001  # not by the clock
    assert site.most_at_once == 1


async def test_busy_site_is_asked_again_when_it_said_and_not_before(site: Site, db: Path) -> None:
    busy = Document(b"", status=429, headers={"Retry-After": "1"})
    served = site.pages[path_of(0)]

    class Once(dict[str, Document]):
        def get(self, path: str, default: Document | None = None) -> Document | None:  # type: ignore[override]
            first = path == path_of(0) and path not in site.paths()
            return busy if first else super().get(path, default)

    site.pages = Once(site.pages)
    await crawl(db, source(site, feeds=[site.base + "/rss"]))
    refused, *after = [one for one in site.asked if one.at >= next(a.at for a in site.asked if a.status == 429)]
    assert after[0].at - refused.at >= 1.0
    assert set(outcomes(db, site.base).values()) == {"stored"} and served is not None


async def test_site_that_stays_busy_is_left_to_the_next_run(site: Site, db: Path) -> None:
    for number in range(4):
        site.put(path_of(number), "", status=503)
    entry = source(site, feeds=[site.base + "/rss"])
    done = await crawl(db, entry)
    # The one that was in line already when the third answer came is the last.
    assert 3 <= len(site.articles_asked()) <= 4 and done.status == "finished"
    assert set(outcomes(db, site.base).values()) == {"waiting"}
    site.put(path_of(1), "", status=503, Retry_After="86400")
    site.forget()
    for number in (0, 2, 3):
        site.put(path_of(number), article(number))
    await crawl(db, entry)
    assert site.articles_asked().count(path_of(1)) <= 1


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_robots_that_fails_means_stay_away_and_the_pages_wait(site: Site, db: Path, status: int) -> None:
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry, max_pages=1)
    site.put("/robots.txt", "", status=status)
    site.forget()
    done = await crawl(db, entry)
    assert site.paths() == [] and sorted(outcomes(db, site.base).values()) == [
        "stored",
        "waiting",
        "waiting",
        "waiting",
    ]
    assert done.status == "finished"
    site.pages.pop("/robots.txt")
    await crawl(db, entry)
    assert set(outcomes(db, site.base).values()) == {"stored"}


async def test_addresses_that_wait_for_robots_together_all_obey_it(site: Site, db: Path) -> None:
    entry = source(site, feeds=[site.base + "/rss"])
    site.put("/robots.txt", "User-agent: *\nDisallow: /berita/\n", "text/plain")
    await crawl(db, entry)
    await crawl(db, entry)
    assert site.articles_asked() == []
    assert set(outcomes(db, site.base).values()) == {"forbidden"}


async def test_only_the_beginning_of_an_endless_robots_is_read(site: Site, db: Path) -> None:
    site.put("/robots.txt", "User-agent: *\n" + "Allow: /x\n" * 60_000 + f"Disallow: {path_of(2)}\n", "text/plain")
    began = time.monotonic()
    await crawl(db, source(site, feeds=[site.base + "/rss"]))
    assert outcomes(db, site.base)[path_of(2)] == "stored"
    assert time.monotonic() - began < 60


async def test_dead_and_hanging_hosts_slow_no_other(site: Site, db: Path) -> None:
    with serving("127.0.0.2") as hanging:
        hanging.lock.acquire()  # its answers wait for it
        try:
            dead = source(site, id="dead", feeds=["http://127.0.0.3:9/rss"])
            silent = source(hanging, id="silent", feeds=[hanging.base + "/rss"])
            await crawl(db, silent, dead, source(site, feeds=[site.base + "/rss"]), settings={"DOWNLOAD_TIMEOUT": 2})
        finally:
            hanging.lock.release()
    assert table(db, "SELECT COUNT(*) FROM advisories") == [(4,)]
    moments = [one.at for one in site.asked]
    assert moments[-1] - moments[0] < 2
    assert {row[0] for row in table(db, "SELECT source FROM source_health WHERE message IS NOT NULL")} == {
        "dead",
        "silent",
    }


async def test_crawler_names_itself_and_sends_no_cookie_back(site: Site, db: Path) -> None:
    site.put("/rss", feed(site.base, [path_of(1)]), "application/rss+xml", Set_Cookie="a=b")
    await crawl(
        db, source(site, feeds=[site.base + "/rss"]), settings={"USER_AGENT": "Imbauan/x (redaksi@warta.example)"}
    )
    assert {one.headers["User-Agent"] for one in site.asked} == {"Imbauan/x (redaksi@warta.example)"}
    assert not any("Cookie" in one.headers for one in site.asked)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Tue, 24 Nov 2026 10:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    response = Response("http://a.example/", headers={"Retry-After": value})
    assert retry_after(response, datetime(2026, 11, 24, 10, 0, 0, tzinfo=UTC)) == seconds
