"""An article that is divided over several pages is whole in the archive, and comes out of it whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from imbauan.archive.parts import Parts
from tests.datasets import dump, imbauan
from tests.local_site import SETTINGS, Site, article, crawl, feed, outcomes, path_of, serving, source, table

FURTHER = {
    2: "Kapolsek Baamang menutup jembatan gantung sampai air surut kembali, kata Iptu Damar kepada warga.",
    3: "Polres membuka dapur umum di halaman kantor bagi keluarga yang rumahnya terendam air.",
}
ARCHIVING = {
    **SETTINGS["DOWNLOADER_MIDDLEWARES"],  # type: ignore[dict-item]
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "imbauan.download.compression.DecompressMiddleware": 590,
    "imbauan.download.archiving.ArchiveMiddleware": 980,
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        pager = "".join(f"<a href='{path_of(1)}?page={number}'>{number}</a> " for number in FURTHER)
        site.put("/rss", feed(site.base, [path_of(1), path_of(2)]), "application/rss+xml")
        site.put(path_of(1), article(1, extra=f"<p>Halaman 1 {pager}</p>"))
        site.put(path_of(2), article(2))
        for number, line in FURTHER.items():
            site.put(
                f"{path_of(1)}?page={number}", f"<html><body><h1>x</h1><article><p>{line}</p></article></body></html>"
            )
        yield site


async def crawled(site: Site, db: Path) -> Path:
    await crawl(db, source(site, feeds=[site.base + "/rss"]), settings={"DOWNLOADER_MIDDLEWARES": ARCHIVING})
    return db


def texts(db: Path) -> dict[str, str]:
    return dict(table(db, "SELECT url, text FROM advisories"))


def kept(db: Path) -> dict[str, list[dict[str, Any]]]:
    """All but the validators of answers, which only a crawl needs."""
    return {name: rows for name, rows in dump(db).items() if name not in ("pages", "sources")}


async def test_rebuild_leaves_a_divided_article_whole(site: Site, tmp_path: Path) -> None:
    db = await crawled(site, tmp_path / "a.db")
    assert all(line in texts(db)[site.base + path_of(1)] for line in FURTHER.values())
    before = dump(db)
    told = json.loads(imbauan("rebuild", "--apply", "--json", "--db", db).stdout)
    assert not told["rows"] and not told["fields"] and dump(db) == before


async def test_archive_alone_gives_the_same_articles(site: Site, tmp_path: Path) -> None:
    db = await crawled(site, tmp_path / "a.db")
    before, ledger = kept(db), outcomes(db, site.base)
    db.unlink()
    imbauan("import", f"{db}.archive", "--db", db)
    assert kept(db) == before and outcomes(db, site.base) == ledger
    places = table(db, "SELECT archive FROM pages WHERE outcome = 'twin'")
    assert len(places) == 2 and all(place for (place,) in places)
    assert "nothing changes" in imbauan("rebuild", "--db", db).stdout
    imbauan("check", "--db", db)


async def test_copy_of_an_archive_in_another_dataset_is_whole_too(site: Site, tmp_path: Path) -> None:
    db = await crawled(site, tmp_path / "a.db")
    imbauan("import", f"{db}.archive", "--db", tmp_path / "b.db")
    shutil.rmtree(f"{db}.archive")
    assert kept(tmp_path / "b.db") == kept(db)
    assert "nothing changes" in imbauan("rebuild", "--db", tmp_path / "b.db").stdout


async def test_part_that_never_came_leaves_no_half_article(site: Site, tmp_path: Path) -> None:
    site.put(f"{path_of(1)}?page=3", "", status=500)
    db = await crawled(site, tmp_path / "a.db")
    assert outcomes(db, site.base)[path_of(1)] == "failed" and list(texts(db)) == [site.base + path_of(2)]
    assert "nothing changes" in imbauan("rebuild", "--apply", "--db", db).stdout
    db.unlink()
    imbauan("import", f"{db}.archive", "--db", db, code=1)
    ((outcome, reason),) = table(db, f"SELECT outcome, reason FROM pages WHERE url = '{site.base + path_of(1)}'")
    assert outcome == "quarantined" and reason == "half an article: 1 of 2 further parts came"


async def test_part_that_is_a_challenge_page_is_not_taken_for_text(site: Site, tmp_path: Path) -> None:
    wall = "<html><head><title>Just a moment...</title></head><body><p>Memeriksa peramban Anda.</p></body></html>"
    site.put(f"{path_of(1)}?page=3", wall)
    db = await crawled(site, tmp_path / "a.db")
    assert outcomes(db, site.base)[path_of(1)] == "failed"
    db.unlink()
    imbauan("import", f"{db}.archive", "--db", db, code=1)
    ((reason,),) = table(db, "SELECT reason FROM pages WHERE outcome = 'quarantined'")
    assert reason.startswith(f"its part {site.base}{path_of(1)}?page=3: challenge page")


async def test_parts_are_found_in_the_next_file_and_a_damaged_record_hides_no_other(site: Site, tmp_path: Path) -> None:
    db = await crawled(site, tmp_path / "a.db")
    (file,) = Path(f"{db}.archive").iterdir()
    with sqlite3.connect(db) as connection:
        places = sorted(int(place.rpartition(":")[2]) for (place,) in connection.execute("SELECT archive FROM pages"))
    connection.close()
    content = file.read_bytes()
    (tmp_path / "first.warc.gz").write_bytes(content[: places[-2]])
    (tmp_path / "second.warc.gz").write_bytes(b"\x1f\x8b\x08damaged" + content[places[-2] :])
    files = [tmp_path / "first.warc.gz", tmp_path / "second.warc.gz"]
    assert Parts(files).count == 2
    imbauan("import", *files, "--db", tmp_path / "b.db", code=1)
    assert texts(tmp_path / "b.db") == texts(db)
