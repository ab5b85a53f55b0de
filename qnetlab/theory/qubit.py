"""One qubit as an arrow: which state a name or two angles mean, and how often a measurement along an axis gives 0.

A pure state is a point on the sphere, a coin an arrow that is too short; both are read by one formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from ..checks import refuse

Number = Any  # a float or an array of floats
Vector = tuple[Number, Number, Number]

#: A pure state as a student gives it: by name, or by its angles (theta_rad, phi_rad).
State = str | tuple[float, float]

#: Bloch vectors of the six eigenstates of X, Y and Z: their average is the average over the whole sphere.
PAULI_STATES: dict[str, tuple[float, float, float]] = {
    "0": (0.0, 0.0, 1.0),
    "1": (0.0, 0.0, -1.0),
    "+": (1.0, 0.0, 0.0),
    "-": (-1.0, 0.0, 0.0),
    "+i": (0.0, 1.0, 0.0),
    "-i": (0.0, -1.0, 0.0),
}

#: The angles (theta_rad, phi_rad) of the six states.
NAMED_ANGLES: dict[str, tuple[float, float]] = {
    "0": (0.0, 0.0), "1": (math.pi, 0.0), "+": (math.pi / 2, 0.0), "-": (math.pi / 2, math.pi),
    "+i": (math.pi / 2, math.pi / 2), "-i": (math.pi / 2, 3 * math.pi / 2),
}

#: The six states in names that Python takes.
SPOKEN: dict[str, str] = {"0": "0", "1": "1", "+": "plus", "-": "minus", "+i": "plus_i", "-i": "minus_i"}

#: The directions along which a qubit is usually measured.
AXES: dict[str, tuple[float, float, float]] = {"X": (1.0, 0.0, 0.0), "Y": (0.0, 1.0, 0.0), "Z": (0.0, 0.0, 1.0)}


def bloch_vector(theta_rad: Number, phi_rad: Number) -> Vector:
    """The Bloch vector of cos(theta/2)|0> + e^(i phi) sin(theta/2)|1>.

    >>> [round(float(c), 3) + 0.0 for c in bloch_vector(np.pi / 2, 0.0)]
    [1.0, 0.0, 0.0]
    """
    return np.sin(theta_rad) * np.cos(phi_rad), np.sin(theta_rad) * np.sin(phi_rad), np.cos(theta_rad)


def state_vector(state: State) -> Vector:
    """The Bloch vector of a state given by name or by its angles.

    >>> state_vector("-")
    (-1.0, 0.0, 0.0)
    """
    return PAULI_STATES[state] if isinstance(state, str) else bloch_vector(*state)


def zero_probability(vector: Vector, axis: Vector, *, error_0: Number = 0.0, error_1: Number = 0.0) -> Number:
    """How often a measurement along ``axis`` reads 0, P(0) = (1 + vector . axis)/2 before readout errors.

    Parameters
    ----------
    vector : three floats or arrays
        Bloch vector of the qubit, length 0 (nothing is known of it) to 1 (a pure state).
    axis : three floats or arrays
        Direction of the measurement, length 1; 0 means "along the axis", 1 "against it".
    error_0, error_1 : float or array
        The readout, P(read 1 | 0) and P(read 0 | 1), 0 to 1: P becomes P (1 - error_0) + (1 - P) error_1.

    Returns
    -------
    float or array
        0 to 1. |+> gives 1/2 along Z and 1 along X; a fair coin of |0> and |1> gives 1/2 along every axis.

    References
    ----------
    M. Born, Zeitschrift fuer Physik 37, 863 (1926), doi:10.1007/BF01397477.

    >>> plus, coin = PAULI_STATES["+"], (0.0, 0.0, 0.0)
    >>> [zero_probability(source, AXES[axis]) for axis in "ZX" for source in (plus, coin)]
    [0.5, 0.5, 1.0, 0.5]
    """
    true = (1 + vector[0] * axis[0] + vector[1] * axis[1] + vector[2] * axis[2]) / 2
    return true * (1 - error_0) + (1 - true) * error_1


def coin_vector(probability_1: Number) -> Vector:
    """The Bloch vector of a coin that makes |1> with this probability and |0> otherwise: it only ever lies along Z.

    >>> coin_vector(0.5)
    (0.0, 0.0, 0.0)
    """
    return 0.0 * probability_1, 0.0 * probability_1, 1 - 2 * probability_1


def _angles(got: Any) -> tuple[float, float] | None:
    """Two finite angles, if that is what was given."""
    if isinstance(got, (tuple, list)) and len(got) == 2 and all(map(_is_angle, got)):
        return float(got[0]), float(got[1])
    return None


def _is_angle(got: Any) -> bool:
    return isinstance(got, Real) and not isinstance(got, bool) and abs(got) <= 1e6  # type: ignore[operator]


def as_state(*more: str) -> Callable[[str, Any], State]:
    """Field check: one of the six named states, one of ``more`` names, or two angles (theta_rad, phi_rad)."""
    names = (*more, *PAULI_STATES)

    def coerce(name: str, got: Any) -> State:
        __tracebackhide__ = True
        if isinstance(got, str) and got in names:
            return got
        angles = _angles(got)
        if angles is None:
            refuse(f"{name} must be one of {', '.join(map(repr, names))} or two angles (theta_rad, phi_rad)",
                   got={name: (got, "")}, why="A qubit's pure state is a point on the sphere", fix=f'{name}="+"',
                   error=ValueError if isinstance(got, (str, tuple, list)) else TypeError)
        return angles

    return coerce


def as_axis(name: str, got: Any) -> State:
    """Field check: "X", "Y", "Z", an angle from Z toward X in rad, or two angles (theta_rad, phi_rad)."""
    __tracebackhide__ = True
    if isinstance(got, str) and got in AXES:
        return got
    angles = (float(got), 0.0) if _is_angle(got) else _angles(got)
    if angles is None:
        refuse(f"{name} must be one of 'X', 'Y', 'Z', an angle in rad or two angles (theta_rad, phi_rad)",
               got={name: (got, "")}, why="A qubit is measured along a direction; an angle counts from Z toward X",
               fix=f'{name}="{got.upper()}"' if isinstance(got, str) and got.upper() in AXES else f'{name}="X"',
               error=ValueError if isinstance(got, (str, tuple, list, Real)) else TypeError)
    return angles


def axis_vector(axis: State) -> Vector:
    """The direction of a measurement given by name or by its angles.

    >>> axis_vector("Y")
    (0.0, 1.0, 0.0)
    """
    return AXES[axis] if isinstance(axis, str) else bloch_vector(*axis)


def axis_angles(axis: State) -> tuple[float, float]:
    """The angles (theta_rad, phi_rad) of a direction.

    >>> axis_angles("Z")
    (0.0, 0.0)
    """
    named = {"X": (math.pi / 2, 0.0), "Y": (math.pi / 2, math.pi / 2), "Z": (0.0, 0.0)}
    return named[axis] if isinstance(axis, str) else axis
