"""Read pages put by until all are read, then given back in the order of their publication."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from imbauan.database.store import in_utc
from imbauan.items import AdvisoryItem


class Spool:
    """A file of its own: an archive does not fit in memory."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE item (number INTEGER PRIMARY KEY, url TEXT, moment TEXT, content BLOB)")

    def put(self, item: AdvisoryItem) -> None:
        """Put a processed page by; its bytes stand in the archive, and only their digest is needed."""
        assert item.article is not None
        moment = in_utc(item.article.published) or item.page.fetched
        slim = replace(item, page=replace(item.page))
        content = pickle.dumps(slim, pickle.HIGHEST_PROTOCOL)
        self._db.execute(
            "INSERT INTO item (url, moment, content) VALUES (?, ?, ?)", (item.article.url, moment, content)
        )

    def urls(self) -> set[str]:
        """The addresses put by so far."""
        return {url for (url,) in self._db.execute("SELECT DISTINCT url FROM item")}

    def in_published_order(self) -> Iterator[AdvisoryItem]:
        """All items: by publication of the first state of each address, its later states right behind it."""
        rows: Any = self._db.execute(
            """SELECT content FROM item JOIN (SELECT url, MIN(moment) AS began FROM item GROUP BY url) USING (url)
            ORDER BY began, url, number"""
        )
        for (content,) in rows:
            # Our own file of a moment ago, never one from elsewhere.
            yield pickle.loads(content)

    def close(self) -> None:
        """Remove the file."""
        self._db.close()
        self._path.unlink(missing_ok=True)
