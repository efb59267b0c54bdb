"""`static/` to files of the site: scripts in one piece, style and icon in the accent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from errno import ELOOP
from graphlib import TopologicalSorter
from pathlib import Path

from rjsmin import jsmin

from faqsite.accent import accent_style, parse_hex, to_hex
from faqsite.model import OutputFile
from faqsite.shortening import with_short_names

__all__ = ["load_static", "with_accent"]

_SCRIPTS = Path("js")
_STYLE_SHEET = "assets/style.css"
# No string of ours holds any of it; what an owner writes is left alone.
_STYLE_BLANKS = re.compile(rb"(?:\s|/\*.*?\*/)+", re.DOTALL)
_ICON, _ICON_ACCENT = "assets/icon.svg", b"#0a5c3d"
_IMPORT = re.compile(rb'^import \{[^}]*\} from "\./([\w-]+)\.js";\s*', re.MULTILINE)
_EXPORT = re.compile(rb"^export ", re.MULTILINE)


def load_static(folder: Path) -> tuple[OutputFile, ...]:
    """Return the files of a folder as the site's, e.g. "assets/style.css", but not hidden ones.

    Scripts and the style sheet come without their comments and the blanks that only people
    need, the scripts of the folder "js/page" as one, "assets/js/page.js"; the names that are
    the own affair of one in "js" come shorter.

    Raises OSError for what cannot be read, and for a link that leads out of the folder.
    """
    files = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_part = name.parent.parent == _SCRIPTS
        if is_part or any(part.startswith(".") for part in name.parts):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise OSError(ELOOP, "a link that leads out of the folder", str(path))
        if path.is_file():
            content = path.read_bytes()
        elif name.parent == _SCRIPTS:
            name, content = name.with_suffix(".js"), _joined(path)
        else:
            continue
        address = f"assets/{name.as_posix()}"
        if name.suffix == ".js":
            content = jsmin(content)
            if name.parent == _SCRIPTS:
                content = _with_short_names(content)
        elif address == _STYLE_SHEET:
            content = _STYLE_BLANKS.sub(b" ", content)
        files.append(OutputFile(address=address, content=content))
    return tuple(files)


def with_accent(files: Iterable[OutputFile], accent: str) -> tuple[OutputFile, ...]:
    """Return static files in an accent ("": their own): its tokens end the style sheet.

    The icon is drawn in it, with a white mark on top, which reads where the accent does.
    """
    colour = parse_hex(accent)
    if colour is None:
        return tuple(files)
    rule, ground = accent_style(colour).encode(), to_hex(colour).encode()
    changed = {
        _STYLE_SHEET: lambda content: content + rule,
        _ICON: lambda content: content.replace(_ICON_ACCENT, ground),
    }
    return tuple(
        replace(file, content=changed[file.address](file.content))
        if file.address in changed
        else file
        for file in files
    )


def _with_short_names(script: bytes) -> bytes:
    text = script.decode(errors="surrogateescape")
    return with_short_names(text).encode(errors="surrogateescape")


def _joined(folder: Path) -> bytes:
    """Return the parts of a script as one, each below those that it imports.

    They are written as modules, so that each says what it takes of which other; but a
    browser loads no module from disk.
    """
    texts = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.js"))}
    imports = {name: map(bytes.decode, _IMPORT.findall(text)) for name, text in texts.items()}
    order = TopologicalSorter(imports).static_order()
    joined = b"".join((folder / f"{name}.js").read_bytes() for name in order)
    return b'"use strict";{' + _EXPORT.sub(b"", _IMPORT.sub(b"", joined)) + b"}"
