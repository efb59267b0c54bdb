"""One function over many parts, on as many processors as there are.

A worker is a copy of this process (fork), which costs a hundredth of a second and knows
all that this one knows; it takes the next part when it is done with one. On systems
without a fork that is safe, this process does all of it: the results are the same.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, BinaryIO, TypeVar

__all__ = ["processors", "run"]

T = TypeVar("T")
R = TypeVar("R")

_TOKEN_BYTES = 4
_MOST_TOKEN_BYTES = 65_536


def processors() -> int:
    """Return how many workers are worth their while here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def run(
    function: Callable[[T], R],
    parts: Sequence[T],
    workers: int,
    tell: Callable[[float], None] = lambda _: None,
) -> list[R]:
    """Return function(part) for each part, in their order; results have to be picklable.

    What a worker was at that was killed is done again.

    `tell` is told from time to time how much of the work is taken, from 0 to 1.

    Raises what the function raised; of several exceptions, that of the earliest part.
    """
    others = min(workers, len(parts)) - 1
    if others < 1:
        return [_told(function, parts, number, tell) for number in range(len(parts))]
    queue = _queue(len(parts))
    started: list[tuple[int, BinaryIO]] = []
    try:
        started += (_start(function, parts, queue) for _ in range(others))
        done = _work(function, parts, queue, tell)
        for _, results in started:
            # One that was killed, say for want of memory, says nothing.
            with suppress(EOFError, pickle.UnpicklingError):
                done |= pickle.load(results)  # noqa: S301 (of our own process)
    finally:
        os.close(queue)
        for worker, results in started:
            results.close()
            # One that is still at work is not wanted any more.
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
    return [
        _result(done[number]) if number in done else function(part)
        for number, part in enumerate(parts)
    ]


def _told(
    function: Callable[[T], R], parts: Sequence[T], number: int, tell: Callable[[float], None]
) -> R:
    tell(number / len(parts))
    return function(parts[number])


def _queue(count: int) -> int:
    """Return the reading end of a pipe that holds the number of each part, once."""
    reading, writing = os.pipe()
    with open(writing, "wb", buffering=0) as file:  # noqa: PTH123 (a descriptor)
        file.writelines(number.to_bytes(_TOKEN_BYTES, "big") for number in range(count))
    return reading


def _start(function: Callable[[T], R], parts: Sequence[T], queue: int) -> tuple[int, BinaryIO]:
    """Start a worker; return its process and the end of the pipe through which its results come."""
    reading, writing = os.pipe()
    program = os.getpid()
    worker = os.fork()
    if worker:
        os.close(writing)
        return worker, open(reading, "rb")  # noqa: PTH123 (a descriptor; `run` closes it)
    # Whoever stops this program stops its workers by the same key, and they have nothing to say.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = 1
    try:
        os.close(reading)
        with open(writing, "wb") as results:  # noqa: PTH123 (a descriptor)
            done = _work(function, parts, queue, lambda _: _end_without(program))
            pickle.dump(done, results)
        status = 0
    finally:
        os._exit(status)


def _end_without(program: int) -> None:
    """End a worker whose program was killed: nobody waits for what it would do."""
    if os.getppid() != program:
        os._exit(1)


def _work(
    function: Callable[[T], R], parts: Sequence[T], queue: int, tell: Callable[[float], None]
) -> dict[int, Any]:
    """Take parts until there are none; return what came of each, (True, result) or an error."""
    done: dict[int, Any] = {}
    while token := os.read(queue, _TOKEN_BYTES):
        number = int.from_bytes(token, "big")
        tell(number / len(parts))  # Those before it are taken, by whomever.
        try:
            done[number] = True, function(parts[number])
        except Exception as error:  # noqa: BLE001 (raised again in `run`)
            done[number] = False, _picklable(error)
            # No later part is wanted any more, by whomever.
            while os.read(queue, _MOST_TOKEN_BYTES):
                pass
    return done


def _picklable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (of our own process)
    except Exception:  # noqa: BLE001 (it can be anything)
        return RuntimeError("".join(traceback.format_exception(error)))
    return error


def _result(done: tuple[bool, Any]) -> Any:  # noqa: ANN401 (R, by way of a pipe)
    succeeded, result = done
    if succeeded:
        return result
    raise result
