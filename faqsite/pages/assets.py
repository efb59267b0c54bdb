"""`static/` to files of the site: folders of parts as one file, without comments, in the accent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from errno import EEXIST, EINVAL, ELOOP
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePath

from rjsmin import jsmin

from faqsite.content.accent import ACCENT, accent_rule
from faqsite.model.records import OutputFile
from faqsite.system.files import MAX_FILE_BYTES, MAX_TEXT_BYTES, paths_below, read_within

_SCRIPTS, _STYLE = PurePath("js"), PurePath("style")
_STYLE_SHEET = "assets/style.css"
# No string of ours holds any of it; what an owner writes is left alone. A comment that is not
# closed goes to the end: so browsers read it, and nobody looks for its end from each "/*" again.
_STYLE_BLANKS = re.compile(rb"(?:\s|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_ICON = "assets/icon.svg"
_IMPORT = re.compile(rb'^import \{[^{}]*\} from "\./([\w-]+)\.js";\s*', re.MULTILINE)
_EXPORT = re.compile(rb"^export ", re.MULTILINE)
# What no address of a file holds, on one system or another: "C:a", "a\\b", or what is no text.
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"*:<>?\\|]')


def load_static(folder: Path) -> tuple[OutputFile, ...]:
    """Return the files of a folder as the site's, e.g. "assets/brand.css", except hidden ones.

    A folder of parts becomes one file: "js/page" is "assets/js/page.js", "style" is
    "assets/style.css". Scripts and that style sheet lose their comments, and the blanks that
    only people need.

    Raises OSError for what cannot be read, for a link that leads out of the folder, for a
    name that cannot be in an address, and for a file beside a folder of its parts.
    """
    files: dict[str, bytes] = {}
    for path in paths_below(folder):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or _suffix_of_parts(name.parent):
            continue
        if _UNFIT.search(name.as_posix()):
            raise OSError(EINVAL, "a name that cannot be in an address", ascii(str(path)))
        suffix = _suffix_of_parts(name)
        if path.is_dir() and not suffix:
            continue
        address = f"assets/{name.as_posix()}"
        if path.is_dir():
            address += suffix
            content = _join(folder, path, suffix)
        else:
            content = read_within(folder, path, _most_bytes(address))
        if address in files:
            raise OSError(EEXIST, "a file and a folder of its parts", str(path))
        files[address] = _minify(address, content)
    return tuple(OutputFile(address=address, content=files[address]) for address in files)


def with_accent(files: Iterable[OutputFile], accent: str) -> tuple[OutputFile, ...]:
    """Return static files in an accent such as "#1d4ed8"; in their own for "".

    The style sheet ends with it, and the icon has it for its ground.
    """
    if not accent:
        return tuple(files)
    rule, ground = accent_rule(accent).encode(), accent.encode()
    changes = {
        _STYLE_SHEET: lambda content: content + rule,
        _ICON: lambda content: content.replace(ACCENT.encode(), ground),
    }
    return tuple(
        replace(file, content=changes[file.address](file.content))
        if file.address in changes
        else file
        for file in files
    )


def _suffix_of_parts(name: PurePath) -> str:
    """Return what ends the name of the file that a folder has the parts of, if it has parts."""
    if name == _STYLE:
        return ".css"
    return ".js" if name.parent == _SCRIPTS else ""


def _most_bytes(address: str) -> int:
    return MAX_TEXT_BYTES if address.endswith(".js") or address == _STYLE_SHEET else MAX_FILE_BYTES


def _minify(address: str, content: bytes) -> bytes:
    if address.endswith(".js"):
        minified: bytes = jsmin(content)
        return minified
    return _STYLE_BLANKS.sub(b" ", content) if address == _STYLE_SHEET else content


def _join(static: Path, folder: Path, suffix: str) -> bytes:
    """Return the parts of a file as one: by name, but each below those that it imports.

    Scripts are written as modules, so that each says what it takes of which other; but a
    browser loads no module from disk.
    """
    names = sorted(path.name for path in folder.glob(f"*{suffix}"))
    texts = {name: read_within(static, folder / name, MAX_TEXT_BYTES) for name in names}
    imports = {
        name: [f"{other.decode()}.js" for other in _IMPORT.findall(text)]
        for name, text in texts.items()
    }
    try:
        order = [*TopologicalSorter(imports).static_order()]
    except CycleError as error:
        ring = " -> ".join(error.args[1])
        raise OSError(ELOOP, f"scripts import each other in a ring: {ring}", str(folder)) from None
    joined = b"".join(
        texts.get(name) or read_within(static, folder / name, MAX_TEXT_BYTES) for name in order
    )
    if suffix == ".css":
        return joined
    return b'"use strict";{' + _EXPORT.sub(b"", _IMPORT.sub(b"", joined)) + b"}"
