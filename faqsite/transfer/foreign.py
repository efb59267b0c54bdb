"""Markdown of other generators in the dialect of this project, with nothing of its text lost.

Notes, tabs, attributes, components and tags that an answer cannot hold are rewritten, or
taken out around their content. What another generator would put there itself (a shortcode,
an included file) cannot be known here: that is a fault.
"""

from __future__ import annotations

from faqsite.transfer.components import Translated
from faqsite.transfer.foreign_blocks import translate_blocks
from faqsite.transfer.foreign_words import translate_words
from faqsite.transfer.oldlinks import change_words


def translate(markdown: str) -> Translated:
    """Return Markdown of another generator in our dialect."""
    found = Translated()
    blocks = translate_blocks(markdown, found)
    found.markdown = change_words(blocks, lambda text: translate_words(text, found))
    found.advice = list(dict.fromkeys(found.advice))
    found.faults = list(dict.fromkeys(found.faults))
    return found
