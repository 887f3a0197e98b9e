"""What kind of value a column holds: whole number, number or text."""

from __future__ import annotations

from imbauan.database import Dataset

WHOLE, NUMBER, TEXT = "whole number", "number", "text"
_COUNTED = {"official", "advisories", "outlets"}
"""Columns of views that SQLite declares no type for."""


def kinds(dataset: Dataset, table: str, columns: list[str]) -> list[str]:
    """The kind of each column, as declared; a text where nothing is declared."""
    declared = {row[1]: str(row[2]).upper() for row in dataset.connection.execute(f"PRAGMA table_info({table})")}
    return [_kind(name, declared.get(name, "")) for name in columns]


def _kind(name: str, declared: str) -> str:
    if "INT" in declared or (not declared and name in _COUNTED):
        return WHOLE
    return NUMBER if declared in ("REAL", "FLOAT", "NUM") or name in ("similarity", "copied_share") else TEXT
