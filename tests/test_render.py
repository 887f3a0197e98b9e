"""`show` and `status` on a terminal: all that the plain output says, and no control character of a page."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from imbauan.cli import render


def shown(function: Any, *arguments: Any) -> str:
    out = io.StringIO()
    function(Console(file=out, width=70, force_terminal=False), *arguments)
    return out.getvalue()


def on_a_terminal(*arguments: str) -> str:
    """Output of a command that believes to speak to a terminal."""
    primary, secondary = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "imbauan", *arguments], stdout=secondary, stderr=secondary) as process:
        os.close(secondary)
        parts = []
        while True:
            try:
                part = os.read(primary, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
    os.close(primary)
    assert process.returncode in (0, 1)
    return b"".join(parts).decode("utf-8")


def test_an_address_is_never_cut_and_a_page_controls_nothing() -> None:
    url = "https://outlet.example/" + "panjang-" * 20
    row = {"title": "\x1b[2JJudul\u202e", "url": url, "evidence": "+3 polisi"}
    text = shown(render.advisory, row, [{"position": 0, "text": "Isi\x07 satu", "reason": None}], [])
    assert url in "".join(text.split())
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "Isi satu" in text and "because" in text


def test_a_dropped_paragraph_says_why(sample: Path) -> None:
    text = on_a_terminal("show", "2", "--db", str(sample))
    assert "Baca juga" in text and "related-link" in text and "\x1b[" in text


def dropped(position: int, reason: str, **more: Any) -> dict[str, Any]:
    given = {"rule": "exact/1", "id": 70 + position, "kept_position": None, "kept_text": None, "similarity": None}
    return (
        given
        | {"position": position, "reason": reason, "text": f"Paragraf {position} " + "kata " * 40 + "akhir."}
        | more
    )


def test_a_page_of_many_drops_stays_short_and_what_differs_is_whole() -> None:
    url = "https://outlet.example/1"
    repeat = dropped(1, "repeat-in-page", kept_position=0, kept_url=url, kept_advisory=9, similarity=1.0)
    near = dropped(
        2, "repeat-in-page", kept_position=0, kept_url=url, kept_advisory=9, similarity=0.91, kept_text="Lain"
    )
    seen = dropped(3, "seen-before", kept_position=4, kept_url="https://a.example/2", kept_advisory=8, similarity=1.0)
    repeat["kept_text"] = repeat["text"]
    text = shown(render.advisory, {"title": "J", "url": url}, [{"position": 0, "text": "Satu"}, repeat, near, seen], [])
    assert "1 kept and new, 1 kept, not new, 2 dropped: 2 repeat-in-page" in " ".join(text.split())
    one, two, three = text.partition("-1 ")[2].partition("-2 ")[0], text.partition("-2 ")[2], text.partition("=3")[2]
    assert "akhir." not in one and "paragraph 0 of this page, 100 % alike" in one and "id 71" in one
    assert "akhir." in two.partition("=3")[0] and "91 % alike" in two
    assert "akhir." in three and "paragraph 4 of 8 https://a.example/2" in " ".join(three.split())


def test_what_to_type_after_the_demo_can_be_copied_from_a_narrow_terminal() -> None:
    command = "imbauan export --db a-rather-long-name-of-a-dataset.db --out advisories.csv --spreadsheet"
    text = shown(render.demo, [("paragraphs dropped: furniture", 1234)], [(command, "the dataset as CSV")])
    assert command in text and "1,234" in text


def test_status_names_the_sources_that_need_a_look() -> None:
    health = [
        {"source": "a", "state": "healthy", "since": None, "message": None},
        {"source": "b", "state": "blocked", "since": "2026-11-20", "message": "403"},
    ]
    run = {"id": 3, "status": "finished", "started": "2026-11-20"} | dict.fromkeys(
        ("pages_fetched", "advisories_new", "advisories_updated", "errors"), 12345
    )
    text = shown(render.status, [run], {"advisories": 12345}, health)
    assert "12,345" in text and "blocked" in text and "healthy" not in text
    assert "All 1 sources are healthy" in shown(render.status, [run], {}, health[:1])


def test_status_is_a_table_on_a_terminal(sample: Path) -> None:
    assert "Last runs" in on_a_terminal("status", "--db", str(sample))
