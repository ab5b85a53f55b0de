"""The Cascade explorer: watch a wrong bit being found."""

from __future__ import annotations

from typing import Any, ClassVar

from ..qkd.cascade_lesson import CascadeLesson
from ._panel import Group, Panel, choices, slider
from .explorer import Explorer

#: More moments than any run of the lesson has.
MOMENTS = 120

_PANEL = Panel(
    places={"errors": "errors", "game": "game"},
    groups=(
        Group(title="The keys", controls=(
            slider("errors", "Wrong bits", tuple(range(1, 9)), hint="How many of Bob's 64 bits are not Alice's"),
            slider("game", "Another key", tuple(range(1, 25)), hint="Another key, other wrong bits, other shuffles"),
        )),
        Group(title="The conversation", controls=(
            slider("moment", "Message", tuple(range(1, MOMENTS + 1)), writes=(),
                   hint="Go through the conversation, one answer of Alice at a time"),
            choices("seen_by", "Seen by", {"bob": "Bob", "referee": "a referee"}, kind="radio",
                    writes=(), hint="Bob knows parities; a referee also sees which bits are wrong"),
        )),
    ),
)


class CascadeExplorer(Explorer[CascadeLesson]):
    """Go through a run of Cascade question by question: blocks, parities, halves, and the block that wakes up.

    Parameters
    ----------
    protocol : CascadeLesson or None
        Where to start; None for five wrong bits of 64.
    presets, shots, rng
        Not used here: there is nothing to choose from and nothing to shoot on Aer.
    ranges : mapping or None
        Other ends for a slider, such as ``{"game": (1, 1000, 1)}``.
    **settings
        Any control: errors, game, moment, seen_by ("bob" or "referee").

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range.

    Notes
    -----
    The browser runs the original Cascade itself, on a key and shuffles that Python makes, too: ``explorer.protocol`` is
    the :class:`~qnetlab.qkd.cascade_lesson.CascadeLesson`, and its ``theory()`` plays the real protocol between two
    parties. Both ask the same questions, which a test holds.

    >>> explorer = CascadeExplorer(errors=3, game=1)
    >>> explorer.protocol.theory()["disclosed"]
    21.0
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = CascadeLesson
    entry: ClassVar[str] = "cascade.js"
    title: ClassVar[str] = "Cascade: how is a wrong bit found?"
    shoots: ClassVar[str | None] = None
    still: ClassVar[tuple[str, ...]] = ("moment", "seen_by")

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = {name: f"{number:.0f}" for name, number in protocol.theory().items()}
        return (f"Of 64 bits {told['wrong']} were wrong. Cascade flipped {told['found']} and left {told['left']} "
                f"wrong; Alice disclosed {told['disclosed']} parities.")
