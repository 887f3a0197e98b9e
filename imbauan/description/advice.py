"""The advice itself, and where people are told to turn."""

from __future__ import annotations

import re
from functools import cache

from imbauan.patterns import PatternSet

from .kinds import SENTENCE_END, advice_points
from .rules import rules

MOST = 12
"""Sentences of advice that are kept of one article."""


def advice_sentences(paragraphs: list[str]) -> list[str]:
    """The sentences that tell people what to do or not to do, as published and in order."""
    found: dict[str, None] = {}
    for text in paragraphs:
        for sentence in SENTENCE_END.split(text):
            if sentence.strip() and advice_points(sentence):
                found[sentence.strip()] = None
    return list(found)[:MOST]


def channels_of(paragraphs: list[str]) -> list[str]:
    """Where to turn: `110`, numbers that the police give as their own, and sites; a private number is never one."""
    found: dict[str, None] = {}
    names, patterns = _patterns()
    for text in paragraphs:
        for number, pattern in patterns.likely(text):
            for match in pattern.finditer(text):
                place = match.group(1) if pattern.groups else match.group()
                found["110" if names[number] == "110" else place.strip(" .,;")] = None
    return list(found)


@cache
def _patterns() -> tuple[list[str], PatternSet]:
    channels = rules("channels")["channel"]
    patterns = PatternSet(re.compile(rule["pattern"], re.IGNORECASE) for rule in channels)
    return [rule["name"] for rule in channels], patterns
