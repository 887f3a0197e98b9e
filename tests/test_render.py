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
    text = shown(render.advisory, row, [{"position": 0, "text": "Isi\x07 satu", "reason": None}], {0: "kept"})
    assert url in "".join(text.split())
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "Isi satu" in text and "because" in text


def test_a_dropped_paragraph_says_why(sample: Path) -> None:
    text = on_a_terminal("show", "2", "--db", str(sample))
    assert "Baca juga" in text and "related-link" in text and "\x1b[" in text


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
