"""What was said before: the same dataset from any order of arrival and any division into runs."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.fingerprints import jaccard, shingles
from imbauan.cli.main import cli
from imbauan.database import Dataset, open_dataset
from imbauan.database.store import store_item
from imbauan.items import AdvisoryItem, Article, Description, Page
from imbauan.recorder import Recorder
from imbauan.statements.stream import Document, Stream
from pipelines.deduplicate import deduplicated

LINES = [
    "Polres Kotawaringin Timur mengimbau warga Baamang agar tidak membakar lahan kosong selama musim kemarau panjang ini.",
    "Menurut Kapolres, patroli gabungan sudah menemukan 14 titik api di Kecamatan Seranau sejak awal bulan November lalu.",
    "Menurut Kapolres, patroli gabungan sudah menemukan 19 titik api di Kecamatan Seranau sejak awal bulan November lalu.",
    "Warga yang melihat asap diminta segera menelepon layanan 110 supaya petugas dapat memadamkan api sebelum meluas.",
    "Warga yang melihat asap diminta segera menelpon layanan 110 agar petugas dapat memadamkan api sebelum meluas.",
    "Pelaku pembakaran yang disengaja terancam hukuman penjara paling lama sepuluh tahun dan denda miliaran rupiah.",
    "Ikuti saluran kami untuk kabar setiap pagi.",
    "Bupati meninjau sekolah yang diliburkan karena kabut asap dan membagikan masker kepada murid di tiga desa.",
]


def item(number: int, lines: list[int], source: str = "a", day: int | None = None) -> AdvisoryItem:
    published = f"2026-11-{(day or number) % 28 + 1:02}T08:00:00+07:00"
    paragraphs = [LINES[line] for line in lines]
    article = Article(f"https://{source}.example/{number}", f"Judul {number}", paragraphs, published)
    page = Page(article.url, source, "\n".join(paragraphs).encode(), "2026-11-28T00:00:00+00:00")
    return AdvisoryItem(page, article, Description("advisory"), deduplicated(paragraphs))


def stored(path: Path, runs: list[list[AdvisoryItem]]) -> dict[str, Any]:
    for items in runs:
        recorder = Recorder.open(path, "test", archive=False)
        for each in items:
            recorder.store(each)
        recorder.finish("finished")
    return content(path)


def content(path: Path) -> dict[str, Any]:
    dataset: Dataset = open_dataset(path)
    rows = dataset.rows(
        """SELECT a.url, a.text, a.new_text, a.dropped, a.copied_share, c.url AS copy_of, r.url AS release
        FROM advisories a LEFT JOIN advisories c ON c.id = a.copy_of JOIN advisories r ON r.id = a.release ORDER BY a.url"""
    )
    drops = dataset.rows(
        """SELECT url, position, text, reason, similarity, kept_url, kept_position, kept_text, rule
        FROM dropped_paragraphs ORDER BY url, position"""
    )
    result = {"advisories": list(rows), "drops": list(drops)}
    dataset.close()
    return result


pages = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=5), st.sampled_from("abc"), st.integers(1, 28)
    ),
    min_size=2,
    max_size=8,
)
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(pages, st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_and_any_division_into_runs_give_one_dataset(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[list[int], str, int]], chance: random.Random, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    items = [item(number, lines, source, day) for number, (lines, source, day) in enumerate(drawn)]
    whole = stored(folder / "whole.db", [items])
    shuffled = chance.sample(items, len(items))
    assert stored(folder / "parts.db", [shuffled[:cut], shuffled[cut:]]) == whole
    # What is kept instead stands where the dropped one is missing: in the text of its page, or among what is new.
    dropped = {(drop["url"], drop["position"]): drop["reason"] for drop in whole["drops"]}
    for drop in whole["drops"]:
        fate = dropped.get((drop["kept_url"], drop["kept_position"]))
        assert fate is None or (drop["reason"] == "repeat-in-page" and fate == "seen-before")
    for each, row in zip(sorted(items, key=lambda i: i.page.url), whole["advisories"], strict=True):
        assert each.article is not None
        gone = [d["text"] for d in whole["drops"] if d["url"] == row["url"] and d["reason"] != "seen-before"]
        kept = row["text"].split("\n") if row["text"] else []
        assert sorted(kept + gone) == sorted(each.article.paragraphs)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages, st.lists(st.sampled_from(["commit", "fail", "again", "correct", ""]), min_size=8, max_size=8))
def test_what_is_written_in_one_moment_is_decided_as_each_alone(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[list[int], str, int]], after: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("moments")
    for name in ("moments", "alone"):
        due: list[Callable[[], None]] = []
        recorder = Recorder.open(folder / f"{name}.db", "test", archive=False)
        if name == "moments":
            recorder.gather(due.append)
        for number, ((lines, source, day), then) in enumerate(zip(drawn, after, strict=False)):
            recorder.store(item(number, lines, source, day))
            if then == "again":
                recorder.store(item(number, lines, source, day))
            elif then == "correct":
                recorder.store(item(number, [*lines[1:], 7], source, day))
            elif then == "commit" and due:
                due.pop()()
            elif then == "fail":
                _fail_half_stored(recorder)
        recorder.finish("finished")
    assert content(folder / "moments.db") == content(folder / "alone.db")


def _fail_half_stored(recorder: Recorder) -> None:
    """What the page wrote, and what the engine remembers of it, goes; the others of its moment stay."""
    with pytest.raises(RuntimeError), recorder.dataset.writing() as connection:
        store_item(connection, recorder.statements, item(99, [1, 4, 5], "a", 1), recorder.run)
        raise RuntimeError
    recorder.statements.forget()


def test_storing_a_page_twice_changes_nothing(tmp_path: Path) -> None:
    items = [item(1, [0, 1, 3]), item(2, [0, 2, 4], "b")]
    once = stored(tmp_path / "a.db", [items])
    assert stored(tmp_path / "a.db", [items]) == once


def test_a_page_that_turns_up_late_takes_its_place_as_the_first(tmp_path: Path) -> None:
    late, early = item(9, [0, 3, 5], "a", day=9), item(2, [0, 4, 5], "b", day=2)
    first, second = stored(tmp_path / "a.db", [[late], [early]])["advisories"]
    assert first["url"].startswith("https://a") and first["copy_of"] == second["url"] and first["new_text"] == ""
    assert second["copied_share"] == 0 and second["copy_of"] is None


def test_the_same_sentence_with_another_number_is_kept(tmp_path: Path) -> None:
    result = stored(tmp_path / "a.db", [[item(1, [1, 3]), item(2, [2, 5])]])
    assert [row["new_text"].count("titik api") for row in result["advisories"]] == [1, 1] and not result["drops"]


def test_furniture_is_learned_and_leaves_earlier_pages(tmp_path: Path) -> None:
    bodies = [[0, 6], [7, 6], [5, 6]]
    before = stored(tmp_path / "a.db", [[item(n, body) for n, body in enumerate(bodies)]])
    assert LINES[6] in before["advisories"][0]["text"]
    after = stored(tmp_path / "a.db", [[item(7, [2, 6])]])
    assert not any(LINES[6] in row["text"] for row in after["advisories"])
    assert sum(drop["rule"] == "learned/1" for drop in after["drops"]) == 4


def test_a_release_at_many_outlets_is_no_furniture(tmp_path: Path) -> None:
    result = stored(tmp_path / "a.db", [[item(n, [0, 3, 5], source) for n, source in enumerate("abcdefgh")]])
    assert all(row["text"].count("\n") == 2 for row in result["advisories"])
    assert len({row["release"] for row in result["advisories"]}) == 1


def test_a_drop_is_undone_for_good_and_done_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    before = stored(path, [[item(1, [0, 3]), item(2, [0, 5], "b")]])
    dataset = open_dataset(path)
    (drop,) = dataset.rows("SELECT id, text FROM dropped_paragraphs WHERE reason = 'seen-before'")
    dataset.close()
    assert CliRunner().invoke(cli, ["restore", str(drop["id"]), "--db", str(path)]).exit_code == 0
    assert drop["text"] in content(path)["advisories"][1]["new_text"]
    changed = item(2, [0, 7], "b")
    assert drop["text"] in stored(path, [[changed]])["advisories"][1]["new_text"]
    dataset = open_dataset(path)
    (again,) = dataset.rows("SELECT id FROM paragraphs WHERE restored")
    dataset.close()
    assert CliRunner().invoke(cli, ["restore", str(again["id"]), "--undo", "--db", str(path)]).exit_code == 0
    stored(path, [[item(2, [0, 5], "b")]])
    assert content(path) == before


def test_a_stream_says_what_the_dataset_says(tmp_path: Path) -> None:
    bodies = [[0, 1, 3, 3], [0, 2, 4], [7, 5]]
    stream = Stream(tmp_path / "index.db")
    results = list(
        stream.results(Document(n, "\n".join(LINES[line] for line in body)) for n, body in enumerate(bodies))
    )
    stream.close()
    assert [result.new_text.count("\n") + bool(result.new_text) for result in results] == [3, 1, 2]
    reasons = [[entry["reason"] for entry in result.dropped] for result in results]
    assert reasons == [["repeat-in-page"], ["seen-before", "seen-before"], []]
    assert results[1].dropped[0]["kept_advisory"] == 0 and results[1].dropped[0]["similarity"] == 1.0


@pytest.mark.parametrize("batch", [7, 1000])
def test_stock_sentences_in_many_texts_are_decided_alike_in_any_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """More texts share a sentence than are compared: which of them are must not hang on what arrived together."""
    chance, words = random.Random(5), [f"kata{n}" for n in range(400)]
    sentences = [" ".join(chance.sample(words, 9)).capitalize() + "." for _ in range(60)]
    weights = [1 / (n + 1) for n in range(60)]
    texts = [" ".join(chance.choices(sentences, weights, k=3)) for _ in range(500)]
    outcomes = []
    for size in (40, batch):
        monkeypatch.setattr("imbauan.statements.stream.BATCH", size)
        stream = Stream(tmp_path / f"{size}.db")
        outcomes.append(list(stream.results(Document(n, text) for n, text in enumerate(texts))))
        stream.close()
    assert sum(len(result.dropped) for result in outcomes[0]) > 50
    assert outcomes[0] == outcomes[1]


def test_the_index_grows_past_memory_and_still_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imbauan.statements.index.RECENT_TEXTS", 64)
    chance, words = random.Random(1), [f"kata{n}" for n in range(900)]
    texts = [" ".join(chance.sample(words, 30)) for _ in range(1500)]
    stream = Stream(tmp_path / "index.db")
    list(stream.results(Document(n, text) for n, text in enumerate(texts)))
    edited = [text.replace(" ", "  ", 3) + " tutup" for text in texts[::50]]
    found = list(stream.results(Document(f"e{n}", text) for n, text in enumerate(edited)))
    stream.close()
    assert all(
        result.new_text == "" and result.dropped[0]["kept_text"] == texts[n * 50] for n, result in enumerate(found)
    )
    assert jaccard(shingles(texts[0]), shingles(edited[0])) > 0.9


def test_a_stream_loads_nothing_of_the_dataset() -> None:
    code = "import sys, imbauan.statements.stream as _; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    # sqlite-utils imports pandas where it is installed: 50 MB.
    assert not {"sqlite_utils", "pandas", "scrapy", "scipy"} & set(done.stdout.split())


def test_dedup_reads_and_writes_json_lines(tmp_path: Path) -> None:
    lines = [{"id": "x", "text": LINES[0]}, {"id": "y", "text": f"{LINES[0]}\n{LINES[3]}\nBaca juga: Lain"}]
    source = "\n".join(map(json.dumps, lines)) + "\nnonsense\n"
    dropped = tmp_path / "dropped.jsonl"
    result = CliRunner().invoke(cli, ["dedup", "--dropped", str(dropped)], input=source)
    assert result.exit_code == 1 and "line 3" in result.stderr
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["new_text"] == LINES[0] and second["new_text"] == LINES[3]
    assert [json.loads(line)["reason"] for line in dropped.read_text().splitlines()] == ["seen-before", "related-link"]


@pytest.mark.parametrize("seed", range(3))
def test_pages_of_a_line_are_counted_as_if_they_were_all_looked_at(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    recorder = Recorder.open(tmp_path / "a.db", "test", archive=False)
    connection = recorder.dataset.connection
    most = 0
    for _ in range(60):
        number, outlet = chance.randrange(9), chance.choice("ab")
        # With the line or without it, at one outlet or, later, the other.
        each = item(number, [6, (0, 2, 3, 5, 7)[number % 5]][not chance.randrange(4) :], outlet)
        each.article.url = each.page.url = f"https://{chance.choice('ab')}.example/{number}"  # type: ignore[union-attr]
        recorder.store(each)
        counted = dict(connection.execute("SELECT source || line, pages FROM furniture"))
        looked_at = dict(
            connection.execute(
                """SELECT a.source || p.line, COUNT(DISTINCT a.id) FROM paragraphs p JOIN advisories a ON a.id = p.advisory
                WHERE p.line IS NOT NULL GROUP BY 1"""
            )
        )
        assert counted == {line: looked_at.get(line, 0) for line in counted}
        held = dict(connection.execute("SELECT source, COUNT(*) FROM advisories WHERE paragraphs > 0 GROUP BY source"))
        assert {source: pages for source, pages in connection.execute("SELECT * FROM outlets") if pages} == held
        most = max([most, *counted.values()])
    recorder.finish("finished")
    assert most > 0


def test_line_of_many_outlets_is_learned_in_a_small_one(tmp_path: Path) -> None:
    many = [item(n, [n % 6, 6], f"o{n}") for n in range(60)]
    small = [item(n, [n, 6], "kecil") for n in (0, 3, 5, 7)]
    result = stored(tmp_path / "a.db", [many, small])
    without = [row for row in result["advisories"] if LINES[6] not in row["text"]]
    assert [row["url"].split(".")[0] for row in without] == ["https://kecil"] * 4


def test_what_leaned_on_a_line_that_became_furniture_is_decided_again(tmp_path: Path) -> None:
    """The line of the last page was dropped for one that, some pages later, is told to be the outlet's furniture."""
    items = [item(number, [0 if number < 3 else 4], day=1) for number in range(7)] + [item(7, [3], day=1)]
    whole = stored(tmp_path / "whole.db", [items])
    for number in range(12):
        shuffled = random.Random(number).sample(items, len(items))
        assert stored(tmp_path / f"{number}.db", [shuffled[:1], shuffled[1:]]) == whole
