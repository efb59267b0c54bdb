"""Build the FAQ site: content/ -> site/. `python build.py --help` lists the options.

Every version of Python can read this file, so that an old one can report what it needs.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "build.py: Python 3.11 or newer is needed, and this is %d.%d\n" % sys.version_info[:2]
    )
    sys.exit(2)

if __name__ == "__main__" and sys.getfilesystemencoding() != "utf-8":
    # File names in the content are UTF-8, even if the locale is not.
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 (itself)

try:
    from faqsite.commands.cli import main

    status = main() if __name__ == "__main__" else 0
except KeyboardInterrupt:
    sys.exit(130)
except ModuleNotFoundError as error:
    if (error.name or "").startswith("faqsite"):
        raise
    sys.stderr.write(
        'build.py: the package "%s" is missing; run "make site", or '
        '"python -m pip install -c constraints.txt -e ." and run this again\n' % error.name
    )
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(status)
