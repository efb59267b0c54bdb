"""What a program costs: time, processor time and memory, of it and of all that it starts.

    python measure.py FOLDER '["program", "argument"]'

Run as a script, because a program that is started counts at first the memory of the
one that starts it: this one is small, and the benchmark is not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

UNIT_BYTES = 1024 if sys.platform == "linux" else 1
"""In which the system counts the memory of a program that has ended."""


def cost_of(command: list[str], folder: str) -> dict[str, float]:
    """Return what a command costs; if it fails, end this program with what it printed."""
    with tempfile.TemporaryFile("w+") as printed:
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, stdout=printed, stderr=printed) as process:  # noqa: S603 (the benchmark's own)
            _, status, usage = os.wait4(process.pid, 0)
            wall_s = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            sys.exit(
                f"{' '.join(command)} ended with {process.returncode}:\n{printed.read()[-2000:]}"
            )
    return {
        "wall_s": wall_s,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "largest_bytes": usage.ru_maxrss * UNIT_BYTES,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(cost_of(json.loads(sys.argv[2]), sys.argv[1])))
