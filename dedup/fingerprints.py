"""What a paragraph is found by: the hash of its form, its bands, its sentences, and a sketch."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence, Set
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from dedup.kinds import FUNCTION, NUMBER, SAY, STATE
from dedup.normalize import normalize
from dedup.numbers import spoken
from dedup.signatures import BANDS, band_keys, mix64, signatures_of, sketches
from dedup.words import ENDS, TOKEN, parts

SCHEME = "content-words/4 minhash-affine32-128/1 bands-18x7 sentences/2 short/2"
"""How fingerprints are made; kept with an index and checked when it is opened."""
MIN_SENTENCE = 5
"""Content words from which a part of a sentence is evidence by itself; shorter ones are stock phrases."""
MIN_SHINGLES = 3
"""Under three content words every word counts, function words too."""
SHORT = 10
"""Content words up to which one changed word is looked up by all the others."""
SKETCH_BYTES = 16
KEY_BYTES = 8
END = 0
"""Stands among the hashes of words where a sentence ends; no word has it."""
MAX_PIECES = 100_000
"""Distinct words remembered, some 20 MB at most."""


class Fingerprint(NamedTuple):
    """One distinct text."""

    hash: int
    """Signed 64-bit hash (xxh3) of the normalised text."""
    keys: bytes
    """Unsigned 64-bit keys, as an `array("Q")` has them, under which it stands in the index: 18 bands, then its parts of
    sentences, then, of a short one, what is left of its words without each of them."""
    sketch: bytes
    """16 bytes that estimate the similarity with another."""


def fingerprints(texts: Sequence[str], known: Mapping[int, Fingerprint] | None = None) -> list[Fingerprint]:
    """The fingerprints of paragraphs, in order; a whole batch costs a fraction of one at a time.

    `known` are some by their hashes, which need not be made again.
    """
    forms = [normalize(text) for text in texts]
    hashes = list(map(form_hash, forms))
    known = known or {}
    new = {value: form for value, form in zip(hashes, forms, strict=True) if value not in known}
    made = dict(zip(new, _made(list(new), list(new.values())), strict=True)) if new else {}
    return [made.get(value) or known[value] for value in hashes]


def _made(hashes: list[int], forms: list[str]) -> list[Fingerprint]:
    content, sizes, sentences = _read_all(forms)
    rows = signatures_of(content, sizes)
    bands, packed = band_keys(rows).tobytes(), sketches(rows).tobytes()
    size = BANDS * KEY_BYTES
    return [
        Fingerprint(value, bands[at : at + size] + more, packed[sketch : sketch + SKETCH_BYTES])
        for value, more, at, sketch in zip(hashes, sentences, count(step=size), count(step=SKETCH_BYTES))
    ]


def form_hash(form: str) -> int:
    """The signed 64-bit hash of a normalised text: SQLite's integers are signed."""
    value: int = xxhash.xxh3_64_intdigest(form.encode("utf-8", "surrogatepass"))
    return value - (1 << 64) if value >> 63 else value


def shingles(text: str) -> set[int]:
    """The shingles of a paragraph: 32-bit hashes (xxh32) of its content words in their compared form."""
    form = normalize(text)
    found = set(memoryview(_stream(form)).cast("I"))
    found.discard(END)
    return found if len(found) >= MIN_SHINGLES else found.union(_every_word(form))


def neighbours(text: str) -> set[tuple[int, int]]:
    """The pairs of content words of a paragraph that follow each other."""
    return set(pairwise(_content(normalize(text))))


def jaccard(left: Set[int], right: Set[int]) -> float:
    """Exact Jaccard similarity of two shingle sets, 0 to 1; two empty sets are alike."""
    return jaccard_of(len(left & right), len(left), len(right))


def jaccard_of(common: int, left: int, right: int) -> float:
    """Jaccard similarity of two sets by their sizes and that of their intersection."""
    return common / (left + right - common) if left or right else 1.0


def _content(form: str) -> list[int]:
    """The hashes of a normalised text's content words, some more than once, in order."""
    return [value for value in memoryview(_stream(form)).cast("I") if value != END]


def _stream(form: str) -> bytes:
    """The same with `END` where a part of a sentence ends, as 32-bit integers."""
    return b"".join(map(_vocabulary().__getitem__, form.split()))


