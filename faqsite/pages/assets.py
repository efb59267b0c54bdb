"""The static files of a site: joins scripts and styles, minifies them, applies the accent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from errno import EEXIST, EINVAL, ELOOP
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePath

from rjsmin import jsmin

from faqsite.content.accent import ACCENT, accent_rule
from faqsite.model.urls import ASSETS
from faqsite.system.files import MAX_FILE_BYTES, MAX_TEXT_BYTES, paths_below, read_within

_SCRIPTS, _STYLE = PurePath("js"), PurePath("style")
_STYLE_SHEET, _ICON = f"{ASSETS}style.css", f"{ASSETS}icon.svg"
# No string in our style sheet matches. An unclosed comment runs to the end, as in browsers.
_STYLE_BLANKS = re.compile(rb"(?:\s|/\*.*?(?:\*/|\Z))+", re.DOTALL)
_IMPORT = re.compile(rb'^import \{[^{}]*\} from "\./([\w-]+)\.js";\s*', re.MULTILINE)
_EXPORT = re.compile(rb"^export ", re.MULTILINE)
# Characters that some system does not allow in a file name or address.
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"*:<>?\\|]')


def load_static(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their address, e.g. "assets/brand.css", except hidden ones.

    A folder of parts becomes one file: "js/page" is "assets/js/page.js", "style" is
    "assets/style.css". Scripts and that style sheet lose their comments and spare whitespace.

    Raises OSError if a file cannot be read, a link leads out of the folder, a name cannot be
    part of an address, or there is both a file and a folder of its parts.
    """
    files: dict[str, bytes] = {}
    for path in paths_below(folder):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or _suffix_of_parts(name.parent):
            continue
        if _UNFIT.search(name.as_posix()):
            raise OSError(EINVAL, "a name that cannot be in an address", ascii(str(path)))
        suffix = _suffix_of_parts(name) if path.is_dir() else ""
        address = f"{ASSETS}{name.as_posix()}{suffix}"
        if address in files:
            raise OSError(EEXIST, "there is both a file and a folder with its parts", str(path))
        if suffix:
            content = _join(folder, path, suffix)
        elif path.is_dir():
            continue
        else:
            is_text = address.endswith(".js") or address == _STYLE_SHEET
            content = read_within(folder, path, MAX_TEXT_BYTES if is_text else MAX_FILE_BYTES)
        if address.endswith(".js"):
            content = jsmin(content)
        elif address == _STYLE_SHEET:
            content = _STYLE_BLANKS.sub(b" ", content)
        files[address] = content
    return files


def with_accent(files: Mapping[str, bytes], accent: str) -> dict[str, bytes]:
    """Return static files with the accent "#1d4ed8" in the style sheet and the icon, if any."""
    accented = dict(files)
    if accent and _STYLE_SHEET in files:
        accented[_STYLE_SHEET] += accent_rule(accent).encode()
    if accent and _ICON in files:
        accented[_ICON] = files[_ICON].replace(ACCENT.encode(), accent.encode())
    return accented


def _suffix_of_parts(name: PurePath) -> str:
    """Return the suffix of the file that is made from the parts in a folder, "" if it has none."""
    if name == _STYLE:
        return ".css"
    return ".js" if name.parent == _SCRIPTS else ""


def _join(static: Path, folder: Path, suffix: str) -> bytes:
    """Return the parts of a file as one: sorted by name, but each after those it imports.

    Scripts are written as modules to show what each takes from the others. They are published
    as one plain script, because browsers load no module from a local file.
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
        raise OSError(
            ELOOP, f"scripts import each other in a circle: {ring}", str(folder)
        ) from None
    joined = b"".join(
        texts.get(name) or read_within(static, folder / name, MAX_TEXT_BYTES) for name in order
    )
    if suffix == ".css":
        return joined
    return b'"use strict";{' + _EXPORT.sub(b"", _IMPORT.sub(b"", joined)) + b"}"
