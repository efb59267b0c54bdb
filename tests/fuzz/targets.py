"""All that is tried."""

from __future__ import annotations

from . import bringing, files, markdown, searching, serving

__all__ = ["TARGETS"]

TARGETS = (
    *files.TARGETS,
    *markdown.TARGETS,
    *searching.TARGETS,
    *bringing.TARGETS,
    *serving.TARGETS,
)
