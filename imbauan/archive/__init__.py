"""The archive: every fetched page as it came, in WARC files beside the database, from which all else can be made again."""

from __future__ import annotations

from imbauan.archive.records import Raw
from imbauan.archive.writer import Archive, archive_beside

__all__ = ["Archive", "Raw", "archive_beside"]
