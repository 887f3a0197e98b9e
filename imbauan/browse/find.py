"""Which advisories answer a question, and how they divide by facet."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import numpy as np

from imbauan.browse.cache import State
from imbauan.browse.face import FIELDS, UNDATED, Face, Rows
from imbauan.export.words import match_expression

PAGE = 20
FILTERS = ("q", *FIELDS, "official", "since", "until")


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asked for, from the address of the page."""

    given: dict[str, str] = field(default_factory=dict)
    """Filter to value; `q` are the words."""
    page: int = 1

    @classmethod
    def of(cls, arguments: Any) -> Question:
        """Read from the query string; what is no filter is ignored."""
        given = {name: value for name in FILTERS if (value := (arguments.get(name) or "").strip())}
        for name in ("since", "until"):
            if name in given and _moment(given[name]) is None:
                del given[name]
        page = arguments.get("page") or ""
        return cls(given, min(int(page), 100_000) if page.isdecimal() and len(page) < 7 and int(page) else 1)

    def link(self, **changes: str | None) -> str:
        """The query string with some filters changed; None takes one away, and a change goes back to page 1."""
        given = {**self.given, **changes}
        return urlencode({name: value for name, value in given.items() if value})

    def export(self, form: str) -> str:
        """The query string of a download of the same rows."""
        return urlencode({**self.given, "format": form})

    def filters(self) -> dict[str, str]:
        """The filters as the exporter names them, without the words."""
        return {name: value for name, value in self.given.items() if name != "q"}


def periods(question: Question, today: date) -> list[tuple[str, str, bool]]:
    """Periods that readers ask for most: label, query string, and whether it is the one chosen."""
    month = today.replace(day=1)
    following, last = (month + timedelta(days=31)).replace(day=1), (month - timedelta(days=1)).replace(day=1)
    spans = {
        "last_7_days": (today - timedelta(days=6), today + timedelta(days=1)), "this_month": (month, following),
        "last_month": (last, month), "all_times": (None, None),
    }  # fmt: skip
    found = []
    for label, span in spans.items():
        since, until = (day.isoformat() if day else None for day in span)
        on = (question.given.get("since"), question.given.get("until")) == (since, until)
        found.append((label, question.link(since=since, until=until), on))
    return found


def answer(question: Question, state: State, connection: sqlite3.Connection) -> tuple[Rows, dict[str, Rows]]:
    """The matching rows, and for each facet those that match all other filters."""
    face, words = state.face, question.given.get("q")
    masks = {
        name: mask for name in (*FIELDS, "official", "period") if (mask := _mask(question, face, name)) is not None
    }
    base = state.remember(f"words {words}", lambda: _base(words, face, connection).astype(np.int32))
    every = base[_all(masks, None, len(face))[base]] if masks else base
    # Without a filter of its own a facet counts the same rows as the result.
    facets = {
        name: base[_all(masks, name, len(face))[base]] if name in masks else every for name in (*FIELDS, "official")
    }
    return every, facets


def span(face: Face) -> tuple[int, int] | None:
    """The first and the last dated moment of the dataset; none where nothing is dated."""
    dated = face.moment[face.moment != UNDATED]
    return (int(dated.min()), int(dated.max())) if len(dated) else None


def _base(words: str | None, face: Face, connection: sqlite3.Connection) -> Rows:
    if not words:
        return np.arange(len(face), dtype=np.int64)
    expression = match_expression(words)
    if not expression:
        return np.arange(0, dtype=np.int64)
    cursor = connection.cursor()
    cursor.row_factory = None
    # One text of a million numbers is read in a third of the time of a million rows.
    cursor.execute("SELECT group_concat(rowid) FROM advisories_fts WHERE advisories_fts MATCH ?", (expression,))
    return face.places(np.fromstring(cursor.fetchone()[0] or "", np.int64, sep=","))


def _all(masks: dict[str, Any], leave_out: str | None, size: int) -> Any:
    found = np.ones(size, bool)
    for name, mask in masks.items():
        if name != leave_out:
            found &= mask
    return found


def _mask(question: Question, face: Face, name: str) -> Any:
    given = question.given
    if name == "period":
        since, until = _moment(given.get("since")), _moment(given.get("until"))
        if since is None and until is None:
            return None
        low = since if since is not None else UNDATED + 1
        return (face.moment >= low) & (face.moment < until if until is not None else True)
    if name not in given:
        return None
    if name == "official":
        return face.official == (given[name] == "yes")
    return face.codes[name] == face.code(name, given[name])


def _moment(value: str | None) -> int | None:
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
