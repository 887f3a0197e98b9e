"""`imbauan ask`, and what is said where an answer is empty."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from imbauan.browse.find import Question, periods
from imbauan.browse.tables import TABLES
from imbauan.cli.main import cli
from imbauan.cli.questions import QUESTIONS

MONTH = ("--unit", "Polda Kalimantan Tengah", "--since", "2026-11", "--until", "2026-12")


def ask(sample: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["ask", *arguments, "--db", str(sample)], catch_exceptions=False)


def test_every_question_of_the_browser_can_be_asked(sample: Path) -> None:
    assert sorted(QUESTIONS) == sorted(TABLES)
    assert [line.split()[0] for line in ask(sample).stdout.splitlines()] == list(QUESTIONS)
    for name in QUESTIONS:
        assert ask(sample, name).exit_code == 0


def test_who_copied_a_unit_in_a_month_is_one_command(sample: Path) -> None:
    rows = {row["source"]: row for row in csv.DictReader(io.StringIO(ask(sample, "verbatim", *MONTH).stdout))}
    assert rows["Warta Meratus"]["copying_pages"] == "1" and rows["Humas Polda Kalteng"]["copying_pages"] == "0"
    as_json = json.loads(ask(sample, "verbatim", *MONTH, "--json").stdout)
    assert {row["source"]: str(row["mean_share"]) for row in as_json} == {
        source: row["mean_share"] for source, row in rows.items()
    }


def test_an_answer_is_a_workbook_where_its_name_says_so(sample: Path, tmp_path: Path) -> None:
    made = tmp_path / "x.xlsx"
    assert ask(sample, "verbatim", *MONTH, "--out", str(made)).exit_code == 0
    rows = list(openpyxl.load_workbook(made).active.values)  # type: ignore[union-attr]
    assert rows[0] == ("source", "count", "copying_pages", "mean_share") and len(rows) == 4


def test_the_week_by_province_can_be_that_of_advisories_alone(sample: Path) -> None:
    def total(*arguments: str) -> int:
        return sum(row["this_week"] for row in json.loads(ask(sample, "week", "--json", *arguments).stdout))

    assert total() == total("--kind", "advisory") + total("--kind", "police_news")


def test_a_name_that_does_not_occur_is_told_with_what_comes_near(sample: Path) -> None:
    told = ask(sample, "verbatim", "--unit", "polda kalimantan tengeh").stderr
    assert "no page has unit" in told and "Polda Kalimantan Tengah" in told
    export = ["export", "--unit", "Polda Kalimantan Tengh", "--db", str(sample)]
    assert "near it: Polda Kalimantan Tengah" in CliRunner().invoke(cli, export).stderr
    told = ask(sample, "verbatim", "--until", "1999-01").stderr
    assert "were published from 20" in told


def test_a_question_without_filters_says_so(sample: Path) -> None:
    result = CliRunner().invoke(cli, ["ask", "silent", "--search", "api", "--db", str(sample)])
    assert "--search" in str(result.exception) and result.exit_code != 0


def test_last_month_reaches_from_its_first_day_to_that_of_this_month() -> None:
    found = {label: link for label, link, _ in periods(Question({"unit": "x"}), date(2026, 1, 31))}
    assert found["last_month"] == "unit=x&since=2025-12-01&until=2026-01-01"
    assert found["this_month"] == "unit=x&since=2026-01-01&until=2026-02-01"
    assert found["all_times"] == "unit=x"
    chosen = periods(Question({"since": "2026-01-25", "until": "2026-02-01"}), date(2026, 1, 31))
    assert [label for label, _, on in chosen if on] == ["last_7_days"]
