"""Tables, views and the full-text index, as sqlite-utils migrations; docs/dataset.md tells each column."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("imbauan")


@migrations()
def tables(db: Database) -> None:
    """The tables of the first edition."""
    db.execute(
        """CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT, kind TEXT, homepage TEXT, region TEXT, timezone TEXT,
        language TEXT, official INTEGER, rights TEXT)"""
    )
    db.execute(
        """CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, status TEXT NOT NULL,
        pages_fetched INTEGER DEFAULT 0, pages_unchanged INTEGER DEFAULT 0, advisories_new INTEGER DEFAULT 0,
        advisories_updated INTEGER DEFAULT 0, paragraphs_kept INTEGER DEFAULT 0, paragraphs_dropped INTEGER DEFAULT 0,
        errors INTEGER DEFAULT 0, version TEXT, command TEXT, pid INTEGER)"""
    )
    db.execute(
        """CREATE TABLE pages (url TEXT PRIMARY KEY, source TEXT, first_seen TEXT NOT NULL, last_fetched TEXT,
        status INTEGER, outcome TEXT NOT NULL, reason TEXT, sha256 TEXT, archive TEXT, run INTEGER REFERENCES runs(id))"""
    )
    db.execute(
        """CREATE TABLE advisories (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, source TEXT, title TEXT,
        published TEXT, modified TEXT, fetched TEXT, author TEXT, language TEXT, kind TEXT, text TEXT, new_text TEXT,
        unit TEXT, region TEXT, topic TEXT, spokesperson TEXT, release INTEGER, copy_of INTEGER REFERENCES advisories(id),
        copied_share REAL, paragraphs INTEGER, dropped INTEGER, editor TEXT, copyright TEXT, evidence TEXT, sha256 TEXT,
        run INTEGER REFERENCES runs(id))"""
    )
    db.execute(
        """CREATE TABLE dropped_paragraphs (id INTEGER PRIMARY KEY, advisory INTEGER NOT NULL REFERENCES advisories(id),
        url TEXT, position INTEGER, text TEXT, reason TEXT, similarity REAL, kept_advisory INTEGER, kept_url TEXT,
        kept_position INTEGER, kept_text TEXT, rule TEXT, run INTEGER REFERENCES runs(id), UNIQUE (advisory, position))"""
    )
    db.execute(
        """CREATE TABLE revisions (id INTEGER PRIMARY KEY, url TEXT NOT NULL, seen TEXT, title TEXT, text TEXT,
        change TEXT, run INTEGER REFERENCES runs(id))"""
    )
    for table, column in (("advisories", "published"), ("advisories", "source"), ("advisories", "release"),
                          ("dropped_paragraphs", "reason"), ("pages", "outcome"), ("revisions", "url")):  # fmt: skip
        db.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
    db.table("advisories").enable_fts(["title", "text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")


@migrations()
def releases(db: Database) -> None:
    """One row for each statement, however many outlets carried it."""
    db.execute(
        """CREATE VIEW releases AS
        SELECT a.release AS id, first.title, first.published AS first_published, first.url AS first_url,
          MAX(COALESCE(s.official, 0)) AS official, COUNT(*) AS advisories, COUNT(DISTINCT a.source) AS outlets,
          GROUP_CONCAT(DISTINCT a.region) AS regions, first.topic, first.unit
        FROM advisories a JOIN advisories first ON first.id = a.release LEFT JOIN sources s ON s.id = a.source
        GROUP BY a.release"""
    )


@migrations()
def bookmarks(db: Database) -> None:
    """What `imbauan export --new-since-last NAME` has delivered; an index that counts need no texts for."""
    db.execute(
        """CREATE TABLE bookmarks (name TEXT, "table" TEXT, moved TEXT, exports INTEGER,
        PRIMARY KEY (name, "table")) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE bookmark_rows (bookmark TEXT, "table" TEXT, key, digest INTEGER,
        PRIMARY KEY (bookmark, "table", key)) WITHOUT ROWID"""
    )
    # Rows of advisories carry their texts: without this index each count by province reads the whole file.
    db.execute(
        """CREATE INDEX advisories_face ON advisories(datetime(published), published, kind, source, region, topic, unit,
        release, copy_of, copied_share)"""
    )
