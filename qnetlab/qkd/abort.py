"""The other way a session can end: no key, and why."""

from __future__ import annotations

from dataclasses import MISSING

from ..checks import custom, value
from ..theory.records import as_words


@value
class Abort:
    """There is no key, and this is the reason. It is false, so that ``if outcome:`` asks for a key.

    Parameters
    ----------
    reason : str
        In plain words: what was found, and what would have been needed.

    >>> bool(Abort(reason="The error rate is over the threshold."))
    False
    """

    reason: str = custom(default=MISSING, coerce=as_words, doc="why there is no key")

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"No key. {self.reason}"
