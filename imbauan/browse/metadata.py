"""What Datasette's own pages are told about the dataset: meanings of columns, facets to begin with, queries to start from."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

_FACETS = {
    "advisories": ["region", "topic", "kind", "source"], "dropped_paragraphs": ["reason"], "paragraphs": ["reason"],
    "pages": ["outcome", "source"], "revisions": ["change"], "source_health": ["state"],
}  # fmt: skip
_INNER = (
    "_sqlite_migrations", "announcements", "bookmark_rows", "bookmarks", "dropped_of_first_edition", "furniture",
    "index_parts", "index_recent", "index_scheme", "index_segments", "outlets", "source_runs", "texts",
)  # fmt: skip
"""Tables of the machinery: they can be queried, and stand in nobody's way."""
QUERIES = {
    "outlets-that-copy": (
        "Outlets that copied a unit's releases, in a period",
        """SELECT source, COUNT(*) AS pages, SUM(copied_share >= 0.5) AS copying, ROUND(AVG(copied_share), 2) AS share
FROM advisories
WHERE unit = :unit AND datetime(published) >= datetime(:since) AND datetime(published) < datetime(:until)
GROUP BY source ORDER BY copying DESC""",
    ),
    "most-carried": (
        "Statements that most outlets carried",
        "SELECT title, unit, outlets, first_published, first_url FROM releases ORDER BY outlets DESC LIMIT 100",
    ),
    "words": (
        "Pages with these words, the newest first",
        """SELECT published, source, title, url FROM advisories
WHERE id IN (SELECT rowid FROM advisories_fts WHERE advisories_fts MATCH :words)
ORDER BY datetime(published) DESC""",
    ),
    "near-repeats": (
        "Paragraphs dropped although they are not the same to the letter",
        """SELECT similarity, reason, text, kept_text, url, kept_url FROM dropped_paragraphs
WHERE similarity < 1 ORDER BY similarity LIMIT 500""",
    ),
}


def metadata(hosts: str) -> dict[str, Any]:
    """The metadata of the server; `hosts` are names that it answers to besides this machine's own."""
    told = json.loads(files("imbauan").joinpath("data", "dataset.json").read_text("utf-8"))
    tables: dict[str, Any] = {
        name: {"columns": table["columns"], "facets": _FACETS.get(name, [])} for name, table in told.items()
    }
    for name in _INNER:
        tables.setdefault(name, {})["hidden"] = True
    queries = {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()}
    return {
        "title": "Imbauan", "imbauan-hosts": hosts, "databases": {"dataset": {"tables": tables, "queries": queries}},
        "extra_css_urls": ["/-/static-plugins/imbauan.browse/datasette.css"],
    }  # fmt: skip
