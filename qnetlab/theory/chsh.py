"""The CHSH test: what prior agreement allows, what a pair reaches at given settings, and at its best ones."""

from __future__ import annotations

import itertools
import math
from typing import Any, NamedTuple

import numpy as np

from .angles import seen_at
from .states import Pair, werner_fidelity, werner_visibility

Number = Any  # a float or an array of floats

#: No agreement made beforehand exceeds 2. (J. F. Clauser, M. A. Horne, A. Shimony, R. A. Holt, Physical Review Letters
#: 23, 880 (1969), doi:10.1103/PhysRevLett.23.880.)
LOCAL_LIMIT = 2.0

#: No pair of qubits exceeds 2 sqrt(2). (B. S. Cirel'son, Letters in Mathematical Physics 4, 93 (1980),
#: doi:10.1007/BF00417500.)
QUANTUM_LIMIT = 2 * math.sqrt(2)

#: A Werner pair passes 2 above this fidelity, V = 1/sqrt(2); it is entangled from 1/2.
VIOLATION_FIDELITY = float(werner_fidelity(1 / math.sqrt(2)))

#: The settings at which a Bell pair phi_plus reaches 2 sqrt(2), in degrees from Z toward X.
STANDARD_ALICE_DEG, STANDARD_BOB_DEG = (0.0, 90.0), (45.0, -45.0)


class Strategy(NamedTuple):
    """One agreement made beforehand: the answer (+1 or -1) of each party to each of its two questions, and its S."""

    a1: int
    a2: int
    b1: int
    b2: int
    s: int


class Settings(NamedTuple):
    """Two angles for each party, in degrees, and the plane in which they turn."""

    alice_deg: tuple[float, float]
    bob_deg: tuple[float, float]
    plane: str


def deterministic_strategies() -> tuple[Strategy, ...]:
    """All sixteen ways to agree beforehand. Each gives S = 2 or S = -2; mixing them stays in between.

    Returns
    -------
    tuple of Strategy
        Each with the answers a1, a2, b1, b2 (+1 or -1) and its S.

    Notes
    -----
    S = a1 b1 + a1 b2 + a2 b1 - a2 b2 = a1 (b1 + b2) + a2 (b1 - b2): one bracket is 0, the other 2 or -2. Agreed coins,
    hidden properties and notes carried along are mixtures of these, so their S is a mean of values of size 2.

    >>> sorted({strategy.s for strategy in deterministic_strategies()}), len(deterministic_strategies())
    ([-2, 2], 16)
    """
    return tuple(
        Strategy(a1, a2, b1, b2, a1 * b1 + a1 * b2 + a2 * b1 - a2 * b2)
        for a1, a2, b1, b2 in itertools.product((1, -1), repeat=4)
    )


def correlators(pair: Pair, alice_rad: tuple[Number, Number], bob_rad: tuple[Number, Number], plane: str = "zx",
                **readout: Number) -> tuple[Number, Number, Number, Number]:
    """E(a1,b1), E(a1,b2), E(a2,b1), E(a2,b2): the mean product of the two results for each pair of settings.

    Parameters
    ----------
    pair : Pair
    alice_rad, bob_rad : two floats or arrays each
        The two angles of each party in rad.
    plane : "zx" or "xy"
    **readout
        ``error_0_a`` and so on, as in :func:`.angles.seen_at`.

    Returns
    -------
    four floats or arrays
        Each -1 to 1.

    >>> [round(float(e), 6) for e in correlators(Pair(1, -1, 1), (0, np.pi / 2), (np.pi / 4, -np.pi / 4))]
    [0.707107, 0.707107, 0.707107, -0.707107]
    """
    a1, a2 = alice_rad
    b1, b2 = bob_rad

    def together(a: Number, b: Number) -> Number:
        return seen_at(pair, a, b, plane, **readout).together

    return together(a1, b1), together(a1, b2), together(a2, b1), together(a2, b2)


