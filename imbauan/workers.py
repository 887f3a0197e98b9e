"""Worker processes with a time limit for each page: a page that hangs or kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from pebble import ProcessPool

Result = TypeVar("Result")


class Workers:
    """A pool of processes; a dead or late worker is replaced and its page fails alone (pebble)."""

    def __init__(self, count: int, seconds: float) -> None:
        # A fork server loads the libraries once; forking this process would copy its threads' locks.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["imbauan.warm"])
        self._pool = ProcessPool(max_workers=count, max_tasks=2000, context=context)
        self._seconds = seconds

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Run a module-level function in a worker; its future fails with `TimeoutError` past the limit."""
        future: Future[Result] = self._pool.schedule(function, args=arguments, timeout=self._seconds)
        return future

    def close(self) -> None:
        """End the workers; what still runs is cut off."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
