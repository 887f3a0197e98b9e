"""A canned question asked without a browser: the same table as its page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from imbauan.browse.cache import States
from imbauan.browse.routes import Asked
from imbauan.browse.tables import TABLES, Table
from imbauan.browse.wording import Wording, wording


def ask(path: Path, name: str, filters: dict[str, str]) -> tuple[Table, Wording]:
    """The answer to a question of TABLES, narrowed by filters as in the address of its page."""
    states = States(path)
    say = wording("en")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return TABLES[name](Asked(connection, states.current(), say, filters, {"name": name})), say
    finally:
        states.close()


def explained(name: str, table: Table, say: Wording) -> tuple[str, str]:
    """The question in words, and what its answer counts."""
    return say.t(f"q_{name}"), say.t(f"q_{name}_why", say.day(table.until))
