"""One pair, one measuring angle on each side: what each party sees alone, and what they see together."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .states import Pair

Number = Any  # a float or an array of floats

#: An angle turns from Z toward X, or from X toward Y, on the Bloch sphere: for polarization, twice the filter's angle.
PLANES = ("zx", "xy")


class Seen(NamedTuple):
    """The mean of each party's result (+1 for bit 0, -1 for bit 1) and of the product of both, each -1 to 1."""

    alice: Number
    bob: Number
    together: Number


def seen_at(pair: Pair, a_rad: Number, b_rad: Number, plane: str = "zx", *, error_0_a: Number = 0.0,
            error_1_a: Number = 0.0, error_0_b: Number = 0.0, error_1_b: Number = 0.0) -> Seen:
    """What two parties see who measure along the angles a and b.

    Parameters
    ----------
    pair : Pair
    a_rad, b_rad : float or array
        Directions cos(a) Z + sin(a) X, or cos(a) X + sin(a) Y for ``plane="xy"``.
    plane : "zx" or "xy"
    error_0_a, error_1_a, error_0_b, error_1_b : float or array
        P(read 1 | 0) and P(read 0 | 1) of each side, 0 to 1.

    Returns
    -------
    Seen

    Notes
    -----
    zx: alone ZA cos a and ZB cos b, together ZZ cos a cos b + XX sin a sin b. xy: alone 0, together
    XX cos a cos b + YY sin a sin b. Each readout maps the mean m of its bit to k m + o, k = 1 - error_0 - error_1,
    o = error_1 - error_0. **Bob's mean does not contain Alice's angle**: no choice of hers can be seen at his side.

    >>> bell = Pair(1.0, -1.0, 1.0)
    >>> [round(float(seen_at(bell, a, 0.0).together), 6) for a in (0.0, np.pi / 3, np.pi / 2)]
    [1.0, 0.5, 0.0]
    """
    if plane == "zx":
        alice, bob = pair.za * np.cos(a_rad), pair.zb * np.cos(b_rad)
        both = pair.zz * np.cos(a_rad) * np.cos(b_rad) + pair.xx * np.sin(a_rad) * np.sin(b_rad)
    else:
        alice, bob = 0.0 * np.cos(a_rad), 0.0 * np.cos(b_rad)
        both = pair.xx * np.cos(a_rad) * np.cos(b_rad) + pair.yy * np.sin(a_rad) * np.sin(b_rad)
    ka, oa = 1 - error_0_a - error_1_a, error_1_a - error_0_a
    kb, ob = 1 - error_0_b - error_1_b, error_1_b - error_0_b
    return Seen(ka * alice + oa, kb * bob + ob, ka * kb * both + ka * ob * alice + oa * kb * bob + oa * ob)


def joint_table(seen: Seen) -> dict[str, Number]:
    """How often each pair of results comes, alice's bit first; the four sum to 1.

    >>> {key: float(p) for key, p in joint_table(Seen(0.0, 0.0, 1.0)).items()}
    {'00': 0.5, '01': 0.0, '10': 0.0, '11': 0.5}
    """
    return {
        f"{a}{b}": (1 + (-1) ** a * seen.alice + (-1) ** b * seen.bob + (-1) ** (a + b) * seen.together) / 4
        for a in (0, 1) for b in (0, 1)
    }