def chsh_value(pair: Pair, alice_rad: tuple[Number, Number], bob_rad: tuple[Number, Number], plane: str = "zx",
               **readout: Number) -> Number:
    """S = E(a1,b1) + E(a1,b2) + E(a2,b1) - E(a2,b2), -2 sqrt(2) to 2 sqrt(2).

    Parameters
    ----------
    pair : Pair
    alice_rad, bob_rad : two floats or arrays each
        The two angles of each party in rad.
    plane : "zx" or "xy"
    **readout
        ``error_0_a``, ``error_1_a``, ``error_0_b``, ``error_1_b``, 0 to 1, as in :func:`.angles.seen_at`.

    Returns
    -------
    float or array
        2 at most for answers agreed beforehand, 2 sqrt(2) for any pair.

    Notes
    -----
    At the standard settings and with perfect readout S = sqrt(2) (XX + ZZ). Errors alike for 0 and 1, each bit right
    with probability r, shrink it by (2r - 1) on each side: a wrong bit does not lose the product, it reverses it.

    >>> round(float(chsh_value(Pair(0.9, -0.9, 1.0), (0, np.pi / 2), (np.pi / 4, -np.pi / 4))), 6)
    2.687006
    """
    e11, e12, e21, e22 = correlators(pair, alice_rad, bob_rad, plane, **readout)
    return e11 + e12 + e21 - e22


def best_value(pair: Pair) -> Number:
    """The largest S that any settings reach with this pair, read perfectly.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    float or array
        2 sqrt(sum of the two largest squares of XX, YY, ZZ); 2 sqrt(2) for every Bell state. Above 2: some settings
        exceed all prior agreement. At or below 2: this test sees nothing, though the pair may be entangled.

    References
    ----------
    R. Horodecki, P. Horodecki, M. Horodecki, Physics Letters A 200, 340 (1995),
    doi:10.1016/0375-9601(95)00214-N.

    >>> round(float(best_value(Pair(0.9, -0.9, 1.0))), 6)
    2.690725
    """
    x, y, z = (np.square(c) for c in (pair.xx, pair.yy, pair.zz))
    return 2 * np.sqrt(x + y + z - np.minimum(np.minimum(x, y), z))


def best_settings(pair: Pair) -> Settings:
    """Angles at which this pair, read perfectly, reaches :func:`best_value`.

    Parameters
    ----------
    pair : Pair
        One pair: floats, no arrays.

    Returns
    -------
    Settings
        Two angles for each party in degrees, and the plane in which they turn.

    Notes
    -----
    Alice measures along the two axes with the largest correlators, bob between them, at the angle whose tangent is
    their ratio: 45 degrees where both are alike. Where readouts err differently for 0 and 1, other angles may be better
    still.

    >>> best_settings(Pair(1.0, -1.0, 1.0))
    Settings(alice_deg=(0.0, 90.0), bob_deg=(45.0, -45.0), plane='zx')
    >>> best_settings(Pair(0.9, -0.9, 0.82)).plane  # a pair that decayed: the XY plane keeps more
    'xy'
    """
    xx, yy, zz = float(pair.xx), float(pair.yy), float(pair.zz)
    flat = abs(zz) < min(abs(xx), abs(yy))
    first, second = (xx, yy) if flat else (zz, xx)
    between = math.degrees(math.atan2(second, first))
    return Settings((0.0, 90.0), (between, -between), "xy" if flat else "zx")


def werner_chsh(fidelity: Number) -> Number:
    """CHSH value of a Werner state at the standard settings, S = 2 sqrt(2) (4F - 1)/3.

    Parameters
    ----------
    fidelity : float or array
        Fidelity to its Bell state, 1/4 to 1.

    Returns
    -------
    float or array
        0 to 2 sqrt(2); above 2, which no prior agreement reaches, from F = 0.780330.

    References
    ----------
    R. Horodecki, P. Horodecki, M. Horodecki, Physics Letters A 200, 340 (1995),
    doi:10.1016/0375-9601(95)00214-N.

    >>> round(werner_chsh(0.92), 6), round(VIOLATION_FIDELITY, 6)
    (2.526728, 0.78033)
    """
    return 2 * math.sqrt(2) * werner_visibility(fidelity)
