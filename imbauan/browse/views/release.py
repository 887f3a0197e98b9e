"""One release: who carried it, when, and what each of them changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from imbauan.browse.compare import side_by_side
from imbauan.browse.views.rows import CARD, by_ids, query

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked

MOST = 200
"""Carriers that are listed."""


def view(asked: Asked) -> tuple[str, dict[str, Any]] | None:
    """The release with its first page and one carrier side by side (`?with=ID`, default the next one)."""
    ids = query(
        asked.connection,
        "SELECT id FROM advisories WHERE release = ? ORDER BY copy_of IS NOT NULL, published IS NULL, "
        "datetime(published), id LIMIT ?",
        (int(asked.parts["id"]), MOST),
    )
    if not ids:
        return None
    rows = by_ids(asked.connection, (row["id"] for row in ids), f"{CARD}, text")
    first = rows[0]
    wanted = asked.arguments.get("with") or ""
    other = next((row for row in rows[1:] if str(row["id"]) == wanted), rows[1] if len(rows) > 1 else None)
    _timeline(rows)
    return "release", {
        "rows": rows, "first": first, "other": other, "outlets": len({row["source"] for row in rows}),
        "pairs": side_by_side(_lines(first), _lines(other)) if other else [],
    }  # fmt: skip


def _lines(row: dict[str, Any]) -> list[str]:
    return row["text"].split("\n") if row["text"] else []


def _timeline(rows: list[dict[str, Any]]) -> None:
    """Give each row its hours after the first and its place (0 to 100) on the line of time."""
    start = _moment(rows[0]["published"])
    for row in rows:
        moment = _moment(row["published"])
        row["after"] = (moment - start).total_seconds() / 3600 if start and moment else None
    known = [row["after"] for row in rows if row["after"] is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    for row in rows:
        row["place"] = None if row["after"] is None else round(100 * (row["after"] - low) / span, 1) if span else 0.0


def _moment(published: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
