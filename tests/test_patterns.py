"""What RE2 is asked first never hides what `re` would find."""

from __future__ import annotations

import re

import pytest

from imbauan.description import describe
from imbauan.items import Article
from imbauan.patterns import Pattern, PatternSet

TEXTS = [
    "", "warga diminta waspada", "WARGA DIMINTA WASPADA", "tidak wajib pajak", "wajib lapor", "café di jalan énam",
    '"jangan dibuka," katanya', "no. 12: tautan (palsu)", "a" * 500, "waspada\u00a0selalu", "waspada\x1fselalu", "pukul ٣٤.٥",
]  # fmt: skip


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bwajib\b(?!\s+(?:pajak|lapor (?:dua|tiga)))", r"(?<!tidak )wajib", r"(?:^|[\"“])(?!adalah)\w+kan\b",
        r"[\w.@-]+ (?=\()", r"caf\w\b", r"\bén\w+", r"(?P<kata>waspada|[(](?!x))", r"diminta\W+\w+", r"(?!)", r"waspada\s+selalu", r"[\s,]selalu", r"\d\d", r"[\d.]{3}",
        r"x(?=a(?:b|c)*)|jangan(?<=gan)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_same_as_the_expression_alone(pattern: str, flags: int) -> None:
    ours, exact = Pattern(pattern, flags), re.compile(pattern, flags)
    for text in TEXTS:
        assert [match.span() for match in ours.finditer(text)] == [match.span() for match in exact.finditer(text)]
        assert bool(ours.search(text)) == bool(exact.search(text))
        assert ours.sub("-", text) == exact.sub("-", text)


def test_a_set_finds_what_each_of_its_patterns_finds() -> None:
    # One of them is long and has a gap, so it is asked by itself.
    long = r"\bwarga\b(?:\s+\w+){0,3}?\s+(?:" + "|".join(f"kata{n}" for n in range(90)) + r"|waspada)\b"
    exact = [
        re.compile(r"wajib(?! pajak)"),
        re.compile("waspada", re.IGNORECASE),
        re.compile(long),
        re.compile(r"jalan"),
    ]
    several = PatternSet(exact)
    for text in TEXTS:
        expected = [(n, found.span()) for n, pattern in enumerate(exact) if (found := pattern.search(text))]
        assert [(n, found.span()) for n, found in several.search(text)] == expected


def test_a_text_made_to_be_slow_is_described_in_a_moment() -> None:
    """A line of one rule's words, over and over, is where a pattern that tries again and again takes minutes."""
    line = "warga masyarakat diminta agar polisi polres kapolres " * 500
    assert describe(Article("https://contoh.id/1", line, [line])).kind in ("advisory", "police_news", "other")
