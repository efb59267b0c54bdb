"""`python -m faqsite`: the same command line as `build.py`."""

import sys

from faqsite.commands.cli import main

sys.exit(main())
