"""Finds the element that holds the article's body."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block
from imbauan.extraction.hints import hints

MIN_BODY = 100
"""Letters of prose under which a named container is not believed to hold the article."""
PROSE = 60
"""Letters from which a block with few links is prose."""


def named_bodies(named: dict[HtmlElement, int]) -> list[list[HtmlElement]]:
    """The containers among `named_elements`, best hint first, outermost elements only."""
    found: dict[int, list[HtmlElement]] = {}
    for element, rank in named.items():
        found.setdefault(rank, []).append(element)
    return [_outermost(elements) for _, elements in sorted(found.items())]


def named_elements(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Every element that a hint names, in the order of the page, with the rank of its best hint."""
    found: dict[HtmlElement, int] = {}
    for element in tree.iter(etree.Element):
        attributes = element.attrib
        if not attributes or element.tag in ("body", "html"):
            continue
        rank = _rank(attributes.get("class"), attributes.get("id"), attributes.get("itemprop"))
        if rank is not None:
            found[element] = rank
    return found


@lru_cache(maxsize=20_000)
def _rank(classes: str | None, name: str | None, itemprop: str | None) -> int | None:
    """The best hint that names an element with these attributes."""
    selectors = [f".{part}" for part in (classes or "").split()] + [f"@{part}" for part in (itemprop or "").split()]
    ranks = [rank for selector in [*selectors, f"#{name}"] if (rank := hints().body.get(selector)) is not None]
    return min(ranks, default=None)


def prose(blocks: list[Block]) -> int:
    """Letters of the blocks that read like sentences."""
    return sum(len(block.text) for block in blocks if is_prose(block))


def is_prose(block: Block) -> bool:
    """Whether a block reads like a sentence of an article: long, and not a link."""
    return len(block.text) >= PROSE and block.linked < 0.4 and not block.is_related


def common_container(blocks: list[Block], share: float = 0.85) -> HtmlElement | None:
    """The innermost element that holds at least `share` of the blocks' letters."""
    weights: Counter[HtmlElement] = Counter()
    total = 0
    for block in blocks:
        total += len(block.text)
        weights[block.element] += len(block.text)
    for element, weight in list(weights.items()):
        for ancestor in element.iterancestors():
            weights[ancestor] += weight
    holding = [element for element, weight in weights.items() if weight >= share * total]
    return max(holding, key=_depth, default=None)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    known = set(elements)
    return [element for element in elements if not any(parent in known for parent in element.iterancestors())]
