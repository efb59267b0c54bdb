"""How large a picture is: so much room is kept for it until it arrives, and nothing moves."""

from __future__ import annotations

import re
from io import BytesIO

from faqsite.model.records import PictureSize

_KINDS, _AVIF = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"RIFF", b"<"), b"ftyp"
"""How the files begin that are handed on: other kinds, which no site shows, can take for ever."""
_HEAD_BYTES, _DRAWING_HEAD_BYTES = 1_000_000, 10_000
"""How far into a file, and into a drawing, its size is looked for."""
_MIN_SIDE, _MAX_SIDE = 0.5, 1e9

_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*?\sviewBox=["']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)\s*["']"""
)


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture file as browsers show it; None if unknown.

    In pixels; of a drawing without a size of its own that of its view box, whose
    proportions it keeps. Nothing is unpacked, whatever size a file claims to be of.
    """
    if not content.startswith(_KINDS) and content[4:8] != _AVIF:
        return None
    # It takes a tenth of a small build to import, and many a site has no picture.
    import imagesize  # noqa: PLC0415

    size: tuple[float, float] = imagesize.get(BytesIO(content[:_HEAD_BYTES]))
    if min(size) <= 0 and (box := _VIEW_BOX.search(content, 0, _DRAWING_HEAD_BYTES)):
        size = (float(box[1]), float(box[2]))
    if not all(_MIN_SIDE <= side <= _MAX_SIDE for side in size):
        return None
    return round(size[0]), round(size[1])


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
