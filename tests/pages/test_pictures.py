"""The size of a picture, read from a file of every kind that a site can show."""

from __future__ import annotations

import struct

import pytest

from faqsite.model.records import PictureSize
from faqsite.pages.pictures import missing_sides, size_of


def box(name: bytes, *contents: bytes) -> bytes:
    """Return a box of AVIF: its length, name and contents."""
    content = b"".join(contents)
    return struct.pack(">I4s", 8 + len(content), name) + content


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5B", 13, b"IHDR", 8, 6, 8, 0, 0, 0, 0) + bytes(4)
GIF = b"GIF89a" + struct.pack("<HH", 8, 6)
FRAME = struct.pack(">2sHBHHB", b"\xff\xc0", 11, 8, 6, 8, 1) + bytes(3)
JPEG = b"\xff\xd8" + FRAME + b"\xff\xd9"
# From a phone held upright: browsers rotate it.
EXIF = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x112, 3, 1, 6, 0, 0)
TURNED = b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 + len(EXIF)) + EXIF + FRAME + b"\xff\xd9"
WEBP_SIDES = struct.pack("<I", 7)[:3] + struct.pack("<I", 5)[:3]
WEBP = b"RIFF" + struct.pack("<I4s4sI4x", 22, b"WEBP", b"VP8X", 10) + WEBP_SIDES
AVIF = box(b"ftyp", b"avif", bytes(4), b"avifmif1") + box(
    b"meta",
    bytes(4),
    box(b"pitm", struct.pack(">IH", 0, 1)),
    box(
        b"iprp",
        box(b"ipco", box(b"ispe", struct.pack(">III", 0, 8, 6))),
        box(b"ipma", struct.pack(">IIHBB", 0, 1, 1, 1, 1)),
    ),
)
SVG = '<?xml version="1.0"?>\n<!-- -->\n<svg xmlns="http://www.w3.org/2000/svg" {}><g/></svg>'


@pytest.mark.parametrize(
    ("content", "size"),
    [
        pytest.param(PNG, (8, 6), id="png"),
        pytest.param(GIF, (8, 6), id="gif"),
        pytest.param(JPEG, (8, 6), id="jpeg"),
        pytest.param(TURNED, (6, 8), id="jpeg, rotated"),
        pytest.param(WEBP, (8, 6), id="webp"),
        pytest.param(AVIF, (8, 6), id="avif"),
        pytest.param(SVG.format('width="8" height="5.6"').encode(), (8, 6), id="svg"),
        pytest.param(SVG.format('viewBox="0 -1 8.0 6"').encode(), (8, 6), id="svg, view box"),
        pytest.param(
            SVG.format("width='100%' viewBox='0,0,8,6'").encode(), (8, 6), id="svg, relative size"
        ),
        pytest.param(SVG.format('viewBox="0 0 0 0"').encode(), None, id="svg, empty"),
        pytest.param(SVG.format("").encode(), None, id="svg, unknown"),
        pytest.param(PNG[:16], None, id="truncated"),
        pytest.param(b"picture", None, id="not a picture"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_the_size_is_read_from_the_file(content: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(content) == size


@pytest.mark.parametrize(
    ("width", "height", "attributes"),
    [
        (0, 0, ' width="800" height="600"'),
        (300, 0, ' height="225"'),
        (0, 300, ' width="400"'),
        (1, 0, ' height="1"'),
        (5, 5, ""),
    ],
)
def test_missing_sides_keep_the_proportions(width: int, height: int, attributes: str) -> None:
    written = PictureSize(path="a.png", width=width, height=height)
    assert missing_sides(written, (800, 600)) == attributes
    assert missing_sides(written, None) == ""
