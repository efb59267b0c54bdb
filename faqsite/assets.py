"""`static/` to files of the site: scripts in one piece, style and icon in the accent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from errno import EINVAL, ELOOP
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from rjsmin import jsmin

from faqsite.accent import accent_style, parse_hex, to_hex
from faqsite.files import MAX_FILE_BYTES, MAX_TEXT_BYTES, paths_below, read_within
from faqsite.model import OutputFile
from faqsite.shortening import with_short_names

__all__ = ["load_static", "with_accent"]

_SCRIPTS = Path("js")
_STYLE_SHEET = Path("style.css")
# No string of ours holds any of it; what an owner writes is left alone. A comment that is not
# closed goes to the end: so browsers read it, and nobody looks for its end from each "/*" anew.
_STYLE_BLANKS = re.compile(rb"(?:\s|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_ICON, _ICON_ACCENT = "assets/icon.svg", b"#0a5c3d"
_IMPORT = re.compile(rb'^import \{[^{}]*\} from "\./([\w-]+)\.js";\s*', re.MULTILINE)
# What no address of a file holds, on one system or another: "C:a", "a\\b", or what is no text.
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"*:<>?\\|]')
_EXPORT = re.compile(rb"^export ", re.MULTILINE)


def load_static(folder: Path) -> tuple[OutputFile, ...]:
    """Return the files of a folder as the site's, e.g. "assets/style.css", but not hidden ones.

    Scripts and the style sheet come without their comments and the blanks that only people
    need, the scripts of the folder "js/page" as one, "assets/js/page.js"; the names that are
    the own affair of one in "js" come shorter.

    Raises OSError for what cannot be read, for a link that leads out of the folder, and for a
    name that cannot be in an address.
    """
    files = []
    for path in paths_below(folder):
        name = path.relative_to(folder)
        is_part = name.parent.parent == _SCRIPTS
        if is_part or any(part.startswith(".") for part in name.parts):
            continue
        if _UNFIT.search(name.as_posix()):
            raise OSError(EINVAL, "a name that cannot be in an address", ascii(str(path)))
        if not path.is_dir():
            is_text = name.suffix == ".js" or name == _STYLE_SHEET
            content = read_within(folder, path, MAX_TEXT_BYTES if is_text else MAX_FILE_BYTES)
        elif name.parent == _SCRIPTS:
            name, content = name.with_suffix(".js"), _joined(path, folder)
        else:
            continue
        address = f"assets/{name.as_posix()}"
        if name.suffix == ".js":
            content = jsmin(content)
            if name.parent == _SCRIPTS:
                content = _with_short_names(content)
        elif name == _STYLE_SHEET:
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
        f"assets/{_STYLE_SHEET}": lambda content: content + rule,
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


def _joined(folder: Path, static: Path) -> bytes:
    """Return the parts of a script as one, each below those that it imports.

    They are written as modules, so that each says what it takes of which other; but a
    browser loads no module from disk.
    """
    names = sorted(path.stem for path in folder.glob("*.js"))
    texts = {name: _read_part(static, folder, name) for name in names}
    imports = {name: [*map(bytes.decode, _IMPORT.findall(text))] for name, text in texts.items()}
    try:
        order = [*TopologicalSorter(imports).static_order()]
    except CycleError as error:
        ring = " -> ".join(error.args[1])
        raise OSError(ELOOP, f"scripts import each other in a ring: {ring}", str(folder)) from None
    joined = b"".join(texts.get(name) or _read_part(static, folder, name) for name in order)
    return b'"use strict";{' + _EXPORT.sub(b"", _IMPORT.sub(b"", joined)) + b"}"


def _read_part(static: Path, folder: Path, name: str) -> bytes:
    return read_within(static, folder / f"{name}.js", MAX_TEXT_BYTES)
