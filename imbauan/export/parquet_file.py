"""Rows as Parquet, typed, in row groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import IO, Any

from imbauan.exceptions import ImbauanError
from imbauan.export.types import NUMBER, WHOLE

GROUP = 5_000
"""Rows of a row group: some 20 MB of text at most, so that memory stays bounded."""


def write_parquet(
    stream: IO[bytes],
    columns: list[str],
    kinds: list[str],
    batches: Iterable[Sequence[tuple[Any, ...]]],
    note: dict[str, str],
) -> None:
    """Write rows as one Parquet file (zstd); `note` goes into the file's own metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = {WHOLE: pa.int64(), NUMBER: pa.float64()}
    fields = [pa.field(name, arrow.get(kind, pa.string())) for name, kind in zip(columns, kinds, strict=True)]
    schema = pa.schema(fields, metadata=note)
    iterator = chain.from_iterable(batches)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(iterator, GROUP)):
            arrays = [_array(pa, [row[place] for row in group], field) for place, field in enumerate(fields)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _array(pa: Any, values: list[Any], field: Any) -> Any:
    if field.type == pa.string():
        values = [value if value is None or type(value) is str else str(value) for value in values]
    try:
        return pa.array(values, field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ImbauanError(
            f"column {field.name} holds a value that is no {field.type} ({error}): leave it out with --columns, or use csv"
        ) from error
