"""A large CSV by several processes: each writes ranges of ids to files of its own, which are put together in order.

Reading and formatting a row of thirty columns keeps one core busy: the other cores take every second, third … range.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import current_thread, main_thread
from typing import IO, Any

from imbauan.database import Dataset
from imbauan.export.query import Selection
from imbauan.export.text_files import lines

RANGE = 10_000
"""Ids of a range: some 30 MB of advisories."""
FEWEST = 10
"""Ranges from which on other processes are worth their start."""
ALONE = 20_000
"""Rows that are written before another process is started: a narrow filter never needs one."""
HELPERS = 3
BATCH = 100
"""Rows that are worked on at once: few enough to stay in the processor's cache."""
_TABLES = {"advisories": "advisories", "paragraphs": "paragraphs", "dropped_paragraphs": "paragraphs"}
"""Tables whose rows can be read by ranges of ids, and where the ids come from."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Job:
    """What a helper needs to read a part of a selection on its own connection."""

    path: Path
    sql: str
    parameters: dict[str, Any]
    end: bytes

    def write(self, connection: sqlite3.Connection, span: Span, stream: IO[bytes]) -> Iterator[int]:
        """Write the rows of a range; yields how many rows went by."""
        cursor = connection.execute(self.sql, self.parameters | {"low": span[0], "high": span[1]})
        while batch := list(islice(cursor, BATCH)):
            stream.write(lines(batch, self.end))
            yield len(batch)


def job(dataset: Dataset, selection: Selection, end: bytes) -> Job | None:
    """The selection as a job for several; none where its ids do not divide its work, or states could differ."""
    query = selection.query
    narrowed = query.filters and query.table != "advisories"
    if query.table not in _TABLES or selection.key != "id" or query.unique or query.search or narrowed:
        return None
    # Without WAL a reader keeps writers out, so all that read at the same time read the same state.
    if dataset.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return None
    return Job(dataset.path.resolve(), selection.ranged(), selection.parameters, end)


def write(dataset: Dataset, table: str, work: Job, stream: IO[bytes], told: Callable[[int], None]) -> None:
    """Write all rows to an open file, with other processes where it takes long; `told` hears of rows written."""
    connection = dataset.connection
    connection.execute("BEGIN")  # one state of the dataset to the end
    try:
        spans = spans_of(connection, _TABLES[table])
        with Helpers(work, stream) as helpers:
            rows = 0
            for place, span in enumerate(spans):
                if len(spans) - place > FEWEST and rows >= ALONE:
                    helpers.start()
                if helpers.ready():
                    return together(connection, work, spans[place:], stream, helpers, told)
                for count in work.write(connection, span, stream):
                    rows += count
                    told(count)
    finally:
        connection.rollback()
    return None


def together(
    connection: sqlite3.Connection, work: Job, spans: list[Span], stream: IO[bytes], helpers: Helpers,
    told: Callable[[int], None],
) -> None:  # fmt: skip
    turns = helpers.count + 1
    for place in range(min(len(spans), 2 * turns)):
        helpers.ask(place % turns, spans[place])
    for place, span in enumerate(spans):
        if place + 2 * turns < len(spans):
            helpers.ask(place % turns, spans[place + 2 * turns])
        rows = helpers.append(place % turns)
        if rows is None:
            for count in work.write(connection, span, stream):
                told(count)
        else:
            told(rows)


def spans_of(connection: sqlite3.Connection, table: str) -> list[Span]:
    low, high = connection.execute(f"SELECT MIN(id), MAX(id) FROM {table}").fetchone()
    return [] if low is None else [(start, start + RANGE - 1) for start in range(low, high + 1, RANGE)]


class Helpers:
    """The other processes. The first turn is always this process's own; a helper that fails leaves its turns to it."""

    def __init__(self, work: Job, stream: IO[bytes]) -> None:
        self._work, self._stream = work, stream
        self._pipes: list[Any] = []
        self.processes: list[Any] = []
        self._waiting: list[deque[Path]] = []
        self._folder = Path(tempfile.mkdtemp(dir=Path(str(stream.name)).parent, prefix=".imbauan-"))
        self._started = False

    def __enter__(self) -> Helpers:
        return self

    def __exit__(self, *_: object) -> None:
        for process, pipe in zip(self.processes, self._pipes, strict=True):
            process.kill()
            process.join()
            pipe.close()
        for part in self._folder.iterdir():
            part.unlink()
        self._folder.rmdir()

    @property
    def count(self) -> int:
        return len(self._pipes)

    def start(self) -> None:
        if self._started:
            return
        self._started = True
        context = multiprocessing.get_context("spawn")
        for _ in range(min(HELPERS, len(os.sched_getaffinity(0)) - 1)):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, self._work), daemon=True)
            with _deaf_to_ctrl_c():
                process.start()
            theirs.close()
            self.processes.append(process)
            self._pipes.append(ours)
            self._waiting.append(deque())

    def ready(self, seconds: float = 0) -> bool:
        """Whether each helper has opened the dataset."""
        return bool(self._pipes) and all(pipe.poll(seconds) for pipe in self._pipes) and all(map(_opened, self._pipes))

    def ask(self, turn: int, span: Span) -> None:
        if turn == 0:
            return
        part = self._folder / f"{span[0]}"
        self._waiting[turn - 1].append(part)
        with suppress(OSError):
            self._pipes[turn - 1].send((span, str(part)))

    def append(self, turn: int) -> int | None:
        """Put the oldest part of a helper at the end of the file; none where it is for this process to write."""
        if turn == 0:
            return None
        part = self._waiting[turn - 1].popleft()
        try:
            rows = self._pipes[turn - 1].recv()
        except (EOFError, OSError):
            return None
        if rows is None:
            return None
        self._stream.flush()
        with open(part, "rb") as done:
            size, sent = os.fstat(done.fileno()).st_size, 0
            while sent < size:
                sent += os.sendfile(self._stream.fileno(), done.fileno(), sent, size - sent)
        part.unlink()
        return int(rows)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started meanwhile ignores Ctrl-C: this one hears it, and ends the others without a word."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _opened(pipe: Any) -> bool:
    try:
        return bool(pipe.recv())
    except (EOFError, OSError):
        return False


def serve(pipe: Any, work: Job) -> None:
    """A helper: read ranges of the same state and write them to files, until it is ended."""
    address = f"{work.path.as_uri()}?mode=ro"
    with (
        suppress(KeyboardInterrupt, EOFError, BrokenPipeError),
        closing(sqlite3.connect(address, uri=True, timeout=1)) as connection,
    ):
        connection.text_factory = bytes
        pipe.send(_begun(connection))
        while True:
            span, part = pipe.recv()
            pipe.send(_part(connection, work, span, part))


def _begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error:
        return False  # a writer waits for its commit: it lets nobody else begin
    return True


def _part(connection: sqlite3.Connection, work: Job, span: Span, part: str) -> int | None:
    try:
        with open(part, "wb") as stream:
            return sum(work.write(connection, span, stream))
    except (sqlite3.Error, OSError):
        return None
