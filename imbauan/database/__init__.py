"""The dataset: one SQLite file; all that a page causes is all or nothing."""

from __future__ import annotations

from imbauan.database.connection import Dataset, open_dataset

__all__ = ["Dataset", "open_dataset"]
