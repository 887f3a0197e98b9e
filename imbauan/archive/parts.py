"""Which records of an archive are further parts of an article, found before its pages are read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

from imbauan.archive.framing import Frame, frames
from imbauan.archive.reader import Found, part_of, read_page_at
from imbauan.archive.records import PART_OF_FIELD, Key, Raw

_MARK = f"\r\n{PART_OF_FIELD}:".encode()


class Parts:
    """Where the further parts of articles stand in some WARC files.

    They come after the first page, with other sites' pages between, perhaps in the next file: so all files are looked
    through once before a page is read. That unpacks them, a hundredth of what reading their pages takes.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._places: dict[Key, dict[int, tuple[Path, str]]] = defaultdict(dict)
        self._expected: dict[Key, list[str]] = {}
        for path in files:
            for frame in frames(path):
                if isinstance(frame, Frame) and _MARK in frame.record[: frame.record.find(b"\r\n\r\n")]:
                    self._note(frame, path)

    @property
    def count(self) -> int:
        """How many records are parts."""
        return sum(len(places) for places in self._places.values())

    def expected(self, raw: Raw) -> list[str]:
        """The addresses at which a page goes on; none for a whole article."""
        return self._expected.get(raw.key, [])

    def of(self, raw: Raw) -> Iterator[Found]:
        """The further parts of a page, in order, as far as they are kept."""
        for number in sorted(self._places.get(raw.key, ())):
            path, where = self._places[raw.key][number]
            found = read_page_at(path.parent, where)
            if isinstance(found, Found):
                yield found

    def _note(self, frame: Frame, path: Path) -> None:
        try:
            record = ArcWarcRecordLoader(verify_http=False).parse_record_stream(
                BytesIO(frame.record), known_format="warc", no_record_parse=True
            )
            number, key = part_of(record.rec_headers.get_header)
            if key is None:
                return
            if record.rec_type == "metadata":
                self._expected[key] = [str(url) for url in json.loads(record.raw_stream.read())["parts"]]
            else:
                # A part that broke off was asked for once more: the later one is the better.
                self._places[key][number] = (path, f"{path.name}:{frame.offset}")
        except (ArchiveLoadFailed, ValueError, KeyError, TypeError, EOFError):
            return  # a damaged record: it is told where the pages are read
