"""One advisory to read: its text, its fields, and what was dropped, in place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from imbauan.browse.views.rows import by_ids, link_only, query
from imbauan.layout import paragraphs

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked


def view(asked: Asked) -> tuple[str, dict[str, Any]] | None:
    """The advisory; none where there is no such id."""
    found = by_ids(asked.connection, [int(asked.parts["id"])], "*")
    if not found:
        return None
    row = found[0]
    hidden = link_only(asked.connection)
    drops = [] if row["hidden"] else query(
        asked.connection,
        "SELECT d.*, k.source AS kept_source, k.title AS kept_title FROM dropped_paragraphs d "
        "LEFT JOIN advisories k ON k.id = d.kept_advisory WHERE d.advisory = ? ORDER BY d.position",
        (row["id"],),
    )  # fmt: skip
    for drop in drops:
        if drop["kept_source"] in hidden:
            drop["kept_text"] = None
    rights = query(asked.connection, "SELECT rights FROM sources WHERE id = ?", (row["source"],))
    carriers = query(asked.connection, "SELECT COUNT(*) AS n FROM advisories WHERE release = ?", (row["release"],))
    revisions = query(asked.connection, "SELECT * FROM revisions WHERE url = ? ORDER BY seen DESC", (row["url"],))
    return "advisory", {
        "row": row, "paragraphs": paragraphs(row["text"] or "", drops), "carriers": carriers[0]["n"],
        "revisions": [] if row["hidden"] else revisions, "rights": rights[0]["rights"] if rights else "ask",
        "advice": [] if row["hidden"] else json.loads(row.get("advice") or "[]"),
        "channels": json.loads(row.get("channels") or "[]"),
        "evidence": (row.get("evidence") or "").splitlines(),
    }  # fmt: skip
