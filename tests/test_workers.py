"""A page that hangs, eats memory or kills its worker costs only itself."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Iterator

import pytest

from imbauan.exceptions import RunStopped
from imbauan.workers import WorkerDied, Workers


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    time.sleep(60)


def hang_in_c() -> None:
    # The alarm's handler runs between byte codes only, and there are none in here.
    re.match(r"(a+)+$", "a" * 40 + "b")


def eat() -> int:
    return len(bytearray(3_000_000_000))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash() -> None:
    ctypes.string_at(0)


def raise_what_cannot_be_sent() -> None:
    error = ValueError("salah")
    error.args = (lambda: None,)  # type: ignore[assignment]
    raise error


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    pool = Workers(2, seconds=0.7, megabytes=300)
    yield pool
    pool.close()


@pytest.mark.parametrize(
    ("task", "error"),
    [(hang, TimeoutError), (hang_in_c, TimeoutError), (eat, MemoryError), (die, WorkerDied), (crash, WorkerDied),
     (raise_what_cannot_be_sent, RuntimeError)],
)  # fmt: skip
def test_bad_task_fails_alone(workers: Workers, task: object, error: type[Exception]) -> None:
    before = [workers.submit(double, number) for number in range(4)]
    bad = workers.submit(task)  # type: ignore[arg-type]
    after = [workers.submit(double, number) for number in range(4)]
    with pytest.raises(error):
        bad.result(30)
    assert [future.result(30) for future in before + after] == [0, 2, 4, 6] * 2


def test_closing_gives_up_what_is_under_way_at_once() -> None:
    pool = Workers(1, seconds=60)
    assert pool.submit(double, 4).result(30) == 8
    under_way, waiting = pool.submit(hang), pool.submit(double, 1)
    while not under_way.running():
        time.sleep(0.01)
    began = time.monotonic()
    pool.close()
    for future in (under_way, waiting):
        with pytest.raises(RunStopped):
            future.result(30)
    assert time.monotonic() - began < 10


def test_task_that_comes_after_the_close_is_given_up_too() -> None:
    pool = Workers(2, seconds=60)
    assert pool.submit(double, 4).result(30) == 8
    pool.close()
    pool.close()
    late = pool.submit(double, 1)
    # A page between two steps: without an answer the run would never end.
    with pytest.raises(RunStopped):
        late.result(5)
