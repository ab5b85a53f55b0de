"""A source of entangled photon pairs."""

from __future__ import annotations

import math

from ..checks import choice, number, require, value


@value
class PhotonPairSource:
    """A source that sends one half of an entangled pair each way. The default pairs are perfect.

    Parameters
    ----------
    fidelity : float
        Fidelity of a fresh pair to the Bell state it is meant to be, 1/4 to 1 (white), 1/2 to 1 (dephasing).
    noise : "white" or "dephasing"
        What the rest is: all three other Bell states alike (a Werner state), or only the one with the opposite sign.
    repetition_rate_hz : float
        Attempts per second, > 0.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong type or out of its range.

    Notes
    -----
    White: rho = V |B><B| + (1 - V) I/4 with V = (4F - 1)/3, so F = 0.85 is V = 0.8. Dephasing: a sign flip with
    probability 1 - F. Amplitude damping is not a property of the source but of a :class:`Memory`.

    References
    ----------
    R. F. Werner, Physical Review A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277.

    >>> PhotonPairSource(fidelity=0.85).noise
    'white'
    """

    fidelity: float = number(default=1.0, low=0.25, high=1, doc="fidelity of a fresh pair",
                             why="Two fully mixed qubits already have fidelity 1/4", fix="fidelity=0.95")
    noise: str = choice(default="white", options=("white", "dephasing"), doc="what the rest of the state is",
                        why="White noise is a Werner state, dephasing flips only the sign")
    repetition_rate_hz: float = number(default=1e6, unit="Hz", low=0, low_open=True, high=math.inf, high_open=True,
                                       doc="attempts per second", why="A source that never fires makes no pairs",
                                       fix="repetition_rate_hz=1e6")

    def _check(self) -> None:
        if self.noise == "dephasing":
            require(self.fidelity >= 0.5, "fidelity must satisfy 0.5 <= fidelity <= 1 for noise='dephasing'",
                    got={"fidelity": self.fidelity},
                    why="A sign flip at probability 1/2 has erased the sign; beyond, it is the other Bell state",
                    fix="fidelity=0.5")
