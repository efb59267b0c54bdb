"""How large a picture is: so much room is kept for it until it arrives, and nothing moves."""

from __future__ import annotations

import re
from io import BytesIO

from faqsite.model.records import PictureSize

_KINDS = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"RIFF", b"<")
"""How the files begin that are handed on: other kinds, which no site shows, can take for ever."""
_HEAD_BYTES, _DRAWING_HEAD_BYTES = 1_000_000, 10_000
"""How far into a file, and into a drawing, its size is looked for."""
_MIN_SIDE, _MAX_SIDE = 0.5, 1e9

_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*?\sviewBox=["']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)\s*["']"""
)
# The properties of AVIF (ISO/IEC 23008-12): sides, and quarter turns.
_SIDES = re.compile(rb"ispe\0{4}(.{4})(.{4})", re.DOTALL)
_IS_TURNED = re.compile(rb"\0\0\0\x09irot[\x01\x03]")


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture file as browsers show it; None if unknown.

    In pixels; of a drawing without a size of its own that of its view box, whose
    proportions it keeps. Nothing is unpacked, whatever size a file claims to be of.
    """
    size: tuple[float, float] = (0, 0)
    if content[4:8] == b"ftyp":
        size = _size_of_avif(content)
    elif content.startswith(_KINDS):
        # It takes a tenth of a small build to import, and many a site has no picture.
        import imagesize  # noqa: PLC0415

        size = imagesize.get(BytesIO(content[:_HEAD_BYTES]))
        if min(size) <= 0 and (box := _VIEW_BOX.search(content, 0, _DRAWING_HEAD_BYTES)):
            size = (float(box[1]), float(box[2]))
    if not all(_MIN_SIDE <= side <= _MAX_SIDE for side in size):
        return None
    return round(size[0]), round(size[1])


def _size_of_avif(content: bytes) -> tuple[int, int]:
    """Return the largest of the sizes in a file: others are those of its tiles."""
    sides = [
        (int.from_bytes(found[1], "big"), int.from_bytes(found[2], "big"))
        for found in _SIDES.finditer(content)
    ]
    width, height = max(sides, default=(0, 0))
    return (height, width) if _IS_TURNED.search(content) else (width, height)


def missing_sides(written: PictureSize, size: tuple[int, int] | None) -> str:
    """Return the attributes of a picture that its author did not write, "" if size is unknown.

    >>> missing_sides(PictureSize(path="team/map.png", width=300), (800, 600))
    ' height="225"'
    """
    if size is None or (written.width and written.height):
        return ""
    width, height = size
    if written.width:
        return f' height="{max(1, round(written.width * height / width))}"'
    if written.height:
        return f' width="{max(1, round(written.height * width / height))}"'
    return f' width="{width}" height="{height}"'
