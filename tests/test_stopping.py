"""A run that is told to stop ends soon, whatever the servers do, and the next one goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.hostile.pages import article, feed
from tests.hostile.server import Exchange, serving
from tests.test_hostile_web import ROOT, entry

SLOW = 25


first: dict[str, str] = {}


def respond(x: Exchange) -> None:
    """A site that answers its feed and the first page asked for, and then says no more."""
    if x.path == "/feed":
        x.answer(feed(*(f"{x.base}/berita-{number}" for number in range(20))), "Content-Type: application/rss+xml")
    elif x.path == "/robots.txt":
        x.answer("", status="404 Not Found")
    elif first.setdefault(x.host, x.path) == x.path:
        x.answer(article())
    else:
        x.stop.wait(SLOW * 4)


def stored(database: Path) -> int:
    """Pages that the run has stored so far."""
    db = sqlite3.connect(database, timeout=30)
    (count,) = db.execute("SELECT COUNT(*) FROM pages WHERE outcome = 'stored'").fetchone()
    db.close()
    return int(count)


def test_sigterm_ends_a_run_within_thirty_seconds_and_loses_nothing(tmp_path: Path) -> None:
    with serving(respond) as server:
        hosts = [f"http://127.2.0.{number}:{server.port}" for number in range(1, 6)]
        (tmp_path / "s.toml").write_text(
            "".join(entry(f"s{n}", host, {"feeds": ["/feed"]}) for n, host in enumerate(hosts))
        )
        settings = json.dumps({"DOWNLOAD_TIMEOUT": 120, "CONCURRENT_REQUESTS": 32})
        command = [
            sys.executable,
            "-m",
            "tests.hostile.run",
            str(tmp_path / "s.toml"),
            str(tmp_path / "a.db"),
            settings,
        ]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        while (
            sum(1 for host, path in list(server.asked) if path.startswith("/berita") and path != first[host]) < 5
            or stored(tmp_path / "a.db") < 5
        ):
            assert process.poll() is None
            time.sleep(0.05)
        began = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        out, _ = process.communicate(timeout=60)
        seconds = time.monotonic() - began
    assert process.returncode == 0 and seconds < 30
    assert json.loads(out.splitlines()[-1])["status"] == "interrupted"
    with sqlite3.connect(tmp_path / "a.db") as db:
        outcomes = dict(db.execute("SELECT outcome, COUNT(*) FROM pages GROUP BY outcome").fetchall())
        assert db.execute("SELECT status FROM runs").fetchall() == [("interrupted",)]
    db.close()
    assert outcomes["stored"] == 5 and set(outcomes) <= {"stored", "waiting"} and outcomes.get("waiting", 0) >= 5
