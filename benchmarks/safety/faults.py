"""Kill, fill and race a dataset, and count what was lost: `python -m benchmarks.safety.faults kills --times 200`."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from imbauan.demo.newsroom import Newsroom


def corpus(path: Path) -> None:
    """The demo newsroom's articles, as JSON lines of text; the addresses do not depend on its ports."""
    with Newsroom() as newsroom, path.open("w") as stream:
        for story in newsroom.stories:
            address = f"https://{''.join(filter(str.isalnum, story.outlet)).lower()}.example{story.path}"
            record = {"url": address, "title": story.title, "published": story.published.isoformat(),
                      "text": "\n".join(story.paragraphs)}  # fmt: skip
            stream.write(json.dumps(record) + "\n")


def imbauan(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start the command in a process group of its own."""
    command = [sys.executable, "-m", "imbauan", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True, **options)  # fmt: skip


def rows(path: Path) -> dict[str, Any]:
    """What must be equal: advisories, drops and outcomes, by address."""
    db = sqlite3.connect(path, timeout=60)
    try:
        ok = db.execute("PRAGMA integrity_check").fetchone()[0]
        urls = dict(db.execute("SELECT id, url FROM advisories").fetchall())
        advisories = {
            row[0]: (*row[1:4], urls.get(row[4]), urls.get(row[5]))
            for row in db.execute("SELECT url, title, text, new_text, copy_of, release FROM advisories")
        }
        dropped = db.execute(
            "SELECT url, position, reason, kept_url FROM dropped_paragraphs ORDER BY url, position"
        ).fetchall()
        pages = db.execute("SELECT url, outcome FROM pages ORDER BY url").fetchall()
    finally:
        db.close()
    return {"integrity": ok, "advisories": advisories, "dropped": dropped, "pages": pages}


def kills(times: int, folder: Path) -> dict[str, Any]:
    """Kill -9 imports and crawls at random moments; the last plain run must give what an unbroken one gives."""
    corpus(folder / "pages.jsonl")
    with Newsroom() as newsroom:
        catalogue = folder / "s.toml"
        catalogue.write_text(newsroom.catalogue_toml(), "utf-8")
        ways = {"import": ["import", folder / "pages.jsonl"], "crawl": ["crawl", "--sources", catalogue]}
        result: dict[str, Any] = {
            "killed": 0,
            "ended before": 0,
            "damaged": 0,
            "gone": 0,
            "final differs": 0,
            "databases": 0,
        }
        expected, seconds = {}, {}
        for way, words in ways.items():
            began = time.monotonic()
            imbauan(*words, "--db", folder / f"{way}.db").communicate()
            expected[way], seconds[way] = rows(folder / f"{way}.db"), time.monotonic() - began
        while result["killed"] < times:
            way = "crawl" if result["databases"] % 4 == 3 else "import"
            database = folder / f"{way}-{result['databases']}.db"
            result["databases"] += 1
            known: set[str] = set()
            for _ in range(min(10, times - result["killed"])):
                process = imbauan(*ways[way], "--db", database)
                try:
                    process.wait(random.uniform(0.3, seconds[way]))
                    result["ended before"] += 1
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    result["killed"] += 1
                process.communicate()
                if database.exists() and database.stat().st_size:
                    try:
                        now = rows(database)
                    except sqlite3.OperationalError as error:
                        # Killed before its tables were made.
                        assert "no such table" in str(error) and not known, error
                        continue
                    result["damaged"] += now["integrity"] != "ok"
                    result["gone"] += len(known - set(now["advisories"]))
                    known |= set(now["advisories"])
            imbauan(*ways[way], "--db", database).communicate()
            result["final differs"] += rows(database) != expected[way]
            check = imbauan("check", "--db", database)
            check.communicate()
            result["check found"] = result.get("check found", 0) + (check.returncode != 0)
    return result


def double_starts(times: int, folder: Path) -> dict[str, Any]:
    """Start two runs at once; exactly one may do the work, the other exits 75 within a second or so."""
    corpus(folder / "pages.jsonl")
    result: dict[str, Any] = {"pairs": 0, "one 75": 0, "locked errors": 0, "seconds of the second": []}
    for number in range(times):
        database = folder / f"d{number}.db"
        began = time.monotonic()
        pair = [imbauan("import", folder / "pages.jsonl", "--db", database) for _ in range(2)]
        ended: dict[int, float] = {}
        while len(ended) < 2:
            for process in pair:
                if process.pid not in ended and process.poll() is not None:
                    ended[process.pid] = time.monotonic() - began
            time.sleep(0.005)
        errors = "".join(process.communicate()[1] for process in pair)
        codes = sorted(process.returncode for process in pair)
        result["pairs"] += 1
        result["one 75"] += codes == [0, 75]
        result["locked errors"] += "is locked" in errors
        result["seconds of the second"] += [ended[process.pid] for process in pair if process.returncode == 75]
    taken = sorted(result.pop("seconds of the second"))
    result["seconds to exit 75"] = (
        {"median": round(taken[len(taken) // 2], 2), "most": round(taken[-1], 2)} if taken else None
    )
    return result


def full_disk(times: int, folder: Path) -> dict[str, Any]:
    """Let imports run into a limit of file size at random sizes; one line, exit 1, and a later run completes all."""
    corpus(folder / "pages.jsonl")
    imbauan("import", folder / "pages.jsonl", "--db", folder / "whole.db").communicate()
    expected, size = rows(folder / "whole.db"), (folder / "whole.db").stat().st_size
    result: dict[str, Any] = {"filled": 0, "exit 1, one line": 0, "damaged": 0, "gone": 0, "final differs": 0}
    for number in range(times):
        database = folder / f"f{number}.db"
        limit = random.randint(150_000, size)

        def limited(limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = imbauan("import", folder / "pages.jsonl", "--db", database, preexec_fn=limited)
        _, errors = process.communicate()
        result["filled"] += 1
        result["exit 1, one line"] += process.returncode == 1 and len(errors.strip().splitlines()) == 1
        before: set[str] = set()
        try:
            found = rows(database)
            before = set(found["advisories"])
            result["damaged"] += found["integrity"] != "ok"
        except sqlite3.OperationalError:
            pass
        imbauan("import", folder / "pages.jsonl", "--db", database).communicate()
        after = rows(database)
        result["gone"] += len(before - set(after["advisories"]))
        result["final differs"] += after != expected
    return result


def backups(times: int, folder: Path) -> dict[str, Any]:
    """Back a dataset up while imports write to it; each copy must be whole and hold what was stored before."""
    corpus(folder / "pages.jsonl")
    database = folder / "live.db"
    result = {"copies": 0, "whole": 0, "failed": 0}
    imbauan("import", folder / "pages.jsonl", "--db", database).communicate()
    held = set(rows(database)["advisories"])
    writer = imbauan("import", folder / "pages.jsonl", "--db", database, "--keep", "other")
    for number in range(times):
        if writer.poll() is not None:
            writer.communicate()
            writer = imbauan("import", folder / "pages.jsonl", "--db", database)
        copy = folder / f"copy{number}.db"
        made = imbauan("backup", copy, "--db", database)
        made.communicate()
        result["copies"] += 1
        result["failed"] += made.returncode != 0
        found = rows(copy)
        result["whole"] += found["integrity"] == "ok" and held <= set(found["advisories"])
        copy.unlink()
    writer.communicate()
    return result


WAYS = {"kills": kills, "double-starts": double_starts, "full-disk": full_disk, "backups": backups}


def main() -> None:
    """Run one way, print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--folder", default=None, help="where to work, such as a small tmpfs; default: a temporary one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        began = time.monotonic()
        result = WAYS[arguments.way](arguments.times, Path(folder))
        print(json.dumps({"way": arguments.way, **result, "seconds": round(time.monotonic() - began)}), flush=True)


if __name__ == "__main__":
    main()
