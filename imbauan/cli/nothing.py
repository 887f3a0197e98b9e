"""Why an answer is empty: a name that the dataset does not hold, or a period before or after its pages."""

from __future__ import annotations

from difflib import get_close_matches

from imbauan.cli.output import safe
from imbauan.database import open_dataset

_NAMED = ("source", "region", "unit", "topic", "kind")
_SHOWN = 5


def why_nothing(db: str, filters: dict[str, str]) -> str:
    """One line: what was asked for and does not occur, what comes near, and from when to when pages reach."""
    dataset = open_dataset(db)
    try:
        for name in _NAMED:
            if name not in filters:
                continue
            sql = f"SELECT {name} FROM advisories WHERE {name} <> '' GROUP BY {name} ORDER BY COUNT(*) DESC"
            values = [row[0] for row in dataset.connection.execute(sql)]
            if filters[name] not in values:
                return f"no rows: no page has {name} {safe(filters[name])!r}; {_instead(filters[name], values)}"
        first, last = dataset.connection.execute("SELECT MIN(published), MAX(published) FROM advisories").fetchone()
        held = (
            f"the pages of {db} were published from {first[:10]} to {last[:10]}"
            if first
            else f"{db} holds no dated page"
        )
        return f"no rows: {held}: use fewer or wider filters"
    finally:
        dataset.close()


def _instead(asked: str, values: list[str]) -> str:
    folded = {value.casefold(): value for value in values}
    near = [folded[value] for value in get_close_matches(asked.casefold(), folded, _SHOWN, 0.6)]
    shown = ", ".join(safe(value) for value in near or values[:_SHOWN])
    return (f"near it: {shown}" if near else f"the most frequent: {shown}") if shown else "there are no pages at all"
