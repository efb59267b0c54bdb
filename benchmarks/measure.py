"""Measure a command and everything that it starts: wall time, CPU time and memory.

    python measure.py FOLDER '["program", "argument"]'

This is a script of its own because a new process starts with the memory of its parent, and the
benchmark's is large.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

MAXRSS_UNIT_BYTES = 1024 if sys.platform == "linux" else 1


def measure(command: list[str], folder: str) -> dict[str, float]:
    """Return what a command costs; if it fails, exit with its output."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, stdout=output, stderr=output) as process:  # noqa: S603 (the benchmark's own)
            _, status, usage = os.wait4(process.pid, 0)
            wall_s = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(
                f"{' '.join(command)} exited with {process.returncode}:\n{output.read()[-2000:]}"
            )
    return {
        "wall_s": wall_s,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "largest_bytes": usage.ru_maxrss * MAXRSS_UNIT_BYTES,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(json.loads(sys.argv[2]), sys.argv[1])))
