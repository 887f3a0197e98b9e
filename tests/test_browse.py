"""`imbauan browse` without a browser: what the pages say, and what they refuse."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from imbauan.browse.server import application
from imbauan.database import open_dataset

HIDDEN = "Teks yang tidak boleh tampil."
PAGES = [
    "/", "/search", "/search?q=lahan", "/advisory/2", "/advisory/5", "/release/1", "/drops", "/drops?reason=seen-before",
    "/questions", "/questions/week", "/questions/verbatim", "/questions/rising", "/questions/corrections",
    "/questions/silent",
]  # fmt: skip


@pytest.fixture
async def server(sample: Path) -> AsyncIterator[Any]:
    made = application(sample)
    await made.invoke_startup()
    yield made
    made.imbauan_states.close()
    for database in made.databases.values():
        database.close()
    made.executor.shutdown()


async def get(server: Any, path: str, **headers: str) -> Any:
    return await server.client.get(path, headers=headers)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "id"])
async def test_every_page_answers_in_both_languages_with_a_strict_policy(server: Any, path: str, language: str) -> None:
    answer = await get(server, path, cookie=f"lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    assert not re.search(r'<script|style="|\son\w+="|src="(?!/)', answer.text)
    assert HIDDEN not in answer.text


async def test_markup_in_a_page_is_text(server: Any) -> None:
    answer = await get(server, "/advisory/5")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "&lt;b&gt;tag&lt;/b&gt;" in answer.text


async def test_search_marks_the_words_and_counts_facets_without_their_own_filter(server: Any) -> None:
    answer = await get(server, "/search?q=undangan+LAHAN")
    assert "0 pages found" in answer.text
    answer = await get(server, "/search?q=lahan&source=warta-meratus")
    assert "1 page found" in answer.text and "<mark>lahan</mark>" in answer.text
    assert re.search(r"Kabar Sebangau</span> <span class=\"number\">1<", answer.text)


@pytest.mark.parametrize(
    "query", ['q="', "q=-", "q=NOT", "q=a:b*", "unit=x'--", "since=zz&until=1", "page=999999", "q=%00"]
)
async def test_no_question_breaks_the_search(server: Any, query: str) -> None:
    assert (await get(server, f"/search?{query}")).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=lahan",
        "topic=traffic&since=2026-10-10&until=2026-10-20",
        "official=yes",
        "official=no&region=ID-KT",
        'q="tak dikenal"',
    ],
)
async def test_a_download_holds_exactly_the_rows_that_the_search_counts(server: Any, query: str) -> None:
    page = await get(server, f"/search?{query}")
    file = await get(server, f"/download?{query}&format=csv")
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"), newline="")))
    found = re.search(r"([\d,]+) pages? found", page.text)
    assert found and int(found[1]) == len(rows) > 0
    assert HIDDEN not in file.text


async def test_who_copies_a_unit_in_a_month_is_one_page_and_one_csv(server: Any) -> None:
    query = "unit=Polda+Kalimantan+Tengah&since=2026-11-01&until=2026-12-01"
    answer = await get(server, f"/questions/verbatim.csv?{query}")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))}
    assert rows["Warta Meratus"] == ["1", "1", "100.0"]
    assert rows["Kabar Sebangau"] == ["1", "1", "72.0"]
    assert rows["Humas Polda Kalteng"] == ["1", "0", "0.0"]


async def test_the_release_page_marks_the_number_that_differs(server: Any) -> None:
    answer = await get(server, "/release/1?with=2")
    assert re.search(r'menyebut <b class="fact">14</b> laporan', answer.text)
    assert re.search(r'menyebut <b class="fact">17</b> laporan', answer.text)
    answer = await get(server, "/release/1?with=3")
    assert "not carried" in answer.text


async def test_what_is_written_meanwhile_is_shown(server: Any, sample: Path) -> None:
    assert "39" in (await get(server, "/search")).text
    dataset = open_dataset(sample, create=True)
    with dataset.writing() as connection:
        connection.execute(
            "INSERT INTO advisories (id, url, source, title, text) VALUES (99, 'https://x.example/', 'x', 'Baru', 'b')"
        )
    dataset.close()
    assert "40 pages found" in (await get(server, "/search")).text


async def test_the_dataset_can_not_be_written_from_a_page(server: Any) -> None:
    answer = await get(server, "/dataset?sql=delete+from+advisories")
    assert answer.status_code in (400, 403)
    assert "39 pages found" in (await get(server, "/search")).text


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


async def test_the_csv_of_a_query_holds_every_row(server: Any) -> None:
    server.max_returned_rows = 7
    sql = "with+n(i)+as+(select+1+union+all+select+i%2B1+from+n+where+i<2500)+select+i,+:word+as+w+from+n"
    answer = await get(server, f"/dataset.csv?sql={sql}&word==1")
    rows = read_csv(answer.text)
    assert [int(row["i"]) for row in rows] == list(range(1, 2501)) and rows[0]["w"] == "'=1"
    plain = await get(server, f"/dataset.csv?sql={sql}&word==1&_plain=1")
    assert plain.text.splitlines()[:2] == ["i,w", "1,=1"]
    assert (await get(server, "/dataset.csv?sql=select+x'00ff'+as+b,+:none+as+n&_plain=1")).text == 'b,n\n00ff,""\n'


@pytest.mark.parametrize(
    "sql", ["delete from advisories", "select nope", "attach database 'x' as y", "", "pragma user_version=3"]
)
async def test_a_query_that_is_none_is_refused_in_one_line(server: Any, sql: str) -> None:
    answer = await server.client.get("/dataset.csv", params={"sql": sql})
    assert answer.status_code == 400 and answer.text.startswith("imbauan: ") and "\n" not in answer.text


@pytest.mark.parametrize("asked", ["", "_sort_desc=region", "_stream=on&_sort=topic", "_next=5&_sort=region"])
async def test_the_csv_of_a_table_loses_and_repeats_no_row(server: Any, asked: str) -> None:
    server.page_size = server.max_returned_rows = 4
    rows = read_csv((await get(server, f"/dataset/advisories.csv?{asked}")).text)
    assert sorted(int(row["id"]) for row in rows) == list(range(1, 40))
    assert len(read_csv((await get(server, "/dataset/advisories.csv?_size=3")).text)) == 3


async def test_datasettes_pages_know_columns_facets_and_queries(server: Any) -> None:
    page = (await get(server, "/dataset")).text
    assert "most-carried" in page and "5 hidden tables" not in page and 'href="/dataset/texts"' not in page
    table = (await get(server, "/dataset/advisories")).text
    assert "when the outlet published it" in table and "facet-region" in table
    query = (
        "/dataset/outlets-that-copy.json?_shape=array&unit=Polda+Kalimantan+Tengah&since=2026-11-01&until=2026-12-01"
    )
    assert {row["source"]: row["copying"] for row in (await get(server, query)).json()} == {
        "warta-meratus": 1, "kabar-sebangau": 1, "humas-kalteng": 0,
    }  # fmt: skip
    rows = read_csv((await get(server, query.replace(".json", ".csv"))).text)
    assert {row["source"]: row["copying"] for row in rows}["warta-meratus"] == "1"


async def test_unknown_pages_are_not_found(server: Any) -> None:
    for path in ("/advisory/999", "/release/999", "/questions/nope", "/nope", "/questions/nope.csv"):
        assert (await get(server, path)).status_code == 404


async def test_another_host_name_is_refused(server: Any) -> None:
    answer = await get(server, "/", host="evil.example")
    assert answer.status_code == 421
