"""Undo drops by hand: remember the decision, then decide the page again."""

from __future__ import annotations

from typing import Any

from imbauan.database import open_dataset
from imbauan.database.runs import now
from imbauan.exceptions import UsageError
from imbauan.statements.restore import set_restored
from imbauan.statements.store import Statements
from pipelines.deduplicate import deduplicated


def restore_paragraphs(path: str, paragraphs: list[int], *, on: bool) -> list[dict[str, Any]]:
    """Keep dropped paragraphs (ids of `dropped_paragraphs`) for good, or with `on` false let the rules decide again.

    All or none; raises `UsageError` for an id that is not there. Gives url, position and text of each.
    """
    open_dataset(path).close()
    dataset = open_dataset(path, create=True)
    statements = Statements(dataset.connection)
    changed: list[dict[str, Any]] = []
    try:
        with dataset.writing() as connection:
            advisories: dict[int, None] = {}
            for paragraph in paragraphs:
                advisory = set_restored(connection, paragraph, on, now())
                if advisory is None:
                    raise UsageError(
                        f"{paragraph}: no such paragraph in {path}: give an id of the table dropped_paragraphs"
                    )
                advisories[advisory] = None
                row = connection.execute(
                    "SELECT a.url, p.position, p.text FROM paragraphs p JOIN advisories a ON a.id = p.advisory WHERE p.id = ?",
                    (paragraph,),
                ).fetchone()
                changed.append(dict(zip(("url", "position", "text"), row, strict=True)))
            for advisory in advisories:
                rows = connection.execute(
                    "SELECT text FROM paragraphs WHERE advisory = ? ORDER BY position", (advisory,)
                )
                statements.store(advisory, deduplicated([text for (text,) in rows]).paragraphs)
    finally:
        dataset.close()
    return changed
