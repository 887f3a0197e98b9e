"""The dataset: one SQLite file, one transaction a page."""

from __future__ import annotations

from imbauan.database.connection import Dataset, open_dataset

__all__ = ["Dataset", "open_dataset"]
