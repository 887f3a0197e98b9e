"""Finds what an article is about."""

from __future__ import annotations

from functools import cache

from .quick import Pattern
from .rules import rules

NEVER = "(?!)"


@cache
def _topics() -> list[tuple[str, int, Pattern]]:
    return [
        (topic["name"], topic["weight"], _any_word(topic["words"], topic.get("hints", [])))
        for topic in rules("topics")["topic"]
    ]


def _any_word(words: list[str], hints: list[str]) -> Pattern:
    """Words as they are, hints in a group: both in one pass."""
    return Pattern(rf"\b(?:{'|'.join(words)}|({'|'.join(hints) or NEVER}))\b")


def topics_of(title: str, paragraphs: list[str]) -> list[str]:
    """The topics that have enough points, most first; `other` alone where none has."""
    texts = (title.lower(), " ".join(paragraphs[:1]).lower(), " ".join(paragraphs[1:]).lower())
    limits = rules("topics")
    points = {name: _points(words, weight, limits["hint"], texts) for name, weight, words in _topics()}
    ranked = sorted(points, key=lambda name: -points[name])
    most = points[ranked[0]]
    if most < limits["least"]:
        alone = most >= limits["least_alone"] and most >= limits["lead"] * points[ranked[1]]
        return [ranked[0]] if alone else ["other"]
    return [name for name in ranked[: limits["most"]] if points[name] >= max(limits["least"], limits["share"] * most)]


def _points(words: Pattern, weight: float, hint: float, texts: tuple[str, str, str]) -> float:
    """Points of a topic: a hit counts three times in the title, twice in the lead and once in the body, so many of each and no more."""
    points = 0.0
    for text, (times, most) in zip(texts, ((3, 2), (2, 3), (1, 6)), strict=True):
        found = words.findall(text)
        hints = sum(map(bool, found))
        points += times * (weight * min(most, len(found) - hints) + hint * min(most, hints))
    return points
