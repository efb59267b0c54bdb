"""How large a picture is: so much room is kept for it until it arrives, and nothing moves."""

from __future__ import annotations

import re
from io import BytesIO

from faqsite.model import PictureSize

__all__ = ["missing_sides", "size_of"]

_VIEW_BOX = re.compile(
    rb"""<svg\b[^>]*?\sviewBox=["']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)\s*["']"""
)


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture file as browsers show it; None if unknown.

    In pixels; of a drawing without a size of its own that of its view box, whose
    proportions it keeps.
    """
    if not content:
        return None
    # It takes a tenth of a small build to import, and many a site has no picture.
    import imagesize  # noqa: PLC0415

    size = imagesize.get(BytesIO(content))
    if min(size) <= 0:
        view_box = _VIEW_BOX.search(content)
        size = (float(view_box[1]), float(view_box[2])) if view_box else (0, 0)
    width, height = (round(side) for side in size)
    return (width, height) if width > 0 and height > 0 else None


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
