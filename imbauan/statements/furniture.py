"""Lines that an outlet puts under page after page, learned from the pages that are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Set

from dedup.furniture import MIN_PAGES, SAMPLE, is_often, unrelated

REASON, RULE = "furniture", "learned/1"
FEW = 8
"""Paragraphs of a page: so many rows are read for each page of an outlet where its pages are gone through."""
_ACTIVE = "(p.reason IS NULL OR p.reason = 'seen-before')"


class Furniture:
    """The learned lines of each outlet: a function of its pages, kept as they come and go."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count_page(self, source: str, step: int) -> None:
        """An outlet gained a page (1) or lost one (-1)."""
        self._connection.execute(
            "INSERT INTO outlets (source, pages) VALUES (?, 1) ON CONFLICT (source) DO UPDATE SET pages = pages + ?",
            (source, step),
        )

    def is_learned(self, source: str, line: int) -> bool:
        """Whether a line is furniture of this outlet."""
        row = self._connection.execute(
            "SELECT 1 FROM furniture WHERE source = ? AND line = ?", (source, line)
        ).fetchone()
        return row is not None

    def changed(self, source: str, before: Set[int], after: Set[int]) -> tuple[list[int], list[int]]:
        """Lines of this outlet that became furniture, and that no longer are, after a page had and has these lines."""
        of = self._of(source)
        learned: list[int] = []
        for line in before | after:
            if self.is_learned(source, line):
                # Counted on: a line under all pages of an outlet would be counted through for each of them.
                self._connection.execute(
                    "UPDATE furniture SET pages = pages + ? WHERE source = ? AND line = ?",
                    ((line in after) - (line in before), source, line),
                )
                continue
            pages = self._pages(source, line) if of >= MIN_PAGES else 0
            if is_often(pages, of) and unrelated(self._without(source, line)) >= MIN_PAGES:
                self._connection.execute(
                    "INSERT INTO furniture (source, line, pages) VALUES (?, ?, ?)", (source, line, pages)
                )
                learned.append(line)
        rows = self._connection.execute("SELECT line, pages FROM furniture WHERE source = ?", (source,)).fetchall()
        forgotten = [line for line, pages in rows if not is_often(pages, of)]
        for line in forgotten:
            self._connection.execute("DELETE FROM furniture WHERE source = ? AND line = ?", (source, line))
        return learned, forgotten

    def paragraphs(self, source: str, line: int) -> list[tuple[int, int, int]]:
        """(paragraph, text, advisory) of a line under the pages of an outlet, those restored by hand left out."""
        return self._connection.execute(
            f"SELECT p.id, p.statement, p.advisory FROM {self._standing(source, line)} AND p.statement IS NOT NULL AND NOT p.restored",
            {"line": line, "source": source},
        ).fetchall()

    def _of(self, source: str) -> int:
        """How many pages an outlet has."""
        row = self._connection.execute("SELECT pages FROM outlets WHERE source = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def _standing(self, source: str, line: int) -> str:
        """Where a line stands under the pages of an outlet, as SQL: reached from its side that has fewer rows.

        A line may stand under the pages of a thousand outlets, and an outlet may have a million pages.
        """
        limit = FEW * self._of(source) + FEW
        (rows,) = self._connection.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM paragraphs WHERE line = ? LIMIT ?)", (line, limit)
        ).fetchone()
        if rows < limit:
            return (
                "paragraphs p CROSS JOIN advisories a ON a.id = p.advisory WHERE p.line = :line AND a.source = :source"
            )
        return "advisories a CROSS JOIN paragraphs p ON p.advisory = a.id WHERE a.source = :source AND +p.line = :line"

    def _pages(self, source: str, line: int) -> int:
        (count,) = self._connection.execute(
            f"SELECT COUNT(DISTINCT p.advisory) FROM {self._standing(source, line)}",
            {"line": line, "source": source},
        ).fetchone()
        return int(count)

    def _without(self, source: str, line: int) -> list[list[str]]:
        """The other lines of the first pages that have a line."""
        pages = self._connection.execute(
            f"""SELECT DISTINCT a.id FROM {self._standing(source, line)}
            ORDER BY COALESCE(a.published_utc, '9'), a.url LIMIT :sample""",
            {"line": line, "source": source, "sample": SAMPLE},
        ).fetchall()
        return [
            [
                text
                for (text,) in self._connection.execute(
                    f"SELECT p.text FROM paragraphs p WHERE p.advisory = ? AND p.line IS NOT ? AND {_ACTIVE} ORDER BY p.position",
                    (page, line),
                )
            ]
            for (page,) in pages
        ]
