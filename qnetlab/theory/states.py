"""Two-qubit pairs in five real numbers: <XX>, <YY>, <ZZ> and the local <Z> on each side.

Bell pairs with white noise or dephasing, decaying in memories with T1 and T2, stay in this family, and so does
everything that is read from them. All numbers may be floats or arrays of one shape.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .memories import Decay

Number = Any  # a float or an array of floats

#: <XX>, <YY>, <ZZ> of the four Bell states.
BELL_CORRELATORS: dict[str, tuple[int, int, int]] = {
    "phi_plus": (1, -1, 1),
    "phi_minus": (-1, 1, 1),
    "psi_plus": (1, 1, -1),
    "psi_minus": (-1, -1, -1),
}
BELL_STATES = tuple(BELL_CORRELATORS)


class Pair(NamedTuple):
    """A two-qubit state of the family: three correlators and the local z-expectations, each -1 to 1."""

    xx: Number
    yy: Number
    zz: Number
    za: Number = 0.0
    zb: Number = 0.0


def werner_visibility(fidelity: Number) -> Number:
    """The share of the Bell state in a Werner state of this fidelity, V = (4F - 1)/3.

    Parameters
    ----------
    fidelity : float or array
        1/4 to 1.

    Returns
    -------
    float or array
        V, 0 to 1. F = 1 gives 1, F = 1/2 (no longer entangled) gives 1/3.

    References
    ----------
    R. F. Werner, Physical Review A 40, 4277 (1989), doi:10.1103/PhysRevA.40.4277.

    >>> round(werner_visibility(0.85), 12)
    0.8
    """
    return (4 * fidelity - 1) / 3


def werner_fidelity(visibility: Number) -> Number:
    """The fidelity of a Werner state, F = (3V + 1)/4; inverse of :func:`werner_visibility`.

    >>> werner_fidelity(1.0)
    1.0
    """
    return (3 * visibility + 1) / 4


def fresh_pair(state: str, fidelity: Number, noise: str) -> Pair:
    """The pair that leaves a source.

    Parameters
    ----------
    state : str
        The Bell state that is meant.
    fidelity : float or array
        Fidelity to it; 1/4 to 1 for ``noise="white"``, 1/2 to 1 for ``"dephasing"``.
    noise : "white" or "dephasing"

    Returns
    -------
    Pair

    Notes
    -----
    White: all three correlators times V = (4F - 1)/3. Dephasing with flip probability 1 - F: XX and YY times
    2F - 1, ZZ untouched.

    >>> fresh_pair("phi_plus", 0.75, "dephasing")
    Pair(xx=0.5, yy=-0.5, zz=1.0, za=0.0, zb=0.0)
    """
    return with_noise(Pair(*BELL_CORRELATORS[state]), fidelity, noise)


def with_noise(pair: Pair, fidelity: Number, noise: str) -> Pair:
    """A pair after the noise of its source, which acts on bob's half.

    Parameters
    ----------
    pair : Pair
    fidelity : float or array
        What a perfect Bell pair would keep; 1/4 to 1 for ``noise="white"``, 1/2 to 1 for ``"dephasing"``.
    noise : "white" or "dephasing"

    Returns
    -------
    Pair

    Notes
    -----
    White: bob's half is replaced by a fully mixed one with probability 1 - V, V = (4F - 1)/3. Dephasing: its sign flips
    with probability 1 - F.

    >>> with_noise(Pair(0.0, 0.0, 1.0, 1.0, 1.0), 0.25, "white")  # |00>, of which bob's half is lost in noise
    Pair(xx=0.0, yy=0.0, zz=0.0, za=1.0, zb=0.0)
    """
    if noise == "white":
        v = werner_visibility(fidelity)
        return Pair(v * pair.xx, v * pair.yy, v * pair.zz, pair.za, v * pair.zb)
    coherence = 2 * fidelity - 1
    return Pair(coherence * pair.xx, coherence * pair.yy, 0 * coherence + pair.zz, pair.za, pair.zb)


def partly_entangled(tilt_rad: Number) -> Pair:
    """The pair cos(t)|00> + sin(t)|11>.

    Parameters
    ----------
    tilt_rad : float or array
        t in rad, 0 (nothing shared but two zeros) to pi/4 (the Bell pair phi_plus).

    Returns
    -------
    Pair
        XX = -YY = sin 2t, ZZ = 1, and each half alone has Z = cos 2t.

    >>> [round(float(number), 6) for number in partly_entangled(np.pi / 8)]
    [0.707107, -0.707107, 1.0, 0.707107, 0.707107]
    """
    shared, alone = np.sin(2 * tilt_rad), np.cos(2 * tilt_rad)
    return Pair(shared, -shared, 0 * shared + 1.0, alone, alone)


def store_pair(pair: Pair, alice: Decay, bob: Decay) -> Pair:
    """The pair after its halves waited in their memories.

    Parameters
    ----------
    pair : Pair
    alice, bob : Decay
        What waiting did to each half, as :func:`qnetlab.theory.memories.decay` or ``Memory.decay`` say it.

    Returns
    -------
    Pair

    Notes
    -----
    With g relaxed toward |0> on each side: XX and YY shrink by both coherences, and
    ZZ -> (1-gA)(1-gB) ZZ + gA gB + (1-gA) gB ZA + gA (1-gB) ZB. Phi+ stored 10 ms on both sides with
    T1 = 100 ms, T2 = 50 ms keeps F = 0.792107.

    >>> from qnetlab.theory.memories import decay
    >>> stored = store_pair(fresh_pair("phi_plus", 1.0, "white"), *(decay(0.01, t1_s=0.1, t2_s=0.05),) * 2)
    >>> round(float(bell_fidelity(stored, "phi_plus")), 6)
    0.792107
    """
    ga, gb = alice.relaxed, bob.relaxed
    coherence = alice.coherence * bob.coherence
    return Pair(
        xx=coherence * pair.xx,
        yy=coherence * pair.yy,
        zz=(1 - ga) * (1 - gb) * pair.zz + ga * gb + (1 - ga) * gb * pair.za + ga * (1 - gb) * pair.zb,
        za=(1 - ga) * pair.za + ga,
        zb=(1 - gb) * pair.zb + gb,
    )


def bell_fidelity(pair: Pair, state: str) -> Number:
    """Fidelity to a Bell state, F = (1 + sum of its own correlators times the pair's)/4, 0 to 1.

    For phi_plus that is (1 + XX - YY + ZZ)/4.

    >>> bell_fidelity(Pair(0.0, 0.0, 1.0), "phi_plus")  # matched coins
    0.5
    """
    xx, yy, zz = BELL_CORRELATORS[state]
    return (1 + xx * pair.xx + yy * pair.yy + zz * pair.zz) / 4


def read_correlators(pair: Pair, *, error_0_a: Number = 0.0, error_1_a: Number = 0.0, error_0_b: Number = 0.0,
                     error_1_b: Number = 0.0) -> tuple[Number, Number, Number]:
    """<XX>, <YY>, <ZZ> as two imperfect readouts report them.

    Parameters
    ----------
    pair : Pair
    error_0_a, error_1_a, error_0_b, error_1_b : float or array
        P(read 1 | 0) and P(read 0 | 1) of each side, 0 to 1.

    Notes
    -----
    Each readout maps its bit's mean m to k m + o with contrast k = 1 - error_0 - error_1 and offset
    o = error_1 - error_0, so <AB> -> kA kB <AB> + kA oB <A> + oA kB <B> + oA oB.

    >>> [round(float(c), 4) for c in read_correlators(Pair(1, -1, 1), error_0_a=.02, error_1_a=.02)]
    [0.96, -0.96, 0.96]
    """
    ka, oa = 1 - error_0_a - error_1_a, error_1_a - error_0_a
    kb, ob = 1 - error_0_b - error_1_b, error_1_b - error_0_b

    def seen(ab: Number, a: Number, b: Number) -> Number:
        return ka * kb * ab + ka * ob * a + oa * kb * b + oa * ob

    return seen(pair.xx, 0.0, 0.0), seen(pair.yy, 0.0, 0.0), seen(pair.zz, pair.za, pair.zb)
