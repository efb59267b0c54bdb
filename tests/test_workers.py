"""One function over many parts, by one process or by several."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from faqsite import workers
from faqsite.problems import TemplateError
from faqsite.workers import processors, run

from .product import PRODUCT

forking = pytest.mark.skipif(sys.platform != "linux", reason="workers are for Linux alone")


@pytest.mark.parametrize("workers", [0, 1, pytest.param(2, marks=forking)])
@pytest.mark.parametrize("parts", [[], [3], list(range(100))])
def test_results_come_in_the_order_of_the_parts(parts: list[int], workers: int) -> None:
    assert run(lambda part: part * part, parts, workers) == [part * part for part in parts]


@forking
def test_every_worker_takes_its_share() -> None:
    def where(_part: int) -> int:
        time.sleep(0.01)  # So long that the others are there before all is done.
        return os.getpid()

    took = set(run(where, range(30), 3))
    assert len(took) == 3
    assert os.getpid() in took


def no_template(part: int) -> None:
    raise TemplateError(f"templates/{part}.html:3: wrong")


def unpicklable(part: int) -> None:
    class OwnError(Exception):
        """Of which nobody else has ever heard."""

    raise OwnError(f"part {part}")


@forking
@pytest.mark.parametrize(
    ("function", "kind", "message"),
    [
        (no_template, TemplateError, "^templates/0.html:3: wrong$"),
        (unpicklable, Exception, "part 0"),
    ],
)
def test_the_earliest_error_is_raised_whoever_ran_into_it(
    function: Callable[[int], None], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        run(function, range(20), 2)


def test_nobody_begins_a_part_behind_one_that_failed() -> None:
    queue = workers._queue(20)  # noqa: SLF001 (what is left in it)
    work = workers._work  # noqa: SLF001 (what one of several takes of it)
    done = work(lambda part: 1 // (3 - part), range(20), queue, lambda _: None)
    assert [*done] == [0, 1, 2, 3]
    assert os.read(queue, 1) == b""
    os.close(queue)


@forking
def test_no_worker_is_left_when_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, started = os.fork, []

    def counted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", counted)
    with pytest.raises(TemplateError):
        run(no_template, range(20), 3)
    assert len(started) == 2
    for worker in started:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


@forking
def test_what_a_killed_worker_was_at_is_done_again() -> None:
    own = os.getpid()

    def fatal_elsewhere(part: int) -> int:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)  # So that the other has its share.
        return part

    assert run(fatal_elsewhere, range(20), 2) == list(range(20))


ORPHANED = """
import os, signal
from faqsite.workers import run

program = os.getpid()
reading, writing = os.pipe()

def take(part):
    if os.getpid() == program:
        os.read(reading, 1)
        os.kill(program, signal.SIGKILL)
    os.write(writing, b" ")
    os.write(1, b"taken\\n")
    while os.getppid() == program:
        os.sched_yield()

run(take, range(20), 2)
"""


@forking
def test_a_worker_takes_nothing_more_when_its_program_was_killed() -> None:
    ran = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-c", ORPHANED], cwd=PRODUCT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (-signal.SIGKILL, "taken\n", "")


INTERRUPTED = """
import os, sys, time
from faqsite.workers import run

def wait(part):
    os.write(1, b"%d\\n" % os.getpid())  # In one piece, whatever the other writes.
    time.sleep(60)

try:
    run(wait, range(4), 2)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@forking
def test_ctrl_c_ends_all_workers_and_only_one_of_them_speaks() -> None:
    with subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-c", INTERRUPTED],
        cwd=PRODUCT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout
        assert program.stderr
        workers = [int(program.stdout.readline()) for _ in range(2)]
        os.killpg(program.pid, signal.SIGINT)
        assert program.stdout.readline() == "interrupted\n"
        assert program.wait() == 0
        assert program.stderr.read() == ""
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_there_is_at_least_one_processor() -> None:
    assert processors() >= 1
