"""Search: matches marked, facets beside, every row to take away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from imbauan.browse.find import PAGE, Question, answer, periods, span
from imbauan.browse.highlight import excerpt, marked
from imbauan.browse.views.rows import CARD, by_ids, names

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked

SHOWN_AS = ("region", "unit", "topic", "source", "official", "kind")
"""The facets, in this order."""
SHOWN = 8
"""Values of a facet that are shown at once."""
MOST = 200
"""Values of a facet that are shown at all; the rest is found by words."""


def view(asked: Asked) -> tuple[str, dict[str, Any]]:
    """The rows of one page of a result, and its facets."""
    face, question = asked.state.face, Question.of(asked.arguments)
    rows, facets = answer(question, asked.state, asked.connection)
    ordered = face.newest(rows)
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(question.page, pages)
    shown = by_ids(asked.connection, face.ids[ordered[(page - 1) * PAGE : page * PAGE]], f"{CARD}, text")
    words = question.given.get("q", "")
    for row in shown:
        row["marked"] = marked(row["title"] or row["url"], words)
        row["excerpt"] = excerpt(row["text"] or "", words)
    return "search", {
        "periods": periods(question, datetime.now(UTC).date()), "span": None if len(ordered) else span(face),
        "question": question, "total": len(ordered), "rows": shown, "page": page, "pages": pages,
        "facets": [_facet(asked, question, name, facets[name]) for name in SHOWN_AS],
        "chosen": [(name, value, _value(asked, name, value), question.link(**{name: None}))
                   for name, value in question.given.items() if name != "q"],
    }  # fmt: skip


def _facet(asked: Asked, question: Question, name: str, rows: Any) -> dict[str, Any]:
    face = asked.state.face
    if name == "official":
        portals = int(face.official[rows].sum())
        counts: list[tuple[str | None, int]] = [("yes", portals), ("no", len(rows) - portals)]
    else:
        counts = face.counts(name, rows)[:MOST]
    outlets = names(asked.connection) if name == "source" else {}
    values = [
        {
            "value": value, "name": outlets.get(value) or asked.say.name(name, value), "count": count,
            "on": question.given.get(name) == value,
            "link": question.link(**{name: None if question.given.get(name) == value else value}),
        }
        for value, count in counts if value is not None and count
    ]  # fmt: skip
    return {"field": name, "values": values, "shown": SHOWN}


def _value(asked: Asked, name: str, value: str) -> str:
    return (names(asked.connection).get(value) or value) if name == "source" else asked.say.name(name, value)
