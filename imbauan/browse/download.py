"""Download links: the exporter's own output, streamed while it is written."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import IO, Any

from datasette.utils.asgi import Response

from imbauan.browse.find import Question
from imbauan.database import open_dataset
from imbauan.exceptions import ImbauanError
from imbauan.export import Query, select

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PLAIN = {"cache-control": "no-store", "x-imbauan": "file"}


async def download(request: Any, datasette: Any) -> Any:
    """Every row that a search shows, in one of the exporter's formats."""
    form = request.args.get("format") or "csv"
    question = Question.of(request.args)
    query = Query(
        request.args.get("table") or "advisories", question.filters(), question.given.get("q"),
        unique=request.args.get("unique") == "1",
    )  # fmt: skip
    if form not in TYPES:
        return Response.text(f"imbauan: no format {form!r}: one of {', '.join(TYPES)}", status=400, headers=dict(PLAIN))
    return Streamed(
        f"{query.table}.{form}", TYPES[form], lambda stream: _export(datasette.imbauan_path, query, form, stream)
    )


def _export(path: Any, query: Query, form: str, stream: IO[bytes]) -> None:
    from imbauan.export.files import Export

    dataset = open_dataset(path)
    try:
        Export(dataset, select(dataset, query), form, spreadsheet=form == "csv").to_stream(stream)
    finally:
        dataset.close()


class Streamed:
    """An answer that Datasette lets write itself: `work` writes the file to a stream, as fast as the reader takes it."""

    def __init__(self, name: str, content_type: str, work: Callable[[IO[bytes]], None]) -> None:
        self._name, self._type, self._work = name, content_type, work

    async def asgi_send(self, send: Any) -> None:
        """Write in a thread, as fast as the reader takes it."""
        loop = asyncio.get_running_loop()
        started = False

        async def begin() -> None:
            headers = [
                (b"content-type", self._type.encode()),
                (b"content-disposition", b'attachment; filename="' + self._name.encode() + b'"'),
                *((key.encode(), value.encode()) for key, value in PLAIN.items()),
            ]
            await send({"type": "http.response.start", "status": 200, "headers": headers})

        class Stream(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: Any) -> int:
                nonlocal started
                if not started:
                    started = True
                    asyncio.run_coroutine_threadsafe(begin(), loop).result()
                message = {"type": "http.response.body", "body": bytes(data), "more_body": True}
                asyncio.run_coroutine_threadsafe(send(message), loop).result()
                return len(data)

        try:
            await asyncio.to_thread(self._whole, io.BufferedWriter(Stream(), 1 << 16))
        except ImbauanError as error:
            if started:
                raise  # the connection breaks: half a file must not look like a whole one
            await Response.text(f"imbauan: {error}", status=400, headers=dict(PLAIN)).asgi_send(send)
            return
        await send({"type": "http.response.body", "body": b""})

    def _whole(self, stream: io.BufferedWriter) -> None:
        self._work(stream)
        stream.flush()
