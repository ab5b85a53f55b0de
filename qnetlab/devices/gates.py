"""Gate errors of a small processor."""

from __future__ import annotations

from ..checks import number, value


@value
class GateErrors:
    """How imperfect a node's gates are. The default is perfect.

    Parameters
    ----------
    one_qubit, two_qubit : float
        Average gate infidelity 1 - F_avg of a one- and a two-qubit gate, 0 to 1/2 and 0 to 3/4.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    Each gate is followed by a depolarizing channel: with probability lambda its qubits are replaced by fully mixed
    ones. One qubit: lambda = 2 e; two qubits: lambda = 4 e/3, as F_avg = 1 - lambda (1 - 1/d) for dimension d.
    An error of 1 % on two qubits is lambda = 0.0133. Aer's ``depolarizing_error`` takes lambda, not e.

    References
    ----------
    M. A. Nielsen, Physics Letters A 303, 249 (2002), doi:10.1016/S0375-9601(02)01272-0.

    >>> round(GateErrors(two_qubit=0.01).two_qubit_lambda, 6)
    0.013333
    """

    one_qubit: float = number(default=0.0, low=0, high=0.5, doc="average infidelity of a one-qubit gate",
                              why="A fully depolarized qubit has average infidelity 1/2", fix="one_qubit=0.001")
    two_qubit: float = number(default=0.0, low=0, high=0.75, doc="average infidelity of a two-qubit gate",
                              why="A fully depolarized pair has average infidelity 3/4", fix="two_qubit=0.01")

    @property
    def one_qubit_lambda(self) -> float:
        """Depolarizing probability of a one-qubit gate, 0 to 1."""
        return 2 * self.one_qubit

    @property
    def two_qubit_lambda(self) -> float:
        """Depolarizing probability of a two-qubit gate, 0 to 1."""
        return 4 * self.two_qubit / 3
