"""`imbauan export`: every row, every character, in every format."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import ODD, add

from imbauan.cli.main import cli
from imbauan.database import open_dataset
from imbauan.exceptions import ImbauanError, UsageError
from imbauan.export.text_files import write_csv, write_jsonl
from imbauan.export.words import match_expression

HIDDEN = "Teks yang tidak boleh tampil."


def run(db: Path, *arguments: str) -> str:
    """Standard output of an export that succeeds."""
    result = CliRunner().invoke(cli, ["export", "--db", str(db), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes.decode("utf-8")


def rows(db: Path, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(db, "--format", "jsonl", *arguments).splitlines()]


def ids(db: Path, *arguments: str) -> list[int]:
    return [row["id"] for row in rows(db, *arguments)]


def stored(db: Path) -> list[tuple[Any, ...]]:
    """What SQLite itself says, without our code; the text of a link-only source blank."""
    connection = sqlite3.connect(db)
    found = connection.execute("SELECT * FROM advisories ORDER BY id").fetchall()
    connection.close()
    return [tuple("" if value == HIDDEN else value for value in row) for row in found]


def test_csv_reads_back_equal_with_the_csv_module(sample: Path) -> None:
    found = list(csv.reader(io.StringIO(run(sample), newline="")))
    assert found[1:] == [["" if value is None else str(value) for value in row] for row in stored(sample)]


def test_csv_tells_null_from_an_empty_text(sample: Path) -> None:
    import duckdb

    out = sample.with_name("x.csv")
    run(sample, "--out", str(out))
    read = duckdb.sql(
        f"SELECT author, published FROM read_csv('{out}', header=true, allow_quoted_nulls=false) ORDER BY id"
    ).fetchall()
    assert read[4] == ("", None)
    assert read[0][0] is None


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_duckdb_reads_every_character(sample: Path, form: str) -> None:
    import duckdb

    out = sample.with_name(f"x.{form}")
    run(sample, "--out", str(out))
    reader = {"csv": "read_csv", "parquet": "read_parquet", "jsonl": "read_json"}[form]
    options = ", header=true, allow_quoted_nulls=false" if form == "csv" else ""
    read = duckdb.sql(f"SELECT id, title, text FROM {reader}('{out}'{options}) ORDER BY id").fetchall()
    assert read == [(row[0], row[3], row[10]) for row in stored(sample)]


def test_pandas_reads_csv_and_parquet_alike(sample: Path) -> None:
    import pandas

    for form in ("csv", "parquet"):
        run(sample, "--out", str(sample.with_name(f"x.{form}")))
    table = pandas.read_parquet(sample.with_name("x.parquet"))
    lines = pandas.read_csv(sample.with_name("x.csv"))
    for name in ("id", "title", "url", "copied_share", "dropped"):
        assert table[name].tolist() == lines[name].tolist() == [row[list(table).index(name)] for row in stored(sample)]
    assert lines["text"].fillna("").tolist() == table["text"].tolist()


def test_workbook_holds_every_row_and_every_character(sample: Path) -> None:
    import openpyxl
    from openpyxl.utils.escape import unescape

    out = sample.with_name("x.xlsx")
    run(sample, "--out", str(out))
    book = openpyxl.load_workbook(out)
    found = [[cell.value for cell in row] for row in book["rows"].iter_rows(min_row=2)]
    expected = [list(row) for row in stored(sample)]
    assert [[unescape(value) if isinstance(value, str) else value for value in row] for row in found] == expected
    assert {cell.data_type for row in book["rows"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_what_no_cell_can_hold_stands_on_a_sheet_of_its_own(sample: Path) -> None:
    import openpyxl

    long = "panjang 😀 " * 9000
    dataset = open_dataset(sample, create=True)
    with dataset.writing() as connection:
        connection.execute("UPDATE advisories SET text = ? WHERE id = 7", (long,))
    dataset.close()
    out = sample.with_name("x.xlsx")
    result = CliRunner().invoke(cli, ["export", "--db", str(sample), "--out", str(out)], catch_exceptions=False)
    assert "1 texts are longer than a cell" in result.stderr
    book = openpyxl.load_workbook(out)
    first = book["rows"].cell(row=8, column=11).value
    rest = [row for row in book["long texts"].iter_rows(min_row=2, values_only=True)]
    assert {row[:3] for row in rest} == {("rows", 8, "text")}
    assert str(first) + "".join(str(row[4]) for row in rest) == long


def test_spreadsheet_cells_are_no_formulas_and_the_file_says_it_is_utf8(sample: Path) -> None:
    text = run(sample, "--spreadsheet")
    assert text.startswith("\ufeff")
    titles = [row["title"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]
    assert titles[4] == "'" + stored(sample)[4][3]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--source", "warta-meratus"], [3, 4]),
        (["--unit", "Polda Kalimantan Tengah", "--kind", "advisory"], [1, 2, 3]),
        (["--topic", "phishing"], [4]),
        (["--region", "ID-RI"], [6]),
        # 07:00 at +08:00 is 23:00 UTC of the day before: moments are compared, not texts.
        (["--since", "2026-11-03T23:30:00+00:00", "--topic", "fire"], []),
        (["--since", "2026-11-03T23:00:00+00:00", "--topic", "fire"], [3]),
        (["--until", "2026-11-03T03:00:00+00:00", "--topic", "fire"], [1]),
        (["--search", "undangan nomor"], [4]),
        (["--search", '"tak dikenal" -'], [4]),
        (["--search", 'a:b "'], []),
        # One row a release, also where the first carrier is not among those that match.
        (["--unique", "--topic", "fire"], [1]),
        (["--unique", "--source", "warta-meratus"], [3, 4]),
    ],
)
def test_filters(sample: Path, arguments: list[str], expected: list[int]) -> None:
    assert ids(sample, *arguments) == expected


def test_other_tables_are_filtered_through_their_advisories(sample: Path) -> None:
    assert ids(sample, "--table", "releases", "--source", "warta-meratus") == [1, 4]
    assert len(rows(sample, "--table", "dropped_paragraphs", "--topic", "fire")) == 4
    assert rows(sample, "--table", "dropped_paragraphs", "--topic", "phishing") == []
    assert [row["title"] for row in rows(sample, "--table", "revisions", "--unit", "Polda Kalimantan Selatan")] == [
        "Waspada tautan undangan"
    ]


def test_a_link_only_source_gives_no_text_in_any_table(sample: Path) -> None:
    dataset = open_dataset(sample, create=True)
    with dataset.writing() as connection:
        connection.execute("UPDATE sources SET rights = 'link-only' WHERE id IN ('humas-kalteng', 'warta-meratus')")
    dataset.close()
    assert [row["text"] for row in rows(sample) if row["id"] in (1, 3, 4, 6)] == [""] * 4
    assert {row["kept_text"] for row in rows(sample, "--table", "dropped_paragraphs") if row["kept_advisory"] == 1} == {
        ""
    }
    assert [row["text"] for row in rows(sample, "--table", "revisions")] == [""]
    assert ODD in {row["text"] for row in rows(sample)}


def test_a_bookmark_delivers_each_state_of_a_row_once(sample: Path) -> None:
    assert len(ids(sample, "--new-since-last", "weekly")) == 39
    assert ids(sample, "--new-since-last", "weekly") == []
    dataset = open_dataset(sample, create=True)
    with dataset.writing() as connection:
        connection.execute("UPDATE advisories SET text = text || ' Ralat.' WHERE id = 4")
        connection.execute("UPDATE advisories SET run = 1, fetched = '2026-11-21T00:00:00+00:00' WHERE id = 5")
        add(connection, id=40, source="warta-meratus")
    dataset.close()
    assert ids(sample, "--new-since-last", "weekly") == [4, 40]
    assert len(ids(sample, "--new-since-last", "another")) == 40


def test_a_bookmark_counts_per_row_so_that_a_wider_question_gets_the_rest(sample: Path) -> None:
    assert ids(sample, "--new-since-last", "n", "--topic", "phishing") == [4]
    assert 4 not in ids(sample, "--new-since-last", "n") and ids(sample, "--new-since-last", "n") == []


def test_a_bookmark_stays_where_the_file_was_not_written(sample: Path) -> None:
    with pytest.raises(UsageError):
        CliRunner().invoke(
            cli, ["export", "--db", str(sample), "--new-since-last", "n", "--out", "/nowhere/x.csv"],
            catch_exceptions=False,
        )  # fmt: skip
    folder = sample.with_name("taken.csv")
    folder.mkdir()
    (folder / "full").touch()
    with pytest.raises((ImbauanError, OSError)):
        from imbauan.export import Query, select
        from imbauan.export.files import Export

        dataset = open_dataset(sample, create=True)
        try:
            Export(dataset, select(dataset, Query()), "csv", bookmark="n").to_file(folder)
        finally:
            dataset.close()
    assert len(ids(sample, "--new-since-last", "n")) == 39


def test_the_codebook_names_the_file_by_its_hash(sample: Path) -> None:
    out = sample.with_name("x.csv")
    run(sample, "--out", str(out), "--topic", "fire", "--codebook")
    book = json.loads(sample.with_name("x.csv.codebook.json").read_text())
    assert book["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert book["rows"] == 3 and book["query"] == {"table": "advisories", "topic": "fire"}
    assert all(column["meaning"] for column in book["columns"])
    assert {column["name"]: column["filled"] for column in book["columns"]}["spokesperson"] == 1
    assert book["rights"]["ask"] == ["kabar-sebangau", "warta-meratus"]
    assert book["sha256"] in sample.with_name("x.csv.codebook.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--table", "nope"], "no table 'nope'"),
        (["--columns", "id,nope"], "no column 'nope'"),
        (["--table", "runs", "--region", "ID-KT"], "--region does not apply to table runs"),
        (["--search", '" - "'], "holds no word"),
        (["--codebook"], "name one with --out"),
        (["--format", "jsonl", "--spreadsheet"], "--spreadsheet is for csv and xlsx"),
        (["--table", "releases", "--unique"], "--unique works on advisories"),
    ],
)
def test_a_wrong_question_is_refused_in_one_line(sample: Path, arguments: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        CliRunner().invoke(cli, ["export", "--db", str(sample), *arguments], catch_exceptions=False)
    assert "\n" not in str(error.value)


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=200)
@given(st.lists(st.tuples(_texts, _texts), max_size=5), st.booleans())
def test_any_text_survives_csv(values: list[tuple[str, str]], spreadsheet: bool) -> None:
    stream = io.BytesIO()
    write_csv(stream, ["a", "b"], [values] if values else [], spreadsheet)
    read = list(csv.reader(io.StringIO(stream.getvalue().decode().removeprefix("\ufeff"), newline="")))[1:]
    if spreadsheet:
        read = [[cell.removeprefix("'") for cell in row] for row in read]
        values = [tuple(cell.removeprefix("'") for cell in row) for row in values]  # type: ignore[misc]
    assert [tuple(row) for row in read] == values


_heads = st.tuples(st.sampled_from(["", " ", "=", "\u200b=", "\uff1d", "\t", "-", "a", "é", "|", "'"]), _texts).map(
    "".join
)


@settings(max_examples=200)
@given(st.lists(_heads, min_size=1, max_size=5), st.booleans())
def test_texts_as_bytes_are_written_as_texts_are(values: list[str], spreadsheet: bool) -> None:
    as_text, as_bytes = io.BytesIO(), io.BytesIO()
    write_csv(as_text, ["a"], [[(value,) for value in values]], spreadsheet)
    write_csv(as_bytes, ["a"], [[(value.encode(),) for value in values]], spreadsheet)
    assert as_text.getvalue() == as_bytes.getvalue()


@given(st.lists(_texts, max_size=5))
def test_any_text_survives_json_lines(values: list[str]) -> None:
    stream = io.BytesIO()
    write_jsonl(stream, ["a"], [[(value,) for value in values]])
    assert [json.loads(line)["a"] for line in stream.getvalue().decode().splitlines()] == values


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_search_is_a_valid_expression(search: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    if expression := match_expression(search):
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall()
    connection.close()
