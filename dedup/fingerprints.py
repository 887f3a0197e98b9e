"""What a paragraph is found by: the hash of its form, its bands, its sentences, and a sketch."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import xxhash

from dedup.normalize import normalize
from dedup.signatures import band_keys, signatures, sketches
from dedup.words import FUNCTION, SAY, TOKEN, parts

SCHEME = "content-words/1 minhash-affine32-128/1 bands-18x7 sentences/1"
"""How fingerprints are made; kept with an index and checked when it is opened."""
MIN_SENTENCE = 5
"""Content words from which a part of a sentence is evidence by itself; shorter ones are stock phrases."""
MIN_SHINGLES = 3
"""Under three content words every word counts, function words too."""
_ENDS = frozenset(".!?;:,()%")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One distinct text."""

    hash: int
    """Signed 64-bit hash (xxh3) of the normalised text."""
    keys: tuple[int, ...]
    """Unsigned 64-bit keys under which it stands in the index: 18 bands, then one a part of a sentence."""
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


def jaccard(left: set[int], right: set[int]) -> float:
    """Exact Jaccard similarity of two shingle sets, 0 to 1; two empty sets are alike."""
    if not left and not right:
        return 1.0
    common = len(left & right)
    return common / (len(left) + len(right) - common)


def _read(form: str) -> tuple[list[int], list[int]]:
    found: set[int] = set()
    sentences: list[int] = []
    part: list[int] = []
    tokens = TOKEN.findall(form)
    for token in tokens:
        if token in _ENDS:
            if len(part) >= MIN_SENTENCE:
                sentences.append(_sentence_key(part))
            part = []
        elif hashes := _hashes(token):
            part += hashes
            found.update(hashes)
    if len(part) >= MIN_SENTENCE:
        sentences.append(_sentence_key(part))
    if len(found) < MIN_SHINGLES:
        found.update(xxhash.xxh32_intdigest(token.encode("utf-8", "surrogatepass")) for token in tokens)
    return list(found), sentences


def _sentence_key(hashes: list[int]) -> int:
    key: int = xxhash.xxh64_intdigest(array("I", hashes).tobytes(), seed=1)
    return key


@lru_cache(maxsize=200_000)
def _hashes(token: str) -> tuple[int, ...]:
    """The hashes of the content words that a token stands for; none for function words and verbs of saying."""
    return tuple(xxhash.xxh32_intdigest(key.encode("utf-8", "surrogatepass")) for key, kind, _ in parts(token) if kind not in (FUNCTION, SAY))
