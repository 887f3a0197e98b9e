"""The advice itself, channels, topics and quoted people, as they stand in columns and in `imbauan extract`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from imbauan.cli.main import cli as main
from imbauan.description import describe
from imbauan.items import Article, Description

TITLE = "Polres Demak imbau warga waspada penipuan undian"
LEAD = "Polres Demak mengimbau warga waspada terhadap pesan undian palsu yang meminta kode OTP. Pesan itu beredar sejak Senin."
QUOTE = '"Jangan berikan kode kepada siapa pun," kata Kasi Humas Polres Demak Iptu Lina Sari di Demak, Rabu.'
CALL = "Warga dapat menghubungi layanan 110, hotline Polres Demak 0812-1111-2222, atau laman https://humas.polri.go.id/aduan."
VICTIM = "Korban berinisial WN mengaku dihubungi pelaku melalui nomor 0857-3333-4444."


def said(*paragraphs: str) -> Description:
    return describe(Article("https://contoh.id/1", TITLE, list(paragraphs)))


def test_the_advice_is_the_sentences_that_tell_people_what_to_do() -> None:
    assert said(LEAD, QUOTE, CALL, VICTIM).advice == [
        "Polres Demak mengimbau warga waspada terhadap pesan undian palsu yang meminta kode OTP.", QUOTE, CALL,
    ]  # fmt: skip


def test_channels_are_the_police_own_and_never_a_private_number() -> None:
    assert said(LEAD, QUOTE, CALL, VICTIM).channels == ["110", "0812-1111-2222", "https://humas.polri.go.id/aduan"]


def test_110_as_a_figure_is_no_channel() -> None:
    assert said(LEAD, "Sebanyak 110 orang melapor kepada polisi.").channels == []


def test_no_private_number_and_no_initial_reaches_a_column() -> None:
    found = said(LEAD, QUOTE, CALL, VICTIM)
    columns = json.dumps([found.unit, found.spokesperson, found.topics, found.channels, found.quoted, found.advice])
    assert "0857" not in columns
    assert "WN" not in columns


def test_several_topics_are_given_the_main_one_first() -> None:
    found = said(
        LEAD, "Pelaku juga mengajak korban bermain judi online dan slot di situs judi.", "Judi online merusak keluarga."
    )
    assert found.topics[0] == found.topic == "phishing"
    assert "online-gambling" in found.topics


def test_quoted_people_are_officers_who_speak() -> None:
    found = said(LEAD, QUOTE, "Hadir dalam kegiatan itu AKP Joko Santosa. Ia tidak memberi keterangan.")
    assert found.quoted == ["Iptu Lina Sari"]


@pytest.fixture
def stored(tmp_path: Path) -> str:
    line = {
        "url": "https://contoh.id/1",
        "title": TITLE,
        "published": "2026-11-20T16:05:00+07:00",
        "text": "\n".join([LEAD, QUOTE, CALL, VICTIM]),
    }
    (tmp_path / "pages.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    db = str(tmp_path / "i.db")
    done = CliRunner().invoke(main, ["import", str(tmp_path / "pages.jsonl"), "--db", db, "--workers", "1"])
    assert done.exit_code == 0, done.output
    return db


def export(db: str, *options: str) -> dict[str, str]:
    done = CliRunner().invoke(main, ["export", "--db", db, *options])
    assert done.exit_code == 0, done.output
    return next(csv.DictReader(io.StringIO(done.stdout)))


def test_lists_are_stored_as_json(stored: str) -> None:
    row = export(stored, "--columns", "topic,topics,advice,channels,quoted")
    assert json.loads(row["topics"])[0] == row["topic"] == "phishing"
    assert json.loads(row["channels"]) == ["110", "0812-1111-2222", "https://humas.polri.go.id/aduan"]
    assert json.loads(row["quoted"]) == ["Iptu Lina Sari"]
    assert len(json.loads(row["advice"])) == 3


def test_redact_masks_the_export_and_not_the_dataset(stored: str) -> None:
    masked, whole = export(stored, "--redact"), export(stored)
    assert VICTIM in whole["text"]
    assert "Korban berinisial [inisial] mengaku dihubungi pelaku melalui nomor [telepon]." in masked["text"]
    assert "hotline Polres Demak 0812-1111-2222" in masked["text"]


def test_extract_shows_all_of_it(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in (LEAD, QUOTE, CALL, VICTIM))
    file = tmp_path / "a.html"
    file.write_text(
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class='entry-content'>{body}</div></body></html>",
        "utf-8",
    )
    done = CliRunner().invoke(main, ["extract", str(file), "--url", "https://contoh.id/1", "--json"])
    record = json.loads(done.stdout)
    assert {"url", "title", "published", "modified", "author", "editor", "copyright", "language", "kind", "unit", "region", "topic", "topics", "spokesperson",
            "advice", "channels", "quoted", "evidence", "paragraphs"} <= set(record)  # fmt: skip
    assert (record["kind"], record["unit"], record["region"]) == ("advisory", "Polres Demak", "ID-JT")
    plain = CliRunner().invoke(main, ["extract", str(file), "--url", "https://contoh.id/1"]).stdout
    assert "topics       phishing" in plain
    assert "channels     110, 0812-1111-2222" in plain
