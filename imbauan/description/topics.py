"""Finds what an article is about."""

from __future__ import annotations

import re
from functools import cache

from imbauan.patterns import PatternSet

from .rules import rules

NEVER = "(?!)"


@cache
def _topics() -> tuple[list[tuple[str, int]], PatternSet]:
    """Name and weight of each topic, and their words."""
    topics = rules("topics")["topic"]
    words = PatternSet(_any_word(topic["words"], topic.get("hints", [])) for topic in topics)
    return [(topic["name"], topic["weight"]) for topic in topics], words


def _any_word(words: list[str], hints: list[str]) -> re.Pattern[str]:
    """Words as they are, hints in a group: both in one pass."""
    return re.compile(rf"\b(?:{'|'.join(words)}|({'|'.join(hints) or NEVER}))\b")


def topics_of(title: str, paragraphs: list[str]) -> list[str]:
    """The topics that have enough points, most first; `other` alone where none has."""
    texts = (title.lower(), " ".join(paragraphs[:1]).lower(), " ".join(paragraphs[1:]).lower())
    limits = rules("topics")
    points = _points(limits["hint"], texts)
    ranked = sorted(points, key=lambda name: -points[name])
    most = points[ranked[0]]
    if most < limits["least"]:
        alone = most >= limits["least_alone"] and most >= limits["lead"] * points[ranked[1]]
        return [ranked[0]] if alone else ["other"]
    return [name for name in ranked[: limits["most"]] if points[name] >= max(limits["least"], limits["share"] * most)]


def _points(hint: float, texts: tuple[str, str, str]) -> dict[str, float]:
    """Points of each topic: a hit counts three times in the title, twice in the lead and once in the body, so many of each and no more."""
    topics, words = _topics()
    points = {name: 0.0 for name, _ in topics}
    for text, (times, most) in zip(texts, ((3, 2), (2, 3), (1, 6)), strict=True):
        for number, pattern in words.likely(text):
            name, weight = topics[number]
            found = pattern.findall(text)
            hints = sum(map(bool, found))
            points[name] += times * (weight * min(most, len(found) - hints) + hint * min(most, hints))
    return points
