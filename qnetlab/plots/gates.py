"""Gates as one writes and says them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_LABELS = {
    "id": "I", "h": "H", "x": "X", "y": "Y", "z": "Z", "s": "S", "sdg": "S†", "t": "T", "tdg": "T†", "sx": "√X",
    "sxdg": "√X†", "p": "P", "u": "U", "u1": "P", "u2": "U", "u3": "U", "r": "R", "rx": "Rx", "ry": "Ry", "rz": "Rz",
    "rxx": "Rxx", "ryy": "Ryy", "rzz": "Rzz", "rzx": "Rzx", "iswap": "iSWAP", "dcx": "DCX", "ecr": "ECR",
    "xx_plus_yy": "XX+YY", "xx_minus_yy": "XX−YY", "swap": "SWAP", "initialize": "set", "unitary": "U",
    "state_preparation": "set", "quantum_channel": "noise", "kraus": "noise", "superop": "noise",
}
_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"), (1e-12, "ps"))


def gate_label(operation: Any) -> str:
    """What stands in the box of a gate: its own label if it has one, else its name, with its angles.

    >>> from qiskit.circuit.library import RYGate, SdgGate
    >>> gate_label(SdgGate()), gate_label(RYGate(3.141592653589793 / 2))
    ('S†', 'Ry(π/2)')
    """
    if getattr(operation, "label", None):
        return str(operation.label)
    name = str(operation.name)
    label = _LABELS.get(name, name.replace("_", " "))
    params = [p for p in operation.params if not hasattr(p, "shape") and not isinstance(p, complex)]
    if not 0 < len(params) <= 3 or label in ("noise", "set"):
        return label
    return f"{label}({', '.join(map(angle, params))})"


def angle(value: Any) -> str:
    """An angle in fractions of π where it is one.

    >>> angle(3.141592653589793), angle(-2.356194490192345), angle(0.1234), angle(0)
    ('π', '−3π/4', '0.123', '0')
    """
    try:
        number = float(value)
    except TypeError:  # a parameter that has no value yet
        return str(value)
    for part in (1, 2, 3, 4, 6, 8, 16):
        times = number * part / math.pi
        if number and abs(times - round(times)) < 1e-9:
            sign, count = "−" if times < 0 else "", abs(round(times))
            return f"{sign}{count if count > 1 else ''}π{f'/{part}' if part > 1 else ''}"
    return f"{number:.3g}".replace("-", "−")


def duration(seconds: float) -> str:
    """A time in the unit that suits it.

    >>> duration(0), duration(2.4487e-4), duration(1.5)
    ('0 s', '245 µs', '1.5 s')
    """
    if seconds == 0:
        return "0 s"
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= 0.9995 * size), _UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def listed(names: Sequence[str]) -> str:
    """Names as one says them.

    >>> listed(["alice"]), listed(["alice", "bob"]), listed(["alice", "bob", "eve"])
    ('alice', 'alice and bob', 'alice, bob and eve')
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
