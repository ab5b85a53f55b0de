"""Put the noise of real devices where a circuit's markers stand; late, and loudly when something does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import Instruction

from ..checks import refuse, require
from ..circuits.markers import place_of, places, replace_markers, times_of
from .channels import channel_instruction


def bind(circuit: QuantumCircuit, devices: Mapping[str, Any]) -> QuantumCircuit:
    """A copy of ``circuit`` in which each marker became the noise of the device at its place.

    Parameters
    ----------
    circuit : QuantumCircuit
        With markers; control-flow blocks are bound too.
    devices : mapping
        Place -> device.

    Returns
    -------
    QuantumCircuit
        For Aer. It keeps its noise through ``transpile``.

    Raises
    ------
    ValueError
        If a marked place has no device.
    TypeError
        If there is no circuit, or a device acts on another number of qubits than its marker.

    >>> from qnetlab.circuits.markers import Marker
    >>> from qnetlab.devices.memory import Memory
    >>> qc = QuantumCircuit(1); _ = qc.append(Marker("memory:bob", duration_s=1.0), [0])
    >>> bind(qc, {"memory:bob": Memory(t2_s=2.0)}).data[0].operation.name
    'quantum_channel'
    """

    require(isinstance(circuit, QuantumCircuit), "bind needs a QuantumCircuit", got={"circuit": (circuit, "")},
            why="It replaces the markers in it", fix='bind(BellPair().circuits()["ZZ"], BellPair().devices())',
            error=TypeError)

    def noise_of(marker: Any) -> Instruction:
        return channel_instruction(device_at(marker, devices), *times_of(marker), marker.num_qubits)

    return replace_markers(circuit, noise_of)


def device_at(marker: Any, devices: Mapping[str, Any]) -> Any:
    """The device that stands at a marker; its absence is an error."""
    place = place_of(marker)
    if place not in devices:
        refuse("every marked place needs a device", got={"place": place, "devices": (sorted(devices), "")},
               why="A place without a device would silently be ideal",
               fix="adding it to devices, or unmark(circuit) for the ideal circuit")
    return devices[place]


def check_places(circuits: Iterable[QuantumCircuit], devices: Mapping[str, Any]) -> None:
    """Refuse a device that no circuit of a protocol has a place for: its noise would silently be left out."""
    marked = {place for circuit in circuits for place in places(circuit)}
    unused = sorted(set(devices) - marked)
    require(not unused, "every device needs a marked place in some circuit",
            got={"devices without a place": (unused, "")}, why="Its noise would silently be left out",
            fix=f"one of the places {', '.join(sorted(marked)) or '(none are marked)'}")
