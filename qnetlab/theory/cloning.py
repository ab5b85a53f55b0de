"""How good copies of one qubit can be: three copiers in closed form, as arrows that shrink.

A copy is an arrow inside the sphere; its fidelity is (1 + original . copy)/2. None of the copiers below turns the
arrow, each only shortens it, the CNOT to nothing along X and Y.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .qubit import PAULI_STATES, Vector, zero_probability

Number = Any  # a float or an array of floats

#: The best average fidelity of two equal copies of an unknown qubit, by any machine. (D. Bruss, D. P. DiVincenzo,
#: A. Ekert, C. A. Fuchs, C. Macchiavello, J. A. Smolin 1998, Physical Review A 57, 2368, doi:10.1103/PhysRevA.57.2368.)
CLONING_LIMIT = 5 / 6

COPIERS = ("cnot", "universal", "measure_and_resend")


class Copies(NamedTuple):
    """The Bloch vectors of the two copies: Bob's and Charlie's."""

    bob: Vector
    charlie: Vector


def copy_vectors(original: Vector, copier: str, *, one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0,
                 error_0: Number = 0.0, error_1: Number = 0.0) -> Copies:
    """Both copies that a copier makes of one qubit.

    Parameters
    ----------
    original : three floats or arrays
        Bloch vector of the qubit to be copied, length <= 1.
    copier : "cnot", "universal" or "measure_and_resend"
    one_qubit_error, two_qubit_error : float or array
        Average gate infidelity, 0 to 1/2 and 0 to 3/4.
    error_0, error_1 : float or array
        Readout of the copier that measures, P(read 1 | 0) and P(read 0 | 1); the others measure nothing.

    Returns
    -------
    Copies

    Notes
    -----
    With l1 = 2 e1 and l2 = 4 e2/3, the depolarizing after each gate, and (x, y, z) the original:

    - CNOT: both copies are (0, 0, (1-l2) z). What the two share in X and Y is nowhere in one of them alone.
    - Universal (Buzek and Hillery): (2/3)(x, y, z) for perfect gates, whatever the original. Each Pauli of a copy comes
      from one product of Paulis before, so every gate whose qubits it touches costs (1-l2): with a = (1-l1) 2/3 and
      b = (1 + (1-l1)/3)/2, Bob's is (1-l2)^5 (a x, a y, b z), Charlie's ((1-l2)^4 a x, (1-l2)^4 a y, (1-l2)^3 b z).
    - Measure and resend, along Z: read 0 with probability p, send |0>, else X|0>: both are (0, 0, p - (1-p)(1-l1)).

    References
    ----------
    W. K. Wootters, W. H. Zurek, Nature 299, 802 (1982), doi:10.1038/299802a0.
    V. Buzek, M. Hillery, Physical Review A 54, 1844 (1996), doi:10.1103/PhysRevA.54.1844.

    >>> [round(float(c), 6) for c in copy_vectors((0.6, 0.0, 0.8), "universal").bob]
    [0.4, 0.0, 0.533333]
    >>> copy_vectors((1.0, 0.0, 0.0), "cnot").bob
    (0.0, 0.0, 0.0)
    """
    x, y, z = original
    kept_1, kept_2 = 1 - 2 * one_qubit_error, 1 - 4 * two_qubit_error / 3
    if copier == "universal":
        a, b = kept_1 * 2 / 3, (1 + kept_1 / 3) / 2
        bob = (kept_2**5 * a * x, kept_2**5 * a * y, kept_2**5 * b * z)
        return Copies(bob, (kept_2**4 * a * x, kept_2**4 * a * y, kept_2**3 * b * z))
    if copier == "cnot":
        both = (0.0 * x, 0.0 * y, kept_2 * z)
    else:
        read_0 = zero_probability(original, PAULI_STATES["0"], error_0=error_0, error_1=error_1)
        both = (0.0 * x, 0.0 * y, read_0 - (1 - read_0) * kept_1)
    return Copies(both, both)


def copy_fidelity(original: Vector, copy: Vector, *, error_0: Number = 0.0, error_1: Number = 0.0) -> Number:
    """How often a copy passes as the original, (1 + original . copy)/2, as a readout reports it.

    Parameters
    ----------
    original, copy : three floats or arrays
        Bloch vectors; the original has length 1.
    error_0, error_1 : float or array
        The readout of whoever checks.

    >>> copy_fidelity((1.0, 0.0, 0.0), (0.0, 0.0, 0.0))  # half of a Bell pair, checked against |+>
    0.5
    """
    return zero_probability(copy, original, error_0=error_0, error_1=error_1)


def average_copy_fidelity(copier: str) -> float:
    """Mean fidelity of a copy over all pure originals, perfect gates and readout.

    The six Pauli eigenstates average exactly like the whole sphere (they are a 2-design, and a fidelity is quadratic
    in the original): CNOT 2/3, measure and resend 2/3, universal 5/6.

    >>> [round(average_copy_fidelity(copier), 6) for copier in COPIERS]
    [0.666667, 0.833333, 0.666667]
    """
    each = [copy_fidelity(s, copy_vectors(s, copier).bob) for s in PAULI_STATES.values()]
    return float(sum(each) / len(each))
