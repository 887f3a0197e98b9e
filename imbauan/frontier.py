"""What is to be fetched: every address found has its row in the ledger, and the ledger alone says what comes next."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imbauan.database import Dataset
from imbauan.database import frontier as ledger
from imbauan.database.runs import now
from imbauan.moments import moment, utc_text
from imbauan.relook import PATIENCE, STEPS, is_due, is_unconditional, may_retry
from imbauan.sources import Source
from imbauan.urls import canonical_url

AHEAD = 50
"""Addresses taken from the ledger at a time; the rest stays on disk however long the queue is."""
BELIEVED = 0.5
"""Where a document claims that more than this share of what is known has changed, its claims are not believed."""
FEW = 10
"""Of fewer known addresses every claim is believed."""
FETCHED = ("stored", "unchanged", "not-relevant", "twin")


@dataclass(slots=True)
class Announced:
    """An address that a document announced."""

    url: str
    lastmod: str | None = None
    """When it was published or last changed, ISO 8601 as stated."""
    mark: str | None = None
    """A digest of all that was said of it; another one means that it changed. Null where nothing was said."""
    off_site: bool = False


@dataclass(slots=True)
class Look:
    """An address that is to be asked for."""

    url: str
    """Canonical: the key of the ledger."""
    address: str
    """As it was announced."""
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """Hash of the body as last fetched; null where it never was."""
    claims: str | None = None
    attempts: int = 0

    @property
    def again(self) -> bool:
        """Whether it was fetched before."""
        return self.sha256 is not None


@dataclass(frozen=True, slots=True)
class Added:
    """What a document's announcements came to."""

    new: int = 0
    """Addresses that this run found."""
    changed: int = 0
    known: int = 0


