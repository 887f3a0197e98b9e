"""Fingerprints: interchangeable with datasketch's, and enough to find what is alike."""

from __future__ import annotations

import random
from array import array

import numpy as np
import pytest
from datasketch import MinHash

from dedup.fingerprints import fingerprints, form_hash, jaccard, shingles
from dedup.lexicon import lexicon
from dedup.normalize import normalize
from dedup.page import is_related_link
from dedup.segments import add_to_filter, filter_masks, may_hold, new_filter, part_bits, part_of, split
from dedup.signatures import BANDS, NUM_PERM, SEED, estimated_jaccard, signatures, sketches


def paragraphs(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    words = sorted(lexicon().common)
    return [" ".join(chance.choices(words, k=chance.randint(20, 60))).capitalize() + "." for _ in range(count)]


def test_signatures_are_those_of_datasketch() -> None:
    sets = [sorted(shingles(text)) for text in paragraphs(20)]
    for row, hashes in zip(signatures(sets), sets, strict=True):
        peer = MinHash(num_perm=NUM_PERM, seed=SEED, hashfunc=int, scheme="affine32")
        peer.update_batch(hashes)
        assert np.array_equal(row.astype(np.uint64), peer.hashvalues.astype(np.uint64))


def test_bands_propose_the_pairs_that_count() -> None:
    chance = random.Random(2)
    found = pairs = 0
    for text in paragraphs(300):
        words = text.split()
        for place in chance.sample(range(len(words)), max(1, len(words) // 12)):
            words[place] = "kata" + words[place]
        other = " ".join(words)
        if jaccard(shingles(text), shingles(other)) < 0.8:
            continue
        one, two = fingerprints([text, other])
        pairs += 1
        found += bool(set(array("Q", one.keys)) & set(array("Q", two.keys)))
    assert pairs > 100 and found / pairs >= 0.99


def test_sketches_estimate_the_similarity() -> None:
    one, two = paragraphs(2)
    rows = sketches(signatures([sorted(shingles(one)), sorted(shingles(two))]))
    assert estimated_jaccard(rows[0].tobytes(), rows[0].tobytes()) == 1.0
    assert estimated_jaccard(rows[0].tobytes(), rows[1].tobytes()) < 0.4


def test_a_short_text_with_one_other_word_shares_a_key() -> None:
    one, two = fingerprints(
        ["Identitas pelapor dilindungi undang-undang.", "Identitas pelapor dilindnugi undang-undang."]
    )
    assert set(array("Q", one.keys)[BANDS:]) & set(array("Q", two.keys)[BANDS:])


def test_the_hash_is_that_of_the_folded_text() -> None:
    assert fingerprints(["“Awas”  Sampit"])[0].hash == form_hash(normalize('"awas" SAMPIT'))


def test_a_filter_forgets_nothing_and_passes_little() -> None:
    keys = np.random.default_rng(1).integers(0, 2**64, 20_000, dtype=np.uint64)
    words = new_filter(10_000)
    add_to_filter(words, keys[:10_000])
    held = may_hold(words, keys, filter_masks(keys))
    assert held[:10_000].all() and held[10_000:].mean() < 0.03


def test_parts_of_a_segment_hold_all_its_entries() -> None:
    keys = np.sort(np.random.default_rng(1).integers(0, 2**64, 9_000, dtype=np.uint64))
    texts = np.arange(9_000, dtype=np.uint32)
    bits = part_bits(len(keys))
    parts = list(split(keys, texts, bits))
    assert np.array_equal(np.concatenate([k for _, k, _ in parts]), keys)
    assert all((part_of(k, bits) == part).all() for part, k, _ in parts)


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("Baca: Tanggul pantai belum rampung", True),
        ("Pilihan Editor: Kebocoran data yang tak selesai", True),
        ("Artikel lain: Warga temukan mortir", True),
        ("Baca-tulis Al-Quran diajarkan polisi di surau setiap Jumat.", False),
        ("Baca doa bersama digelar di halaman Mapolres.", False),
    ],
)
def test_lines_that_point_to_another_article_are_told_from_sentences(line: str, points: bool) -> None:
    assert is_related_link(line) is points
