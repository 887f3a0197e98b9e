"""The spider against real servers on loopback: what it finds, and what it asks for again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from local_site import Site, article, change, crawl, feed, links, outcomes, path_of, serving, source, table

from imbauan.exceptions import UsageError
from spiders.site import SiteSpider

COUNT = 24


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def fill(site: Site, count: int = COUNT) -> list[str]:
    paths = [path_of(number) for number in range(count)]
    for number, path in enumerate(paths):
        site.put(path, article(number))
    for path in ("/tag/banjir", "/tentang-kami", "/pedoman-pemberitaan-media-siber", "/kategori/daerah"):
        site.put(path, "<h1>Halaman</h1><p>Polres mengimbau warga agar waspada.</p>")
    return paths


def put_listing(
    site: Site, paths: list[str], address: str = "/terkini?page={}", first: str = "", size: int = 6
) -> None:
    last = -(-len(paths) // size)
    for number in range(1, last + 1):
        foot = "<a href=/tag/banjir>t</a><a href=/pedoman-pemberitaan-media-siber>p</a>"
        foot += f"<a href='{address.format(number + 1)}'>Selanjutnya</a>" if number < last else ""
        page = first if first and number == 1 else address.format(number)
        site.put(page, links(paths[(number - 1) * size : number * size], foot))


def put_sitemap_only(site: Site) -> dict[str, list[str]]:
    paths = fill(site)
    half = len(paths) // 2
    names = ["/peta-1.xml", "/peta-2.xml", "/peta.xml"]
    index = "".join(f"<sitemap><loc>{site.base}{name}</loc></sitemap>" for name in names)
    site.put("/robots.txt", f"Sitemap: {site.base}/peta.xml", "text/plain")
    site.put("/peta.xml", f"<sitemapindex>{index}</sitemapindex>", "text/xml")
    for name, part in (("/peta-1.xml", paths[:half]), ("/peta-2.xml", [*paths[half:], "/tentang-kami", "/tag/banjir"])):
        entries = "".join(
            f"<url><loc>{site.base}{path}</loc><lastmod>2026-11-20T16:05:00+07:00</lastmod></url>" for path in part
        )
        site.put(name, f"<urlset>{entries}</urlset>", "text/xml")
    site.put("/", "<html><body>Selamat datang</body></html>")
    return {}


def put_feed_and_listing(site: Site) -> dict[str, list[str]]:
    paths = fill(site)
    site.put("/rss", feed(site.base, paths[:8]), "application/rss+xml")
    put_listing(site, paths)
    return {"feeds": [site.base + "/rss"], "listings": [site.base + "/terkini?page={page}"]}


def put_listing_only(site: Site) -> dict[str, list[str]]:
    put_listing(site, fill(site), "/arsip/{}", "/arsip")
    return {"listings": [site.base + "/arsip"]}


def put_homepage_only(site: Site) -> dict[str, list[str]]:
    paths = fill(site)
    menu = "<a href=/daerah>Daerah</a><a href=/hukum>Hukum</a><a href=/tentang-kami>Tentang</a>"
    site.put("/", links(paths[:4], menu))
    put_listing(site, paths[4:14], "/daerah?page={}", "/daerah")
    put_listing(site, paths[14:], "/hukum/page/{}", "/hukum")
    return {}


SHAPES = [put_sitemap_only, put_feed_and_listing, put_listing_only, put_homepage_only]


@pytest.mark.parametrize("put", SHAPES, ids=lambda put: put.__name__[4:])
async def test_every_article_is_stored_once_and_the_next_run_asks_for_none_again(site: Site, db: Path, put) -> None:  # type: ignore[no-untyped-def]
    entry = source(site, **put(site))
    first = await crawl(db, entry)
    assert (first.status, first.problems) == ("finished", [])
    stored = {url.removeprefix(site.base) for (url,) in table(db, "SELECT url FROM advisories")}
    assert stored == {path_of(number) for number in range(COUNT)}
    assert len(site.articles_asked()) == COUNT and site.most_at_once == 1
    site.forget()
    second = await crawl(db, entry)
    assert site.articles_asked() == [] and second.counts.get("advisories_new", 0) == 0
    assert second.problems == []


@pytest.mark.parametrize("put", SHAPES, ids=lambda put: put.__name__[4:])
async def test_run_that_is_limited_leaves_the_rest_waiting_and_the_next_run_fetches_it(
    site: Site, db: Path, put  # type: ignore[no-untyped-def]
) -> None:  # fmt: skip
    entry = source(site, **put(site))
    await crawl(db, entry, max_pages=5)
    assert len(site.articles_asked()) == 5
    await crawl(db, entry)
    assert len(site.articles_asked()) == COUNT == len(set(site.articles_asked()))
    assert set(outcomes(db, site.base).values()) == {"stored"}


async def test_new_articles_are_found_and_paging_stops_where_a_page_holds_nothing_new(site: Site, db: Path) -> None:
    entry = source(site, **put_listing_only(site))
    await crawl(db, entry)
    site.put(path_of(90), article(90))
    put_listing(site, [path_of(90), *(path_of(number) for number in range(COUNT))], "/arsip/{}", "/arsip")
    site.forget()
    await crawl(db, entry)
    assert sorted(site.paths()) == sorted(["/arsip", "/arsip/2", path_of(90)])


async def test_every_announced_address_has_one_row_with_its_outcome(site: Site, db: Path) -> None:
    base = site.base
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
    paths = ["/gone", "/denied", "/pdf", "/private/x", "/moved", "/away", "/busy", "/empty", "/short", "/hidden"]
    away = "<item><link>http://b.example/x</link></item></channel>"
    site.put("/rss", feed(base, paths).replace("</channel>", away), "application/rss+xml")
    site.put("/denied", "", status=403)
    site.put("/busy", "", status=503)
    site.put("/pdf", "%PDF", "application/pdf")
    site.put("/empty", "")
    site.put("/", "home")
    site.put("/moved", "", status=302, Location="/")
    site.put("/away", "", status=302, Location=base.replace("127.0.0.1", "localhost") + "/x")
    site.put("/x", "elsewhere")
    site.put("/short", "", status=302, Location=path_of(1))
    site.put(path_of(1), article(1))
    site.put("/hidden", "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>")
    await crawl(db, source(site, feeds=[base + "/rss"]))
    assert outcomes(db, base) == {
        "/gone": "removed",
        "/denied": "forbidden",
        "/pdf": "failed",
        "/private/x": "forbidden",
        "/moved": "removed",
        "/away": "off-site",
        "/busy": "waiting",
        "/empty": "failed",
        "/short": "twin",
        path_of(1): "stored",
        "/hidden": "quarantined",
        "https://b.example/x": "off-site",
    }
    reasons = dict(table(db, "SELECT url, reason FROM pages"))
    assert reasons[base + "/pdf"] == "not HTML (application/pdf)"
    assert "Cloudflare" in reasons[base + "/hidden"]


async def test_twins_of_one_article_are_asked_once_and_stored_once(site: Site, db: Path) -> None:
    path = path_of(1)
    site.put("/rss", feed(site.base, [path, f"/amp{path}", f"{path}?utm_source=x", "/?p=10001"]), "application/rss+xml")
    page = article(1).replace("<head>", f"<head><link rel=canonical href='{site.base}{path}'>")
    site.put(path, page)
    site.put("/?p=10001", page)
    await crawl(db, source(site, feeds=[site.base + "/rss"]))
    assert outcomes(db, site.base) == {path: "stored", "/?p=10001": "twin"}
    site.forget()
    await crawl(db, source(site, feeds=[site.base + "/rss"]))
    assert site.paths() == ["/rss"]


async def test_failed_page_is_tried_again_and_given_up_in_the_end(site: Site, db: Path) -> None:
    site.put("/rss", feed(site.base, [path_of(1), path_of(2)]), "application/rss+xml")
    site.put(path_of(1), "", status=500)
    site.put(path_of(2), "", status=500)
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(1), article(1))
    await crawl(db, entry)
    assert outcomes(db, site.base) == {path_of(1): "stored", path_of(2): "failed"}
    for _ in range(6):
        await crawl(db, entry)
        change(db, "UPDATE pages SET last_asked = '2026-01-01T00:00:00+00:00'")
    assert site.articles_asked().count(path_of(2)) == 5


CORRECTED = article(2, dead=3)


async def test_change_that_an_announcement_shows_is_read_and_the_earlier_state_kept(site: Site, db: Path) -> None:
    paths = fill(site, 12)
    site.put("/rss", feed(site.base, paths), "application/rss+xml")
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(2), CORRECTED)
    site.put(path_of(3), article(3).replace("agar waspada", "agar selalu waspada"))
    after = (
        feed(site.base, paths[:2] + paths[4:]).replace("</channel>", "")
        + feed(site.base, paths[2:4], "Sat, 21 Nov 2026 09:00:00 GMT").partition("</title>")[2]
    )
    site.put("/rss", after, "application/rss+xml")
    site.forget()
    done = await crawl(db, entry)
    assert sorted(site.articles_asked()) == [path_of(2), path_of(3)] and done.counts["advisories_updated"] == 2
    changes = dict(table(db, "SELECT url, change FROM revisions"))
    assert changes == {site.base + path_of(2): "substantive", site.base + path_of(3): "cosmetic"}
    assert "0 orang" in table(db, "SELECT text FROM revisions WHERE change = 'substantive'")[0][0]


async def test_feed_that_says_all_has_changed_each_time_is_not_believed(site: Site, db: Path) -> None:
    paths = fill(site, 12)
    entry = source(site, feeds=[site.base + "/rss"])
    for hour in ("08", "09"):
        site.put("/rss", feed(site.base, paths, f"Fri, 20 Nov 2026 {hour}:00:00 GMT"), "application/rss+xml")
        await crawl(db, entry)
    assert len(site.articles_asked()) == 12


async def test_recent_article_is_looked_at_again_after_an_hour_by_a_conditional_request(site: Site, db: Path) -> None:
    fill(site, 3)
    site.put("/rss", feed(site.base, [path_of(n) for n in range(3)]), "application/rss+xml")
    for number in (0, 1):
        site.pages[path_of(number)].validators = True
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(1), article(1, dead=7))
    site.forget()
    await crawl(db, entry)
    assert site.articles_asked() == []
    change(db, "UPDATE pages SET first_seen = datetime('now', '-2 hours'), last_fetched = datetime('now', '-2 hours')")
    done = await crawl(db, entry)
    statuses = {one.path: one.status for one in site.asked if one.path.startswith("/berita/")}
    assert statuses == {path_of(0): 304, path_of(1): 200, path_of(2): 200}
    assert (done.counts["pages_unchanged"], done.counts["advisories_updated"]) == (2, 1)
    assert outcomes(db, site.base) == {path_of(0): "unchanged", path_of(1): "stored", path_of(2): "unchanged"}
    site.forget()
    await crawl(db, entry)
    assert site.articles_asked() == []


async def test_repeated_etag_is_checked_by_the_hash_of_the_body(site: Site, db: Path) -> None:
    site.put("/rss", feed(site.base, [path_of(1)]), "application/rss+xml", ETag='"same"')
    site.put(path_of(1), article(1), ETag='"same"')
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(1), article(1, dead=4), ETag='"same"')
    site.put(path_of(2), article(2))
    site.put("/rss", feed(site.base, [path_of(1), path_of(2)]), "application/rss+xml", ETag='"same"')
    change(db, "UPDATE pages SET first_seen = datetime('now', '-2 hours'), last_fetched = datetime('now', '-2 hours')")
    done = await crawl(db, entry)
    assert (done.counts["advisories_new"], done.counts["advisories_updated"]) == (1, 1)
    assert table(db, "SELECT distrusted FROM announcements") == [(1,)]


async def test_unchanged_feed_is_answered_304(site: Site, db: Path) -> None:
    fill(site, 3)
    site.put("/rss", feed(site.base, [path_of(n) for n in range(3)]), "application/rss+xml")
    site.pages["/rss"].validators = True
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.forget()
    done = await crawl(db, entry)
    assert [one.status for one in site.asked if one.path == "/rss"] == [304] and done.problems == []


async def test_removed_article_is_marked_and_its_advisory_stays(site: Site, db: Path) -> None:
    fill(site, 1)
    site.put("/rss", feed(site.base, [path_of(0)]), "application/rss+xml")
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(0), "", status=410)
    change(db, "UPDATE pages SET first_seen = datetime('now', '-2 hours'), last_fetched = datetime('now', '-2 hours')")
    done = await crawl(db, entry)
    assert outcomes(db, site.base) == {path_of(0): "removed"}
    assert table(db, "SELECT COUNT(*) FROM advisories") == [(1,)] and done.problems == []
    site.forget()
    await crawl(db, entry)
    assert site.articles_asked() == []


async def test_page_that_fails_at_a_later_look_stays_stored(site: Site, db: Path) -> None:
    fill(site, 1)
    site.put("/rss", feed(site.base, [path_of(0)]), "application/rss+xml")
    entry = source(site, feeds=[site.base + "/rss"])
    await crawl(db, entry)
    site.put(path_of(0), "", status=500)
    change(db, "UPDATE pages SET first_seen = datetime('now', '-2 hours'), last_fetched = datetime('now', '-2 hours')")
    await crawl(db, entry)
    assert outcomes(db, site.base) == {path_of(0): "stored"}


async def test_article_in_several_parts_becomes_one(site: Site, db: Path) -> None:
    pager = f"<p>Halaman 1 <a href='{path_of(1)}?page=2'>2</a> <a href='{path_of(1)}?page=3'>3</a> Selanjutnya</p>"
    site.put("/rss", feed(site.base, [path_of(1)]), "application/rss+xml")
    site.put(path_of(1), article(1, extra=pager))
    for number, words in (
        (2, "menutup jembatan gantung sampai air surut kembali"),
        (3, "membuka dapur umum di halaman kantor"),
    ):
        body = f"<h1>Imbauan</h1><article><p>Kapolsek Baamang juga {words}, kata Iptu Damar kepada warga.</p></article>"
        site.put(f"{path_of(1)}?page={number}", f"<html><body>{body}</body></html>")
    await crawl(db, source(site, feeds=[site.base + "/rss"]))
    ((text, count),) = table(db, "SELECT text, (SELECT COUNT(*) FROM advisories) FROM advisories")
    assert count == 1 and "hanyut" in text and "jembatan gantung" in text and "dapur umum" in text
    assert outcomes(db, site.base)[f"{path_of(1)}?page=2"] == "twin"


async def test_old_announcements_wait_where_only_the_recent_are_wanted(site: Site, db: Path) -> None:
    fill(site, 4)
    site.put("/rss", feed(site.base, [path_of(0), path_of(1)]), "application/rss+xml")
    old = feed(site.base, [path_of(2), path_of(3)], "Mon, 02 Nov 2026 08:00:00 GMT")
    site.put("/old", old, "application/rss+xml")
    entry = source(site, feeds=[site.base + "/rss", site.base + "/old"])
    await crawl(db, entry, since="2026-11-10")
    assert sorted(site.articles_asked()) == [path_of(0), path_of(1)]
    assert outcomes(db, site.base)[path_of(2)] == "waiting"
    await crawl(db, entry)
    assert len(site.articles_asked()) == 4


async def test_back_fill_reads_a_known_listing_back_to_its_day_and_no_further(site: Site, db: Path) -> None:
    paths = fill(site)
    for number in range(COUNT):
        day = 20 - number // 2
        site.put(path_of(number), article(number).replace("2026-11-20T", f"2026-11-{day:02}T"))
    put_listing(site, paths, size=4)
    entry = source(site, listings=[site.base + "/terkini?page={page}"])
    await crawl(db, entry, max_pages=4)
    site.forget()
    await crawl(db, entry, since="2026-11-17")
    # Two articles a day, four a page: page 2 ends on the 17th, and page 3 is older throughout.
    assert [path for path in site.paths() if path.startswith("/terkini")] == [f"/terkini?page={n}" for n in (1, 2, 3)]


async def test_broken_announcements_are_problems_of_their_source(site: Site, db: Path) -> None:
    site.put("/rss", "<html><p>consent</p></html>")
    site.put("/terkini", "<a href=/tag/x>x</a>")
    entry = source(
        site, feeds=[site.base + "/rss", site.base + "/none"], listings=[site.base + "/terkini"], article=r"/berita/\d+"
    )
    done = await crawl(db, entry)
    assert len(done.problems) == 1 and "a: new:" in done.problems[0] and "feed" in done.problems[0]
    ((documents, failed, gone, empty),) = table(
        db, "SELECT documents, documents_failed, documents_gone, documents_empty FROM source_runs"
    )
    assert (documents, failed, gone, empty) == (3, 3, 2, 1)


@pytest.mark.parametrize(
    "wrong", [{"since": "yesterday"}, {"max_pages": "0"}, {"max_pages": "x"}, {"sources": "nobody"}]
)
def test_senseless_arguments_are_refused(wrong: dict[str, str]) -> None:
    entries = None if "sources" in wrong else []
    with pytest.raises(UsageError):
        SiteSpider(entries=entries, **wrong)  # type: ignore[arg-type]
