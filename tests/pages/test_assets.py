"""Static files: their addresses, joined and minified scripts and styles, the accent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from faqsite.pages.assets import load_static, with_accent
from tests.support.documents import write
from tests.support.product import PROJECT

STYLE = "/* The text. */\n\n.text :is(a, b) {\n  color: red; /* For now. */\n}\n"
START = """// Starts.
import { b, both } from "./b.js";
import {

  c,
} from "./c.js";

both(b, c);
"""


@pytest.mark.parametrize(
    ("files", "published"),
    [
        pytest.param(
            {"js/page.js": "page", ".DS_Store": "x", ".old/page.js": "old"},
            {"assets/js/page.js": "page"},
            id="hidden files are left out",
        ),
        pytest.param(
            {"page.js": "// A.\nconst say = (a) => `${a}  /* b */ //`;\n\n  const c = /[/*]/g;\n"},
            {"assets/page.js": "const say=(a)=>`${a}  /* b */ //`;const c=/[/*]/g;"},
            id="scripts are minified",
        ),
        pytest.param(
            {"brand.css": STYLE, "style/text.css": STYLE},
            {
                "assets/brand.css": STYLE,
                "assets/style.css": " .text :is(a, b) { color: red; } ",
            },
            id="our style sheet is minified, the owner's is not",
        ),
        pytest.param(
            {f"style/{name}.css": f"@layer {name};\n" for name in ("b", "00-layers", "a")},
            {"assets/style.css": "@layer 00-layers; @layer a; @layer b; "},
            id="the parts of the style sheet are joined by name",
        ),
        pytest.param(
            {
                "js/start/a.js": START,
                "js/start/b.js": 'import { c } from "./c.js";\nexport const { b, both } = c;\n',
                "js/start/c.js": "export const c = {};\n",
            },
            {"assets/js/start.js": '"use strict";{const c={};const{b,both}=c;both(b,c);}'},
            id="each part of a script comes after those it imports",
        ),
    ],
)
def test_static_files_are_published_under_assets(
    tmp_path: Path, files: Mapping[str, str], published: Mapping[str, str]
) -> None:
    found = load_static(write(tmp_path, files))
    assert {address: content.decode() for address, content in found.items()} == published


@pytest.mark.parametrize("name", ["style.css", "js/page.js"])
def test_a_file_beside_a_folder_of_its_parts_is_an_error(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.with_suffix("").mkdir(parents=True)
    file.write_bytes(b"")
    with pytest.raises(FileExistsError, match="both a file and a folder with its parts") as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(file)


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"js/start/a.js": 'import { b } from "./b.js";\n'})
    with pytest.raises(FileNotFoundError) as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(tmp_path / "js/start/b.js")


@pytest.mark.skipif(os.name == "nt", reason="making links needs a special right there")
def test_a_link_is_followed_only_inside_the_folder(tmp_path: Path) -> None:
    static, outside = tmp_path / "static", tmp_path / "outside.txt"
    static.mkdir()
    (static / "a.txt").write_bytes(b"inside")
    (static / "b.txt").symlink_to(static / "a.txt")
    assert [*load_static(static).values()] == [b"inside", b"inside"]
    outside.write_bytes(b"outside")
    (static / "c.txt").symlink_to(outside)
    with pytest.raises(OSError, match="a link that leads out of the folder") as raised:
        load_static(static)
    assert raised.value.filename == str(static / "c.txt")


def test_only_our_small_icon_takes_the_accent() -> None:
    icon = (PROJECT / "static/icon.svg").read_bytes()
    changed = icon.replace(b'fill="#0a5c3d"', b'fill="#1d4ed8"')
    assert icon != changed
    assert len(icon) < 500
    for content, accent, expected in (
        (icon, "#1d4ed8", changed),
        (icon, "", icon),
        (b'<svg fill="#123456"/>', "#1d4ed8", b'<svg fill="#123456"/>'),
    ):
        files = {"assets/icon.svg": content}
        assert with_accent(files, accent) == {"assets/icon.svg": expected}
