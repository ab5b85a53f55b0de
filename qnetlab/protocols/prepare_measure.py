"""Prepare and measure: one qubit, one question, and beside it a coin that is asked the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

from ..checks import custom, number, part, value
from ..circuits.blocks import measure, prepare, rotate_to, undo_prepare
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..theory.qubit import State, as_axis, as_state, axis_vector, coin_vector, state_vector, zero_probability


@value
class PrepareAndMeasure:
    """Alice makes a qubit in a known state, or tosses a coin and makes |0> or |1>; bob measures it along an axis.

    Parameters
    ----------
    state : str or (theta_rad, phi_rad)
        A Pauli eigenstate "0", "1", "+", "-", "+i", "-i", or two angles on the sphere.
    axis : "X", "Y", "Z", float, or (theta_rad, phi_rad)
        Along what bob measures; one number is an angle in rad from Z toward X. 0 means along the axis.
    coin_probability_1 : float
        How often the coin beside it says 1, 0 to 1.
    bob_readout : Readout

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range.

    Notes
    -----
    Estimates: ``probability_0``, how often bob reads 0 from the state, (1 + state . axis)/2 for perfect readout, and
    ``coin_probability_0``, the same for the coin. |+> and a fair coin both give 1/2 along Z; along X the first gives 1
    and the second still 1/2: no coin behind the curtain is a superposition.
    The coin is a second qubit, measured at once: its bit says which state is made, and bob does not see it.
    Circuits: settings "state" (qubit qubit) and "coin" (qubits qubit, coin; bit toss); bob's bit is bob.

    References
    ----------
    M. Born, Zeitschrift fuer Physik 37, 863 (1926), doi:10.1007/BF01397477.

    >>> for axis in "ZX":
    ...     print(axis, PrepareAndMeasure(state="+", axis=axis).theory())
    Z {'probability_0': 0.5, 'coin_probability_0': 0.5}
    X {'probability_0': 1.0, 'coin_probability_0': 0.5}
    """

    state: State = custom(default="+", coerce=as_state(), doc="the state that is made")
    axis: State = custom(default="Z", coerce=as_axis, doc="along what it is measured")
    coin_probability_1: float = number(default=0.5, low=0, high=1, doc="how often the coin says 1",
                                       why="It is a probability", fix="coin_probability_1=0.5")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")

    def circuits(self) -> dict[str, QuantumCircuit]:
        """One circuit for the state, one for the coin."""
        return {"state": self._state_circuit(), "coin": self._coin_circuit()}

    def _state_circuit(self) -> QuantumCircuit:
        qubit, bob = QuantumRegister(1, "qubit"), ClassicalRegister(1, "bob")
        circuit = QuantumCircuit(qubit, bob, name="state")
        prepare(circuit, qubit[0], self.state)
        self._ask(circuit, qubit[0], bob[0])
        return circuit

    def _coin_circuit(self) -> QuantumCircuit:
        qubit, coin = QuantumRegister(1, "qubit"), QuantumRegister(1, "coin")
        bob, toss = ClassicalRegister(1, "bob"), ClassicalRegister(1, "toss")
        circuit = QuantumCircuit(qubit, coin, bob, toss, name="coin")
        circuit.ry(2 * math.asin(math.sqrt(self.coin_probability_1)), coin[0])
        circuit.measure(coin[0], toss[0])
        with circuit.if_test((toss[0], 1)):
            circuit.x(qubit[0])
        self._ask(circuit, qubit[0], bob[0])
        return circuit

    def _ask(self, circuit: QuantumCircuit, qubit: Any, bit: Any) -> None:
        """Turn the axis of the measurement into Z, and read."""
        if isinstance(self.axis, str):
            rotate_to(circuit, qubit, self.axis)
        else:
            undo_prepare(circuit, qubit, self.axis)
        measure(circuit, qubit, bit, "bob")

    def devices(self) -> dict[str, Any]:
        """Bob's readout."""
        return {"readout:bob": self.bob_readout}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """How often bob reads 0, from the state and from the coin."""
        zero = {setting: seen.marginal("bob").probability("0") for setting, seen in outcomes.items()}
        return {"probability_0": zero["state"], "coin_probability_0": zero["coin"]}

    def theory(self) -> dict[str, float]:
        """The same in closed form."""
        zero = [
            float(zero_probability(source, axis_vector(self.axis), error_0=self.bob_readout.error_0,
                                   error_1=self.bob_readout.error_1))
            for source in (state_vector(self.state), coin_vector(self.coin_probability_1))
        ]
        return {"probability_0": zero[0], "coin_probability_0": zero[1]}
