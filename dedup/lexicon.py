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
    synonym_groups: dict[str, frozenset[int]]
    """Word to all its groups."""
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
    """First word of a phrase to the phrases it begins, longest first, and the words that each stands for."""
    light: frozenset[str]
    """Words that say next to nothing by themselves."""
    titles: frozenset[str]
    deeds: frozenset[str]
    """Roots of which one form tells what befell somebody and another what somebody did: terbakar, dibakar."""
    common: frozenset[str]
    """Ordinary words, which are no names when written with a capital."""


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    data: dict[str, Any] = tomllib.loads(files("dedup").joinpath("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        function=_words(data["function_words"]),
        reporting=_words(data["reporting"]),
        negations=_words(data["negations"]),
        opposites=_groups(data["opposites"]["pairs"]),
        numbers={word: float(value) for word, value in data["numbers"].items()},
        multipliers={word: float(value) for word, value in data["multipliers"].items()},
        vague=_words(data["vague_numbers"]),
        measures=_spellings(data["measures"]),
        weekdays=_spellings(data["weekdays"]),
        months=_spellings(data["months"]),
        day_parts=_words(data["day_parts"]),
        same={word: tuple(meaning.split()) for word, meaning in data["same"].items()},
        synonyms={word: group[0] for group in reversed(data["synonyms"]["groups"]) for word in group},
        synonym_groups=_groups(data["synonyms"]["groups"]),
        phrases=_phrases(data["phrases"]["groups"]),
        light=_words(data["light"]),
        titles=_words(data["titles"]),
        deeds=_words(data["deeds"]),
        common=_words(data["common"]),
    )


def _words(table: dict[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(table["words"])


def _spellings(table: dict[str, Iterable[str]]) -> dict[str, str]:
    return {spelling: form for form, spellings in table.items() if form != "words" for spelling in (form, *spellings)}


def _groups(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    """Word to the numbers of the groups in which it stands."""
    result: dict[str, set[int]] = {}
    for number, members in enumerate(groups):
        for word in members:
            result.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in result.items()}


def _phrases(groups: Iterable[list[str]]) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    result: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for meaning, *phrases in groups:
        for phrase in phrases:
            words = tuple(phrase.split())
            result.setdefault(words[0], []).append((words, tuple(meaning.split())))
    for found in result.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return result
