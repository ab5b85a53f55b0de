"""The published experiments, a file per subject. Numbers that could not be looked up say so."""

from __future__ import annotations

from ..records import Published
from . import backbones, bell_tests, keys, links, memories, optics, satellites, teleportations

_SUBJECTS = (backbones, bell_tests, keys, links, memories, optics, satellites, teleportations)

#: The experiments, in the order of their ids.
ROWS: tuple[Published, ...] = tuple(
    sorted((row for subject in _SUBJECTS for row in subject.ROWS), key=lambda row: row.id)
)
