"""How well pairs of paragraphs are told apart: what is dropped of copies, and of paragraphs that state other facts.

Run: python -m benchmarks.pairs. Prints one JSON object: by set and kind of change how many pairs there are, and how many of
the later paragraphs each way drops: ours, datasketch as documented (word 3-shingles, threshold 0.8) and with 0.5, and an
exact hash. `same` should be dropped, `variant` never. The pairs of `written.jsonl` are by people who had not seen the
engine; the others are made here from the demo's articles, their labels by construction.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.pairs.changes import CHANGES
from dedup.compare import SAME, compare
from dedup.normalize import normalize
from imbauan.statements.stream import Document, Stream

WRITTEN = Path(__file__).with_name("written.jsonl")
EACH = 60
"""Pairs that are made of one kind of change, where so many paragraphs can be changed so."""

LONG = 70
"""Characters of a sentence that may stand as a paragraph of its own."""

Pair = tuple[str, str, str, str, str]
"""Set, label, kind, the earlier paragraph, the later one."""


def originals() -> list[str]:
    """The paragraphs of the demo's articles."""
    return [line for body in _articles() for line in body.splitlines() if "${" not in line]


def made(seed: int = 1) -> Iterator[Pair]:
    """Pairs by construction: one change each."""
    chance = random.Random(seed)
    texts = originals()
    for label, kind, change in CHANGES:
        found = 0
        for text in chance.sample(texts, len(texts)):
            later = change(text, chance)
            if later is not None and later != text:
                yield "made", label, kind, text, later
                found += 1
                if found == EACH:
                    break


def written() -> Iterator[Pair]:
    """The hand-written pairs."""
    for line in WRITTEN.read_text("utf-8").splitlines():
        pair = json.loads(line)
        yield pair["set"], pair["label"], "written", pair["earlier"], pair["later"]


def drops(earlier: str, later: str) -> dict[str, bool]:
    """Which ways drop the later paragraph."""
    alike = _estimated(earlier, later)
    return {
        "imbauan": compare(later, earlier).relation == SAME,
        "datasketch 0.8": alike >= 0.8,
        "datasketch 0.5": alike >= 0.5,
        "exact hash": normalize(earlier) == normalize(later),
    }


def _estimated(earlier: str, later: str) -> float:
    """The similarity that datasketch's documented way estimates."""
    from datasketch import MinHash

    signatures = []
    for text in (earlier, later):
        words = text.lower().split()
        signature = MinHash(num_perm=128)
        for start in range(len(words) - 2):
            signature.update(" ".join(words[start : start + 3]).encode())
        signatures.append(signature)
    return float(signatures[0].jaccard(signatures[1]))


def divided() -> dict[str, int]:
    """Articles whose paragraphs another outlet divides or joins: how many, and of how many nothing is left as new."""
    documents: list[Document] = []
    for number, entry in enumerate(_articles()):
        lines = entry.splitlines()
        long = next((at for at, line in enumerate(lines) if _is_divisible(line)), None)
        if long is None or len(lines) < 3:
            continue
        first, *rest = _sentences(lines[long])
        documents.append(Document(f"{number}", "\n".join(lines)))
        documents.append(
            Document(f"{number} divided", "\n".join([*lines[:long], first, " ".join(rest), *lines[long + 1 :]]))
        )
        documents.append(Document(f"{number} joined", "\n".join([f"{lines[0]} {lines[1]}", *lines[2:]])))
    with tempfile.TemporaryDirectory() as folder:
        stream = Stream(Path(folder) / "index.db")
        results = list(stream.results(documents))
        stream.close()
    copies = [result for result in results if " " in str(result.id)]
    return {"pages": len(copies), "nothing left as new": sum(not result.new_text for result in copies)}


def _articles() -> list[str]:
    return [
        entry["body"].replace("${day}", "Selasa").strip()
        for name in ("advisories", "news")
        for entry in tomllib.loads((files("imbauan.demo") / f"{name}.toml").read_text("utf-8"))["article"]
        if "copy_of" not in entry
    ]


def _is_divisible(text: str) -> bool:
    """Whether both parts say enough to be known again: a sentence of a few words is a stock phrase."""
    first, *rest = _sentences(text)
    return min(len(first), len(" ".join(rest))) >= LONG


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)


def figures() -> dict[str, dict[str, int]]:
    """By set, label and kind: pairs, and how many each way drops."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, label, kind, earlier, later in (*written(), *made()):
        counts = found[f"{name}: {label}: {kind}"]
        counts["pairs"] += 1
        counts.update(way for way, dropped in drops(earlier, later).items() if dropped)
    return {key: dict(counts) for key, counts in found.items()} | {"paragraphs divided and joined": divided()}
