"""Finds what an article is about."""

from __future__ import annotations

import re
from functools import cache

from .rules import rules

NEVER = re.compile(r"(?!)")


@cache
def _topics() -> list[tuple[str, int, re.Pattern[str], re.Pattern[str]]]:
    return [
        (topic["name"], topic["weight"], _any_word(topic["words"]), _any_word(topic.get("hints", [])))
        for topic in rules("topics")["topic"]
    ]


def _any_word(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b") if words else NEVER


def topics_of(title: str, paragraphs: list[str]) -> list[str]:
    """The topics that have enough points, most first; `other` alone where none has."""
    texts = (title.lower(), " ".join(paragraphs[:1]).lower(), " ".join(paragraphs[1:]).lower())
    limits = rules("topics")
    points = {
        name: weight * _hits(words, texts) + limits["hint"] * _hits(hints, texts)
        for name, weight, words, hints in _topics()
    }
    ranked = sorted(points, key=lambda name: -points[name])
    most = points[ranked[0]]
    if most < limits["least"]:
        alone = most >= limits["least_alone"] and most >= limits["lead"] * points[ranked[1]]
        return [ranked[0]] if alone else ["other"]
    return [name for name in ranked[: limits["most"]] if points[name] >= max(limits["least"], limits["share"] * most)]


def _hits(words: re.Pattern[str], texts: tuple[str, str, str]) -> int:
    """How often words stand in title, lead and body: three times, twice and once, so much of each and no more."""
    title, lead, body = (len(words.findall(text)) for text in texts)
    return 3 * min(2, title) + 2 * min(3, lead) + min(6, body)
