"""Distinct texts, and which of them says first what others repeat: decided by rank, whatever the order of arrival."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dedup.compare import SAME, VARIANT, Verdict, compare, similarity
from dedup.fingerprints import Fingerprint, fingerprints
from dedup.greedy import settle
from dedup.signatures import estimated_jaccard
from imbauan.statements.index import Hits, Index

Rank = tuple[str, int, str, int]
"""(moment of publication, not official, address, position): who said it first. Unknown moments come last."""
UNKNOWN = "9"
LIKELY = 0.4
"""Estimated Jaccard similarity under which a candidate of the bands is not read: 3.5 standard errors below 0.7."""
NEIGHBOURS = 32
"""Candidates that are read and compared, those with most keys in common."""
REMEMBERED = 5000
"""Fingerprints kept from page to page, 1.5 KB each: what was stored lately is decided again soon, if ever."""
_NOTHING: Hits = ([], [])
_NEVER: tuple[bool, Rank | None] = (False, None)
"""How a text stood that no paragraph had."""
MIN_SENTENCES = 2
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“‘]?[A-Z0-9])")


@dataclass(slots=True)
class Text:
    """A distinct text as it stands in the dataset."""

    id: int
    sketch: bytes
    first: int | None
    """Best-ranked paragraph that has it; null where every paragraph that had it is gone or furniture."""
    keeper: int | None
    """Text that says it before; null where this one is the first to say it."""
    variant_of: int | None
    """Text that says nearly the same with other facts."""
    advisory: int
    text: str
    rank: Rank


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
        self.index = Index(connection)
        self._prints: dict[int, Fingerprint] = {}
        self._known: dict[int, Text] = {}
        self._near: dict[int, tuple[list[int], list[int]]] = {}
        self._new: dict[int, Hits] = {}
        """What the index says of the texts that this transaction entered."""
        self._before: dict[int, tuple[bool, Rank | None]] = {}
        self._changes = Changes()

    def forget(self) -> None:
        """Drop what is in memory; for after a transaction that was rolled back, whose numbers are given out again."""
        self.index.forget()
        for remembered in (self._prints, self._known, self._near, self._new, self._before):
            remembered.clear()
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
            hits = self.index.add([(number, entry.keys) for number, entry in numbered])
            self._remember({number: hit for (number, _), hit in zip(numbered, hits, strict=True)})
            self._prints.update(numbered)
            ids |= {entry.hash: number for number, entry in numbered}
        return [ids[entry.hash] for entry in prints]

    def _remember(self, hits: dict[int, Hits]) -> None:
        """Keep what the index says of new texts: of two, only the later one was told of the other."""
        self._new.update(dict.fromkeys(hits, _NOTHING))
        for number, hit in hits.items():
            for side, others in enumerate(hit):
                for other in others:
                    self._meet(number, other, side)
                    if other in hits:
                        self._meet(other, number, side)

    def _meet(self, number: int, other: int, side: int) -> None:
        if self._new[number] is _NOTHING:
            self._new[number] = ([], [])
        self._new[number][side].append(other)

    def touch(self, texts: Iterable[int]) -> None:
        """Remember how these texts stand, before their paragraphs change."""
        self._before.update(dict.fromkeys(self._new, _NEVER))
        missing = [text for text in set(texts) if text not in self._before]
        for text in self._load(missing, fresh=True):
            self._before[text.id] = (
                (text.first is not None and text.keeper is None, text.rank) if text.first else _NEVER
            )
            if text.first is not None:
                self._changes.paragraphs.add(text.first)

    def settle(self, lost: Iterable[int], added: Mapping[int, list[tuple[Rank, int]]]) -> Changes:
        """Decide the texts whose best-ranked paragraph changed, and whatever leans on them; what changed.

        `lost` are texts that lost paragraphs, `added` the new paragraphs, with their ranks, of texts that lost none.
        """
        moved = self._update_first(set(lost), added)
        self._known.clear()
        # Most new texts have nothing in common with any other: they are kept, and nothing leans on them.
        moved = {text for text in moved if self._new.get(text) is not _NOTHING}
        self._find_neighbours(moved)
        settle(moved, lambda text: self._text(text).rank, self._decide, self._dependents)
        changes, self._changes = self._changes, Changes()
        if len(self._prints) > REMEMBERED:
            self._prints.clear()
        self._near.clear()
        self._new.clear()
        self._before.clear()
        return changes

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
        for text, news in added.items():
            rank, paragraph = min(news)
            known = None if text in self._new else self._known[text]
            firsts[text] = paragraph if known is None or known.first is None or rank < known.rank else known.first
        moved = {
            text: first
            for text, first in firsts.items()
            if text in self._new or text in lost or first != self._known[text].first
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
        text = self._text(number)
        keeper, verdict, variant = self._keeper(text) if text.first is not None else (None, None, None)
        was_kept, was_rank = self._before.get(number, (text.first is not None and text.keeper is None, text.rank))
        if keeper is not None or (keeper, variant) != (text.keeper, text.variant_of):
            self._connection.execute(
                "UPDATE texts SET keeper = ?, similarity = ?, rule = ?, variant_of = ? WHERE id = ?",
                (keeper, verdict.similarity if verdict else None, verdict.rule if verdict else None, variant, number),
            )
            self._changes.texts.add(number)
            if text.first is not None:
                self._changes.paragraphs.add(text.first)
        text.keeper, text.variant_of = keeper, variant
        kept = text.first is not None and keeper is None
        return (kept, text.rank if kept else None) != (was_kept, was_rank if was_kept else None)

    def _keeper(self, text: Text) -> tuple[int | None, Verdict | None, int | None]:
        """The kept text that says it before, how alike; else the one of which it is a variant."""
        near, sharing = self._neighbours(text.id)
        kept = [other for other in map(self._text, near) if self._precedes(other, text)]
        variant: int | None = None
        # Most alike first, so that the first that says the same is the best, and the first variant as well.
        for _, _, other in sorted((-similarity(text.text, other.text), other.rank, other.id) for other in kept):
            verdict = compare(text.text, self._text(other).text)
            if verdict.relation == SAME:
                return other, verdict, None
            if verdict.relation == VARIANT and variant is None:
                variant = other
        joined = self._joined(text, [other for other in map(self._text, sharing) if self._precedes(other, text)])
        if joined is not None:
            return joined[0], joined[1], None
        return None, None, variant

    def _joined(self, text: Text, others: list[Text]) -> tuple[int, Verdict] | None:
        """Whether every sentence stands in earlier texts: paragraphs that another outlet made one."""
        sentences = _sentences(text.text)
        if len(sentences) < MIN_SENTENCES or not others:
            return None
        covered: Counter[int] = Counter()
        for sentence in sentences:
            source = next(
                (o for o in sorted(others, key=lambda o: o.rank) if compare(sentence, o.text).relation == SAME), None
            )
            if source is None:
                return None
            covered[source.id] += len(sentence)
        keeper = min(covered, key=lambda number: (-covered[number], self._text(number).rank))
        similarity = compare(text.text, self._text(keeper).text).similarity
        return keeper, Verdict(SAME, similarity, "sentences/1")

    def _precedes(self, other: Text, text: Text) -> bool:
        return (
            other.first is not None
            and other.keeper is None
            and other.rank < text.rank
            and other.advisory != text.advisory
        )

    def _dependents(self, number: int) -> set[int]:
        """Texts of worse rank that may be decided otherwise, now that this one was."""
        text = self._text(number)
        near, sharing = self._neighbours(number)
        found: set[int] = set()
        if self._before.get(number, _NEVER) != _NEVER:
            found.update(row[0] for row in self._connection.execute("SELECT id FROM texts WHERE keeper = ?", (number,)))
            found.update(other for other in near if self._text(other).variant_of == number)
        found.update(other for other in sharing if _is_joinable(self._text(other).text))
        if text.first is not None and text.keeper is None:
            # The others lean on what they leaned on, unless this one serves better: one comparison, not all of them again.
            found.update(
                other.id
                for other in map(self._text, near)
                if other.id not in found and self._precedes(text, other) and self._may_lean(other, text)
            )
        # Looked up together, for each look-up alone costs as much as a hundred at once.
        found = {other for other in found - {number} if self._text(other).rank > text.rank}
        self._find_neighbours(other for other in found if other not in self._near)
        return found

    def _may_lean(self, text: Text, other: Text) -> bool:
        """Whether an earlier text, now kept, may change what is decided of this one."""
        verdict = compare(text.text, other.text)
        if verdict.relation != VARIANT or text.variant_of is None:
            return verdict.relation == SAME or (verdict.relation == VARIANT and text.keeper is None)
        best = self._text(text.variant_of)
        return (-verdict.similarity, other.rank) < (-similarity(text.text, best.text), best.rank)

    def _neighbours(self, number: int) -> tuple[list[int], list[int]]:
        if number not in self._near:
            self._find_neighbours([number])
        return self._near.get(number, ([], []))

    def _find_neighbours(self, numbers: Iterable[int]) -> None:
        """Fill `_near` for texts that stand somewhere: those with like bands, and those that share a sentence."""
        texts = [text for text in self._load(numbers) if text.first is not None]
        if not texts:
            return
        for text, (bands, sentences) in zip(texts, self._hits(texts), strict=True):
            self._load({*bands, *sentences})
            likely = [
                other for other, _ in Counter(bands).most_common() if other != text.id
                and estimated_jaccard(text.sketch, self._known[other].sketch) >= LIKELY
            ]  # fmt: skip
            shared = [other for other, _ in Counter(sentences).most_common(NEIGHBOURS) if other != text.id]
            self._near[text.id] = (list(dict.fromkeys([*likely[:NEIGHBOURS], *shared])), shared)

    def _hits(self, texts: list[Text]) -> list[Hits]:
        """What shares keys with each text: known of the new ones, looked up for the others."""
        others = [text for text in texts if text.id not in self._new]
        missing = [text for text in others if text.id not in self._prints]
        self._prints.update(
            (text.id, entry) for text, entry in zip(missing, fingerprints([t.text for t in missing]), strict=True)
        )
        found = self.index.candidates([self._prints[text.id].keys for text in others]) if others else []
        hits = self._new | {text.id: hit for text, hit in zip(others, found, strict=True)}
        return [hits[text.id] for text in texts]

    def _text(self, number: int) -> Text:
        if number not in self._known:
            self._load([number])
        return self._known[number]

    def _load(self, numbers: Iterable[int], *, fresh: bool = False) -> list[Text]:
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if fresh or number not in self._known]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            rows = self._connection.execute(
                f"""SELECT t.id, t.sketch, t.first, t.keeper, t.variant_of, p.advisory, p.text, a.published_utc, a.official, a.url, p.position
                FROM texts t LEFT JOIN paragraphs p ON p.id = t.first LEFT JOIN advisories a ON a.id = p.advisory
                WHERE t.id IN ({",".join("?" * len(some))})""",
                some,
            )
            for number, sketch, first, keeper, variant, advisory, text, published, official, url, position in rows:
                rank = (published or UNKNOWN, 1 - (official or 0), url or "~", position or 0)
                self._known[number] = Text(number, sketch, first, keeper, variant, advisory or 0, text or "", rank)
        return [self._known[number] for number in wanted if number in self._known]


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def _is_joinable(text: str) -> bool:
    """Whether its sentences may stand in several earlier texts."""
    return len(_sentences(text)) >= MIN_SENTENCES
