"""A large CSV by several processes is the same as by one."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from imbauan.database import Dataset, open_dataset
from imbauan.exceptions import DatabaseError
from imbauan.export import Query, ranges, select
from imbauan.export.files import Export


@pytest.fixture
def dataset(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dataset]:
    """The sample, read in ranges of three ids by three processes."""
    monkeypatch.setattr(ranges, "RANGE", 3)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(3))
    opened = open_dataset(sample)
    yield opened
    opened.close()


def by_one(dataset: Dataset, query: Query) -> bytes:
    stream = io.BytesIO()
    Export(dataset, select(dataset, query), "csv").to_stream(stream)
    return stream.getvalue().partition(b"\n")[2]


def by_several(dataset: Dataset, query: Query, out: Path, *, kill: bool = False) -> tuple[bytes, int]:
    work = ranges.job(dataset, select(dataset, query), b"\n")
    assert work is not None
    dataset.connection.text_factory = bytes
    counts: list[int] = []
    with open(out, "wb") as stream, ranges.Helpers(work, stream) as helpers:
        helpers.start()
        assert helpers.ready(60) and helpers.count == 2
        if kill:
            os.kill(helpers.processes[0].pid, signal.SIGKILL)
            helpers.processes[0].join()
        spans = ranges.spans_of(dataset.connection, "advisories")
        ranges.together(dataset.connection, work, spans, stream, helpers, counts.append)
    dataset.connection.text_factory = str
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".imbauan")] == []
    return out.read_bytes(), sum(counts)


@pytest.mark.parametrize(
    "query", [Query(), Query(filters={"region": "ID-KT", "since": "2026-11-01"}), Query(columns=("title", "text"))]
)
def test_several_processes_write_the_bytes_of_one(dataset: Dataset, query: Query, tmp_path: Path) -> None:
    expected = by_one(dataset, query)
    assert len(expected) > 500
    assert by_several(dataset, query, tmp_path / "x.csv") == (expected, select(dataset, query).count(dataset))


def test_a_helper_that_dies_leaves_its_part_to_the_others(dataset: Dataset, tmp_path: Path) -> None:
    assert by_several(dataset, Query(), tmp_path / "x.csv", kill=True)[0] == by_one(dataset, Query())


def test_an_export_of_ranges_is_one_state_and_all_of_it(
    dataset: Dataset, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it reads, nobody commits: what a helper opens later is the same state."""
    monkeypatch.setattr("imbauan.database.connection.COMMIT_SECONDS", 0)
    monkeypatch.setattr("imbauan.database.connection.BUSY_SECONDS", 0.1)
    refused: list[str] = []

    def write_meanwhile(_: int) -> None:
        writer = open_dataset(sample, create=True)
        try:
            with writer.writing() as connection:
                connection.execute("DELETE FROM revisions")
                connection.execute("UPDATE advisories SET title = 'anders' WHERE id > 5")
        except DatabaseError as error:
            refused.append(str(error))
        finally:
            writer.close()

    Export(dataset, select(dataset, Query()), "csv", progress=write_meanwhile).to_file(tmp_path / "x.csv")
    assert refused and "anders" not in (tmp_path / "x.csv").read_text("utf-8")
    assert (tmp_path / "x.csv").read_bytes().partition(b"\n")[2] == by_one(dataset, Query())


@pytest.mark.parametrize(
    "query", [Query(unique=True), Query(search="api"), Query(table="releases"), Query("pages", {"topic": "fire"})]
)
def test_what_ids_do_not_divide_is_read_as_a_whole(dataset: Dataset, query: Query) -> None:
    assert ranges.job(dataset, select(dataset, query), b"\n") is None
