"""The cloning explorer: how good can a copier be?"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, ClassVar

from ..checks import require
from ..protocols.cloning import Cloning
from ..theory.cloning import CLONING_LIMIT
from ..theory.qubit import NAMED_ANGLES
from ..theory.teleportation import CLASSICAL_LIMIT
from ._link import ERROR_STOPS
from ._panel import Chart, Group, Panel, choices, slider
from .explorer import Explorer

_COPIERS = {"cnot": "CNOT", "universal": "universal", "measure_and_resend": "measure"}

_PANEL = Panel(
    places={
        "theta_rad": "original.0",
        "phi_rad": "original.1",
        "copier": "copier",
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob", "charlie")
           for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title="Original", controls=(
            slider("theta_rad", "Tilt θ", tuple(math.pi * k / 36 for k in range(37)), show="degrees",
                   hint="0° is |0⟩, 90° the equator, 180° is |1⟩"),
            slider("phi_rad", "Turn φ", tuple(math.pi * k / 36 for k in range(72)), show="degrees",
                   hint="0° is toward |+⟩, 90° toward |+i⟩"),
        )),
        Group(title="Copier", controls=(
            choices("copier", "Copier", _COPIERS, kind="radio",
                    hint="A CNOT onto a blank qubit; the best machine that treats all alike; or measure along Z and "
                         "make two new ones"),
        )),
        Group(title="Gates, readout", folded=True, controls=(
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each two-qubit gate in the copier"),
            slider("one_qubit_error", "X, Ry error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each one-qubit gate in the copier"),
            slider("readout_error", "Readout error", ERROR_STOPS, writes=("alice_error_0", "alice_error_1"),
                   show="fixed:3", hint="How often the copier that measures reads wrongly. The final checks stay as "
                                        "given"),
        )),
    ),
)


class CloningExplorer(Explorer[Cloning]):
    """Move a qubit over the sphere under three copiers; see what its copies are worth.

    Parameters
    ----------
    protocol : Cloning or None
        Where to start; None for |+> and a CNOT.
    presets : mapping or None
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider.
    shots : int
        Rounds that Aer shoots for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: theta_rad, phi_rad, copier, two_qubit_error, one_qubit_error, readout_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it; ``original="average"`` has no place on the sphere.

    Notes
    -----
    ``explorer.protocol`` is the :class:`Cloning` that the controls stand for; setting it moves them. Its original is
    always given as two angles: "+" comes back as (pi/2, 0). The mean over the sphere is shown beside it.

    >>> explorer = CloningExplorer(theta_rad=0)
    >>> explorer.protocol.theory()["fidelity"]
    1.0
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Cloning
    entry: ClassVar[str] = "cloning.js"
    title: ClassVar[str] = "Copies: how good can a copier be?"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="theta_rad", x_label="tilt of the original in rad", y_label="fidelity F of a copy",
        y_range=(0.4, 1.0), limits={"best 5/6": CLONING_LIMIT, "phoned 2/3": CLASSICAL_LIMIT})

    @classmethod
    def example(cls) -> Cloning:
        """The state for which a CNOT is worst."""
        return Cloning(original=NAMED_ANGLES["+"], copier="cnot")

    def _checked_protocol(self, got: Any) -> Any:
        kept = super()._checked_protocol(got)
        require(kept.original != "average", "original must be one state here", got={"original": (kept.original, "")},
                why="The explorer moves one arrow; the mean over the sphere is shown beside it", fix='original="+"')
        named = isinstance(kept.original, str)
        return dataclasses.replace(kept, original=NAMED_ANGLES[kept.original]) if named else kept

    def compared(self, protocol: Any) -> dict[str, Any]:
        """All three copiers, the one set first."""
        others = [copier for copier in _COPIERS if copier != protocol.copier]
        return {_COPIERS[copier]: dataclasses.replace(protocol, copier=copier) for copier in (protocol.copier, *others)}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        mean = dataclasses.replace(protocol, original="average").theory()["fidelity"]
        return (f"Copier {_COPIERS[protocol.copier]}: a copy passes as the original with F = {told['fidelity']:.3f}, "
                f"on average over the sphere with {mean:.3f}; no copier reaches more than {CLONING_LIMIT:.3f}.")
