"""The short way to count a view tells what the view holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from imbauan.database import open_dataset
from imbauan.database.counts import count_rows
from imbauan.export import TABLES, Query, select


@pytest.mark.parametrize("table", TABLES)
def test_the_short_count_is_that_of_the_rows(sample: Path, table: str) -> None:
    dataset = open_dataset(sample)
    try:
        rows = len(list(select(dataset, Query(table)).rows(dataset)))
        assert count_rows(dataset.connection, table) == select(dataset, Query(table)).count(dataset) == rows
    finally:
        dataset.close()


def test_the_sample_has_releases_and_drops_to_count(sample: Path) -> None:
    dataset = open_dataset(sample)
    assert count_rows(dataset.connection, "releases") > 1
    assert count_rows(dataset.connection, "dropped_paragraphs") > 1
    dataset.close()
