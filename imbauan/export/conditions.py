"""Filters as SQL conditions; a table without the column is filtered through its advisories."""

from __future__ import annotations

from typing import Any

from imbauan.exceptions import UsageError

_MOMENTS = {
    "advisories": "published", "releases": "first_published", "revisions": "seen", "pages": "first_seen",
    "runs": "started", "source_health": "last_run",
}  # fmt: skip
"""The time that --since and --until compare, where it is not that of the advisories."""
_LINKS = {
    "releases": ("id", "release"), "dropped_paragraphs": ("advisory", "id"), "paragraphs": ("advisory", "id"),
    "restored": ("advisory", "id"), "revisions": ("url", "url"), "pages": ("url", "url"),
}  # fmt: skip
"""(column of the table, column of advisories) by which its rows belong to advisories."""
_SOURCE = {"sources": "id", "source_health": "source", "pages": "source"}
_SEARCH = "{}.id IN (SELECT rowid FROM advisories_fts WHERE advisories_fts MATCH :search)"


def build(table: str, known: list[str], filters: dict[str, str], match: str | None) -> tuple[str, dict[str, Any]]:
    """The WHERE of a query on `table AS t` and its parameters; raises `UsageError` for a filter that can't apply."""
    own: list[str] = []
    of_advisories: list[str] = []
    for name in filters:
        column = _own_column(table, known, name)
        if column:
            own.append(_condition(f't."{column}"', name, filters[name]))
        else:
            of_advisories.append(_condition(f'a."{_advisory_column(name)}"', name, filters[name]))
    parameters: dict[str, Any] = {name: value for name, value in filters.items() if name != "official"}
    if match:
        parameters["search"] = match
        (own if table == "advisories" else of_advisories).append(_SEARCH.format("t" if table == "advisories" else "a"))
    if of_advisories:
        own.append(_through_advisories(table, of_advisories, [*filters, *(["search"] if match else [])]))
    return " AND ".join(own), parameters


def one_per_release(where: str) -> str:
    """Narrow a condition on `advisories AS t` to one row a release: its first page, else the earliest that matches."""
    matching = f" WHERE {where}" if where else ""
    return (
        "t.id IN (SELECT id FROM (SELECT t.id, ROW_NUMBER() OVER (PARTITION BY COALESCE(t.release, t.id) "
        "ORDER BY t.copy_of IS NOT NULL, t.published IS NULL, datetime(t.published), t.id) AS place "
        f"FROM advisories AS t{matching}) WHERE place = 1)"
    )


def _own_column(table: str, known: list[str], name: str) -> str | None:
    if name in ("since", "until"):
        return _MOMENTS.get(table)
    if name == "source" and table in _SOURCE:
        return _SOURCE[table]
    if name == "official":
        return name if name in known else None
    # A release's own unit and topic are those of its first page; what its carriers say counts too.
    return name if name in known and table not in _LINKS else None


def _advisory_column(name: str) -> str:
    return "published" if name in ("since", "until") else name


def _condition(column: str, name: str, value: str) -> str:
    if name in ("since", "until"):
        # Offsets differ from outlet to outlet: compare moments, not texts.
        return f"datetime({column}) {'>=' if name == 'since' else '<'} datetime(:{name})"
    if name == "official":
        return f"{column} {'=' if value == 'yes' else '<>'} 1"
    return f"{column} = :{name}"


def _through_advisories(table: str, found: list[str], names: list[str]) -> str:
    if table not in _LINKS:
        raise UsageError(f"--{names[-1]} does not apply to table {table}: leave one of the two out")
    mine, theirs = _LINKS[table]
    return f't."{mine}" IN (SELECT a."{theirs}" FROM advisories a WHERE {" AND ".join(found)})'
