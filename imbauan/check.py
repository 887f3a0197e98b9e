"""Whether a dataset is whole: the file, what refers to what, the index, the texts, the archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from imbauan.archive.reader import Broken, read_archive
from imbauan.database.durability import describe_durability
from imbauan.urls import canonical_url

SHOWN = 5
"""Examples that a finding names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    what: str
    count: int
    examples: tuple[str, ...]
    remedy: str
    repair: str | Callable[[sqlite3.Connection], None] = ""
    """What mends it, where it can be derived: SQL, or a function in whose transaction it is done."""


@dataclass(frozen=True, slots=True)
class _Rule:
    what: str
    query: str
    """Gives one text a row for each case."""
    remedy: str
    repair: str = ""


_BACKUP = "put a backup in place, or make the dataset again from the archive with `imbauan import`"
_REBUILD = "run `imbauan rebuild --apply`"
_REPAIR = "run `imbauan check --repair`"
_LINES = """(SELECT COALESCE(GROUP_CONCAT(text, char(10)), '') FROM
  (SELECT text FROM paragraphs p WHERE p.advisory = a.id AND {which} ORDER BY position))"""
_TEXT = _LINES.format(which="(p.reason IS NULL OR p.reason = 'seen-before')")
_NEW_TEXT = _LINES.format(which="p.reason IS NULL")
_HAS_LINES = "EXISTS (SELECT 1 FROM paragraphs p WHERE p.advisory = a.id)"

RULES = (
    _Rule(
        "advisories that are a copy of none", "SELECT url FROM advisories WHERE copy_of NOT IN (SELECT id FROM advisories)",
        _REPAIR, "UPDATE advisories SET copy_of = NULL WHERE copy_of NOT IN (SELECT id FROM advisories)",
    ),
    _Rule(
        "advisories of a release that is not there",
        "SELECT url FROM advisories WHERE release IS NULL OR release NOT IN (SELECT id FROM advisories)",
        _REPAIR, "UPDATE advisories SET release = id WHERE release IS NULL OR release NOT IN (SELECT id FROM advisories)",
    ),
    _Rule(
        "paragraphs of no advisory", "SELECT text FROM paragraphs WHERE advisory NOT IN (SELECT id FROM advisories)",
        _REPAIR, "DELETE FROM paragraphs WHERE advisory NOT IN (SELECT id FROM advisories)",
    ),
    _Rule(
        "paragraphs whose statement is not there",
        "SELECT text FROM paragraphs WHERE statement IS NOT NULL AND statement NOT IN (SELECT id FROM texts)", _REBUILD,
    ),
    _Rule(
        "statements kept by one that is not there",
        "SELECT CAST(id AS TEXT) FROM texts WHERE keeper IS NOT NULL AND keeper NOT IN (SELECT id FROM texts)", _REBUILD,
    ),
    _Rule(
        "advisories whose text is not that of their paragraphs",
        f"SELECT url FROM advisories a WHERE {_HAS_LINES} AND (text <> {_TEXT} OR new_text <> {_NEW_TEXT})",
        _REPAIR,
        f"""UPDATE advisories AS a SET text = {_TEXT}, new_text = {_NEW_TEXT}
        WHERE {_HAS_LINES} AND (text <> {_TEXT} OR new_text <> {_NEW_TEXT})""",
    ),
    _Rule(
        "advisories without a row in pages", "SELECT url FROM advisories WHERE url NOT IN (SELECT url FROM pages)",
        _REPAIR,
        """INSERT INTO pages (url, source, first_seen, last_fetched, status, outcome, sha256, run)
        SELECT url, source, fetched, fetched, 200, 'stored', sha256, run FROM advisories WHERE url NOT IN (SELECT url FROM pages)""",
    ),
    _Rule(
        "pages called stored without an advisory",
        "SELECT url FROM pages WHERE outcome = 'stored' AND url NOT IN (SELECT url FROM advisories)",
        f"{_REBUILD}, or crawl again after `imbauan check --repair`",
        """UPDATE pages SET outcome = 'waiting', reason = 'its advisory was lost', last_fetched = NULL
        WHERE outcome = 'stored' AND url NOT IN (SELECT url FROM advisories)""",
    ),
    _Rule(
        "sources that pages name and that are not there",
        "SELECT DISTINCT source FROM advisories WHERE source NOT IN (SELECT id FROM sources) AND source <> 'imported'",
        "run `imbauan crawl` with the catalogue that holds them",
    ),
)  # fmt: skip


