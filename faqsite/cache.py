"""What earlier builds found out, in a folder beside the output.

A cache is never believed: each line of it carries a code (BLAKE2b, RFC 7693) that only
this generator, on this machine, with the key in the user's own folder can make. A line
that was cut short, changed, or written by another version is as if it were not there, and
so is one that came along with somebody's branch.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from faqsite.files import no_link, read_file

__all__ = ["MAX_CACHE_BYTES", "Cache", "generator_id", "open_cache", "user_key"]

MAX_CACHE_BYTES = 500_000_000
"""How large a file of it may be: a larger one is as if it were not there."""
_KEY_BYTES = 32
_CODE_BYTES = 16


class Cache:
    """Texts by name, in files, each text on a line."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._held: dict[str, Mapping[str, bytes | str]] = {}
        self._lines: dict[str, int] = {}

    def read(self, file: str) -> Mapping[str, bytes]:
        """Return the texts of a file by their names; of two with one name, the later."""
        found: dict[str, bytes] = {}
        lines: list[bytes] = []
        path = self._folder / file
        with suppress(OSError):
            held = read_file(path, MAX_CACHE_BYTES)
            lines = list(filter(None, held.split(b"\n")))
        for line in lines:
            code, _, rest = line.partition(b" ")
            if rest and code == self._code(rest):
                name, _, text = rest.partition(b" ")
                found[name.decode()] = text
        self._held[file], self._lines[file] = found, len(lines)
        return found

    def write(self, file: str, texts: Mapping[str, bytes | str]) -> None:
        """Let a file hold these texts; a cache that cannot be written is not there next time."""
        path, whole = self._folder / file, self._folder / f"{file}.new"
        with suppress(OSError):
            whole.unlink(missing_ok=True)  # Of a build that was killed.
        held = self._held.get(file, {})
        new = {name: text for name, text in texts.items() if not _is_same(text, held.get(name))}
        if not new and len(texts) == len(held):
            return
        # To add lines is quicker than to write all, until most lines are of no use any more.
        # What is no file of lines is replaced, and never written into.
        lines = self._lines.get(file, 0)
        is_whole = not lines or lines + len(new) > 2 * len(texts)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            target = whole if is_whole else path
            with open(target, "xb" if is_whole else "ab", opener=no_link) as out:
                for name, text in (texts if is_whole else new).items():
                    value = text.encode() if isinstance(text, str) else text
                    line = name.encode() + b" " + value
                    # The first end of a line ends what a build that was killed may have begun.
                    out.write(b"\n" + self._code(line) + b" " + line)
                out.write(b"\n")
            if is_whole:
                whole.replace(path)
        self._held[file], self._lines[file] = dict(texts), self._lines.get(file, 0) + len(new)

    def _code(self, line: bytes) -> bytes:
        return blake2b(line, key=self._key, digest_size=_CODE_BYTES).hexdigest().encode()


def _is_same(text: bytes | str, held: bytes | str | None) -> bool:
    return text is held or (isinstance(text, str) and held == text.encode())


def open_cache(output: Path) -> Cache | None:
    """Return the cache ".site.cache" beside "site"; None without a key, or if that is a link."""
    key = user_key()
    site = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link.
    folder = site.with_name(f".{site.name}.cache")
    if not key or folder.is_symlink():
        return None
    return Cache(folder, blake2b(generator_id(), key=key, digest_size=_KEY_BYTES).digest())


def user_key() -> bytes:
    """Return the key of this user on this machine, made when first asked for; b"" if that fails."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")  # noqa: PTH111
    if not Path(base).is_absolute():
        return b""
    file = Path(base) / "faqsite" / "key"
    with suppress(OSError):
        # A power cut can leave one that is empty, and a kill what was to become one.
        if not file.exists() or file.stat().st_size != _KEY_BYTES:
            file.parent.mkdir(parents=True, exist_ok=True)
            for left in file.parent.glob("key.*"):
                left.unlink(missing_ok=True)
            new = file.with_name(f"key.{os.getpid()}")
            new.touch(mode=0o600)
            new.write_bytes(os.urandom(_KEY_BYTES))
            new.replace(file)
        key = file.read_bytes()
        return key if len(key) == _KEY_BYTES else b""
    return b""


def generator_id() -> bytes:
    """Return what changes with this generator, with Python and with every installed package."""
    found = blake2b(sys.version.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        found.update(source.read_bytes())
    # Each folder of packages names them with their versions: "markdown-3.10.dist-info".
    for folder in sys.path:
        with suppress(OSError):
            names = [name for name in os.listdir(folder or ".") if name.endswith("-info")]  # noqa: PTH208
            found.update("\n".join(sorted(names)).encode())
    return found.digest()
