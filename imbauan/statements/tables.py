"""The tables of the engine, apart from the dataset's: `imbauan dedup` need not load sqlite-utils for them."""

from __future__ import annotations

import sqlite3


def create_statement_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of the engine, which `imbauan dedup` uses without the rest of the dataset."""
    connection.execute(
        """CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, advisory INTEGER NOT NULL REFERENCES advisories(id),
        position INTEGER NOT NULL, text TEXT NOT NULL, statement INTEGER REFERENCES texts(id), line INTEGER, words INTEGER NOT NULL,
        reason TEXT, rule TEXT, similarity REAL, kept INTEGER, restored INTEGER NOT NULL DEFAULT 0, UNIQUE (advisory, position))"""
    )
    connection.execute("CREATE INDEX paragraphs_statement ON paragraphs(statement) WHERE statement IS NOT NULL")
    connection.execute("CREATE INDEX paragraphs_line ON paragraphs(line) WHERE line IS NOT NULL")
    connection.execute("CREATE INDEX paragraphs_reason ON paragraphs(reason) WHERE reason IS NOT NULL")
    connection.execute(
        """CREATE TABLE texts (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, sketch BLOB NOT NULL, first INTEGER,
        keeper INTEGER, similarity REAL, rule TEXT, variant_of INTEGER)"""
    )
    connection.execute("CREATE INDEX texts_keeper ON texts(keeper) WHERE keeper IS NOT NULL")
    connection.execute(
        "CREATE TABLE furniture (source TEXT, line INTEGER, pages INTEGER NOT NULL, PRIMARY KEY (source, line)) WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE outlets (source TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID")
    connection.execute(
        "CREATE TABLE restored (url TEXT, hash INTEGER, restored TEXT NOT NULL, PRIMARY KEY (url, hash)) WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE index_scheme (scheme TEXT NOT NULL)")
    connection.execute("CREATE TABLE index_recent (text INTEGER PRIMARY KEY, keys BLOB NOT NULL)")
    connection.execute(
        """CREATE TABLE index_segments (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, entries INTEGER NOT NULL,
        bits INTEGER NOT NULL, filter BLOB NOT NULL)"""
    )
    connection.execute("CREATE TABLE index_parts (id INTEGER PRIMARY KEY, keys BLOB NOT NULL, texts BLOB NOT NULL)")
