"""One writer at a time: a lock file beside the database that the system itself releases when its holder is gone."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from imbauan.exceptions import DatabaseError, LockedError


class Lock:
    """Held from `take` to `release`, or to the end of the process, however it ends."""

    def __init__(self, database: Path, file: int) -> None:
        self.database = database
        self._file = file

    @classmethod
    def take(cls, database: Path) -> Lock:
        """Take the lock of a database without waiting.

        Raises `LockedError` where another process holds it. A file that a killed run left behind is no obstacle: the
        lock is the kernel's (flock), the text in it only says who has it.
        """
        path = lock_path(database)
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseError(
                f"{database}: can't be written ({path.name}: {error.strerror}): check its folder, or use --db"
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(file, 300, 0).decode("utf-8", "replace").strip()
            os.close(file)
            raise LockedError(
                f"{database}: in use by {holder or 'another process'}: nothing was done; try again when it has ended"
            ) from error
        os.ftruncate(file, 0)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:60]
        with suppress(OSError):  # on a full disk the lock holds without its text
            os.pwrite(file, f"process {os.getpid()} ({command}, since {since})\n".encode(), 0)
        return cls(database, file)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes lock two files of one name."""
        if self._file >= 0:
            try:
                os.ftruncate(self._file, 0)
            finally:
                os.close(self._file)
                self._file = -1


@contextmanager
def locked(database: str | Path) -> Iterator[Lock]:
    """Hold the lock of a database for the whole of a command, taken before anything else is loaded or looked at.

    Raises as `Lock.take`: the second of two runs ends before it has begun.
    """
    path = Path(database)
    if not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --db")
    lock = Lock.take(path)
    try:
        yield lock
    finally:
        lock.release()


def lock_path(database: Path) -> Path:
    """Where the lock of a database is: beside the file itself, however it was named."""
    return Path(f"{database.resolve()}.lock")
