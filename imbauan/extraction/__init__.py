"""From the bytes of a page to an article: title, time, author and paragraphs as published."""

from __future__ import annotations

from imbauan.extraction.article import extract_article

__all__ = ["extract_article"]
