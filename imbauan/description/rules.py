"""Rules of description, from the TOML files of `imbauan/data`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from .quick import Pattern


@cache
def rules(name: str) -> dict[str, Any]:
    """The tables of `imbauan/data/<name>.toml`, read once a process."""
    return tomllib.loads(files("imbauan").joinpath(f"data/{name}.toml").read_text("utf-8"))


def any_of(patterns: Iterable[str], flags: int = re.IGNORECASE) -> Pattern:
    """One pattern that finds any of the given ones, letter case ignored."""
    return Pattern("|".join(f"(?:{pattern})" for pattern in patterns), flags)


def residue(text: str) -> bool:
    """Whether a line is furniture by its words alone: a byline, a copyright line, an invitation to follow."""
    return any(pattern.search(text) for pattern in _residue())


@cache
def _residue() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule["pattern"]) for rule in rules("extraction")["residue"])
