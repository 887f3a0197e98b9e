"""What a paragraph is found by: the hash of its form, its bands, its sentences, and a sketch."""

from __future__ import annotations

from array import array
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import xxhash

from dedup.normalize import normalize
from dedup.signatures import band_keys, signatures, sketches
from dedup.words import ENDS, FUNCTION, SAY, TOKEN, parts

SCHEME = "content-words/1 minhash-affine32-128/1 bands-18x7 sentences/1 short/1"
"""How fingerprints are made; kept with an index and checked when it is opened."""
MIN_SENTENCE = 5
"""Content words from which a part of a sentence is evidence by itself; shorter ones are stock phrases."""
MIN_SHINGLES = 3
"""Under three content words every word counts, function words too."""
SHORT = 10
"""Content words up to which one changed word is looked up by all the others."""
ENOUGH = 9
END = 0
"""Stands among the hashes of words where a sentence ends; no word has it."""
MAX_PIECES = 300_000
"""Distinct words remembered, some 60 MB at most."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One distinct text."""

    hash: int
    """Signed 64-bit hash (xxh3) of the normalised text."""
    keys: tuple[int, ...]
    """Unsigned 64-bit keys under which it stands in the index: 18 bands, then its parts of sentences, then, of a short
    one, what is left of its words without each of them."""
    sketch: bytes
    """16 bytes that estimate the similarity with another."""


def fingerprints(texts: Sequence[str]) -> list[Fingerprint]:
    """The fingerprints of paragraphs, in order; a whole batch costs a fraction of one at a time."""
    forms = [normalize(text) for text in texts]
    read = [_read(form) for form in forms]
    rows = signatures([shingles for shingles, _ in read])
    bands, packed = band_keys(rows).tolist(), sketches(rows)
    return [
        Fingerprint(form_hash(form), (*keys, *sentences), bits.tobytes())
        for form, keys, (_, sentences), bits in zip(forms, bands, read, packed, strict=True)
    ]


def form_hash(form: str) -> int:
    """The signed 64-bit hash of a normalised text: SQLite's integers are signed."""
    value: int = xxhash.xxh3_64_intdigest(form.encode("utf-8", "surrogatepass"))
    return value - (1 << 64) if value >> 63 else value


def shingles(text: str) -> set[int]:
    """The shingles of a paragraph: 32-bit hashes (xxh32) of its content words in their compared form."""
    return set(_read(normalize(text))[0])


def neighbours(text: str) -> set[tuple[int, int]]:
    """The pairs of content words of a paragraph that follow each other."""
    found, _ = _read(normalize(text))
    return set(pairwise(found))


def jaccard(left: Set[int], right: Set[int]) -> float:
    """Exact Jaccard similarity of two shingle sets, 0 to 1; two empty sets are alike."""
    return jaccard_of(len(left & right), len(left), len(right))


def jaccard_of(common: int, left: int, right: int) -> float:
    """Jaccard similarity of two sets by their sizes and that of their intersection."""
    return common / (left + right - common) if left or right else 1.0


def _read(form: str) -> tuple[list[int], list[int]]:
    """The shingles of a normalised text, some more than once, and the keys of its parts of sentences."""
    content = list(chain.from_iterable(map(_pieces().__getitem__, form.split())))
    found = [value for value in content if value]
    if len(found) < ENOUGH and len(set(found)) < MIN_SHINGLES:
        found += map(_hash, TOKEN.findall(form))
    return found, _sentence_keys(content) + _short_keys(found)


def _short_keys(found: list[int]) -> list[int]:
    """Keys that two short texts share if they differ in one word, which changes too much of them for the bands."""
    words = sorted(set(found))
    if not MIN_SHINGLES <= len(words) <= SHORT:
        return []
    return [_set_key(words), *(_set_key(words[:at] + words[at + 1 :]) for at in range(len(words)))]


def _set_key(hashes: list[int]) -> int:
    key: int = xxhash.xxh64_intdigest(array("I", hashes).tobytes(), seed=2)
    return key


def _sentence_keys(content: list[int]) -> list[int]:
    content.append(END)
    keys: list[int] = []
    start, size = 0, len(content)
    while start < size:
        end = content.index(END, start)
        if end - start >= MIN_SENTENCE:
            keys.append(xxhash.xxh64_intdigest(array("I", content[start:end]).tobytes(), seed=1))
        start = end + 1
    return keys


class _Pieces(dict[str, tuple[int, ...]]):
    """Text between spaces to the hashes of its content words, `END` where a sentence or a part of one ends.

    Words come again and again: looking them up as they stand costs a tenth of reading them.
    """

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        if len(self) > MAX_PIECES:
            self.clear()
        hashes: list[int] = []
        for token in TOKEN.findall(chunk):
            if token in ENDS:
                hashes.append(END)
            else:
                hashes += [_hash(key) for key, kind, _ in parts(token) if kind not in (FUNCTION, SAY)]
        self[chunk] = value = tuple(hashes)
        return value


@cache
def _pieces() -> _Pieces:
    return _Pieces()


def _hash(word: str) -> int:
    value: int = xxhash.xxh32_intdigest(word.encode("utf-8", "surrogatepass"))
    return value or 1
