"""The state of the dataset as pages show it: kept in memory, renewed when another process has written."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imbauan.browse.face import Face, load

REMEMBERED = 6
"""Results that are kept for the next page of them: 8 MB each where a word stands in a million advisories."""
PATIENCE = 0.5
"""Seconds that a reader may wait for a new state; where loading takes longer, the old one is shown meanwhile."""


_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class State:
    """One state of the dataset."""

    face: Face
    reasons: list[tuple[str, int]]
    """Dropped paragraphs by reason."""
    corrections: int
    memory: OrderedDict[str, Any] = field(default_factory=OrderedDict)

    def remember(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returns, made once for this state; the least used of many is forgotten."""
        made = self.memory.get(name)
        if made is None:
            made = make()
            with _LOCK:
                while len(self.memory) >= REMEMBERED:
                    self.memory.popitem(last=False)
                self.memory[name] = made
        return made


class States:
    """Gives the newest state; `PRAGMA data_version` tells whether anything was written."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._state: State | None = None
        self._version = -1
        self._cost = 0.0
        self._loading: threading.Thread | None = None

    def current(self) -> State:
        """The newest state, or the one before it while a large one is read anew."""
        if self._state is not None and self._loading is not None and self._loading.is_alive():
            return self._state
        with self._lock:
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if self._state is None or (version != self._version and self._cost < PATIENCE):
                self._load(version)
            elif version != self._version:
                self._loading = threading.Thread(target=self._load_later, args=(version,), daemon=True)
                self._loading.start()
            assert self._state is not None
            return self._state

    def close(self) -> None:
        """Close the file."""
        if self._loading is not None:
            self._loading.join()
        self._connection.close()

    def _load_later(self, version: int) -> None:
        with self._lock:
            self._load(version)

    def _load(self, version: int) -> None:
        began = time.monotonic()
        # The view joins four tables to say the same; the index of its table answers alone.
        table = "paragraphs" if _has_paragraphs(self._connection) else "dropped_paragraphs"
        reasons = self._connection.execute(
            f"SELECT reason, COUNT(*) AS n FROM {table} WHERE reason IS NOT NULL GROUP BY reason ORDER BY n DESC"
        ).fetchall()
        corrections = int(self._connection.execute("SELECT COUNT(*) FROM revisions").fetchone()[0])
        self._state = State(load(self._connection), reasons, corrections)
        self._version, self._cost = version, time.monotonic() - began


def _has_paragraphs(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'paragraphs'").fetchone())
