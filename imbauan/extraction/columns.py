"""Columns that stand beside a wider one, by the widths that grids of themes and page builders write in class names."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

NARROW, WIDE = 0.45, 0.5
"""Share of the row's width up to which a column stands beside the article, and from which one may hold it."""
_GRID = re.compile(r"(?:^|\s)(?:vc_)?col-(?:xs|sm|md|lg|xl|xxl)-(\d{1,2})(?=\s|$)")
"""Bootstrap and WPBakery: twelfths, the widest screen last."""
_DIVI = re.compile(r"(?:^|\s)et_pb_column_(\d)_(\d)(?=\s|$)")
_ELEMENTOR = re.compile(r"(?:^|\s)elementor-col-(\d{2,3})(?=\s|$)")
"""Percent."""


def narrow_columns(tree: HtmlElement) -> list[HtmlElement]:
    """Columns of less text than a wider one beside them."""
    rows: dict[HtmlElement, list[tuple[HtmlElement, float]]] = {}
    for element in tree.iter("div", "section", "aside"):
        width = _width(element.get("class") or "")
        row = element.getparent()
        if width is not None and row is not None:
            rows.setdefault(row, []).append((element, width))
    found: list[HtmlElement] = []
    for columns in rows.values():
        wide = max((len(element.text_content()) for element, width in columns if width > WIDE), default=0)
        found += [
            element for element, width in columns if wide and width <= NARROW and len(element.text_content()) < wide
        ]
    return found


@lru_cache(maxsize=20_000)
def _width(names: str) -> float | None:
    """Share of its row's width, 0 to 1."""
    if twelfths := _GRID.findall(names):
        return int(twelfths[-1]) / 12
    if match := _DIVI.search(names):
        return int(match.group(1)) / max(1, int(match.group(2)))
    if match := _ELEMENTOR.search(names):
        return int(match.group(1)) / 100
    return None
