"""Two texts side by side: which paragraphs answer each other, and which words differ."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

ALIKE = 0.3
"""Share of words (Jaccard) from which on two paragraphs count as versions of one."""
MOST = 120
"""Paragraphs of a page that are compared; a page with more is shown without marks."""
WORDS = 600
"""Words of a paragraph that are compared one by one."""
_TOKEN = re.compile(r"\w+(?:[.,:/-]\w+)*|[^\w\s]|\s+")

Piece = tuple[str, str]
"""(`same`, `gone`, `new` or `fact`, words): `fact` is a difference in a number."""


@dataclass(slots=True)
class Pair:
    """A paragraph here and its counterpart there; empty where there is none."""

    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether both say the same, to the letter."""
        return self.left == self.right


def side_by_side(left: list[str], right: list[str]) -> list[Pair]:
    """Pairs in the order of the left text; what only the right one holds follows what it followed there."""
    if len(left) > MOST or len(right) > MOST:
        longer = max(len(left), len(right))
        return [Pair(_whole(left, place, "same"), _whole(right, place, "same")) for place in range(longer)]
    partner = _partners(left, right)
    only_right: dict[int, list[int]] = {}
    last = -1
    taken = {there: here for here, there in partner.items()}
    for there in range(len(right)):
        if there in taken:
            last = taken[there]
        else:
            only_right.setdefault(last, []).append(there)
    pairs = [Pair(right=[("new", right[there])]) for there in only_right.get(-1, [])]
    for here, text in enumerate(left):
        pairs.append(_words(text, right[partner[here]]) if here in partner else Pair(left=[("gone", text)]))
        pairs += [Pair(right=[("new", right[there])]) for there in only_right.get(here, [])]
    return pairs


def _whole(texts: list[str], place: int, kind: str) -> list[Piece]:
    return [(kind, texts[place])] if place < len(texts) else []


def _partners(left: list[str], right: list[str]) -> dict[int, int]:
    """For each left paragraph its most alike right one; each is used once, the most alike pairs first."""
    here, there = [_bag(text) for text in left], [_bag(text) for text in right]
    found = [
        (len(a & b) / len(a | b), -abs(i - j), -i, -j)
        for i, a in enumerate(here)
        for j, b in enumerate(there)
        if a & b and len(a & b) >= ALIKE * len(a | b)
    ]
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(found, reverse=True):
        if -i not in partner and -j not in used:
            partner[-i] = -j
            used.add(-j)
    return partner


def _bag(text: str) -> set[str]:
    return {token for token in _TOKEN.findall(text.lower()) if not token.isspace()}


def _words(left: str, right: str) -> Pair:
    if left == right:
        return Pair([("same", left)], [("same", right)])
    here, there = _TOKEN.findall(left), _TOKEN.findall(right)
    if max(len(here), len(there)) > 2 * WORDS:
        return Pair([("gone", left)], [("new", right)])
    pair = Pair()
    for kind, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        old, new = "".join(here[a:b]), "".join(there[c:d])
        if kind == "equal":
            pair.left.append(("same", old))
            pair.right.append(("same", new))
            continue
        fact = any(character.isdigit() for character in old + new)
        if old:
            pair.left.append(("fact" if fact else "gone", old))
        if new:
            pair.right.append(("fact" if fact else "new", new))
    return pair
