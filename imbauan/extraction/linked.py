"""What a page states of its article for machines: JSON-LD and meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|WebPage|NewsMedia\w*Article)$")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.)*)"')


def article_data(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the page's article, the most telling one where there are several; else empty."""
    found: dict[str, Any] = {}
    worth = 0
    for item in _objects(tree):
        points = _worth(item)
        if points > worth:
            found, worth = item, points
    return found


def meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Content of the meta tags by property, name or itemprop in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and element.get("content"):
            found.setdefault(key.strip().lower(), element.get("content", "").strip())
    return found


def _objects(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        stack = [_loads(script.text or "")]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(reversed(item))
            elif isinstance(item, dict):
                yield item
                stack.extend(value for name, value in item.items() if name in ("@graph", "mainEntity", "hasPart"))


def _loads(text: str) -> Any:
    """The data of one block; one broken block must not cost its facts, nor the page's other blocks."""
    text = _COMMENT.sub("", text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    fields = {name: value.replace('\\"', '"').replace("\\/", "/") for name, value in _FIELD.findall(text)}
    return {"@type": "NewsArticle", **fields} if fields else None


def _worth(item: dict[str, Any]) -> int:
    kinds = item.get("@type")
    names = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if not any(_ARTICLES.search(name) for name in names):
        return 0
    facts = sum(2 for name in ("datePublished", "headline", "articleBody") if item.get(name))
    return facts + (0 if names == ["WebPage"] else 1) if facts else 0
