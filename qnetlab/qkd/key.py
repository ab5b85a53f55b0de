"""A key with all that its secrecy rests on; the other way a session can end is an :class:`~qnetlab.qkd.abort.Abort`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from ..checks import refuse, require
from .channel import Bits


class Key:
    """Secret bits that are used once. ``len(key)`` is what is left of them.

    Parameters
    ----------
    bits : sequence of bits
        At least one.
    eps_sec, eps_cor : float
        The key differs from a perfect one by at most ``eps_sec``, and the other party's from this one with probability
        at most ``eps_cor``.
    assumptions : sequence of str
        What must be true for that.

    Raises
    ------
    TypeError, ValueError
        If there are no bits: no key is an Abort, not a key of length 0; or if eps is no probability.

    >>> key = Key([1, 0, 1, 1], eps_sec=1e-10, eps_cor=1e-15, assumptions=["an example"])
    >>> key.take(3).tolist(), len(key)
    ([1, 0, 1], 1)
    >>> key.take(3)
    Traceback (most recent call last):
        ...
    ValueError: a key must have as many unused bits as are taken; got wanted=3 bit, left=1 bit. A bit that is used \
twice gives both messages away. Try a longer key, or a shorter message.
    """

    def __init__(self, bits: Any, *, eps_sec: float = 0.0, eps_cor: float = 0.0,
                 assumptions: Sequence[str] = ()) -> None:
        made = np.asarray(bits)
        bits_only = made.dtype.kind in "bui" and bool(np.all((made == 0) | (made == 1)))
        require(made.ndim == 1 and made.size > 0 and bits_only, "a key must hold at least one bit, and bits only",
                got={"bits": (bits, "")}, why="No key is an Abort, not a key of length 0", fix="Key([0, 1, 1])")
        self._bits: Bits = made.astype(np.uint8)
        self._bits.setflags(write=False)
        self._used = 0
        for name, odds in (("eps_sec", eps_sec), ("eps_cor", eps_cor)):
            require(isinstance(odds, (int, float)) and 0 <= odds <= 1, f"{name} must satisfy 0 <= {name} <= 1",
                    got={name: (odds, "")}, why="It is a probability", fix=f"{name}=1e-9")
        require(isinstance(assumptions, (tuple, list)) and all(isinstance(line, str) for line in assumptions),
                "assumptions must be sentences", got={"assumptions": (assumptions, "")}, error=TypeError,
                why="People read them", fix="assumptions=('...',)")
        self.eps_sec, self.eps_cor, self.assumptions = float(eps_sec), float(eps_cor), tuple(assumptions)

    def __len__(self) -> int:
        return len(self._bits) - self._used

    @property
    def used(self) -> int:
        """How many bits have been used up."""
        return self._used

    def take(self, count: int) -> Bits:
        """The next ``count`` bits; they are used up by that.

        Raises
        ------
        ValueError
            If fewer are left.
        """
        if isinstance(count, bool) or not isinstance(count, (int, np.integer)):
            refuse("count must be a whole number", got={"count": (count, "bit")}, why="Bits are counted", fix="count=8",
                   error=TypeError)
        require(0 <= count <= len(self), "a key must have as many unused bits as are taken",
                got={"wanted": (count, "bit"), "left": (len(self), "bit")},
                why="A bit that is used twice gives both messages away",
                fix="a longer key, or a shorter message")
        begin, self._used = self._used, self._used + int(count)
        return self._bits[begin:self._used]

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same unused bits; only a referee can ask, the parties cannot."""
        return isinstance(other, Key) and np.array_equal(self._bits[self._used:], other._bits[other._used:])

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        """Refuse a copy: it would not know which bits the original has used up."""
        refuse("a Key must not be copied or saved", got={"unused": (len(self), "bit")}, error=TypeError,
               why="The copy would give the same bits a second time", fix="key.take(8), and keep what it returns")

    __hash__ = None  # type: ignore[assignment]  # a key changes as it is used

    def __repr__(self) -> str:
        used = f", {self._used} used up" if self._used else ""
        secrecy = f", eps_sec {self.eps_sec:.2g}, eps_cor {self.eps_cor:.2g}" if self.eps_sec else ""
        lines = [f"Key: {len(self)} secret bits{used}{secrecy}", *(f"  {line}" for line in self.assumptions)]
        return "\n".join(lines)
