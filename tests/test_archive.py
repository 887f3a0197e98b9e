"""The archive holds every page as it came, and the dataset can be made from it alone."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from imbauan.archive import Archive, Raw
from imbauan.archive.framing import Damage, Frame, frames
from imbauan.archive.reader import Broken, Found, read_archive, read_page_at
from imbauan.exceptions import ArchiveError
from tests.datasets import corpus, dump, imbauan
from tests.hostile.pages import LINES, article

MOMENT = "2026-11-20T10:00:00+00:00"


def page(number: int, **more: object) -> Raw:
    headers = [("Content-Type", "text/html; charset=utf-8")]
    return Raw(f"https://a.example/{number}", MOMENT, f"<p>halo {number}".encode(), headers, **more)  # type: ignore[arg-type]


def names(path: Path) -> list[str]:
    return [found.raw.url[-1] if isinstance(found, Found) else "broken" for found in read_archive(path)]


def written(folder: Path, count: int = 4) -> tuple[Path, list[str]]:
    archive = Archive(folder)
    places = [archive.write(page(number)) for number in range(count)]
    archive.close()
    (file,) = folder.glob("*.warc.gz")
    return file, places


def test_imported_pages_come_back_from_the_archive_alone_as_the_same_dataset(tmp_path: Path) -> None:
    imbauan("import", "-", "--db", tmp_path / "a.db", text=corpus(), code=1)
    before = dump(tmp_path / "a.db")
    assert len(before["advisories"]) == 3 and len(before["revisions"]) == 1 and before["dropped_paragraphs"]
    (tmp_path / "a.db").unlink()
    imbauan("import", tmp_path / "a.db.archive", "--db", tmp_path / "a.db", code=1)
    assert dump(tmp_path / "a.db") == before
    # From another place, too: the pages are then archived again.
    imbauan("import", tmp_path / "a.db.archive", "--db", tmp_path / "b.db", code=1)
    assert dump(tmp_path / "b.db")["advisories"] == before["advisories"]


def test_every_judged_page_names_its_record(tmp_path: Path) -> None:
    imbauan("import", "-", "--db", tmp_path / "a.db", text=corpus(), code=1)
    with sqlite3.connect(tmp_path / "a.db") as db:
        pages = db.execute("SELECT url, outcome, archive FROM pages").fetchall()
    db.close()
    assert {outcome for _, outcome, _ in pages} == {"stored", "not-relevant", "quarantined"}
    for url, _, where in pages:
        found = read_page_at(tmp_path / "a.db.archive", where)
        assert isinstance(found, Found) and found.raw.url == url


def test_importing_twice_stores_nothing_twice(tmp_path: Path) -> None:
    imbauan("import", "-", "--db", tmp_path / "a.db", text=corpus(), code=1)
    before = dump(tmp_path / "a.db")["advisories"]
    imbauan("import", tmp_path / "a.db.archive", "--db", tmp_path / "a.db", code=1)
    assert [row["text"] for row in dump(tmp_path / "a.db")["advisories"]] == [row["text"] for row in before]


def test_records_are_warc_1_1_that_others_can_read(tmp_path: Path) -> None:
    file, places = written(tmp_path)
    with file.open("rb") as stream:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.rec_headers.protocol) for r in ArchiveIterator(stream)]  # fmt: skip
    assert records[0] == ("warcinfo", None, "WARC/1.1")
    assert [uri for kind, uri, _ in records if kind == "response"] == [page(number).url for number in range(4)]
    assert [int(place.rpartition(":")[2]) for place in places] == [f.offset for f in frames(file)][1:]


@pytest.mark.parametrize("at", [1, 2])
def test_damaged_record_is_told_and_the_others_are_read(tmp_path: Path, at: int) -> None:
    file, places = written(tmp_path)
    data = bytearray(file.read_bytes())
    data[int(places[at].rpartition(":")[2]) + 60] ^= 0xFF
    file.write_bytes(data)
    assert names(file) == [("broken" if number == at else str(number)) for number in range(4)]


@pytest.mark.parametrize("cut", [30, 120, 300])
def test_half_record_at_the_end_is_told_then_cut_off_by_the_next_writer(tmp_path: Path, cut: int) -> None:
    file, _ = written(tmp_path)
    file.write_bytes(file.read_bytes()[:-cut])
    assert names(file) == ["0", "1", "2", "broken"]
    archive = Archive(tmp_path)
    archive.write(page(7))
    archive.close()
    assert names(file) == ["0", "1", "2", "7"]


def test_whole_file_gzip_and_plain_files_are_read_alike(tmp_path: Path) -> None:
    file, _ = written(tmp_path / "a")
    plain = gzip.decompress(file.read_bytes())
    (tmp_path / "b.warc").write_bytes(plain)
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(plain))
    assert names(tmp_path / "b.warc") == names(tmp_path / "c.warc.gz") == ["0", "1", "2", "3"]


def test_plain_file_with_changed_bytes_is_found_by_its_digests(tmp_path: Path) -> None:
    file, _ = written(tmp_path / "a")
    (tmp_path / "b.warc").write_bytes(gzip.decompress(file.read_bytes()).replace(b"halo 2", b"hola 2"))
    assert names(tmp_path / "b.warc") == ["0", "1", "broken", "3"]


def test_rubbish_is_damage_not_an_error(tmp_path: Path) -> None:
    for name, data in (("a.warc", b"rubbish" * 1000), ("b.warc.gz", b"\x1f\x8b\x08" + b"x" * 5000), ("c.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n")):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        found = list(frames(tmp_path / name))
        assert found and not any(isinstance(one, Frame) for one in found) and isinstance(found[0], Damage)
    (tmp_path / "d.warc").write_bytes(b"")
    assert list(frames(tmp_path / "d.warc")) == []


def test_files_are_rotated_by_size(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_bytes=1000)
    places = [archive.write(page(number)) for number in range(12)]
    archive.close()
    assert len({place.rpartition(":")[0] for place in places}) > 2
    assert [name for file in sorted(tmp_path.iterdir()) for name in names(file)] == [str(n)[-1] for n in range(12)]


def common_crawl(path: Path) -> None:
    """A file as Common Crawl's: WARC 1.0, warcinfo, requests and responses, one chunked on the wire, one broken."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record("CC.warc.gz", {"software": "Apache Nutch"}))

        def write(url: str, body: bytes, *headers: tuple[str, str], status: str = "200 OK") -> None:
            head = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
            date = {"WARC-Date": "2026-11-19T03:04:05Z"}
            writer.write_record(writer.create_warc_record(url, "request", payload=BytesIO(b"GET / HTTP/1.1\r\n\r\n"), length=18, warc_headers_dict=date))  # fmt: skip
            writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=date))  # fmt: skip

        html = article().encode()
        packed = gzip.compress(html)
        chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, packed[:100], len(packed) - 100, packed[100:])
        write("https://kalteng.antaranews.com/berita/10/plain", html, ("X-Crawl-Content-Encoding", "gzip"))
        write(
            "https://berita.example/11/chunked", chunks, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")
        )
        write("https://berita.example/12/gone", b"<p>404", status="404 Not Found")
        write("https://berita.example/13/image", b"\x89PNG", ("Content-Type", "image/png"))
        start = stream.tell()
        write("https://berita.example/14/broken", html)
        write("https://berita.example/15/last", html.replace(b"Polda Kalteng imbau", b"Polda Kalteng kembali imbau"))
    data = bytearray(path.read_bytes())
    # In the response, behind its request.
    second = data.index(b"\x1f\x8b\x08", start + 3)
    data[second + 120] ^= 0xFF
    path.write_bytes(data)


