"""The deduplication alone, over a stream of documents: the dataset's engine on an index of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dedup.fingerprints import Fingerprint, fingerprints
from dedup.page import Drop, deduplicate_page
from imbauan.exceptions import DatabaseError
from imbauan.statements.rows import UNKNOWN, Rank
from imbauan.statements.tables import create_statement_tables
from imbauan.statements.texts import Texts

BATCH = 400
"""Documents that are read and decided at once."""

REMEMBERED = 20_000
"""Fingerprints kept from batch to batch, 1 KB each: most copies follow their original soon."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its id, paragraphs divided by line breaks."""

    id: str | int
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A document without what repeats in it (`text`), and without what stands in an earlier one (`new_text`)."""

    id: str | int
    text: str
    new_text: str
    dropped: list[dict[str, object]]
    """One record for each dropped paragraph, with the columns of the table `dropped_paragraphs`."""


class Stream:
    """Documents in, results out, in order; earlier documents rank before later ones. Memory stays bounded."""

    def __init__(self, path: Path) -> None:
        """Open or make an index file; what it holds counts as seen before."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            # The index of a stream can be made again: no need to wait for the disk at every batch.
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA journal_mode = MEMORY")
            self._connection.execute("PRAGMA cache_size = -32768")
            # Some builds of SQLite write zeros over what is deleted: after a merge of segments, a journal of all of them.
            self._connection.execute("PRAGMA secure_delete = OFF")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise DatabaseError(f"{path}: is no index that can be used ({error}): name another with --index") from error
        self._texts = Texts(self._connection)
        self._known: dict[int, Fingerprint] = {}

    def results(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Each document's result, a batch at a time."""
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            self._connection.execute("BEGIN")
            results = self._batch(batch)
            self._connection.execute("COMMIT")
            yield from results

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    def _prepare(self) -> None:
        known = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE name IN ('texts', 'documents')"
        ).fetchall()
        if len(known) == 2:
            return
        if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("it holds something else")
        create_statement_tables(self._connection)
        self._connection.execute("CREATE TABLE documents (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        # What the engine ranks by: documents have neither time nor outlet, so it is their number.
        self._connection.execute(
            """CREATE VIEW advisories AS SELECT number AS id, NULL AS published_utc, 0 AS official,
            printf('%019d', number) AS url FROM documents"""
        )

    def _batch(self, documents: list[Document]) -> list[Result]:
        lines = [[line for line in document.text.split("\n") if line.strip()] for document in documents]
        made = fingerprints([line for page in lines for line in page], self._known)
        if len(self._known) > REMEMBERED:
            self._known.clear()
        self._known.update((entry.hash, entry) for entry in made)
        prints = iter(made)
        marks = [list(islice(prints, len(page))) for page in lines]
        drops = [
            {d.position: d for d in deduplicate_page(page, prints=some)}
            for page, some in zip(lines, marks, strict=True)
        ]
        first = self._connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM documents").fetchone()[0]
        self._connection.executemany(
            "INSERT INTO documents (number, name) VALUES (?, ?)",
            ((number, json.dumps(document.id)) for number, document in enumerate(documents, first)),
        )
        reasons = self._seen(first, lines, marks, drops)
        return [
            self._result(document, page, drop, reasons.get(number, {}))
            for number, (document, page, drop) in enumerate(zip(documents, lines, drops, strict=True), first)
        ]

    def _seen(
        self, first: int, lines: list[list[str]], marks: list[list[Fingerprint]], drops: list[dict[int, Drop]]
    ) -> dict[int, dict[int, dict[str, object]]]:
        """Enter the batch; by document and position, the paragraphs that an earlier document has."""
        kept = [
            (number, position, line, mark)
            for number, (page, some, drop) in enumerate(zip(lines, marks, drops, strict=True), first)
            for position, (line, mark) in enumerate(zip(page, some, strict=True))
            if position not in drop
        ]
        (known,) = self._connection.execute("SELECT COALESCE(MAX(id), 0) FROM texts").fetchone()
        statements = self._texts.resolve([mark for *_, mark in kept])
        self._texts.touch(statements)
        (last,) = self._connection.execute("SELECT COALESCE(MAX(id), 0) FROM paragraphs").fetchone()
        self._connection.executemany(
            "INSERT INTO paragraphs (id, advisory, position, text, statement, words) VALUES (?, ?, ?, ?, ?, 0)",
            (
                (number, document, position, line, statement)
                for number, ((document, position, line, _), statement) in enumerate(
                    zip(kept, statements, strict=True), last + 1
                )
            ),
        )
        added: dict[int, list[tuple[Rank, int]]] = {}
        for number, ((document, position, *_), statement) in enumerate(zip(kept, statements, strict=True), last + 1):
            added.setdefault(statement, []).append(((UNKNOWN, 1, f"{document:019}", position), number))
        changes = self._texts.settle((), added)
        # A text of this batch that nothing was decided of is new at its first paragraph: most are.
        repeated = [
            number
            for statement, news in added.items()
            for _, number in (news if statement <= known or statement in changes.texts else news[1:])
        ]
        return self._reasons(repeated)

    def _reasons(self, paragraphs: list[int]) -> dict[int, dict[int, dict[str, object]]]:
        """By document and position, what was said before of these paragraphs."""
        rows = self._connection.execute(
            """SELECT p.advisory, p.position, CASE WHEN t.keeper IS NULL THEN 1.0 ELSE t.similarity END,
              CASE WHEN t.keeper IS NULL THEN 'exact/1' ELSE t.rule END, d.name, k.position, k.text
            FROM paragraphs p JOIN texts t ON t.id = p.statement JOIN texts kt ON kt.id = COALESCE(t.keeper, t.id)
            JOIN paragraphs k ON k.id = kt.first JOIN documents d ON d.number = k.advisory
            WHERE p.id IN (SELECT value FROM json_each(?)) AND NOT (t.keeper IS NULL AND t.first = p.id)""",
            (json.dumps(paragraphs),),
        )
        reasons: dict[int, dict[int, dict[str, object]]] = {}
        for document, position, similarity, rule, name, kept_position, kept_text in rows:
            reasons.setdefault(document, {})[position] = _record(
                "seen-before", similarity, rule, name, kept_position, kept_text
            )
        return reasons

    def _result(
        self, document: Document, lines: list[str], drops: dict[int, Drop], seen: dict[int, dict[str, object]]
    ) -> Result:
        if not drops and not seen:
            whole = "\n".join(lines)
            return Result(document.id, whole, whole, [])
        dropped: list[dict[str, object]] = []
        for position, line in enumerate(lines):
            head = {"advisory": document.id, "url": None, "position": position, "text": line}
            if drop := drops.get(position):
                at = drop.kept_position
                name, text = (None, None) if at is None else (json.dumps(document.id), lines[at])
                dropped.append(head | _record(drop.reason, drop.similarity, drop.rule, name, at, text))
            elif position in seen:
                dropped.append(head | seen[position])
        text = "\n".join(line for at, line in enumerate(lines) if at not in drops)
        new_text = "\n".join(line for at, line in enumerate(lines) if at not in drops and at not in seen)
        return Result(document.id, text, new_text, dropped)


def _record(
    reason: str, similarity: float | None, rule: str, name: str | None, position: int | None, text: str | None
) -> dict[str, object]:
    return {
        "reason": reason, "similarity": similarity, "kept_advisory": name and json.loads(name), "kept_url": None,
        "kept_position": position, "kept_text": text, "rule": rule,
    }  # fmt: skip