class Frontier:
    """The frontier of one run. `since` is an ISO time in UTC; `max_pages` limits the addresses of each source."""

    def __init__(self, dataset: Dataset, run: int, since: str | None = None, max_pages: int | None = None) -> None:
        self.dataset = dataset
        self.run = run
        self.since = since
        self.max_pages = max_pages
        self.in_work: dict[str, Look] = {}
        self._done: set[str] = set()
        self._deferred: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._queues: dict[str, deque[Look]] = defaultdict(deque)
        self._relooked: set[str] = set()

    def add(self, source: Source, document: str, links: Sequence[Announced]) -> Added:
        """Give every announced address its row; what changed since its last fetch is taken up again."""
        by_url = {canonical_url(link.url): link for link in reversed(links)}
        known = ledger.known_pages(self.dataset.connection, list(by_url))
        key = hashlib.blake2b(document.encode(), digest_size=4).hexdigest()
        new = [self._row(url, link, source, key) for url, link in by_url.items() if url not in known]
        changed, said = self._claims(by_url, known, source, key)
        if new or said:
            with self.dataset.writing() as connection:
                ledger.add_pages(connection, reversed(new))
                ledger.set_claims(connection, said)
        self._queues[source.id].extend(changed)
        found = sum(1 for row in known.values() if row["found_run"] == self.run)
        own = sum(1 for row in new if row["outcome"] == "waiting")
        return Added(own + found, len(changed), len(known) - found)

    def take(self, source: str) -> Look | None:
        """The next address of a source, or none: what changed, then what waits, what failed, what is due again."""
        if self.is_full(source):
            return None
        queue = self._queues[source]
        if not queue:
            queue.extend(self._refill(source))
        while queue:
            look = queue.popleft()
            if look.url not in self.in_work and look.url not in self._done:
                self.in_work[look.url] = look
                self._asked[source] += 1
                return look
        return None

    def moved(self, look: Look, answered: str, source: Source) -> Look | None:
        """The look under the address that answered after a redirect; none where that has an outcome or is in work."""
        url = canonical_url(answered)
        row = ledger.known_pages(self.dataset.connection, [url]).get(url)
        if url in self.in_work or url in self._done or (row is not None and row["outcome"] in FETCHED):
            return None
        if row is None:
            with self.dataset.writing() as connection:
                ledger.add_pages(connection, [self._row(url, Announced(answered), source, None)])
        self.in_work[url] = Look(url, answered, claims=look.claims)
        return self.in_work[url]

    def is_full(self, source: str) -> bool:
        """Whether this run has asked for as many addresses of a source as it may."""
        return self.max_pages is not None and self._asked[source] >= self.max_pages

    def are_older(self, urls: Sequence[str], since: str) -> bool:
        """Whether every one of these addresses whose time is known was published before; false where none is known."""
        times = ledger.published_times(self.dataset.connection, urls)
        return bool(times) and max(times) < since

    def done(self, url: str, source: str | None, deferred: bool = False) -> Look | None:
        """Note that an address has its outcome, or is left to the next run; what is known of it."""
        self._done.add(url)
        if deferred and source is not None:
            self._deferred[source] += 1
        return self.in_work.pop(url, None)

    def _refill(self, source: str) -> Iterable[Look]:
        connection = self.dataset.connection
        # Those in work and those left to the next run still wait in the ledger.
        limit = AHEAD + len(self.in_work) + self._deferred[source]
        rows = ledger.waiting_pages(connection, source, self.since, limit)
        found = [_look(row) for row in rows if row["url"] not in self.in_work and row["url"] not in self._done]
        if found or source in self._relooked:
            return found
        self._relooked.add(source)
        moment_now = datetime.now(UTC)
        failed = ledger.failed_pages(connection, source, len(PATIENCE))
        found += [
            _look(row)
            for row in failed
            if row["found_run"] != self.run and may_retry(row["attempts"], moment(row["last_asked"]), moment_now)
        ]
        horizon = (moment_now - 2 * STEPS[-1]).isoformat(timespec="seconds")
        found += [look for row in ledger.recent_pages(connection, source, horizon) if (look := _due(row, moment_now))]
        return found

    def _row(self, url: str, link: Announced, source: Source, key: str | None) -> dict[str, Any]:
        outcome, reason = "waiting", None
        if link.off_site:
            outcome, reason = "off-site", "announced by the source, on another site"
        return {
            "url": url, "address": link.url if link.url != url else None, "source": source.id, "first_seen": now(),
            "outcome": outcome, "reason": reason, "announced": utc_text(link.lastmod, source.zone), "run": self.run,
            "claims": json.dumps({key: link.mark}) if key and link.mark else None,
        }  # fmt: skip

    def _claims(
        self, links: dict[str, Announced], known: dict[str, dict[str, Any]], source: Source, key: str
    ) -> tuple[list[Look], list[tuple[str, str]]]:
        """The known addresses that a document says have changed, and the words to remember of the others."""
        changed: list[Look] = []
        said: list[tuple[str, str]] = []
        fetched = {url: row for url, row in known.items() if row["outcome"] in FETCHED}
        for url, row in known.items():
            link, before = links[url], json.loads(row["claims"] or "{}")
            if not link.mark or before.get(key) == link.mark:
                continue
            claims = json.dumps(before | {key: link.mark})
            if url in fetched and (key in before or _is_later(link, row, source)):
                changed.append(Look(url, link.url, claims=claims, sha256="?"))
            else:
                said.append((claims, url))
        if len(fetched) >= FEW and len(changed) > BELIEVED * len(fetched):
            return [], said + [(look.claims or "{}", look.url) for look in changed]
        return changed, said


def _is_later(link: Announced, row: dict[str, Any], source: Source) -> bool:
    stated, fetched = moment(link.lastmod, source.zone), moment(row["last_fetched"])
    return stated is not None and fetched is not None and stated > fetched


def _look(row: dict[str, Any]) -> Look:
    names = ("url", "address", "etag", "last_modified", "sha256", "claims", "attempts")
    return Look(**{name: row[name] for name in names})


def _due(row: dict[str, Any], at: datetime) -> Look | None:
    found, fetched = moment(row["first_seen"]), moment(row["last_fetched"])
    if found is None or fetched is None or not is_due(found, fetched, moment(row["published"]), at):
        return None
    look = _look(row)
    if is_unconditional(found, at):
        look.etag = look.last_modified = None
    return look
