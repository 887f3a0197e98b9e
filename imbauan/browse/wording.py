"""Words, dates and numbers of the pages, in English or Indonesian."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "id")


@lru_cache(maxsize=1)
def labels() -> dict[str, list[str]]:
    """Every label: key to [English, Indonesian]."""
    return tomllib.loads(files("imbauan").joinpath("data", "labels.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def provinces() -> dict[str, tuple[str, int, int]]:
    """ISO code to name, column and row on the tile map."""
    found = tomllib.loads(files("imbauan").joinpath("data", "provinces.toml").read_text("utf-8"))["provinces"]
    return {code: (name, column, row) for code, name, column, row in found}


class Wording:
    """What a template calls to say something."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._place = LANGUAGES.index(self.language)

    def t(self, key: str, *values: Any) -> str:
        """A label, its blanks filled; the key itself where there is none."""
        found = (labels().get(f"{key}_one") if values == (1,) else None) or labels().get(key)
        text = found[self._place] if found else key
        return (
            text.format(*(self.n(value) if isinstance(value, int) else value for value in values)) if values else text
        )

    def n(self, number: int) -> str:
        """A number with its thousands divided as the language does."""
        return f"{number:,}" if self.language == "en" else f"{number:,}".replace(",", ".")

    def day(self, seconds: int | None) -> str:
        """A date in UTC."""
        return self.t("undated") if seconds is None else self._date(datetime.fromtimestamp(seconds, UTC))

    def moment(self, published: str | None) -> str:
        """A time as the outlet gave it, with its offset."""
        try:
            moment = datetime.fromisoformat(published or "")
        except ValueError:
            return published or self.t("undated")
        offset = moment.strftime("%z")
        return f"{self._date(moment)}, {moment:%H:%M}" + (f" {offset[:3]}:{offset[3:5]}" if offset else "")

    def name(self, field: str, value: str | None) -> str:
        """A facet's value as a reader knows it."""
        if value is None:
            return self.t("none")
        if field == "region":
            return provinces().get(value, (value,))[0]
        if field == "topic":
            return value.replace("-", " ")
        return self.t(value) if field in ("kind", "official") else value

    def _date(self, moment: datetime) -> str:
        return f"{moment.day} {self.t('months').split()[moment.month - 1]} {moment.year}"


wording: Callable[[str], Wording] = lru_cache(maxsize=2)(Wording)
