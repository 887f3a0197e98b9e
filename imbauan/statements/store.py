"""Store the paragraphs of an advisory, and all that they change elsewhere, in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from imbauan.items import Paragraph
from imbauan.statements import furniture
from imbauan.statements.furniture import Furniture
from imbauan.statements.releases import Releases
from imbauan.statements.rows import UNKNOWN, Rank
from imbauan.statements.texts import Texts

_ACTIVE = "(reason IS NULL OR reason = 'seen-before')"


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    paragraph: Paragraph
    statement: int | None
    """Null where a rule of the page dropped it."""
    restored: bool

    @property
    def line(self) -> int | None:
        """The key by which it is counted as furniture; a statement restored by hand is none."""
        return None if self.statement is None or self.restored else self.paragraph.line


class Statements:
    """The paragraphs of one dataset. After a rolled-back transaction, or part of one, call `forget`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.gathers = False
        """Whether what is stored waits for `settle`, which decides many advisories at a quarter of the cost of each alone."""
        self._waiting: set[int] = set()
        """Advisories that wait, and what they changed: texts that lost paragraphs, and new paragraphs by their texts."""
        self._lost: set[int] = set()
        self._added: dict[int, list[tuple[Rank, int]]] = {}
        self._connection = connection
        self._texts = Texts(connection)
        self._furniture = Furniture(connection)
        self._releases = Releases(connection)

    def forget(self) -> None:
        """Drop what is in memory; what still waits is what stands in the dataset."""
        self._texts.forget()
        self._added.clear()
        if not self.gathers:
            self._waiting, self._lost = set(), set()
        if not self._waiting and not self._lost:
            return
        self._waiting = self._there("advisories", self._waiting)
        marks = ",".join(map(str, self._waiting))
        of_them = self._connection.execute(
            f"SELECT statement FROM paragraphs WHERE statement IS NOT NULL AND advisory IN ({marks})"
        )
        self._lost = self._there("texts", self._lost) | {row[0] for row in of_them}

    def _there(self, table: str, ids: set[int]) -> set[int]:
        marks = ",".join(map(str, ids))
        return {row[0] for row in self._connection.execute(f"SELECT id FROM {table} WHERE id IN ({marks})")}

    def waits(self, advisory: int | None = None) -> bool:
        """Whether this advisory, or any, waits for `settle`."""
        return bool(self._waiting) if advisory is None else advisory in self._waiting

    def store(self, advisory: int, paragraphs: Sequence[Paragraph]) -> None:
        """Put these paragraphs in the place of those that the advisory has."""
        source, url, published, official = self._connection.execute(
            "SELECT source, url, published_utc, official FROM advisories WHERE id = ?", (advisory,)
        ).fetchone()
        source = source or ""
        lost, lines, was_there = self._remove(advisory)
        if bool(paragraphs) != was_there:
            self._furniture.count_page(source, 1 if paragraphs else -1)
        rows = self._rows(url, paragraphs)
        self._texts.touch(row.statement for row in rows if row.statement is not None)
        learned = self._insert(advisory, source, rows)
        for row in rows:
            if row.statement is not None and row.id not in learned:
                rank = (published or UNKNOWN, 1 - official, url, row.paragraph.position)
                self._added.setdefault(row.statement, []).append((rank, row.id))
        refurnished, affected = self._refurnish(source, lines, {row.line for row in rows if row.line is not None})
        self._lost |= lost | refurnished
        self._waiting |= affected | {advisory}
        if not self.gathers:
            self.settle()

    def settle(self) -> None:
        """Decide what the advisories stored since the last time say, and all that they change elsewhere."""
        lost, added, advisories = self._lost, self._added, self._waiting
        self._lost, self._added, self._waiting = set(), {}, set()
        self._texts.touch(lost)
        changes = self._texts.settle(lost, {text: news for text, news in added.items() if text not in lost})
        advisories |= self._mark(changes.paragraphs | self._of(advisories))
        advisories |= self._carriers(changes.texts)
        for advisory in advisories:
            self._refresh(advisory)
        self._releases.settle(advisories)

    def _remove(self, advisory: int) -> tuple[set[int], set[int], bool]:
        rows = self._connection.execute(
            "SELECT statement, line FROM paragraphs WHERE advisory = ?", (advisory,)
        ).fetchall()
        touched = {statement for statement, _ in rows if statement is not None}
        self._texts.touch(touched)
        self._connection.execute("DELETE FROM paragraphs WHERE advisory = ?", (advisory,))
        return touched, {line for _, line in rows if line is not None}, bool(rows)

    def _rows(self, url: str, paragraphs: Sequence[Paragraph]) -> list[_Row]:
        kept_by_hand = {row[0] for row in self._connection.execute("SELECT hash FROM restored WHERE url = ?", (url,))}
        restored = [paragraph.fingerprint.hash in kept_by_hand for paragraph in paragraphs]
        active = [p.fingerprint for p, by_hand in zip(paragraphs, restored, strict=True) if by_hand or p.reason is None]
        ids = iter(self._texts.resolve(active))
        (last,) = self._connection.execute("SELECT COALESCE(MAX(id), 0) FROM paragraphs").fetchone()
        return [
            _Row(number, paragraph, next(ids) if by_hand or paragraph.reason is None else None, by_hand)
            for number, (paragraph, by_hand) in enumerate(zip(paragraphs, restored, strict=True), last + 1)
        ]

    def _insert(self, advisory: int, source: str, rows: Sequence[_Row]) -> set[int]:
        """Write the rows; those of them that are learned furniture."""
        learned: set[int] = set()
        numbers = {row.paragraph.position: row.id for row in rows}
        values = []
        for row in rows:
            paragraph = row.paragraph
            reason, rule = (None, None) if row.restored else (paragraph.reason, paragraph.rule)
            if row.line is not None and self._furniture.is_learned(source, row.line):
                reason, rule = furniture.REASON, furniture.RULE
                learned.add(row.id)
            dropped = row.statement is None
            kept = numbers[paragraph.kept_position] if dropped and paragraph.kept_position is not None else None
            values.append(
                (row.id, advisory, paragraph.position, paragraph.text, row.statement, row.line, paragraph.words,
                 reason, rule, paragraph.similarity if dropped else None, kept, int(row.restored))
            )  # fmt: skip
        self._connection.executemany(
            """INSERT INTO paragraphs (id, advisory, position, text, statement, line, words, reason, rule, similarity, kept, restored)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            values,
        )
        return learned

    def _refurnish(self, source: str, before: set[int], after: set[int]) -> tuple[set[int], set[int]]:
        """Take newly learned lines out of the texts they stand in, put forgotten ones back; texts and advisories touched."""
        learned, forgotten = self._furniture.changed(source, before, after)
        texts: set[int] = set()
        advisories: set[int] = set()
        for line, reason, rule in [
            *((line, furniture.REASON, furniture.RULE) for line in learned), *((line, None, None) for line in forgotten),
        ]:  # fmt: skip
            rows = self._furniture.paragraphs(source, line)
            self._texts.touch(text for _, text, _ in rows)
            self._connection.executemany(
                "UPDATE paragraphs SET reason = ?, rule = ? WHERE id = ?",
                ((reason, rule, paragraph) for paragraph, _, _ in rows),
            )
            texts |= {text for _, text, _ in rows}
            advisories |= {advisory for _, _, advisory in rows}
        return texts, advisories

    def _of(self, advisories: set[int]) -> set[int]:
        marks = ",".join(map(str, advisories))
        return {row[0] for row in self._connection.execute(f"SELECT id FROM paragraphs WHERE advisory IN ({marks})")}

    def _mark(self, paragraphs: set[int]) -> set[int]:
        """Say of each paragraph whether it is new or was seen before; the advisories in which that changed."""
        rows = self._connection.execute(
            f"""UPDATE paragraphs SET reason = new.reason FROM (SELECT p.id,
              CASE WHEN p.restored OR (t.first = p.id AND t.keeper IS NULL) THEN NULL ELSE 'seen-before' END AS reason
              FROM paragraphs p JOIN texts t ON t.id = p.statement
              WHERE p.id IN (SELECT value FROM json_each(?)) AND {_ACTIVE.replace("reason", "p.reason")}) AS new
            WHERE paragraphs.id = new.id AND paragraphs.reason IS NOT new.reason RETURNING advisory""",
            (json.dumps(list(paragraphs)),),
        ).fetchall()
        return {row[0] for row in rows}

    def _carriers(self, texts: set[int]) -> set[int]:
        return {
            row[0]
            for text in texts
            for row in self._connection.execute(
                "SELECT advisory FROM paragraphs WHERE statement = ? LIMIT 1000", (text,)
            )
        }

    def _refresh(self, advisory: int) -> None:
        """Write what readers see: the text, what is new in it, how much is copied."""
        rows = self._connection.execute(
            "SELECT text, reason, words FROM paragraphs WHERE advisory = ? ORDER BY position", (advisory,)
        ).fetchall()
        text = "\n".join(line for line, reason, _ in rows if reason in (None, "seen-before"))
        new_text = "\n".join(line for line, reason, _ in rows if reason is None)
        words = sum(count for _, reason, count in rows if reason in (None, "seen-before"))
        seen = sum(count for _, reason, count in rows if reason == "seen-before")
        dropped = sum(reason is not None for _, reason, _ in rows)
        self._connection.execute(
            "UPDATE advisories SET new_text = ?, dropped = ?, copied_share = ? WHERE id = ?",
            (new_text, dropped, round(seen / words, 4) if words else 0.0, advisory),
        )
        # Alone, since writing the text updates the full-text index.
        self._connection.execute(
            "UPDATE advisories SET text = ? WHERE id = ? AND text IS NOT ?", (text, advisory, text)
        )
