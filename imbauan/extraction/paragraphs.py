"""The paragraphs of an article: trafilatura finds them, structure and hints around it keep them whole."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from imbauan.extraction.hints import hints
from imbauan.extraction.tree import BLOCKS

_SPACES = re.compile(r"\s+")
MIN_BODY = 120
"""Characters under which a container named by a hint is not believed to hold the article."""


def read_paragraphs(tree: HtmlElement) -> list[str]:
    """Paragraphs in the order of the page, related links and repeats included; empty where there is no article.

    A container that a hint names is read whole, block by block: faithful, and safe from the fallback that
    trafilatura takes under 250 characters, which returns menus. Elsewhere trafilatura decides what is text.
    """
    tree = copy.deepcopy(tree)
    for path in hints().remove:
        for box in tree.xpath(path):
            if box.getparent() is not None:
                box.drop_tree()
    container = _container(tree)
    if container is not None:
        return _blocks(container)
    return _by_trafilatura(tree)


def _container(tree: HtmlElement) -> HtmlElement | None:
    for path in hints().body:
        found = [element for element in tree.xpath(path) if _prose(element) >= MIN_BODY]
        if not found:
            continue
        outer = [element for element in found if not any(other in found for other in element.iterancestors())]
        # A list of teasers (many containers of one kind) is not one article, unless one of them outweighs the rest.
        longest = max(outer, key=_prose)
        if len(outer) > 1 and sum(map(_prose, outer)) > 2.5 * _prose(longest):
            continue
        if path == "//article" and _link_share(longest) > 0.3:
            continue
        return longest
    return None


def _prose(element: HtmlElement) -> int:
    return len(_SPACES.sub(" ", element.text_content()).strip())


def _link_share(element: HtmlElement) -> float:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked / max(1, len(element.text_content()))


def _blocks(container: HtmlElement) -> list[str]:
    """Text of each innermost block, in order; inline text between blocks is a paragraph of its own."""
    lines: list[str] = []
    current: list[str] = []

    def close() -> None:
        if text := _SPACES.sub(" ", "".join(current)).strip():
            lines.append(text)
        current.clear()

    # An explicit stack: pages nest deeper than Python recurses.
    stack: list[tuple[HtmlElement, bool]] = [(container, False)]
    while stack:
        element, leaving = stack.pop()
        block = element.tag in BLOCKS
        if leaving:
            if block:
                close()
            if element is not container:
                current.append(element.tail or "")
            continue
        if not isinstance(element.tag, str):
            current.append(element.tail or "")
            continue
        if block:
            close()
        if element.tag == "br":
            current.append(" ")
        current.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    close()
    return lines


def _by_trafilatura(tree: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction

    # Never deduplicate=True: it keeps process-global state, and the fourth extraction of a page comes back empty.
    document: Any = bare_extraction(tree, include_comments=False, fast=True, config=_config())
    if document is None or document.body is None:
        return []
    lines: list[str] = []
    for element in document.body.iter("p", "item", "quote", "head", "row", "ab"):
        if any(parent.tag in ("item", "quote", "row") for parent in element.iterancestors()):
            continue
        if text := _SPACES.sub(" ", " ".join(element.itertext())).strip():
            lines.append(text)
    return lines


@cache
def _config() -> Any:
    from trafilatura.settings import use_config

    config = use_config()
    # Many advisories are shorter than the default of 250 characters, under which menus come back as text.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return config
