"""What is exported reads back equal in LibreOffice (Debian: apt install libreoffice-calc-nogui)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from imbauan.cli.main import cli
from imbauan.database import open_dataset

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is missing: apt install libreoffice-calc-nogui")

CELLS = [
    'Kutip "ganda", koma', "baris satu\nbaris dua", "=1+1", '=HYPERLINK("http://x.example/")', "+62 811", "-5", "@SUM(A1)",
    "'kutip", "\u200bnol lebar\u200b", "😀 emoji 👮🏽", "\u202ebidi", "\tTab", "  spasi  ", "<b>tag</b> &amp;", "e\u0301", "\ufeffBOM",
]  # fmt: skip
LIKE_NUMBERS = ["007", "1e5", "2026-11-01", "TRUE", "1/2"]
"""Texts that a spreadsheet takes for something else unless it is told that a column is text."""
AS_TEXT, AS_GUESSED = "1/2/2/2", ""
COMMA, QUOTE, UTF_8 = 44, 34, 76


@pytest.fixture
def odd(sample: Path) -> Path:
    dataset = open_dataset(sample, create=True)
    with dataset.writing() as connection:
        for place, cell in enumerate([*CELLS, *LIKE_NUMBERS], 1):
            connection.execute("UPDATE advisories SET title = ? WHERE id = ?", (cell, place))
    dataset.close()
    return sample


def through_libreoffice(odd: Path, name: str, *options: str, columns: str | None = None) -> list[list[Any]]:
    """Export, let LibreOffice open it and save it as a workbook, and read that."""
    import openpyxl
    from openpyxl.utils.escape import unescape

    file = odd.with_name(name)
    arguments = ["export", "--db", str(odd), "--columns", "id,title", "--out", str(file), *options]
    assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    reads = f"Text - txt - csv (StarCalc):{COMMA},{QUOTE},{UTF_8},1,{columns},0,false,false"
    made = odd.with_name("made")
    command = [
        str(SOFFICE), "--headless", f"-env:UserInstallation={odd.with_name('profile').as_uri()}",
        *([] if columns is None else [f"--infilter={reads}"]),
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made), str(file),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(made / f"{file.stem}.xlsx").worksheets[0]
    return [
        [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row]
        for row in sheet.iter_rows(min_row=2)
    ]


def test_a_workbook_reads_back_equal(odd: Path) -> None:
    read = through_libreoffice(odd, "x.xlsx")
    assert [row[1] for row in read[: len(CELLS) + len(LIKE_NUMBERS)]] == [*CELLS, *LIKE_NUMBERS]
    assert [row[0] for row in read] == list(range(1, 40))


def test_a_plain_csv_reads_back_equal_where_columns_are_text(odd: Path) -> None:
    read = through_libreoffice(odd, "x.csv", columns=AS_TEXT)
    assert [row[1] for row in read[: len(CELLS) + len(LIKE_NUMBERS)]] == [*CELLS, *LIKE_NUMBERS]


def test_a_csv_for_spreadsheets_opens_without_a_formula(odd: Path) -> None:
    read = [row[1] for row in through_libreoffice(odd, "x.csv", "--spreadsheet", columns=AS_GUESSED)]
    # The apostrophe that keeps a cell from being a formula is all that is added.
    defused = {"=1+1", '=HYPERLINK("http://x.example/")', "+62 811", "-5", "@SUM(A1)", "\tTab"}
    assert read[: len(CELLS)] == [f"'{cell}" if cell in defused else cell for cell in CELLS]
