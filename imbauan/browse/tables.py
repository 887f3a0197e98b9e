"""The answers to the canned questions, each one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np

from imbauan.browse.face import UNDATED, Face, Rows
from imbauan.browse.find import Question, answer
from imbauan.browse.views.rows import names, query

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked

DAY = 86_400
UNITS = 300
COPIES = 0.5
"""Share of words that stood before from which on a page counts as a copy."""

Cell = tuple[str | None, Any]
"""(link or none, value)"""


@dataclass(slots=True)
class Table:
    """A question's answer."""

    columns: list[str]
    """Keys of the labels."""
    data: list[list[Cell]]
    until: int | None = None
    """The moment that 'now' stands for: the newest page."""
    given: dict[str, str] = field(default_factory=dict)
    pages: str | None = None
    """Query string of a search that shows the pages behind the table."""
    filtered: bool = False
    """Whether a reader may narrow it by unit and period."""
    kinds: bool = False
    """Whether a reader may narrow it to advisories proper."""
    units: list[str] = field(default_factory=list)
    """Units to choose from."""


def _windows(asked: Asked, name: str, days: int, columns: list[str]) -> Table:
    """Counts of a facet in the last days, and in as many before."""
    face, latest = asked.state.face, asked.state.face.latest()
    asking = Question.of(asked.arguments)
    # The period is the question's own.
    question = Question({key: value for key, value in asking.given.items() if key not in ("since", "until")})
    if latest is None:
        return Table(columns, [], given=question.given, kinds=True)
    rows, _ = answer(question, asked.state, asked.connection)
    now, then = (
        _between(face, rows, latest - days * DAY, latest + 1),
        _between(face, rows, latest - 2 * days * DAY, latest - days * DAY),
    )
    here, before = dict(face.counts(name, now)), dict(face.counts(name, then))
    data: list[list[Cell]] = []
    for value in here | before:
        link = "/search?" + question.link(**{name: value, "since": _iso(latest - days * DAY)}) if value else None
        new, old = here.get(value, 0), before.get(value, 0)
        data.append([(link, asked.say.name(name, value)), (None, new), (None, old), (None, new - old)])
    return Table(columns, data, latest, question.given, kinds=True)


def week(asked: Asked) -> Table:
    """This week by province."""
    table = _windows(asked, "region", 7, ["province", "this_week", "week_before", "difference"])
    table.data.sort(key=lambda row: (-row[1][1], -row[2][1], str(row[0][1])))
    return table


def rising(asked: Asked) -> Table:
    """Topics on the rise."""
    table = _windows(asked, "topic", 28, ["topic", "these_weeks", "weeks_before", "difference"])
    table.data.sort(key=lambda row: (-row[3][1], -row[1][1], str(row[0][1])))
    return table


def verbatim(asked: Asked) -> Table:
    """Who copies, of all units and times or of one unit in a period."""
    question = Question.of(asked.arguments)
    face = asked.state.face
    rows, _ = answer(question, asked.state, asked.connection)
    sources, shares = face.codes["source"][rows], face.share[rows]
    size = len(face.values["source"])
    pages = np.bincount(sources, minlength=size)
    copies = np.bincount(sources[shares >= COPIES], minlength=size)
    total = np.bincount(sources, weights=shares, minlength=size)
    outlets = names(asked.connection)
    data: list[list[Cell]] = []
    for code in np.argsort(-copies, kind="stable"):
        value = face.values["source"][code]
        if pages[code] and value:
            link = "/search?" + question.link(source=value)
            mean = round(100 * float(total[code]) / int(pages[code]), 1)
            data.append(
                [(link, outlets.get(value) or value), (None, int(pages[code])), (None, int(copies[code])), (None, mean)]
            )
    columns = ["source", "count", "copying_pages", "mean_share"]
    every = np.arange(len(face), dtype=np.int64)
    units = [unit for unit, _ in face.counts("unit", every)[:UNITS] if unit]
    return Table(columns, data, face.latest(), question.given, question.link(), True, True, units)


def corrections(asked: Asked) -> Table:
    """Pages that changed, the newest change first."""
    rows = query(
        asked.connection,
        "SELECT r.seen, r.change, r.title AS before, a.title, a.id, a.source FROM revisions r "
        "LEFT JOIN advisories a ON a.url = r.url ORDER BY r.seen DESC, r.id DESC LIMIT 500",
    )
    outlets = names(asked.connection)
    data: list[list[Cell]] = [
        [
            (None, row["seen"]), (None, outlets.get(row["source"]) or row["source"] or ""),
            (f"/advisory/{row['id']}" if row["id"] else None, row["title"] or row["before"]),
            (None, row["before"] if row["before"] != row["title"] else ""), (None, asked.say.t(row["change"] or "")),
        ]
        for row in rows
    ]  # fmt: skip
    return Table(["seen", "source", "page", "before", "change"], data, asked.state.face.latest())


def silent(asked: Asked) -> Table:
    """Sources by how long they have been still, measured in their own usual pause."""
    face, latest = asked.state.face, asked.state.face.latest()
    columns = ["source", "last_page", "days_silent", "usual_pause"]
    if latest is None:
        return Table(columns, [])
    outlets = names(asked.connection)
    found: list[tuple[float, list[Cell]]] = []
    dated = np.flatnonzero(face.moment != UNDATED)
    order = dated[np.lexsort((face.moment[dated], face.codes["source"][dated]))]
    codes = face.codes["source"][order]
    for code in np.unique(codes):
        value = face.values["source"][code]
        moments = face.moment[order[np.searchsorted(codes, code) : np.searchsorted(codes, code, "right")]]
        pause = float(np.median(np.diff(moments))) / DAY if len(moments) > 2 else None
        days = (latest - int(moments[-1])) / DAY
        row: list[Cell] = [
            ("/search?" + urlencode({"source": value or ""}), outlets.get(value or "") or value or ""),
            (None, asked.say.day(int(moments[-1]))), (None, round(days, 1)), (None, None if pause is None else round(pause, 1)),
        ]  # fmt: skip
        found.append((days / max(pause or 1.0, 0.2), row))
    found.sort(key=lambda entry: -entry[0])
    return Table(columns, [row for _, row in found], latest)


def _between(face: Face, rows: Rows, low: int, high: int) -> Rows:
    moments = face.moment[rows]
    found: Rows = rows[(moments >= low) & (moments < high)]
    return found


def _iso(seconds: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


TABLES: dict[str, Callable[[Asked], Table]] = {
    "week": week, "verbatim": verbatim, "rising": rising, "corrections": corrections, "silent": silent,
}  # fmt: skip
