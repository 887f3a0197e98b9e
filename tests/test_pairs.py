"""No pair that was told apart once is lost again: the written pairs, and those that are made."""

from __future__ import annotations

from benchmarks.pairs import divided, made, written
from dedup.compare import SAME, compare

KNOWN = {
    "mixed": (0, 0),
    "press": (3, 1),
    "light": (1, 0),
    "hurried": (2, 0),
    "desk": (22, 0),
    "second desk": (11, 0),
    "made": (0, 0),
}
"""By set: copies that are not found, and variants that are lost. A figure may fall, never rise."""


def test_no_more_copies_are_missed_and_no_more_variants_are_lost() -> None:
    found = dict.fromkeys(KNOWN, (0, 0))
    for name, label, _, earlier, later in (*written(), *made()):
        dropped = compare(later, earlier).relation == SAME
        missed, lost = found[name]
        found[name] = missed + (label == "same" and not dropped), lost + (label == "variant" and dropped)
    assert all(found[name] <= KNOWN[name] and found[name][1] <= KNOWN[name][1] for name in KNOWN), found


def test_paragraphs_that_another_outlet_divides_or_joins_are_found() -> None:
    result = divided()
    assert result["pages"] == 34 and result["nothing left as new"] >= 31, result
