"""Undo a drop for good: by hand, remembered by address and text, honoured whenever the page is stored again."""

from __future__ import annotations

import sqlite3


def set_restored(connection: sqlite3.Connection, paragraph: int, on: bool, now: str) -> int | None:
    """Keep a dropped paragraph from now on, or (`on` false) let the rules decide again; its advisory, null if unknown."""
    from dedup.fingerprints import form_hash
    from dedup.normalize import normalize

    row = connection.execute(
        "SELECT p.advisory, a.url, p.text FROM paragraphs p JOIN advisories a ON a.id = p.advisory WHERE p.id = ?",
        (paragraph,),
    ).fetchone()
    if row is None:
        return None
    advisory, url, text = row
    key = form_hash(normalize(text))
    if on:
        connection.execute("INSERT OR IGNORE INTO restored (url, hash, restored) VALUES (?, ?, ?)", (url, key, now))
    else:
        connection.execute("DELETE FROM restored WHERE url = ? AND hash = ?", (url, key))
    return int(advisory)
