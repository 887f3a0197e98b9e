"""Figures as geometry: the templates draw them as inline SVG, with a table beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from imbauan.browse.face import UNDATED, Face
from imbauan.browse.wording import provinces

WEEK = 7 * 86_400
MONDAY = 4 * 86_400
"""1970-01-01 was a Thursday; weeks begin on Monday."""
MOST_WEEKS, FEWEST_WEEKS = 52, 12
WIDTH, HEIGHT = 720, 160
"""The chart's own units; it grows with the page."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week."""

    start: int
    """Monday, seconds since 1970."""
    advisories: int
    others: int
    x: float
    width: float
    y: float
    height: float
    advisory_height: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One province of the map."""

    code: str
    name: str
    column: int
    row: int
    count: int
    shade: int
    """0 (none) to 4 (most)."""


def weeks(face: Face) -> list[Bar]:
    """The weeks up to the newest page, 52 at most."""
    latest = face.latest()
    if latest is None:
        return []
    last = (latest - MONDAY) // WEEK
    dated = face.moment != UNDATED
    first = (int(face.moment[dated].min()) - MONDAY) // WEEK
    shown_weeks = max(FEWEST_WEEKS, min(MOST_WEEKS, last - first + 1))
    week = (face.moment[dated] - MONDAY) // WEEK - (last - shown_weeks + 1)
    advisory = face.codes["kind"][dated] == face.code("kind", "advisory")
    shown = week >= 0
    every = np.bincount(week[shown], minlength=shown_weeks)
    advisories = np.bincount(week[shown & advisory], minlength=shown_weeks)
    most, step = max(int(every.max()), 1), WIDTH / shown_weeks
    bars = []
    for place in range(shown_weeks):
        height = HEIGHT * int(every[place]) / most
        bars.append(
            Bar(
                (place + last - shown_weeks + 1) * WEEK + MONDAY, int(advisories[place]), int(every[place] - advisories[place]),
                round(place * step + 1, 1), round(step - 2, 1), round(HEIGHT - height, 1), round(height, 1),
                round(HEIGHT * int(advisories[place]) / most, 1),
            )
        )  # fmt: skip
    return bars


def tiles(counts: list[tuple[str | None, int]]) -> list[Tile]:
    """Every province, shaded by its share of the largest count."""
    found = dict(counts)
    most = max((count for code, count in counts if code in provinces()), default=0)
    made = []
    for code, (name, column, row) in provinces().items():
        count = found.get(code, 0)
        shade = 0 if not count else min(4, 1 + int(4 * (count / most) ** 0.5 * 0.999))
        made.append(Tile(code, name, column, row, count, shade))
    return made


def shares(counts: list[tuple[Any, int]], width: int = 100) -> list[tuple[Any, int, float]]:
    """Each count with the length of its bar."""
    most = max((count for _, count in counts), default=1)
    return [(value, count, round(width * count / most, 1)) for value, count in counts]
