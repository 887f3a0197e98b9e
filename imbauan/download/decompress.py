"""Content encodings undone within a limit, and an honest word on what came out cut or broken."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable
from typing import Any

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = ("gzip", "deflate", "br", "zstd")
_STEP = 64 * 1024
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
MAX_ENCODINGS = 3
"""Encodings one over another: real servers use one, a chain is an attack."""
# A zstd frame may ask its reader for gigabytes of window; HTTP allows 8 MiB (RFC 9659).
_ZSTD_WINDOW_LOG = 23


class TooLarge(Exception):
    """A body that grows past the limit when decompressed."""


class CutOff(Exception):
    """A body that ends before its end, or breaks on the way; `body` is what could be read."""

    def __init__(self, body: bytes, reason: str) -> None:
        super().__init__(reason)
        self.body = body


def decompressed(body: bytes, encodings: Iterable[str], limit: int) -> bytes:
    """The body without its content encodings, which are given in the order they were applied.

    A body that is not what its header says (plain text called gzip, as some proxies send) comes back as it is.
    Raises `TooLarge` past `limit` bytes, `CutOff` where it is incomplete or broken.
    """
    names = [name for name in (one.strip().lower() for one in encodings) if name and name != "identity"]
    if len(names) > MAX_ENCODINGS:
        raise TooLarge(f"{len(names)} content encodings one over another")
    for name in reversed(names):
        body = _undo(body, name, limit)
    return body


def _undo(body: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        return _inflate(body, 31, limit) if body.startswith(_GZIP) else body
    if name == "deflate":
        # Some servers send the bare stream without zlib's two bytes of header.
        zlib_header = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
        return body if _is_text(body) else _inflate(body, 15 if zlib_header else -15, limit)
    if name == "br":
        return body if _is_text(body) else _unbrotli(body, limit)
    if name == "zstd":
        return _unzstd(body, limit) if body.startswith(_ZSTD) else body
    raise CutOff(body, f"in an unknown content encoding {name[:20]!r}")


def _is_text(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{") or not body


class _Output:
    def __init__(self, limit: int) -> None:
        self._parts: list[bytes] = []
        self._limit, self._size = limit, 0

    def add(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLarge(f"more than {self._limit} bytes when decompressed")
        self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)


def _inflate(body: bytes, wbits: int, limit: int) -> bytes:
    output = _Output(limit)
    rest = body
    while True:
        unpacker = zlib.decompressobj(wbits)
        try:
            while not unpacker.eof and rest:
                output.add(unpacker.decompress(rest, _STEP))
                rest = unpacker.unconsumed_tail
                if not rest and not unpacker.eof:
                    output.add(unpacker.flush())
        except zlib.error as error:
            raise CutOff(output.whole(), f"broken on the way ({error})") from error
        if not unpacker.eof:
            raise CutOff(output.whole(), "ends before its end")
        rest = unpacker.unused_data
        # Several gzip members may follow each other; anything else after the end is padding.
        if wbits != 31 or not rest.startswith(_GZIP):
            return output.whole()


def _unbrotli(body: bytes, limit: int) -> bytes:
    unpacker, output = brotli.Decompressor(), _Output(limit)
    try:
        part = unpacker.process(body, output_buffer_limit=_STEP)
        output.add(part)
        while not unpacker.is_finished() and (part or not unpacker.can_accept_more_data()):
            part = unpacker.process(b"", output_buffer_limit=_STEP)
            output.add(part)
    except brotli.error as error:
        raise CutOff(output.whole(), f"broken on the way ({error})") from error
    if not unpacker.is_finished():
        raise CutOff(output.whole(), "ends before its end")
    return output.whole()


def _unzstd(body: bytes, limit: int) -> bytes:
    output = _Output(limit)
    options: Any = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
    rest = body
    while rest.startswith(_ZSTD):
        unpacker = zstd.ZstdDecompressor(options=options)
        try:
            part = unpacker.decompress(rest, _STEP)
            output.add(part)
            while not unpacker.eof and not (unpacker.needs_input and not part):
                part = unpacker.decompress(b"", _STEP)
                output.add(part)
        except zstd.ZstdError as error:
            raise CutOff(output.whole(), f"broken on the way ({error})") from error
        if not unpacker.eof:
            raise CutOff(output.whole(), "ends before its end")
        rest = unpacker.unused_data
    return output.whole()
