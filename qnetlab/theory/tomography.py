"""From sixteen numbers to a two-qubit state: linear inversion, and the nearest state, which is biased.

The sixteen are <II> = 1, six local means and nine correlators, named "xx", "xi", "iz" and so on, alice first.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import require
from .states import Pair

Matrix = NDArray[np.complex128]

#: The fifteen that are measured.
PAULI_NAMES = tuple(a + b for a, b in itertools.product("ixyz", repeat=2) if a + b != "ii")
_PAULIS = {
    "i": np.eye(2),
    "x": np.array([[0, 1], [1, 0]]),
    "y": np.array([[0, -1j], [1j, 0]]),
    "z": np.diag([1, -1]),
}
_BELL = np.array([1, 0, 0, 1]) / math.sqrt(2)


def pauli_means(pair: Pair) -> dict[str, float]:
    """The fifteen numbers of a pair of the family: only five of them are not 0.

    >>> seen = pauli_means(Pair(0.9, -0.9, 0.9))
    >>> seen["xx"], seen["xy"], seen["zi"]
    (0.9, 0.0, 0.0)
    """
    known = {"xx": pair.xx, "yy": pair.yy, "zz": pair.zz, "zi": pair.za, "iz": pair.zb}
    return {name: float(known.get(name, 0.0)) for name in PAULI_NAMES}


def inverted(means: Mapping[str, float]) -> Matrix:
    """Linear inversion: rho = sum of <P> P / 4.

    Parameters
    ----------
    means : mapping
        A number for each of :data:`PAULI_NAMES`, -1 to 1.

    Returns
    -------
    array
        4 x 4, Hermitian, trace 1; alice's qubit first (|00>, |01>, |10>, |11>). Without bias, and from finite data
        often no state: an eigenvalue below 0 is only noise.

    Raises
    ------
    ValueError
        If a number is missing.

    >>> inverted(pauli_means(Pair(1, -1, 1))).real[0].tolist()
    [0.5, 0.0, 0.0, 0.5]
    """
    missing = [name for name in PAULI_NAMES if name not in means]
    require(not missing, "all fifteen means must be there", got={"missing": missing[:4]},
            why="A state of two qubits has fifteen numbers", fix="result.estimates of a Tomography")
    rho: Matrix = np.eye(4, dtype=complex)
    for name in PAULI_NAMES:
        rho = rho + float(means[name]) * np.kron(_PAULIS[name[0]], _PAULIS[name[1]])
    return rho / 4


def projected(rho: Any) -> Matrix:
    """The state that is nearest to a Hermitian matrix of trace 1 (in the sum of squares): eigenvalues >= 0.

    Parameters
    ----------
    rho : array
        4 x 4, or any number of them.

    Returns
    -------
    array
        Of the same shape: the eigenvalues that are too small become 0, and what that adds to the trace is taken evenly
        from the others.

    Notes
    -----
    A state by force, and therefore *biased* wherever the true state is at the edge, as pure states are: noise can lower
    the largest eigenvalue but not lift it above 1. For phi_plus the mean fidelity of the projected state is below 1 by
    an amount that shrinks only as 1/sqrt(N), as an error bar does; it cannot be averaged away. Take fidelities from
    three correlators, and the projected state for pictures.

    References
    ----------
    J. A. Smolin, J. M. Gambetta, G. Smith, Physical Review Letters 108, 070502 (2012),
    doi:10.1103/PhysRevLett.108.070502 (from memory; optimality is checked in the tests).

    >>> np.linalg.eigvalsh(projected(np.diag([0.7, 0.4, 0.0, -0.1]))).round(6).tolist()
    [0.0, 0.0, 0.35, 0.65]
    """
    values, vectors = np.linalg.eigh(np.asarray(rho, dtype=complex))
    ordered = values[..., ::-1]
    spare = (np.cumsum(ordered, axis=-1) - 1) / np.arange(1, values.shape[-1] + 1)
    kept = (ordered > spare).sum(axis=-1, keepdims=True)
    level = np.take_along_axis(spare, kept - 1, axis=-1)
    new = np.maximum(values - level, 0.0)
    made: Matrix = (vectors * new[..., None, :]) @ np.conj(np.swapaxes(vectors, -1, -2))
    return made


def state_fidelity(rho: Any) -> Any:
    """<phi_plus| rho |phi_plus>, of one matrix or many.

    >>> round(float(state_fidelity(inverted(pauli_means(Pair(0.8, -0.8, 0.8))))), 6)
    0.85
    """
    return np.real(np.einsum("i,...ij,j->...", _BELL, np.asarray(rho), _BELL))


def purity(rho: Any) -> Any:
    """tr rho^2: 1 for a pure state, 1/4 for nothing but noise.

    >>> round(float(purity(np.eye(4) / 4)), 6)
    0.25
    """
    return np.real(np.einsum("...ij,...ji->...", np.asarray(rho), np.asarray(rho)))


def inversion_error(means: Mapping[str, float], shots: int) -> float:
    """The mean square error of linear inversion, E||rho_est - rho||^2, exactly, for ``shots`` rounds per setting.

    Notes
    -----
    (1/4)[sum of (1 - c^2)/N over nine correlators + sum of (1 - m^2)/(3N) over six local means]: each local mean is
    averaged over the three settings that measure it. The purity of the inverted state is too high by just that much.

    >>> round(inversion_error(pauli_means(Pair(1, -1, 1)), 1000), 6)
    0.002
    """
    shares = [(1 - means[name] ** 2) / (3 if "i" in name else 1) for name in PAULI_NAMES]
    return math.fsum(shares) / (4 * shots)
