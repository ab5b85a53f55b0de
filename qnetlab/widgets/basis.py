"""The basis explorer: how does a superposition differ from a coin?"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, ClassVar

from ..protocols.prepare_measure import PrepareAndMeasure
from ..theory.qubit import PAULI_STATES, axis_angles
from ._link import ERROR_STOPS
from ._panel import GIVEN, Chart, Group, Panel, State, choices, slider, stops
from .explorer import Explorer

_STATES = {name: f"|{name.replace('-', '−')}⟩" for name in PAULI_STATES}

_PANEL = Panel(
    places={
        "state": "state",
        "theta_rad": "axis.0",
        "phi_rad": "axis.1",
        "coin_probability_1": "coin_probability_1",
        **{f"bob_{what}": f"bob_readout.{what}" for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title="The question", controls=(
            slider("theta_rad", "Axis, Z to X", tuple(math.pi * k / 36 for k in range(37)), show="degrees",
                   hint="Along what Bob measures: 0° is Z, 90° is X, 180° is Z the other way round"),
        )),
        Group(title="The two boxes", controls=(
            choices("state", "First box", _STATES, hint="What the first box sends, every time"),
            slider("coin_probability_1", "Coin: P(1)", stops(0, 1, 0.05), show="fixed:2",
                   hint="How often the coin in the second box says 1; it then sends |1⟩, else |0⟩"),
        )),
        Group(title="Turn and readout", folded=True, controls=(
            slider("phi_rad", "Turn to Y", tuple(math.pi * k / 36 for k in range(72)), show="degrees",
                   hint="Turns the axis about Z: at 90° it goes from Z toward Y"),
            slider("readout_error", "Readout error", ERROR_STOPS, writes=("bob_error_0", "bob_error_1"), show="fixed:3",
                   hint="How often Bob reads wrongly, 0 for 1 and 1 for 0 alike"),
        )),
    ),
)


class BasisExplorer(Explorer[PrepareAndMeasure]):
    """Turn the axis of a measurement; see a superposition and a coin beside each other.

    Parameters
    ----------
    protocol : PrepareAndMeasure or None
        Where to start; None for |+> beside a fair coin, along Z.
    presets : mapping or None
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider.
    shots : int
        Rounds that Aer shoots for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: theta_rad, phi_rad, state, coin_probability_1, readout_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`PrepareAndMeasure` that the controls stand for; setting it moves them. Its axis
    is always given as two angles: "X" comes back as (pi/2, 0).

    >>> explorer = BasisExplorer(theta_rad=0)
    >>> explorer.protocol.theory()
    {'probability_0': 0.5, 'coin_probability_0': 0.5}
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = PrepareAndMeasure
    entry: ClassVar[str] = "basis.js"
    title: ClassVar[str] = "Superposition: is it a coin?"
    chart: ClassVar[Chart] = Chart(quantity="probability_0", along="theta_rad", x_label="axis in rad, Z to X",
                                   y_label="share of 0", y_range=(0.0, 1.0))

    @classmethod
    def example(cls) -> PrepareAndMeasure:
        """|+> beside a fair coin, along the axis where they look alike."""
        return PrepareAndMeasure(state="+", axis=(0.0, 0.0))

    def _checked_protocol(self, got: Any) -> Any:
        kept = super()._checked_protocol(got)
        return dataclasses.replace(kept, axis=axis_angles(kept.axis))

    def read(self, protocol: Any) -> State:
        """A state given by its angles has no name in the list."""
        state = super().read(protocol)
        return {**state, "state": state["state"] if isinstance(state["state"], str) else GIVEN}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        return (f"Along an axis {math.degrees(protocol.axis[0]):g}° from Z toward X the first box gives 0 with "
                f"P = {told['probability_0']:.3f}, the coin with P = {told['coin_probability_0']:.3f}.")