def durability(connection: sqlite3.Connection) -> str:
    """The durability mode in force, in words."""
    return describe_durability(str(connection.execute("PRAGMA journal_mode").fetchone()[0]))


def damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is wrong with the file itself; nothing else can be trusted then."""
    try:
        lines = [row[0] for row in connection.execute("PRAGMA integrity_check(100)")]
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    if lines != ["ok"]:
        yield Finding("damage in the database file", len(lines), tuple(lines[:SHOWN]), _BACKUP)


def references(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What refers to nothing, and texts that are not what they are made of."""
    for rule in RULES:
        found = [str(row[0])[:120] for row in connection.execute(rule.query)]
        if found:
            yield Finding(rule.what, len(found), tuple(found[:SHOWN]), rule.remedy, rule.repair)
    from dedup.fingerprints import form_hash
    from dedup.normalize import normalize

    wrong = [
        f"paragraph {number}: {text[:60]}"
        for number, text, key in connection.execute(
            "SELECT p.id, p.text, t.hash FROM paragraphs p JOIN texts t ON t.id = p.statement"
        )
        if form_hash(normalize(text)) != key
    ]
    if wrong:
        yield Finding("paragraphs that differ from their statement's hash", len(wrong), tuple(wrong[:SHOWN]), _REBUILD)


def paragraph_index(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether the index by which repeated paragraphs are found is that of the texts."""
    from dedup.fingerprints import SCHEME
    from imbauan.statements.inspect import broken_segments, entries_without_text, missing_texts, remake_index

    if other := [row[0] for row in connection.execute("SELECT scheme FROM index_scheme") if row[0] != SCHEME]:
        # Its decisions are of another version as well: the index alone made anew would mix them with this one's.
        yield Finding("paragraph index of another version", len(other), tuple(other), _REBUILD)
        return
    for what, found in (
        ("texts that the paragraph index does not hold", missing_texts(connection)),
        ("entries of the paragraph index without a text", entries_without_text(connection)),
        ("segments of the paragraph index that are not whole", broken_segments(connection)),
    ):
        if found:
            yield Finding(what, len(found), tuple(map(str, found[:SHOWN])), _REPAIR, remake_index)


def search_index(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether the full-text index is that of the texts; needs a connection that may write, and writes nothing."""
    try:
        # With a rank of 1 the index is compared with the table of its contents.
        connection.execute("INSERT INTO advisories_fts (advisories_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        repair = "INSERT INTO advisories_fts (advisories_fts) VALUES ('rebuild')"
        yield Finding("a full-text index that is not that of the texts", 1, (str(error),), _REPAIR, repair)
    finally:
        connection.rollback()


def archive(
    connection: sqlite3.Connection, folder: Path, progress: Callable[[], None] = lambda: None
) -> Iterator[Finding]:
    """The archive against the pages that refer to it."""
    wanted = dict(connection.execute("SELECT archive, url FROM pages WHERE archive IS NOT NULL").fetchall())
    broken: list[str] = []
    foreign: list[str] = []
    for file in sorted(folder.glob("*.warc*")) if folder.is_dir() else []:
        for found in read_archive(file):
            progress()
            url = wanted.pop(found.where, None)
            if isinstance(found, Broken):
                broken.append(f"{found.where}: {found.reason}")
            elif (
                url is not None
                and canonical_url(found.raw.url) != url
                and not found.raw.content_type.startswith("application/json")
            ):
                # A page may name another address of the same site as its own.
                from imbauan.urls import is_same_site

                if not is_same_site(found.raw.url, url):
                    foreign.append(f"{found.where}: is {found.raw.url}, not {url}")
    if broken:
        yield Finding("records of the archive that can't be read", len(broken), tuple(broken[:SHOWN]),
                      "copy the file back from a backup; the dataset itself is not touched by this")  # fmt: skip
    if foreign:
        yield Finding("pages whose record is of another page", len(foreign), tuple(foreign[:SHOWN]), _REBUILD)
    missing = [f"{url} ({where})" for where, url in wanted.items() if not any(where in line for line in broken)]
    if missing:
        yield Finding("pages whose record is not in the archive", len(missing), tuple(missing[:SHOWN]),
                      "copy the missing files back; without them a rebuild uses the stored text")  # fmt: skip
