"""`imbauan.open_dataset`: the dataset from Python."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import imbauan
from imbauan.exceptions import UsageError


def test_advisories_come_as_typed_objects_with_the_filters_of_export(sample: Path) -> None:
    with imbauan.open_dataset(sample) as dataset:
        found = list(dataset.advisories(topic="fire", since=datetime(2026, 11, 3, 2, tzinfo=UTC)))
        assert [advisory.id for advisory in found] == [2, 3]
        assert found[0].published_at == datetime.fromisoformat("2026-11-03T10:30:00+07:00")
        assert found[0].more["evidence"] is None
        assert [advisory.id for advisory in dataset.advisories(unique=True, search="lahan")] == [1]


def test_releases_and_dropped_paragraphs_come_as_objects(sample: Path) -> None:
    with imbauan.open_dataset(sample) as dataset:
        release = next(dataset.releases(topic="fire"))
        assert (release.outlets, release.official) == (3, 1)
        drops = {(drop.position, drop.reason): drop for drop in dataset.dropped_paragraphs()}
        assert drops[(0, "seen-before")].kept_url == "https://humas-kalteng.example/1"


def test_data_frames_have_types_and_nulls(sample: Path) -> None:
    with imbauan.open_dataset(sample) as dataset:
        pandas, polars = dataset.to_pandas(), dataset.to_polars()
    assert str(pandas["copy_of"].dtype) == "Int64" and pandas["copy_of"].isna().sum() == 37
    assert polars["copied_share"].dtype.is_float() and polars["copy_of"].null_count() == 37
    assert pandas["text"].tolist() == polars["text"].to_list()


def test_a_wrong_filter_and_a_missing_file_are_told(sample: Path) -> None:
    with imbauan.open_dataset(sample) as dataset, pytest.raises(UsageError, match="no filter 'colour'"):
        list(dataset.advisories(colour="red"))
    with pytest.raises(UsageError, match="no such dataset"):
        imbauan.open_dataset(sample.with_name("none.db"))
