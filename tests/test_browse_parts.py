"""Parts of the pages: comparing, highlighting, wording, reading order."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from imbauan.browse.compare import side_by_side
from imbauan.browse.highlight import excerpt, marked
from imbauan.browse.wording import labels, provinces, wording
from imbauan.layout import paragraphs

_lines = st.lists(st.text("ab c1.", min_size=1, max_size=12), max_size=6)


@given(_lines, _lines)
def test_both_texts_stand_whole_in_the_comparison(left: list[str], right: list[str]) -> None:
    pairs = side_by_side(left, right)
    assert ["".join(text for _, text in pair.left) for pair in pairs if pair.left] == left
    assert sorted("".join(text for _, text in pair.right) for pair in pairs if pair.right) == sorted(right)


def test_a_paragraph_that_moved_still_meets_its_counterpart() -> None:
    a, b = "Warga diminta segera melapor ke pos terdekat.", "Polisi menutup jalan raya karena banjir."
    assert [pair.same for pair in side_by_side([a, b], [b, a])] == [True, True]


def test_long_pages_are_compared_without_marks() -> None:
    many = [f"baris {number}" for number in range(500)]
    assert len(side_by_side(many, many)) == 500


@given(st.text(max_size=60), st.text(max_size=12))
def test_marking_changes_no_character(text: str, words: str) -> None:
    assert "".join(piece for _, piece in marked(text, words)) == text


def test_an_excerpt_shows_the_match_whole() -> None:
    text = "kata " * 200 + "sekstorsi mengancam " + "kata " * 200
    assert (True, "sekstorsi") in excerpt(text, "sekstorsi")


def test_every_label_has_both_languages_and_the_same_blanks() -> None:
    for key, texts in labels().items():
        assert len(texts) == 2 and all(texts), key
        assert texts[0].count("{}") == texts[1].count("{}"), key


def test_every_province_of_the_units_has_a_tile_of_its_own() -> None:
    units = tomllib.loads(files("imbauan").joinpath("data", "units.toml").read_text("utf-8"))
    assert {polda["region"] for polda in units["polda"]} <= set(provinces())
    assert len({place[1:] for place in provinces().values()}) == len(provinces())


def test_numbers_and_months_are_written_as_the_language_does() -> None:
    assert wording("en").n(12345) == "12,345" and wording("id").n(12345) == "12.345"
    assert wording("id").moment("2026-08-07T09:05:00+08:00") == "7 Agu 2026, 09:05 +08:00"
    assert wording("en").moment("gestern") == "gestern"


def test_paragraphs_stand_in_the_order_of_the_page() -> None:
    drops = [
        {"position": 1, "text": "Baca juga", "reason": "related-link"},
        {"position": 2, "text": "dua", "reason": "seen-before"},
    ]
    found = paragraphs("satu\ndua\ntiga", drops)
    assert [(entry["position"], entry["text"], entry["reason"]) for entry in found] == [
        (0, "satu", None), (1, "Baca juga", "related-link"), (2, "dua", "seen-before"), (3, "tiga", None),
    ]  # fmt: skip