def _every_word(form: str) -> list[int]:
    return [_hash(token) for token in TOKEN.findall(form)]


def _read_all(forms: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp], list[bytes]]:
    """The shingles of normalised texts, end to end, how many each has, and each one's keys of sentences and of short texts."""
    streams = list(map(_stream, forms))
    stream = np.frombuffer(b"".join(streams), dtype=np.uint32)
    lengths = np.fromiter(map(len, streams), dtype=np.intp, count=len(streams)) // stream.itemsize
    owners = np.repeat(np.arange(len(forms)), lengths)
    is_word = stream != END
    hashes, owners, sentence = stream[is_word], owners[is_word], (np.cumsum(~is_word) + owners)[is_word]
    sizes = np.bincount(owners, minlength=len(forms))
    keys = _sentence_keys(hashes, owners, sentence, len(forms))
    few = np.flatnonzero(sizes <= 2 * SHORT)
    ends = np.cumsum(sizes)
    more: list[tuple[int, list[int]]] = []
    for row, end, size in zip(few.tolist(), ends[few].tolist(), sizes[few].tolist(), strict=True):
        distinct = sorted(set(hashes[end - size : end].tolist()))
        if len(distinct) < MIN_SHINGLES:
            more.append((row, _every_word(forms[row])))
            distinct = sorted({*distinct, *more[-1][1]})
        keys[row] += array("Q", _short_keys(distinct)).tobytes()
    for row, extra in reversed(more):
        hashes = np.insert(hashes, ends[row], np.array(extra, dtype=np.uint32))
        sizes[row] += len(extra)
    return hashes, sizes, keys


def _sentence_keys(
    hashes: NDArray[np.uint32], owners: NDArray[np.intp], sentence: NDArray[np.intp], texts: int
) -> list[bytes]:
    """For each text the keys of its parts of sentences: hashes of their words in order."""
    if not len(hashes):
        return [b""] * texts
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    sizes = np.diff(starts, append=len(hashes))
    places = (np.arange(len(hashes)) - np.repeat(starts, sizes)).astype(np.uint64)
    keys = mix64(np.add.reduceat(mix64(hashes | places << np.uint64(32)), starts))
    long = sizes >= MIN_SENTENCE
    found, of = keys[long].tobytes(), np.bincount(owners[starts[long]], minlength=texts) * KEY_BYTES
    ends = np.cumsum(of)
    return [found[end - size : end] for end, size in zip(ends.tolist(), of.tolist(), strict=True)]


def _short_keys(words: list[int]) -> list[int]:
    """Keys that two short texts share if they differ in one word, which changes too much of them for the bands."""
    if not MIN_SHINGLES <= len(words) <= SHORT:
        return []
    return [_set_key(words), *(_set_key(words[:at] + words[at + 1 :]) for at in range(len(words)))]


def _set_key(hashes: list[int]) -> int:
    key: int = xxhash.xxh64_intdigest(array("I", hashes).tobytes(), seed=2)
    return key


class _Vocabulary(dict[str, bytes]):
    """Text between spaces to the hashes of its content words, `END` where a part of a sentence ends, as 32-bit integers.

    Words come again and again: looking them up as they stand costs a tenth of reading them.
    """

    def __missing__(self, chunk: str) -> bytes:
        hashes = array("I")
        for token in TOKEN.findall(chunk):
            if token in ENDS:
                hashes.append(END)
            else:
                for key, kind, _ in parts(token):
                    if kind == NUMBER:
                        hashes.extend(map(_hash, spoken(key)))
                    elif kind not in (FUNCTION, SAY, STATE):
                        hashes.append(_hash(key))
        self[chunk] = found = hashes.tobytes()
        return found


_words: list[_Vocabulary] = []


def _vocabulary() -> _Vocabulary:
    """The one vocabulary, begun anew once it is large."""
    if not _words or len(_words[0]) > MAX_PIECES:
        _words[:] = [_Vocabulary()]
    return _words[0]


def _hash(word: str) -> int:
    value: int = xxhash.xxh32_intdigest(word.encode("utf-8", "surrogatepass"))
    return value or 1
