"""The first page: what the dataset holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from imbauan.browse import charts
from imbauan.browse.face import UNDATED
from imbauan.browse.views.rows import by_ids, has_table, names, query

if TYPE_CHECKING:
    from imbauan.browse.cache import State
    from imbauan.browse.routes import Asked

NEWEST, TOPICS = 8, 12


def view(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Counts, charts, the newest releases and the sources that need a look."""
    return "front", {
        **asked.state.remember("front", lambda: _figures(asked.state)),
        "newest": _newest(asked),
        "health": _health(asked),
    }


def _figures(state: State) -> dict[str, Any]:
    face = state.face
    every = np.arange(len(face), dtype=np.int64)
    dated = face.moment[face.moment != UNDATED]
    regions = face.counts("region", every)
    return {
        "pages": len(face),
        "releases": len(np.unique(face.release)),
        "sources": len(face.counts("source", every)),
        "dropped": sum(count for _, count in state.reasons),
        "earliest": int(dated.min()) if len(dated) else None,
        "latest": face.latest(),
        "weeks": charts.weeks(face),
        "chart": (charts.WIDTH, charts.HEIGHT),
        "tiles": charts.tiles(regions),
        "regions": charts.shares(regions),
        "topics": charts.shares(face.counts("topic", every)[:TOPICS]),
    }


def _newest(asked: Asked) -> list[dict[str, Any]]:
    face = asked.state.face
    first = face.order[(face.ids == face.release)[face.order]][:NEWEST]
    rows = by_ids(asked.connection, face.ids[first])
    for row in rows:
        row["outlets"] = len(np.unique(face.codes["source"][face.release == row["id"]]))
    return rows


def _health(asked: Asked) -> list[dict[str, Any]]:
    if not has_table(asked.connection, "source_health"):
        return []
    outlets = names(asked.connection)
    rows = query(asked.connection, "SELECT * FROM source_health ORDER BY state = 'healthy', source")
    return [row | {"outlet": outlets.get(row["source"]) or row["source"]} for row in rows]
