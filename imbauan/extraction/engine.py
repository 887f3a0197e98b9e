"""What trafilatura takes for the text of a page."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from imbauan.extraction.blocks import is_layout


def main_text(tree: HtmlElement) -> list[str]:
    """Lines of the article as trafilatura finds them; the tree is not changed."""
    from trafilatura import bare_extraction

    tree = copy.deepcopy(tree)
    _unwrap_layout_tables(tree)
    # Never deduplicate=True: it keeps process-global state, and the fourth extraction of a page comes back empty.
    document: Any = bare_extraction(
        tree, include_comments=False, fast=True, config=_config(), with_metadata=False, include_links=False
    )
    if document is None or document.body is None:
        return []
    return [
        text for element in document.body.iter() if (text := " ".join([element.text or "", element.tail or ""])).strip()
    ]


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """Make blocks of layout tables, which trafilatura would take for data; data tables stay."""
    for table in [table for table in tree.iter("table") if is_layout(table)]:
        for part in list(table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th")):
            part.tag = "div"


@cache
def _config() -> Any:
    from trafilatura.settings import use_config

    config = use_config()
    # Many advisories are shorter than the default of 250 characters, under which menus come back as text.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return config
