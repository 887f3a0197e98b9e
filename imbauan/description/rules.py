"""Rules of description, from the TOML files of `imbauan/data`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from imbauan.patterns import Pattern


@cache
def rules(name: str) -> dict[str, Any]:
    """The tables of `imbauan/data/<name>.toml`, read once a process."""
    return tomllib.loads(files("imbauan").joinpath(f"data/{name}.toml").read_text("utf-8"))


def any_of(patterns: Iterable[str], flags: int = re.IGNORECASE) -> Pattern:
    """One pattern that finds any of the given ones, letter case ignored."""
    return Pattern("|".join(f"(?:{pattern})" for pattern in patterns), flags)
