"""Regular expressions that are looked for in every sentence and found in few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import re2

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(|\)|[^\\\[()]", re.DOTALL)
_CLASSES = {r"\w": r"\pL\pN_", r"\s": r"\s\v\x1c-\x1f\x{85}\pZ", r"\d": r"\p{Nd}"}
_ASSERTION = re.compile(r"\(\?<?[=!]")
_BOUNDARIES = (r"\b", r"\B")


# Words that stand at a distance: what RE2 remembers of several such at once grows as their product.
_GAP = re.compile(r"\{\d*,\d+\}")
_LONG = 600
"""Characters of a pattern with such a gap from which it is asked by itself."""
_MEMORY = 8 * 1024 * 1024
"""Bytes that RE2 may use for what it remembers of one set, its own default: all of them take 60 MB of a worker, and no more."""


class Pattern:
    """A regular expression of `re`, asked only where RE2 finds the same without its assertions.

    RE2 reads a text once, whatever the pattern: that tells nine sentences of ten apart at a tenth of the time, and never
    takes long. What it can't say, assertions and where the groups are, `re` says of the tenth.
    """

    __slots__ = ("_quick", "exact")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.exact = re.compile(pattern, flags)
        self._quick = _set([self.exact])

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it is."""
        return self.exact.search(text) if self._quick.Match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """What stands at the beginning, if it is it."""
        return self.exact.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places where it is."""
        return self.exact.finditer(text) if self._quick.Match(text) else iter(())

    def sub(self, replacement: str, text: str) -> str:
        """The text with something else in its place."""
        return self.exact.sub(replacement, text) if self._quick.Match(text) else text


class PatternSet:
    """Many patterns that are looked for in the same texts: RE2 reads each once for all of them.

    Long ones that would be asked alone are asked only where the words stand that they can't do without (`re2.Filter`).
    """

    __slots__ = ("_exact", "_filter", "_quick")

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._exact = tuple(patterns)
        alone = [
            number
            for number, pattern in enumerate(self._exact)
            if _GAP.search(pattern.pattern) and len(pattern.pattern) > _LONG
        ]
        together = [number for number in range(len(self._exact)) if number not in alone]
        self._quick = [
            (numbers, _set([self._exact[number] for number in numbers]))
            for numbers in (together, *([number] for number in alone)) if numbers
        ]  # fmt: skip
        self._filter = _filter(self._exact) if alone else None

    def likely(self, text: str) -> list[tuple[int, re.Pattern[str]]]:
        """The number and the pattern of those that may be found, in their order; what is not told of is not in the text."""
        asked = self._quick
        if self._filter is not None:
            # All that may be there, and more: its `potential` is by words alone.
            maybe = frozenset(self._filter.Match(text, True) or ())
            asked = [(numbers, quick) for numbers, quick in asked if not maybe.isdisjoint(numbers)]
        found = [numbers[at] for numbers, quick in asked for at in quick.Match(text) or ()]
        return [(number, self._exact[number]) for number in sorted(found)]

    def search(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of each pattern that is found, in their order, and the first place where it is."""
        for number, pattern in self.likely(text):
            if found := pattern.search(text):
                yield number, found


def _filter(patterns: Iterable[re.Pattern[str]]) -> re2.Filter:
    made = re2.Filter()
    for pattern in patterns:
        made.Add(_for_re2(pattern), _options())
    made.Compile()
    return made


def _set(patterns: Iterable[re.Pattern[str]]) -> re2.Set:
    # A set of one too: it answers yes or no, which RE2's wrapper for Python does at a third of the cost of a place.
    made = re2.Set.SearchSet(_options())
    for pattern in patterns:
        made.Add(_for_re2(pattern))
    made.Compile()
    return made


def _for_re2(pattern: re.Pattern[str]) -> str:
    text = _without_assertions(pattern.pattern)
    return f"(?i:{text})" if pattern.flags & re.IGNORECASE else text


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    return options


def _without_assertions(pattern: str) -> str:
    """What finds all that the pattern finds, and perhaps more: it asks for nothing before and after."""
    kept: list[str] = []
    # RE2's boundaries are those of ASCII words.
    dropped = () if pattern.isascii() and r"\w" not in pattern else _BOUNDARIES
    depth = inside = 0
    for match in _TOKEN.finditer(pattern):
        token = match.group()
        depth += token.startswith("(") - (token == ")")
        if not inside and _ASSERTION.fullmatch(token):
            inside = depth
            # An empty group, lest what follows a repetition change its meaning.
            kept.append("(?:")
        if not inside and token not in dropped:
            kept.append(_in_unicode(token))
        elif token == ")" and depth < inside:
            inside = 0
            kept.append(")")
    return "".join(kept)


def _in_unicode(token: str) -> str:
    """RE2's own `\\w`, `\\s` and `\\d` are ASCII; what they leave out, `\\W` and its like may have besides."""
    if members := _CLASSES.get(token):
        return f"[{members}]"
    if token.startswith("["):
        for name, members in _CLASSES.items():
            token = token.replace(name, members)
    return token
