"""One crawl in a process of its own, with short limits: prints its status, problems, memory and time as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from imbauan.crawl import crawl
from imbauan.recorder import Recorder
from imbauan.sources import load_sources

SETTINGS = {
    "DOWNLOAD_TIMEOUT": 10, "RETRY_TIMES": 0, "DOWNLOAD_DELAY": 0, "IMBAUAN_EXTRACT_SECONDS": 4, "LOG_ENABLED": False,
    "CLOSESPIDER_TIMEOUT": 240,
}  # fmt: skip


def main(catalogue: str, database: str, settings: str) -> None:
    """Crawl all sources of a catalogue into a database."""
    began = time.monotonic()
    recorder = Recorder.open(database, "test")
    status = crawl(recorder, load_sources(Path(catalogue)), settings=SETTINGS | json.loads(settings))
    recorder.finish(status)
    used = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"status": status, "problems": recorder.problems, "troubles": recorder.troubles, "counts": recorder.counts, "megabytes": used,
                      "seconds": time.monotonic() - began}))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
