"""The size of a picture, so that a browser keeps room for it and nothing moves when it loads."""

from __future__ import annotations

import re
from io import BytesIO

from faqsite.model.records import PictureSize

_KINDS, _AVIF = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"RIFF", b"<"), b"ftyp"
"""How the files begin that `imagesize` gets: files of other kinds can take it for ever."""
_HEAD_BYTES, _DRAWING_HEAD_BYTES = 1_000_000, 10_000
"""How far to look for the size in a file, and in an SVG."""
_MIN_SIDE, _MAX_SIDE = 0.5, 1e9

_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*?\sviewBox=["']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)\s*["']"""
)


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture in pixels as browsers show it, None if unknown.

    For an SVG without a size it is that of the view box. Nothing is unpacked, whatever size the
    file claims.
    """
    if not content.startswith(_KINDS) and content[4:8] != _AVIF:
        return None
    # Importing it takes a tenth of a small build, and many sites have no picture.
    import imagesize  # noqa: PLC0415

    size: tuple[float, float] = imagesize.get(BytesIO(content[:_HEAD_BYTES]))
    if min(size) <= 0 and (box := _VIEW_BOX.search(content, 0, _DRAWING_HEAD_BYTES)):
        size = (float(box[1]), float(box[2]))
    if not all(_MIN_SIDE <= side <= _MAX_SIDE for side in size):
        return None
    return round(size[0]), round(size[1])


def missing_sides(written: PictureSize, size: tuple[int, int] | None) -> str:
    """Return the size attributes that the author left out, or "" if the size is unknown.

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
