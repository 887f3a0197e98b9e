"""Deduplication: text in, decisions out. Pure: no Scrapy, no SQL, no logging."""

from __future__ import annotations
