"""Each kind of site, from pages in its shape that we wrote: which addresses are asked for, and what is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_site import Site, article, crawl, feed, links, outcomes, serving, source, table

from imbauan.sources import Source
from spiders import reading
from spiders.antara import AntaraSpider
from spiders.humas import HumasSpider
from spiders.nextjs import NextJsSpider
from spiders.odoo import OdooSpider
from spiders.wordpress import WordPressSpider


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def put(site: Site, paths: list[str]) -> None:
    for number, path in enumerate(paths):
        site.put(path, article(number))


def entry(site: Site, kind: str, **fields: Any) -> Source:
    return source(site, kind=kind, **fields)


def stored(db: Path, site: Site) -> set[str]:
    return {url.removeprefix(site.base) for (url,) in table(db, "SELECT url FROM advisories")}


@pytest.mark.parametrize("form", ["?page={}", "/{}"], ids=["new theme", "old theme"])
async def test_antara_pages_its_latest_news_in_both_themes(site: Site, db: Path, form: str) -> None:
    paths = [f"/berita/{834000 + number}/imbauan-banjir-{number}" for number in range(12)]
    put(site, paths)
    site.put(
        "/rss/terkini.xml", feed(site.base, [f"{path}?utm_source=rss" for path in paths[:3]]), "application/rss+xml"
    )
    for path in paths[:3]:
        site.pages[f"{path}?utm_source=rss"] = site.pages[path]
    for number in (1, 2, 3):
        pager = "".join(f"<li><a href='/terkini{form.format(n)}'>{n}</a></li>" for n in (1, 2, 3) if n != number)
        page = "".join(
            f"<article class='simple-post'><h3><a href='{path}' title='x'>Judul</a></h3></article>"
            f"<a href='/amp{path}'>AMP</a>" for path in paths[4 * (number - 1) : 4 * number]
        )  # fmt: skip
        extra = "<a href=/tag/polda>#polda</a><a href=/foto/834999/banjir>foto</a><a href=/video/834998/x>video</a>"
        site.put(
            "/terkini" if number == 1 else "/terkini" + form.format(number),
            f"{page}{extra}<ul class=pagination>{pager}</ul>",
        )
    site.put("/kabar-daerah", links(paths[2:5]))
    await crawl(db, entry(site, "antara"), spider=AntaraSpider)
    assert stored(db, site) == set(paths) == set(outcomes(db, site.base))


async def test_antara_archive_is_searched_between_two_days_for_a_back_fill(site: Site, db: Path) -> None:
    paths = [f"/berita/{834000 + number}/imbauan-banjir-{number}" for number in range(4)]
    put(site, paths)
    site.put("/rss/terkini.xml", feed(site.base, paths[:1]), "application/rss+xml")

    class Search(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            match = re.fullmatch(r"/search/polda/2026-11-10/\d{4}-\d\d-\d\d/(\d)", path)
            return super().get(f"/result/{match[1]}" if match else path, default)

    site.put("/result/1", links(paths[1:3]))
    site.put("/result/2", links(paths[3:]))
    site.pages = Search(site.pages)
    done = await crawl(db, entry(site, "antara"), spider=AntaraSpider, since="2026-11-10")
    assert stored(db, site) == set(paths) and done.problems == []


def posts(site: Site, paths: list[str], changed: str = "2026-11-20T08:00:00") -> str:
    return json.dumps(
        [{"link": site.base + path, "modified_gmt": changed, "title": {"rendered": path}} for path in paths]
    )


async def test_wordpress_is_read_by_its_open_interface_and_by_nothing_else(
    site: Site, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PER_PAGE", 10)
    paths = [f"/2026/11/20/imbauan-{number}/" for number in range(14)]
    query = (
        "/wp-json/wp/v2/posts?per_page=100&orderby=modified&order=desc&_fields=link,date_gmt,modified_gmt,title&page="
    )
    put(site, paths)
    site.put(query + "1", posts(site, paths[:10]), "application/json")
    site.put(query + "2", posts(site, paths[10:]), "application/json")
    await crawl(db, entry(site, "wordpress"), spider=WordPressSpider)
    assert len(stored(db, site)) == 14 and not {"/feed/", "/wp-sitemap.xml", "/"}.intersection(site.paths())
    site.put(paths[7], article(7, dead=9))
    rest = paths[:7] + paths[8:10]
    changed = json.loads(posts(site, [paths[7]], "2026-11-22T08:00:00")) + json.loads(posts(site, rest))
    site.put(query + "1", json.dumps(changed), "application/json")
    site.forget()
    done = await crawl(db, entry(site, "wordpress"), spider=WordPressSpider)
    assert [path for path in site.paths() if "wp-json" not in path] == [paths[7]]
    assert done.counts["advisories_updated"] == 1


async def test_wordpress_with_a_closed_interface_is_read_by_feed_sitemap_and_pages(site: Site, db: Path) -> None:
    paths = [f"/imbauan-polres-soal-banjir-nomor-{number}/" for number in range(9)]
    put(site, paths)
    site.put("/feed/", feed(site.base, paths[:2]), "application/rss+xml")
    index = f"<sitemapindex><sitemap><loc>{site.base}/post-sitemap.xml</loc></sitemap><sitemap><loc>{site.base}/category-sitemap.xml</loc></sitemap></sitemapindex>"
    site.put("/sitemap_index.xml", index, "text/xml")
    entries = "".join(f"<url><loc>{site.base}{path}</loc></url>" for path in paths[:6])
    site.put("/post-sitemap.xml", f"<urlset>{entries}</urlset>", "text/xml")
    site.put("/category-sitemap.xml", f"<urlset><url><loc>{site.base}/category/a/</loc></url></urlset>", "text/xml")
    site.put("/", links(paths[:5], "<a class='next page-numbers' href=/page/2/>Next</a>"))
    site.put("/page/2/", links(paths[5:]))
    done = await crawl(db, entry(site, "wordpress"), spider=WordPressSpider)
    assert stored(db, site) == {path.rstrip("/") for path in paths} and done.problems == []
    assert "/category-sitemap.xml" not in site.paths()


async def test_odoo_blog_is_read_by_its_sitemap_and_its_pages(site: Site, db: Path) -> None:
    paths = [
        f"/blog/{name}-{n}/imbauan-banjir-{106000 + number}"
        for number, (name, n) in enumerate([("nasional", 3), ("hukum", 4)] * 4)
    ]
    put(site, paths)
    others = ["/blog/nasional-3", "/blog/hukum-4", "/blog/nasional-3/tag/polri-12", "/shop", "/contactus"]
    entries = "".join(f"<url><loc>{site.base}{path}</loc></url>" for path in [*others, *paths[:5]])
    site.put("/sitemap.xml", f"<urlset>{entries}</urlset>", "text/xml")
    site.put("/blog", links(paths[:4], "<ul class=pagination><a href=/blog/page/2>2</a></ul>"))
    site.put("/blog/page/2", links(paths[4:]))
    await crawl(db, entry(site, "odoo"), spider=OdooSpider)
    assert stored(db, site) == set(paths) == set(outcomes(db, site.base))


@pytest.mark.parametrize(("kind", "spider"), [("nextjs", NextJsSpider), ("humas", HumasSpider)])
async def test_lists_that_a_server_rendered_are_read_without_javascript(
    site: Site, db: Path, kind: str, spider: Any
) -> None:
    paths = [f"/news/detail/{2331400 + number}-imbauan-banjir" for number in range(6)]
    put(site, paths)
    site.put(
        "/news/all",
        links(paths[:4], "<a href='/news/all?page=2'>2</a><a href=/news/category/5-hukum>x</a><div id=__next></div>"),
    )
    site.put("/news/all?page=2", links(paths[4:]))
    await crawl(db, entry(site, kind), spider=spider)
    assert stored(db, site) == set(paths)


async def test_one_run_crawls_all_kinds_in_one_process(db: Path) -> None:
    with serving() as one, serving("127.0.0.2") as two:
        put(one, ["/berita/834000/x"])
        one.put("/rss/terkini.xml", feed(one.base, ["/berita/834000/x"]), "application/rss+xml")
        put(two, ["/blog/hukum-4/imbauan-106000"])
        two.put("/blog", links(["/blog/hukum-4/imbauan-106000"]))
        await crawl(db, source(one, id="one", kind="antara"), source(two, id="two", kind="odoo"))
    assert table(db, "SELECT source, COUNT(*) FROM advisories GROUP BY source") == [("one", 1), ("two", 1)]


def test_spider_by_name_takes_the_sources_of_its_kind(tmp_path: Path) -> None:
    entries = [("a", "antara"), ("b", "odoo"), ("c", "site")]
    text = "".join(
        f'[[source]]\nid = "{i}"\nname = "x"\nkind = "{k}"\nhomepage = "https://{i}.example/"\n' for i, k in entries
    )
    (tmp_path / "s.toml").write_text(text)
    assert list(AntaraSpider(catalogue=tmp_path / "s.toml").entries) == ["a"]
    assert list(OdooSpider(sources="a,b", catalogue=tmp_path / "s.toml").entries) == ["a", "b"]
