"""Cut a WARC file into its records, and go on behind a damaged one."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MAX_RECORD = 64 * 1024 * 1024
"""Largest record that is read, in bytes; Common Crawl cuts pages at 1 MiB, we at 8 MiB."""
_STEP = 1024 * 1024
_GZIP = b"\x1f\x8b\x08"
_HEAD = re.compile(rb"WARC/1\.[01]\r?\n")
_NEXT = re.compile(rb"\nWARC/1\.[01]\r?\n")
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$")
_MAX_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """One record: its bytes, and the offset in the file where it, or its gzip member, begins."""

    offset: int
    record: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Something at an offset that is no whole record."""

    offset: int
    reason: str


def frames(path: Path) -> Iterator[Frame | Damage]:
    """The records of a WARC file, plain or gzip, in order."""
    with path.open("rb") as stream:
        compressed = stream.read(2) == _GZIP[:2]
        stream.seek(0)
        yield from _compressed(stream) if compressed else _records(stream.read, 0)


def frame_at(path: Path, offset: int) -> Frame | Damage | None:
    """The record at an offset; null where the file ends before it."""
    with path.open("rb") as stream:
        stream.seek(offset)
        start = stream.read(2)
        if not start:
            return None
        stream.seek(offset)
        if start == _GZIP[:2]:
            member = _Member(stream, offset)
            return next(_records(member.read, offset, fixed=True), None)
        return next(_records(stream.read, offset), None)


class _Member:
    """The bytes inside one gzip member, read as a file."""

    def __init__(self, stream: IO[bytes], offset: int) -> None:
        self._stream, self._unpacker, self._waiting = stream, zlib.decompressobj(31), b""
        self.offset, self.read_bytes, self.broken = offset, 0, ""
        stream.seek(offset)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; less only at the end of the member, or where it breaks (see `broken`)."""
        parts: list[bytes] = []
        while size > 0 and not self._unpacker.eof and not self.broken:
            if not self._waiting:
                self._waiting = self._stream.read(_STEP)
                self.read_bytes += len(self._waiting)
            if not self._waiting:
                self.broken = "ends before its end"
                break
            try:
                part = self._unpacker.decompress(self._waiting, size)
            except zlib.error as error:
                self.broken = f"damaged ({error})"
                break
            self._waiting = self._unpacker.unconsumed_tail
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    @property
    def end(self) -> int:
        """Offset behind the member, once it is read to its end."""
        return self.offset + self.read_bytes - len(self._unpacker.unused_data)

    def skip_rest(self) -> None:
        """Read on to the end of the member, keeping nothing."""
        while self.read(_STEP):
            pass


def _compressed(stream: IO[bytes]) -> Iterator[Frame | Damage]:
    offset: int | None = 0
    while offset is not None:
        stream.seek(offset)
        start = stream.read(3)
        if not start:
            return
        if start != _GZIP:
            yield Damage(offset, "no gzip member begins here")
            offset = _next_member(stream, offset + 1)
            continue
        member = _Member(stream, offset)
        told = False
        for found in _records(member.read, offset, fixed=True):
            # A record that came whole out of a member that breaks afterwards is kept: its length was right.
            told = told or isinstance(found, Damage)
            yield found
        member.skip_rest()
        if not member.broken:
            offset = member.end
            continue
        if not told:
            yield Damage(offset, member.broken)
        offset = _next_member(stream, offset + 1)


def _next_member(stream: IO[bytes], offset: int) -> int | None:
    """Where the next gzip member that holds a record begins."""
    stream.seek(offset)
    kept = b""
    while chunk := stream.read(_STEP):
        window, base = kept + chunk, offset - len(kept)
        for match in re.finditer(re.escape(_GZIP), window):
            at = base + match.start()
            here = stream.tell()
            if _Member(stream, at).read(5) == b"WARC/":
                return at
            stream.seek(here)
        offset, kept = offset + len(chunk), window[-2:]
    return None


def _records(read: Callable[[int], bytes], offset: int, fixed: bool = False) -> Iterator[Frame | Damage]:
    """The records of a stream of plain WARC; `fixed`: all have the offset of the gzip member around them."""
    buffer, base = b"", offset
    end = False

    def fill(size: int) -> bool:
        nonlocal buffer, end
        while len(buffer) < size and not end:
            part = read(max(_STEP, size - len(buffer)))
            end = not part
            buffer += part
        return len(buffer) >= size

    while True:
        fill(_MAX_HEAD)
        skipped = len(buffer) - len(buffer.lstrip(b"\r\n"))
        buffer, base = buffer[skipped:], base + skipped
        if not buffer:
            return
        at = offset if fixed else base
        head = re.search(rb"\r?\n\r?\n", buffer[:_MAX_HEAD]) if _HEAD.match(buffer) else None
        length = _LENGTH.search(buffer, 0, head.end()) if head else None
        if head is None or length is None:
            yield Damage(at, "no WARC record begins here")
        elif int(length[1]) > MAX_RECORD:
            yield Damage(at, f"a record of {int(length[1])} bytes, more than {MAX_RECORD}")
        elif not fill(head.end() + int(length[1])):
            yield Damage(at, "ends before its end")
            return
        else:
            whole = head.end() + int(length[1])
            yield Frame(at, buffer[:whole])
            buffer, base = buffer[whole:], base + whole
            continue
        # Look for the next record behind this one's beginning.
        buffer, base = buffer[1:], base + 1
        while (found := _NEXT.search(buffer)) is None:
            if end:
                return
            kept = max(0, len(buffer) - 16)
            buffer, base = buffer[kept:], base + kept
            fill(_STEP)
        buffer, base = buffer[found.start() + 1 :], base + found.start() + 1
