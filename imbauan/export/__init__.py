"""Rows out of the dataset: filters as SQL parameters, streamed as CSV, JSON lines, Parquet or a workbook."""

from __future__ import annotations

from imbauan.export.query import FILTERS, TABLES, Query, Selection, select

__all__ = ["FILTERS", "TABLES", "Query", "Selection", "select"]
