"""The same noise for people who run Aer themselves: labelled identities and a ``NoiseModel``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from qiskit import QuantumCircuit
from qiskit.circuit import Instruction
from qiskit.circuit.library import UnitaryGate
from qiskit_aer.noise import NoiseModel

from ..circuits.markers import place_of, replace_markers, times_of
from .binding import check_places, device_at
from .channels import aged_channel


class Marked(Protocol):
    """Anything with marked circuits and the devices that stand at the marks: every protocol."""

    def circuits(self) -> Mapping[str, QuantumCircuit]:
        """Setting -> circuit."""
        ...

    def devices(self) -> Mapping[str, Any]:
        """Place -> device."""
        ...


def as_noise_model(protocol: Marked) -> tuple[dict[str, QuantumCircuit], NoiseModel]:
    """A protocol's circuits with labelled identities, and the noise model that knows the labels.

    Parameters
    ----------
    protocol : a protocol

    Returns
    -------
    (dict of setting -> QuantumCircuit, NoiseModel)
        For ``AerSimulator(noise_model=model).run(circuit)``.

    Raises
    ------
    ValueError
        If a marked place has no device, or a device no place.

    Notes
    -----
    A trap, and the reason why ``run`` does not work this way: Aer keeps silent when a label matches nothing, and
    ``transpile`` from optimization level 1 on removes the identities, so the circuit runs *ideally* with no warning.
    Run these circuits as they are.

    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> circuits, model = as_noise_model(BellPair())
    >>> sorted(circuits)
    ['XX', 'YY', 'ZZ']
    """
    circuits, devices = protocol.circuits(), protocol.devices()
    check_places(circuits.values(), devices)
    model = NoiseModel()
    added: set[str] = set()

    def labelled(marker: Any) -> Instruction:
        place, (duration_s, since_s), width = place_of(marker), times_of(marker), marker.num_qubits
        label = f"{place}/{width}/{duration_s!r}/{since_s!r}"
        if label not in added:
            noise = aged_channel(device_at(marker, devices), duration_s, since_s, width)
            model.add_all_qubit_quantum_error(noise, label)
            added.add(label)
        return UnitaryGate(np.eye(2**width), label=label)

    return {setting: replace_markers(circuit, labelled) for setting, circuit in circuits.items()}, model

