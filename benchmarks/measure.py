"""What a program costs: time, processor time and memory of it and of all that it starts.

Run as a script, because a program that is started counts at first the memory of the
one that starts it: this one is small, and the benchmark is not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

__all__ = ["cost_of", "memory_of"]

SAMPLE_S = 0.02
UNIT_BYTES = 1024 if sys.platform == "linux" else 1
"""In which the system counts the memory of what has ended."""


def cost_of(command: list[str], folder: str) -> dict[str, float]:
    """Return what a command costs; one that fails ends this program with what it said."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, stdout=said, stderr=said) as process:  # noqa: S603 (the benchmark's own)
            done = threading.Event()
            together: list[int] = [0]
            sampling = threading.Thread(target=_sample, args=(process.pid, done, together))
            sampling.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall_s = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            done.set()
            sampling.join()
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.read()[-2000:]}")
    largest = usage.ru_maxrss * UNIT_BYTES
    return {
        "wall_s": wall_s,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "largest_bytes": largest,
        "together_bytes": max(largest, *together),
    }


def memory_of(pid: int) -> int:
    """Return the bytes that a process and all below it have now; 0 where nothing tells that."""
    return sum(map(_resident, _tree(pid)))


def _sample(pid: int, done: threading.Event, together: list[int]) -> None:
    """Keep the most memory that there has been at a time."""
    while not done.wait(SAMPLE_S):
        together[0] = max(together[0], memory_of(pid))


def _tree(pid: int) -> list[int]:
    try:
        below = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:  # It has ended, or this system has no such files.
        return []
    return [pid, *(each for child in below for each in _tree(child))]


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(cost_of(json.loads(sys.argv[2]), sys.argv[1])))
