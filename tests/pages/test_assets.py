"""Static files: their names, scripts in one piece, style and icon in the accent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from faqsite.model.records import OutputFile
from faqsite.pages.assets import load_static, with_accent
from tests.support.product import PROJECT


def test_static_files_keep_their_names_and_hidden_ones_stay_behind(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js/page.js").write_bytes(b"page")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / ".old").mkdir()
    (tmp_path / ".old/page.js").write_bytes(b"old")
    assert load_static(tmp_path) == (OutputFile(address="assets/js/page.js", content=b"page"),)


def test_scripts_are_published_without_comments_and_blanks(tmp_path: Path) -> None:
    (tmp_path / "page.js").write_text(
        "// Says it.\nconst say = (word) => `${word}  /* not */ //`;\n\n  const at = /[/*]/g;\n",
        encoding="utf-8",
    )
    (script,) = load_static(tmp_path)
    assert script.content.decode() == (
        "const say=(word)=>`${word}  /* not */ //`;const at=/[/*]/g;"
    )


def test_the_style_sheet_is_published_without_comments_and_blanks_the_owners_as_it_is(
    tmp_path: Path,
) -> None:
    style = b"/* The text. */\n\n.text :is(a, b) {\n  color: red; /* For now. */\n}\n"
    (tmp_path / "style").mkdir()
    for name in ("brand.css", "style/text.css"):
        (tmp_path / name).write_bytes(style)
    assert load_static(tmp_path) == (
        OutputFile(address="assets/brand.css", content=style),
        OutputFile(address="assets/style.css", content=b" .text :is(a, b) { color: red; } "),
    )


def test_the_parts_of_the_style_sheet_are_published_as_one_in_the_order_of_their_names(
    tmp_path: Path,
) -> None:
    (tmp_path / "style").mkdir()
    for name in ("b", "00-layers", "a"):
        (tmp_path / f"style/{name}.css").write_text(f"@layer {name};\n", encoding="utf-8")
    assert load_static(tmp_path) == (
        OutputFile(address="assets/style.css", content=b"@layer 00-layers; @layer a; @layer b; "),
    )


@pytest.mark.parametrize("name", ["style.css", "js/page.js"])
def test_a_file_beside_a_folder_of_its_parts_is_an_error(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.with_suffix("").mkdir(parents=True)
    file.write_bytes(b"")
    with pytest.raises(FileExistsError, match="a file and a folder of its parts") as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(file)


def test_the_parts_of_a_script_are_published_as_one_each_below_those_that_it_imports(
    tmp_path: Path,
) -> None:
    parts = {
        "a.js": """// Starts.
import { b, both } from "./b.js";
import {

  c,
} from "./c.js";

both(b, c);
""",
        "b.js": 'import { c } from "./c.js";\nexport const { b, both } = c;\n',
        "c.js": "export const c = {};\n",
    }
    (tmp_path / "js/start").mkdir(parents=True)
    for name, text in parts.items():
        (tmp_path / "js/start" / name).write_text(text, encoding="utf-8", newline="\n")
    joined = b'"use strict";{const c={};const{b,both}=c;both(b,c);}'
    assert load_static(tmp_path) == (OutputFile(address="assets/js/start.js", content=joined),)


def test_a_part_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "js/start").mkdir(parents=True)
    (tmp_path / "js/start/a.js").write_bytes(b'import { b } from "./b.js";\n')
    with pytest.raises(FileNotFoundError) as raised:
        load_static(tmp_path)
    assert raised.value.filename == str(tmp_path / "js/start/b.js")


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_followed_inside_of_the_folder_alone(tmp_path: Path) -> None:
    static, outside = tmp_path / "static", tmp_path / "outside.txt"
    static.mkdir()
    (static / "a.txt").write_bytes(b"inside")
    (static / "b.txt").symlink_to(static / "a.txt")
    assert [file.content for file in load_static(static)] == [b"inside", b"inside"]
    outside.write_bytes(b"outside")
    (static / "c.txt").symlink_to(outside)
    with pytest.raises(OSError, match="a link that leads out of the folder") as raised:
        load_static(static)
    assert raised.value.filename == str(static / "c.txt")


def test_the_icon_is_drawn_in_the_accent_and_stays_one_small_file() -> None:
    icon = (PROJECT / "static/icon.svg").read_bytes()
    file = OutputFile(address="assets/icon.svg", content=icon)
    (drawn,) = with_accent([file], "#1d4ed8")
    assert drawn.content == icon.replace(b'fill="#0a5c3d"', b'fill="#1d4ed8"') != icon
    assert with_accent([file], "") == (file,)
    assert len(icon) < 500


def test_an_icon_of_the_owners_own_is_left_as_it_is() -> None:
    file = OutputFile(address="assets/icon.svg", content=b'<svg fill="#123456"/>')
    assert with_accent([file], "#1d4ed8") == (file,)
