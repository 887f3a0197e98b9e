"""Indonesian words by what they do in a police release, from `dedup/lexicon.toml`: data, not code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of the file, made ready for look-ups by one lower-case word."""

    function: frozenset[str]
    """Words that carry no fact."""
    reporting: frozenset[str]
    """Verbs of saying."""
    negations: frozenset[str]
    opposites: dict[str, frozenset[int]]
    """Word to the groups in which swapping it for another member changes the fact."""
    numbers: dict[str, float]
    multipliers: dict[str, float]
    vague: frozenset[str]
    measures: dict[str, str]
    weekdays: dict[str, str]
    months: dict[str, str]
    day_parts: frozenset[str]
    same: dict[str, tuple[str, ...]]
    """Abbreviation or spelling to the words it stands for."""
    synonyms: dict[str, str]
    """Word to the first member of its group."""
    titles: frozenset[str]
    common: frozenset[str]
    """Ordinary words, which are no names when written with a capital."""


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    data: dict[str, Any] = tomllib.loads(files("dedup").joinpath("lexicon.toml").read_text("utf-8"))
    opposites: dict[str, set[int]] = {}
    for group, members in enumerate(data["opposites"]["pairs"]):
        for word in members:
            opposites.setdefault(word, set()).add(group)
    return Lexicon(
        function=_words(data["function_words"]),
        reporting=_words(data["reporting"]),
        negations=_words(data["negations"]),
        opposites={word: frozenset(groups) for word, groups in opposites.items()},
        numbers={word: float(value) for word, value in data["numbers"].items()},
        multipliers={word: float(value) for word, value in data["multipliers"].items()},
        vague=_words(data["vague_numbers"]),
        measures=_spellings(data["measures"]),
        weekdays=_spellings(data["weekdays"]),
        months=_spellings(data["months"]),
        day_parts=_words(data["day_parts"]),
        same={word: tuple(meaning.split()) for word, meaning in data["same"].items()},
        synonyms={word: group[0] for group in reversed(data["synonyms"]["groups"]) for word in group},
        titles=_words(data["titles"]),
        common=_words(data["common"]),
    )


def _words(table: dict[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(table["words"])


def _spellings(table: dict[str, Iterable[str]]) -> dict[str, str]:
    return {spelling: form for form, spellings in table.items() if form != "words" for spelling in (form, *spellings)}
