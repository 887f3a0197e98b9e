"""Worker processes with a limit of time and memory for each page: a page that kills its worker costs only itself."""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from imbauan.exceptions import RunStopped

Result = TypeVar("Result")
GRACE_SECONDS = 2.0
"""What a worker gets beyond its limit to say itself that it is late; then it is killed (C code hears no alarm)."""
MEMORY_MB = 512
PRELOAD = "imbauan.warm"

Task = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...]]


class WorkerDied(Exception):
    """The process that had a page under work is gone: the page took more than it may."""


def warm_up() -> None:
    """Begin to load what the workers need: it takes a second, on another processor than what this process loads."""
    multiprocessing.forkserver.set_forkserver_preload([PRELOAD])
    multiprocessing.forkserver.ensure_running()


class Workers:
    """A few processes, each with one task at a time, so that a dead one names the page that killed it."""

    def __init__(self, count: int, seconds: float, megabytes: int = MEMORY_MB) -> None:
        # A fork server loads the libraries once; forking this process would copy its threads' locks.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([PRELOAD])
        self._seconds, self._megabytes = seconds, megabytes
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._processes: set[Any] = set()
        self._closed = False
        self._lock = Lock()
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Run a module-level function in a worker.

        Its future fails with `TimeoutError` or `MemoryError` past the limits, with `WorkerDied` where that ended it, with
        `RunStopped` where the workers were closed.
        """
        future: Future[Result] = Future()
        with self._lock:
            if not self._closed:
                self._tasks.put((future, function, arguments))
                return future
        # Nobody serves any more: a page between two steps would wait for ever, and the run with it.
        future.set_exception(RunStopped())
        return future

    def close(self) -> None:
        """End the workers; what is under way or waits is given up."""
        with self._lock:
            ends = 0 if self._closed else len(self._threads)
            self._closed = True
            for _ in range(ends):
                self._tasks.put(None)
        for process in list(self._processes):
            process.kill()

    def _serve(self) -> None:
        worker: tuple[Any, Connection] | None = None
        while (task := self._tasks.get()) is not None:
            future, function, arguments = task
            if not future.set_running_or_notify_cancel():
                continue
            if self._closed:
                future.set_exception(RunStopped())
                continue
            worker = worker or self._start()
            try:
                outcome, value = self._ask(worker[1], function, arguments)
            except (EOFError, OSError, TimeoutError) as error:
                self._end(worker[0])
                worker = None
                outcome, value = False, RunStopped() if self._closed else _death(error)
            if outcome:
                future.set_result(value)
            else:
                future.set_exception(value)
        if worker is not None:
            self._end(worker[0])

    def _ask(self, pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        pipe.send((self._seconds, function, arguments))
        if not pipe.poll(self._seconds + GRACE_SECONDS):
            raise TimeoutError
        answer: tuple[bool, Any] = pipe.recv()
        return answer

    def _start(self) -> tuple[Any, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._megabytes), daemon=True)
        process.start()
        theirs.close()
        self._processes.add(process)
        if self._closed:
            process.kill()
        return process, ours

    def _end(self, process: Any) -> None:
        process.kill()
        process.join()
        self._processes.discard(process)


def _death(error: BaseException) -> Exception:
    if isinstance(error, TimeoutError):
        return TimeoutError("took longer than its limit")
    return WorkerDied("its worker process died, most likely for want of memory")


def _work(pipe: Connection, megabytes: int) -> None:
    # Ctrl-C reaches the whole group; the parent decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_late)
    _limit_memory(megabytes)
    while True:
        try:
            seconds, function, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        answer: tuple[bool, Any]
        try:
            answer = True, _limited(seconds, function, arguments)
        except MemoryError:
            answer = False, MemoryError("took more memory than its limit")
        except Exception as error:
            answer = False, error
        _answer(pipe, answer)


def _answer(pipe: Connection, answer: tuple[bool, Any]) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise SystemExit from None
    except Exception as error:
        # What can't be sent (an exception with a C object in it) is told in words.
        pipe.send((False, RuntimeError(f"{type(answer[1]).__name__}: {answer[1]} ({type(error).__name__})")))


def _limit_memory(megabytes: int) -> None:
    """Address space beyond what the loaded libraries take already; elsewhere than on Linux there is no such figure."""
    try:
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 1024 * 1024,) * 2)


def _too_late(number: int, frame: object) -> None:
    raise TimeoutError("took longer than its limit")


def _limited(seconds: float, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
