"""The command, apart from what its processes import."""

from __future__ import annotations

import sys

from .running import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
