"""Hints for reading pages, from `imbauan/data/extraction.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Hints:
    """Names of bodies and of boxes to remove, and (name, pattern) of lines that are no part of an article."""

    body: dict[str, int]
    """Selector (`.class`, `#id`, `@itemprop`) to rank; the lowest rank is tried first."""
    remove: re.Pattern[str]
    """Found in the class names and the id of an element, each padded with spaces."""
    remove_tags: frozenset[str]
    residue: dict[str, re.Pattern[str]]
    """Lines dropped wherever they stand, by the name of their rule."""


@cache
def hints() -> Hints:
    """The hints, read once a process."""
    data = tomllib.loads(files("imbauan").joinpath("data/extraction.toml").read_text("utf-8"))
    words = "|".join(data["remove"]["names"])
    return Hints(
        body={name: rank for rank, names in enumerate(data["body"]) for name in names.split(", ")},
        remove=re.compile(rf" (?:{words})(?= )", re.IGNORECASE),
        remove_tags=frozenset(data["remove"]["tags"]),
        residue={rule["name"]: re.compile(rule["pattern"]) for rule in data["residue"]},
    )


@lru_cache(maxsize=2048)  # Each line is asked about when it is described and when it is deduplicated.
def residue_of(line: str) -> str | None:
    """The name of the rule by which a line is no part of an article, by its words alone."""
    return next((name for name, pattern in hints().residue.items() if pattern.search(line)), None)
