"""What a reader does, in a real browser."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
PAGES = ["/", "/search?q=lahan", "/advisory/2", "/release/1", "/drops", "/questions", "/questions/verbatim"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def test_a_reader_searches_narrows_and_opens_an_advisory(watched: Any) -> None:
    page = watched.open("/")
    page.get_by_role("searchbox").fill("lahan")
    page.keyboard.press("Enter")
    assert page.get_by_role("status").inner_text() == "3 pages found"
    assert page.locator("mark").first.inner_text() == "lahan"
    page.get_by_role("link", name="Warta Meratus 1").click()
    assert page.get_by_role("status").inner_text() == "1 page found"
    page.locator("ol.cards h3 a").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Asap ganggu penerbangan")


def test_a_reader_opens_a_release_and_reads_the_difference(watched: Any) -> None:
    page = watched.open("/")
    page.get_by_role("link", name="Polda Kalteng imbau warga tidak membakar lahan").click()
    page.get_by_role("link", name="Compare: Kabar Sebangau").click()
    numbers = page.locator(".pairs .fact").all_inner_texts()
    assert numbers == ["14", "17"]


def test_dropped_paragraphs_unfold_in_place_with_their_reason(watched: Any) -> None:
    page = watched.open("/advisory/2")
    fold = page.locator("details", has_text="a link to another article")
    assert not page.get_by_text("Baca juga: Jadwal pasar").is_visible()
    fold.locator("summary").click()
    assert page.get_by_text("Baca juga: Jadwal pasar").is_visible()


@pytest.mark.parametrize("query", ["topic=traffic", "q=lahan", ""])
def test_a_downloaded_csv_holds_the_rows_of_all_pages_of_the_table(watched: Any, query: str, tmp_path: Path) -> None:
    page = watched.open(f"/search?{query}")
    page.get_by_text("Take away all").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    waiting.value.save_as(tmp_path / "x.csv")
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as stream:
        downloaded = sorted(int(row["id"]) for row in csv.DictReader(stream))
    shown: list[int] = []
    while True:
        shown += [int(item.get_attribute("data-id")) for item in page.locator("li[data-id]").all()]
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.click()
    assert sorted(shown) == downloaded != []


def test_the_language_stays_as_chosen(watched: Any) -> None:
    page = watched.open("/")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    page.get_by_role("link", name="Pertanyaan").click()
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.get_by_role("heading", level=1).inner_text() == "Pertanyaan"


def test_the_keyboard_alone_reaches_the_content_and_the_search(watched: Any) -> None:
    page = watched.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("api")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=api")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(watched: Any, path: str) -> None:
    page = watched.open(path)
    # Through the debugger's own world: our pages allow no script.
    page.evaluate(AXE)
    for scheme, size in (("light", DESK), ("dark", PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
        assert [(scheme, rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1]


def test_datasettes_sql_page_works_and_asks_no_other_host(watched: Any) -> None:
    page = watched.open("/dataset?sql=select+title+from+advisories+where+id+%3D+1")
    assert page.get_by_text("Polda Kalteng imbau warga tidak membakar lahan").is_visible()


def test_who_copied_is_answered_and_taken_away_on_a_phone(watched: Any, tmp_path: Path) -> None:
    watched.page.set_viewport_size(PHONE)
    page = watched.open("/questions/verbatim?unit=Polda+Kalimantan+Tengah")
    page.get_by_role("link", name="last month").click()
    assert "since=" in page.url and "unit=Polda" in page.url
    page.get_by_role("link", name="all times").click()
    table = [row.split("\t") for row in page.locator("#answer tbody tr").all_inner_texts()]
    assert len(table) > 2
    # A name is broken between words, not into syllables.
    assert page.locator("#answer td a").first.evaluate("link => link.getClientRects().length") <= 3
    with page.expect_download() as waiting:
        page.get_by_role("link", name="This table as CSV").click()
    waiting.value.save_as(tmp_path / "x.csv")
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as stream:
        assert [row[:3] for row in csv.reader(stream)][1:] == [row[:3] for row in table]


def test_a_query_of_the_sql_page_is_taken_away_whole(watched: Any, tmp_path: Path) -> None:
    page = watched.open("/dataset?sql=select+id%2C+title+from+advisories+order+by+title+desc")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    waiting.value.save_as(tmp_path / "x.csv")
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as stream:
        assert sorted(int(row["id"]) for row in csv.DictReader(stream)) == list(range(1, 40))
