"""The ledger: every dropped paragraph and why, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imbauan.browse.views.rows import link_only, names, query

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked

PAGE = 30
REASONS = ("seen-before", "repeat-in-page", "related-link", "furniture")


def view(asked: Asked) -> tuple[str, dict[str, Any]]:
    """One page of the ledger, of all reasons or one."""
    reason = asked.arguments.get("reason")
    before = asked.arguments.get("before") or ""
    conditions, parameters = ["1 = 1"], []
    if reason in REASONS:
        conditions.append("d.reason = ?")
        parameters.append(reason)
    if before.isdecimal() and len(before) < 19:
        conditions.append("d.id < ?")
        parameters.append(before)
    rows = query(
        asked.connection,
        "SELECT d.*, a.source, a.title FROM dropped_paragraphs d JOIN advisories a ON a.id = d.advisory "
        f"WHERE {' AND '.join(conditions)} ORDER BY d.id DESC LIMIT {PAGE + 1}",
        [int(value) if value.isdecimal() else value for value in parameters],
    )
    hidden, outlets = link_only(asked.connection), names(asked.connection)
    for row in rows:
        row["outlet"] = outlets.get(row["source"]) or row["source"]
        if row["source"] in hidden:
            row["text"] = row["kept_text"] = ""
    counts = dict(asked.state.reasons)
    return "drops", {
        "rows": rows[:PAGE], "older": rows[PAGE - 1]["id"] if len(rows) > PAGE else None,
        "reason": reason if reason in REASONS else None,
        "reasons": [(name, counts.get(name, 0)) for name in REASONS], "total": sum(counts.values()),
    }  # fmt: skip
