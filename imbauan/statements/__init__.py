"""What was said before: the dataset's side of deduplication, written in the transaction of each page."""

from __future__ import annotations
