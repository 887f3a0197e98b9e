"""Sources that allow no text (`link-only`) give none, also where it was stored before they said so."""

from __future__ import annotations

from imbauan.database import Dataset

TEXTS = {
    "advisories": ("text", "new_text", "advice"),
    "dropped_paragraphs": ("text", "kept_text"),
    "paragraphs": ("text",),
    "revisions": ("text",),
    "restored": ("text",),
}
"""Columns of each table that hold sentences of a page."""
_SOURCES = "SELECT id FROM sources WHERE rights = 'link-only'"
_HIDDEN = {
    "advisories": f"t.source IN ({_SOURCES})",
    "dropped_paragraphs": f"t.advisory IN (SELECT id FROM advisories WHERE source IN ({_SOURCES}))",
    "paragraphs": f"t.advisory IN (SELECT id FROM advisories WHERE source IN ({_SOURCES}))",
    "restored": f"t.advisory IN (SELECT id FROM advisories WHERE source IN ({_SOURCES}))",
    "revisions": f"t.url IN (SELECT url FROM advisories WHERE source IN ({_SOURCES}))",
}
_HIDDEN_KEEPER = f"t.kept_advisory IN (SELECT id FROM advisories WHERE source IN ({_SOURCES}))"


def link_only_sources(dataset: Dataset) -> list[str]:
    """Ids of the sources whose texts may not be shown."""
    return [row[0] for row in dataset.connection.execute(f"{_SOURCES} ORDER BY id")]


def shown(dataset: Dataset, table: str, column: str) -> str:
    """The SQL for a column of a table called `t`, blank where the source's rights allow no text."""
    plain = f't."{column}"'
    if column not in TEXTS.get(table, ()) or not link_only_sources(dataset):
        return plain
    hidden = _HIDDEN_KEEPER if column == "kept_text" else _HIDDEN[table]
    blank = "[]" if column == "advice" else ""
    return f"CASE WHEN {hidden} THEN '{blank}' ELSE {plain} END AS \"{column}\""
