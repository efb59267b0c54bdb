"""The vocabularies of subjects: groups of words that readers use for the same thing."""

from __future__ import annotations

from pathlib import Path

import yaml

from faqsite.model.records import Synonyms

_FOLDER = Path(__file__).parent / "vocabularies"
VOCABULARIES = tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))
"""The names of all vocabularies, such as "careers"."""


def load_vocabulary(name: str) -> tuple[Synonyms, ...]:
    """Return the groups of a vocabulary; none without a name."""
    if not name:
        return ()
    groups = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    phrases = (tuple(group.split(", ")) for group in groups)
    return tuple(Synonyms(asked=group, meant=group, line=0) for group in phrases)
