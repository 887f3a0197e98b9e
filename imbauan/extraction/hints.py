"""Hints for reading pages, from `imbauan/data/extraction.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Hints:
    """XPaths of bodies and of boxes to remove, and (name, pattern) of lines that are no part of an article."""

    body: tuple[str, ...]
    remove: tuple[str, ...]
    residue: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def hints() -> Hints:
    """The hints, read once a process."""
    data = tomllib.loads(files("imbauan").joinpath("data/extraction.toml").read_text("utf-8"))
    residue = tuple((rule["name"], re.compile(rule["pattern"])) for rule in data["residue"])
    return Hints(tuple(data["body"]), tuple(data["remove"]), residue)
