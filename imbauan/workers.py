"""Worker processes with a time limit for each page: a page that hangs or kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Result = TypeVar("Result")
ATTEMPTS = 3
"""A dead worker fails everything that its pool had under way; the innocent pages are tried again."""


class Workers:
    """A pool of processes that is made anew when a worker dies."""

    def __init__(self, count: int, seconds: float) -> None:
        # A fork server loads the libraries once; forking this process would copy its threads' locks.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["imbauan.warm"])
        self._count = count
        self._seconds = seconds
        self._closed = False
        self._pool = self._new_pool()

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Run a module-level function in a worker; its future fails with `TimeoutError` past the limit."""
        outer: Future[Result] = Future()
        self._try(outer, 1, function, arguments)
        return outer

    def close(self) -> None:
        """End the workers; what waits is cancelled."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, outer: Future[Any], attempt: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        pool = self._pool
        try:
            inner = pool.submit(_limited, self._seconds, function, arguments)
        except BrokenProcessPool:
            self._replace(pool)
            inner = self._pool.submit(_limited, self._seconds, function, arguments)

        def done(future: Future[Any]) -> None:
            if future.cancelled():
                outer.cancel()
            elif (error := future.exception()) is None:
                outer.set_result(future.result())
            elif isinstance(error, BrokenProcessPool) and attempt < ATTEMPTS and not self._closed:
                self._replace(pool)
                self._try(outer, attempt + 1, function, arguments)
            else:
                outer.set_exception(error)

        inner.add_done_callback(done)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._pool is broken:
            self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    # Ctrl-C reaches the whole group; the parent decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_late)


def _too_late(number: int, frame: object) -> None:
    raise TimeoutError("took longer than its limit")


def _limited(seconds: float, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
