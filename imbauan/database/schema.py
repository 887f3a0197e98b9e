"""Tables, views and the full-text index, as sqlite-utils migrations; docs/dataset.md tells each column."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from imbauan.statements.tables import create_statement_tables

migrations = Migrations("imbauan")

DERIVED = (
    "advisories", "revisions", "paragraphs", "texts", "furniture", "outlets", "index_scheme", "index_recent",
    "index_segments", "index_parts",
)  # fmt: skip
"""Tables that `imbauan rebuild` makes again from pages; the others are history or settings of the user, and stay."""


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
def statements(db: Database) -> None:
    """Every paragraph of every page, its text once, and what the same text elsewhere decides about it."""
    db.execute("ALTER TABLE advisories ADD COLUMN published_utc TEXT")
    db.execute("ALTER TABLE advisories ADD COLUMN official INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE dropped_paragraphs RENAME TO dropped_of_first_edition")
    create_statement_tables(db.conn)
    db.execute(DROPPED_PARAGRAPHS)
    db.execute("DROP VIEW releases")
    db.execute(RELEASES)
    # The trigger that enable_fts makes runs at every update, also of columns that are not searched.
    db.execute("DROP TRIGGER advisories_au")
    db.execute(
        """CREATE TRIGGER advisories_au AFTER UPDATE OF title, text ON advisories BEGIN
        INSERT INTO advisories_fts (advisories_fts, rowid, title, text) VALUES ('delete', old.rowid, old.title, old.text);
        INSERT INTO advisories_fts (rowid, title, text) VALUES (new.rowid, new.title, new.text); END"""
    )
    db.execute("CREATE INDEX advisories_published_utc ON advisories(published_utc)")
    db.execute("CREATE INDEX advisories_copy_of ON advisories(copy_of) WHERE copy_of IS NOT NULL")


@migrations()
def described_in_full(db: Database) -> None:
    """What an advisory advises, where it tells people to turn, all its topics and who is quoted; lists as JSON."""
    for column in ("topics", "advice", "channels", "quoted"):
        db.execute(f"ALTER TABLE advisories ADD COLUMN {column} TEXT NOT NULL DEFAULT '[]'")


DROPPED_PARAGRAPHS = """CREATE VIEW dropped_paragraphs AS
    SELECT p.id, p.advisory, a.url, p.position, p.text,
      CASE WHEN p.reason = 'repeat-in-page' AND k.id IS NULL THEN 'furniture' ELSE p.reason END AS reason,
      CASE WHEN p.reason = 'repeat-in-page' AND k.id IS NULL THEN NULL WHEN p.reason <> 'seen-before' THEN p.similarity WHEN t.keeper IS NULL THEN 1.0 ELSE t.similarity END AS similarity,
      k.advisory AS kept_advisory, ka.url AS kept_url, k.position AS kept_position, k.text AS kept_text,
      CASE WHEN p.reason = 'repeat-in-page' AND k.id IS NULL THEN 'learned/1' WHEN p.reason <> 'seen-before' THEN p.rule WHEN t.keeper IS NULL THEN 'exact/1' ELSE t.rule END AS rule, a.run
    FROM paragraphs p JOIN advisories a ON a.id = p.advisory
    LEFT JOIN texts t ON t.id = p.statement AND p.reason = 'seen-before'
    LEFT JOIN texts kt ON kt.id = COALESCE(t.keeper, t.id)
    LEFT JOIN paragraphs k ON k.id = COALESCE(p.kept, kt.first) AND k.reason IS NOT 'furniture'
    LEFT JOIN advisories ka ON ka.id = k.advisory
    WHERE p.reason IS NOT NULL"""

RELEASES = """CREATE VIEW releases AS
    SELECT a.release AS id, first.title, first.published AS first_published, first.url AS first_url,
      MAX(a.official) AS official, COUNT(*) AS advisories, COUNT(DISTINCT a.source) AS outlets,
      GROUP_CONCAT(DISTINCT a.region) AS regions, first.topic, first.unit
    FROM advisories a JOIN advisories first ON first.id = a.release
    GROUP BY a.release"""


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
        release, copy_of, copied_share, official)"""
    )


@migrations()
def frontier(db: Database) -> None:
    """What finding pages needs to know of each address, each announcing document and each source's past."""
    for column in ("address TEXT", "announced TEXT", "claims TEXT", "etag TEXT", "last_modified TEXT",
                   "attempts INTEGER DEFAULT 0", "last_asked TEXT", "found_run INTEGER"):  # fmt: skip
        db.execute(f"ALTER TABLE pages ADD COLUMN {column}")
    db.execute("CREATE INDEX pages_frontier ON pages(source, outcome, announced)")
    db.execute(
        """CREATE TABLE announcements (url TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, guessed INTEGER,
        status INTEGER, etag TEXT, last_modified TEXT, sha256 TEXT, lastmod TEXT, links INTEGER, asked INTEGER DEFAULT 0,
        distrusted INTEGER DEFAULT 0, last_fetched TEXT, last_ok TEXT, open_url TEXT, open_number INTEGER,
        PRIMARY KEY (source, url)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE source_runs (run INTEGER NOT NULL REFERENCES runs(id), source TEXT NOT NULL, started TEXT,
        documents INTEGER, documents_ok INTEGER, documents_failed INTEGER, documents_gone INTEGER,
        documents_empty INTEGER, links INTEGER, found INTEGER, asked INTEGER, read INTEGER, text INTEGER, words INTEGER,
        dated INTEGER, relevant INTEGER, stored INTEGER, removed INTEGER, blocked INTEGER, failed INTEGER, problem TEXT,
        PRIMARY KEY (source, run)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE source_health (source TEXT PRIMARY KEY, state TEXT NOT NULL, since TEXT NOT NULL, last_run TEXT,
        last_new TEXT, message TEXT, failures REAL DEFAULT 0)"""
    )
    db.execute("ALTER TABLE sources ADD COLUMN verify INTEGER DEFAULT 1")
