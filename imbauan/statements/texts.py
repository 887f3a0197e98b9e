"""Distinct texts, and which of them says first what others repeat: decided by rank, whatever the order of arrival."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dedup.compare import SAME, VARIANT, Verdict, compare, may_be_alike, similarity
from dedup.fingerprints import Fingerprint
from dedup.greedy import settle
from imbauan.statements.neighbours import Neighbours
from imbauan.statements.rows import UNKNOWN, Rank, Rows, Text

_NEVER: tuple[bool, Rank | None, str] = (False, None, "")
"""How a text stood that no paragraph had."""
MIN_SENTENCES = 2
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“‘]?[A-Z0-9])")


@dataclass(slots=True)
class Changes:
    """What a settling changed."""

    paragraphs: set[int] = field(default_factory=set)
    """Paragraphs that may have become new, or seen before."""
    texts: set[int] = field(default_factory=set)


class Texts:
    """The texts of one dataset, over the connection whose transactions hold their changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection)
        self._neighbours = Neighbours(connection, self._rows)
        self._before: dict[int, tuple[bool, Rank | None, str]] = {}
        self._moved: set[int] = set()
        self._changes = Changes()

    def forget(self) -> None:
        """Drop what is in memory, after a transaction that was rolled back."""
        self._neighbours.forget()
        self._rows.clear()
        self._before.clear()
        self._changes = Changes()

    def resolve(self, prints: Sequence[Fingerprint]) -> list[int]:
        """The ids of texts by their fingerprints; unknown ones are entered in the index."""
        ids = self._ids(prints)
        new: dict[int, Fingerprint] = {entry.hash: entry for entry in prints if entry.hash not in ids}
        if new:
            (last,) = self._connection.execute("SELECT COALESCE(MAX(id), 0) FROM texts").fetchone()
            numbered = list(enumerate(new.values(), last + 1))
            self._connection.executemany(
                "INSERT INTO texts (id, hash, sketch) VALUES (?, ?, ?)",
                ((number, entry.hash, entry.sketch) for number, entry in numbered),
            )
            self._neighbours.enter(numbered)
            ids |= {entry.hash: number for number, entry in numbered}
        return [ids[entry.hash] for entry in prints]

    def touch(self, texts: Iterable[int]) -> None:
        """Remember how these texts stand, before their paragraphs change."""
        self._before.update(dict.fromkeys(self._neighbours.new, _NEVER))
        missing = [text for text in set(texts) if text not in self._before]
        for text in self._rows.load(missing, fresh=True):
            self._before[text.id] = (text.is_kept, text.rank, text.text) if text.first else _NEVER
            if text.first is not None:
                self._changes.paragraphs.add(text.first)

    def settle(self, lost: Iterable[int], added: Mapping[int, list[tuple[Rank, int]]]) -> Changes:
        """Decide the texts whose best-ranked paragraph changed, and whatever leans on them; what changed.

        `lost` are texts that lost paragraphs, `added` the new paragraphs, with their ranks, of texts that lost none.
        """
        moved = self._update_first(set(lost), added)
        self._rows.clear()
        # Most new texts have nothing in common with any other: they are kept, and nothing leans on them.
        moved = {text for text in moved if not self._neighbours.is_alone(text)}
        moved |= self._left_behind(moved)
        self._neighbours.find(moved)
        self._moved = moved
        settle(moved, lambda text: self._rows[text].rank, self._decide, self._dependents)
        changes, self._changes = self._changes, Changes()
        self._neighbours.end()
        self._before.clear()
        return changes

    def _left_behind(self, moved: Iterable[int]) -> set[int]:
        """Texts that leaned on one of these, where it stood and stands no more, or later: they may come before it now."""
        found: set[int] = set()
        for number in moved:
            was_kept, rank, content = self._before.get(number, _NEVER)
            text = self._rows[number]
            if not was_kept or rank is None or (text.first is not None and text.rank <= rank):
                continue
            found.update(row[0] for row in self._connection.execute("SELECT id FROM texts WHERE keeper = ?", (number,)))
            near, sharing = self._neighbours.lookup(number, content)
            found.update(other for other in near if self._rows[other].variant_of == number)
            found.update(
                other
                for other in sharing
                if self._rows[other].rank > rank and _may_lend(content, self._rows[other].text)
            )
        return found

    def _ids(self, prints: Sequence[Fingerprint]) -> dict[int, int]:
        hashes = list({entry.hash for entry in prints})
        ids: dict[int, int] = {}
        for start in range(0, len(hashes), 500):
            some = hashes[start : start + 500]
            marks = ",".join("?" * len(some))
            ids.update(self._connection.execute(f"SELECT hash, id FROM texts WHERE hash IN ({marks})", some))
        return ids

    def _update_first(self, lost: set[int], added: Mapping[int, list[tuple[Rank, int]]]) -> set[int]:
        """Point each text at its best-ranked paragraph; the texts for which that is another one now."""
        firsts = {text: self._best_ranked(text) for text in lost}
        new = set(self._neighbours.new)
        for text, news in added.items():
            rank, paragraph = min(news)
            known = None if text in new else self._rows[text]
            firsts[text] = paragraph if known is None or known.first is None or rank < known.rank else known.first
        moved = {
            text: first
            for text, first in firsts.items()
            if text in new or text in lost or first != self._rows[text].first
        }
        self._connection.executemany(
            "UPDATE texts SET first = ? WHERE id = ?", ((first, text) for text, first in moved.items())
        )
        self._changes.paragraphs.update(first for first in moved.values() if first is not None)
        return set(moved)

    def _best_ranked(self, text: int) -> int | None:
        row = self._connection.execute(
            f"""SELECT p.id FROM paragraphs p JOIN advisories a ON a.id = p.advisory
            WHERE p.statement = ? AND (p.reason IS NULL OR p.reason = 'seen-before')
            ORDER BY COALESCE(a.published_utc, '{UNKNOWN}'), 1 - a.official, a.url, p.position LIMIT 1""",
            (text,),
        ).fetchone()
        return row[0] if row else None

    def _decide(self, number: int) -> bool:
        text = self._rows[number]
        keeper, verdict, variant = self._keeper(text) if text.first is not None else (None, None, None)
        was_kept, was_rank, _ = self._before.get(number, (text.is_kept, text.rank, text.text))
        if keeper is not None or (keeper, variant) != (text.keeper, text.variant_of):
            self._connection.execute(
                "UPDATE texts SET keeper = ?, similarity = ?, rule = ?, variant_of = ? WHERE id = ?",
                (keeper, verdict.similarity if verdict else None, verdict.rule if verdict else None, variant, number),
            )
            self._changes.texts.add(number)
            if text.first is not None:
                self._changes.paragraphs.add(text.first)
        text.keeper, text.variant_of = keeper, variant
        return (text.is_kept, text.rank if text.is_kept else None) != (was_kept, was_rank if was_kept else None)

    def _keeper(self, text: Text) -> tuple[int | None, Verdict | None, int | None]:
        """The kept text that says it before, how alike; else the one of which it is a variant."""
        near, sharing = self._neighbours.of(text.id)
        kept = [
            other
            for other in map(self._rows.__getitem__, near)
            if self._precedes(other, text) and may_be_alike(text.text, other.text)
        ]
        variant: int | None = None
        # Most alike first, so that the first that says the same is the best, and the first variant as well.
        if len(kept) > 1:
            kept.sort(key=lambda other: (-similarity(text.text, other.text), other.rank, other.id))
        for other in kept:
            verdict = compare(text.text, other.text)
            if verdict.relation == SAME:
                return other.id, verdict, None
            if verdict.relation == VARIANT and variant is None:
                variant = other.id
        joined = self._joined(
            text, [other for other in map(self._rows.__getitem__, sharing) if self._precedes(other, text)]
        )
        if joined is not None:
            return joined[0], joined[1], None
        return None, None, variant

    def _joined(self, text: Text, others: list[Text]) -> tuple[int, Verdict] | None:
        """Whether every sentence stands in earlier texts: paragraphs that another outlet made one."""
        sentences = _sentences(text.text)
        if len(sentences) < MIN_SENTENCES or not others:
            return None
        others = sorted(others, key=lambda other: other.rank)
        # Most texts that share a stock phrase fail here, for one of their sentences stands nowhere else.
        likely = [[other for other in others if may_be_alike(sentence, other.text)] for sentence in sentences]
        if not all(likely):
            return None
        covered: Counter[int] = Counter()
        for sentence, some in zip(sentences, likely, strict=True):
            source = next((other for other in some if compare(sentence, other.text).relation == SAME), None)
            if source is None:
                return None
            covered[source.id] += len(sentence)
        keeper = min(covered, key=lambda number: (-covered[number], self._rows[number].rank))
        similarity = compare(text.text, self._rows[keeper].text).similarity
        return keeper, Verdict(SAME, similarity, "sentences/1")

    def _precedes(self, other: Text, text: Text) -> bool:
        return other.is_kept and other.rank < text.rank and other.advisory != text.advisory

    def _dependents(self, number: int) -> set[int]:
        """Texts of worse rank that may be decided otherwise, now that this one was, beside those that are decided anyway."""
        text = self._rows[number]
        near, sharing = ([other for other in some if other not in self._moved] for some in self._neighbours.of(number))
        found: set[int] = set()
        if self._before.get(number, _NEVER) != _NEVER:
            found.update(row[0] for row in self._connection.execute("SELECT id FROM texts WHERE keeper = ?", (number,)))
            found.update(other for other in near if self._rows[other].variant_of == number)
        found.update(
            other.id
            for other in map(self._rows.__getitem__, sharing)
            if other.rank > text.rank and _may_lend(text.text, other.text)
        )
        if text.is_kept:
            # The others lean on what they leaned on, unless this one serves better: one comparison, not all of them again.
            found.update(
                other.id
                for other in map(self._rows.__getitem__, near)
                if other.id not in found and self._precedes(text, other) and self._may_lean(other, text)
            )
        found = {other for other in found - {number} if self._rows[other].rank > text.rank}
        self._neighbours.find(found)
        return found

    def _may_lean(self, text: Text, other: Text) -> bool:
        """Whether an earlier text, now kept, may change what is decided of this one."""
        verdict = compare(text.text, other.text)
        if verdict.relation != VARIANT or text.variant_of is None:
            return verdict.relation == SAME or (verdict.relation == VARIANT and text.keeper is None)
        best = self._rows[text.variant_of]
        return (-verdict.similarity, other.rank) < (-similarity(text.text, best.text), best.rank)


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def _may_lend(text: str, other: str) -> bool:
    """Whether a sentence of another text, which may stand in several earlier ones, may stand in this one."""
    sentences = _sentences(other)
    return len(sentences) >= MIN_SENTENCES and any(may_be_alike(sentence, text) for sentence in sentences)