def test_common_crawls_files_are_read_with_source_and_time_and_broken_records_are_counted(tmp_path: Path) -> None:
    common_crawl(tmp_path / "cc.warc.gz")
    done = imbauan("import", tmp_path / "cc.warc.gz", "--db", tmp_path / "a.db", code=1)
    assert "1 errors" in done.stdout and "cc.warc.gz:" in done.stderr
    rows = {row["url"]: row for row in dump(tmp_path / "a.db")["advisories"]}
    assert set(rows) == {"https://kalteng.antaranews.com/berita/10/plain", "https://berita.example/11/chunked", "https://berita.example/15/last"}  # fmt: skip
    first = rows["https://kalteng.antaranews.com/berita/10/plain"]
    assert (first["source"], first["fetched"]) == ("antara-kalteng", "2026-11-19T03:04:05+00:00")
    assert rows["https://berita.example/11/chunked"]["text"] == "\n".join(LINES)
    # And once more from our own archive of it.
    shutil.rmtree(tmp_path / "b.db.archive", ignore_errors=True)
    imbauan("import", tmp_path / "a.db.archive", "--db", tmp_path / "b.db")
    assert dump(tmp_path / "b.db")["advisories"] == dump(tmp_path / "a.db")["advisories"]


def test_archive_that_cannot_be_written_stops_the_import_before_the_page_is_stored(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    record = json.dumps({"url": "https://a.example/1", "html": article()})
    done = imbauan("import", "-", "--db", tmp_path / "a.db", "--archive", tmp_path / "file" / "x", text=record, code=1)
    assert done.stderr.count("\n") == 1 and "could not be archived" in done.stderr and "--archive" in done.stderr
    assert dump(tmp_path / "a.db")["advisories"] == []


def test_full_disk_leaves_no_half_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    archive = Archive(tmp_path)
    archive.write(page(0))
    (file,) = tmp_path.iterdir()
    size = file.stat().st_size
    real = os.write

    def full(handle: int, data: bytes) -> int:
        # The kernel's part: some bytes go in, then there is no room.
        if len(data) < 60:
            raise OSError(28, "No space left on device")
        return real(handle, bytes(data)[:50])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(ArchiveError, match="No space left"):
        archive.write(page(1))
    monkeypatch.undo()
    assert file.stat().st_size == size
    archive.write(page(2))
    archive.close()
    assert names(file) == ["0", "2"]


def test_missing_or_wrong_places_are_told(tmp_path: Path) -> None:
    file, places = written(tmp_path)
    assert isinstance(read_page_at(tmp_path, places[2]), Found)
    for where in ("nowhere.warc.gz:0", f"{file.name}:99999999", f"{file.name}:x", f"../{file.name}:5"):
        assert isinstance(read_page_at(tmp_path, where), Broken)
