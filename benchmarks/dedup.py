"""The deduplication against datasketch as documented, rensa and an exact hash set: speed, memory, size.

Run: python -m benchmarks.dedup [--paragraphs 10000 100000 1000000]. Prints one JSON object. The texts are made up of
Indonesian words with the frequencies of a language (Zipf); a fifth are copies to the letter, a tenth edited ones.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import xxhash

from dedup.lexicon import lexicon
from dedup.normalize import normalize
from imbauan.statements.stream import Document, Stream

PER_DOCUMENT = 6
COPIES, EDITED = 0.2, 0.1
REMEMBERED = 20_000
PEER = 4_000
"""Paragraphs given to the slow peers: their time for each grows with the index, so a short run flatters them."""


def paragraphs(seed: int = 1) -> Iterator[str]:
    """Endless paragraphs, about 46 words each."""
    chance = random.Random(seed)
    words = sorted(lexicon().common)
    chance.shuffle(words)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    recent: list[str] = []
    while True:
        kind = chance.random() if len(recent) > 100 else 1.0
        if kind < COPIES:
            yield chance.choice(recent)
        elif kind < COPIES + EDITED:
            yield edited(chance.choice(recent), chance)
        else:
            size = max(8, round(chance.gauss(46, 14)))
            chosen = chance.choices(words, weights, k=size)
            for stop in range(14, size, 15):
                chosen[stop] += "."
            text = " ".join(chosen).capitalize() + "."
            if len(recent) < REMEMBERED:
                recent.append(text)
            else:
                recent[chance.randrange(REMEMBERED)] = text
            yield text


def edited(text: str, chance: random.Random) -> str:
    """One to three slips of typing."""
    words = text.split()
    for place in chance.sample(range(len(words)), chance.randint(1, 3)):
        at = chance.randrange(len(words[place]))
        words[place] = words[place][:at] + words[place][at : at + 1] * 2 + words[place][at + 1 :]
    return " ".join(words)


def ours(sizes: list[int], folder: Path) -> dict[str, object]:
    """Microseconds of processor time a paragraph in the last tenth before each size, memory, and bytes of index a paragraph."""
    _spare_the_collector()
    source = paragraphs()
    stream = Stream(folder / "index.db")
    done, result = 0, {}
    for size in sorted(sizes):
        window = max(3_000, min(size // 10, 30_000))
        spent = 0.0
        while done < size:
            block = list(islice(source, min(3_000, size - done)))
            documents = [
                Document(done + at, "\n".join(block[at : at + PER_DOCUMENT]))
                for at in range(0, len(block), PER_DOCUMENT)
            ]
            began = time.process_time()
            for _ in stream.results(documents):
                pass
            if done + len(block) > size - window:
                spent += time.process_time() - began
            done += len(block)
        result[str(size)] = round(spent / window * 1e6, 1)
    texts = stream._connection.execute(
        "SELECT COUNT(*), (SELECT SUM(LENGTH(text)) FROM paragraphs) FROM texts"
    ).fetchone()
    stream.close()
    size_on_disk = (folder / "index.db").stat().st_size
    return {
        "microseconds": result,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "distinct_texts": texts[0],
        "file_bytes_a_paragraph": round(size_on_disk / done),
        "index_bytes_a_paragraph": round((size_on_disk - texts[1]) / done),
    }


def by_datasketch() -> float:
    """The documented way: MinHash of word 3-shingles, MinHashLSH at threshold 0.8; microseconds a paragraph."""
    from datasketch import MinHash, MinHashLSH

    texts = list(islice(paragraphs(), PEER))
    index = MinHashLSH(threshold=0.8, num_perm=128)
    began = time.process_time()
    for number, text in enumerate(texts):
        words = text.lower().split()
        signature = MinHash(num_perm=128)
        for start in range(len(words) - 2):
            signature.update(" ".join(words[start : start + 3]).encode())
        if not index.query(signature):
            index.insert(number, signature)
    return (time.process_time() - began) / PEER * 1e6


def by_rensa() -> float | None:
    """The same with rensa, where it is installed; microseconds a paragraph."""
    try:
        from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    texts = list(islice(paragraphs(), PEER))
    index = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
    began = time.process_time()
    for number, text in enumerate(texts):
        words = text.lower().split()
        signature = RMinHash(num_perm=128, seed=42)
        signature.update([" ".join(words[start : start + 3]) for start in range(len(words) - 2)])
        if not index.query(signature):
            index.insert(number, signature)
    return (time.process_time() - began) / PEER * 1e6


def by_hash_set() -> float:
    """The floor: an exact hash of the normalised text in a set; microseconds a paragraph."""
    texts = list(islice(paragraphs(), PEER * 5))
    seen: set[int] = set()
    began = time.process_time()
    for text in texts:
        seen.add(xxhash.xxh3_64_intdigest(normalize(text).encode()))
    return (time.process_time() - began) / len(texts) * 1e6


def _spare_the_collector() -> None:
    """As `imbauan dedup` does; for all that are measured."""
    gc.freeze()
    gc.set_threshold(100_000)


def main() -> None:
    """Run all and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, nargs="+", default=[10_000, 100_000])
    sizes = parser.parse_args().paragraphs
    _spare_the_collector()
    before = by_datasketch()
    # In a process of its own, so that the peak is not that of the peers.
    with tempfile.TemporaryDirectory() as folder, get_context("spawn").Pool(1) as pool:
        figures = pool.apply(ours, (sizes, Path(folder)))
    # The machine's speed drifts: the peer is measured before and after.
    datasketch, rensa = (before + by_datasketch()) / 2, by_rensa()
    times: dict[str, float] = figures["microseconds"]  # type: ignore[assignment]
    last, first = times[str(max(sizes))], times[str(min(sizes))]
    figures |= {
        "datasketch_microseconds": round(datasketch, 1),
        "rensa_microseconds": rensa and round(rensa, 1),
        "hash_set_microseconds": round(by_hash_set(), 1),
        "times_faster_than_datasketch": {size: round(datasketch / value, 1) for size, value in times.items()},
        "growth": round(last / first, 2),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
