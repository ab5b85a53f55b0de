"""The superdense coding explorer: two bits in one qubit?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..devices.link import Link
from ..protocols.superdense import SuperdenseCoding
from ..theory.superdense import GUESS_LIMIT, MESSAGES, PLAIN_BIT, capacity
from ._link import ERROR_STOPS, LINK_CONTROLS, LINK_PLACES, MEMORY_CONTROL, example_link, published_links
from ._panel import Chart, Group, Panel, choices, slider
from .explorer import Explorer

_STEPS = {1: "a pair is shared", 2: "Alice encodes", 3: "her qubit travels", 4: "Bob decodes"}
_MESSAGES = {**{message: message for message in MESSAGES}, "average": "all"}
_TITLE = "Two bits, z x"

_PANEL = Panel(
    preset_place="link",
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **LINK_PLACES,
        "message": "message",
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"bob_{what}": f"bob_readout.{what}" for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title=None, controls=(choices("step", "Step through", _STEPS, kind="steps", writes=()),)),
        Group(title=_TITLE, controls=(
            choices("message", _TITLE, _MESSAGES, kind="radio",
                    hint="Alice flips her half for x = 1 and turns its sign for z = 1. All: the mean of the four"),
        )),
        Group(title="Link", controls=LINK_CONTROLS),
        Group(title="Memories, gates, readout", folded=True, controls=(
            MEMORY_CONTROL,
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of Bob's two-qubit gate"),
            slider("one_qubit_error", "X, Z, H error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each one-qubit gate: Alice's X and Z, Bob's H"),
            slider("readout_error", "Readout error", ERROR_STOPS, writes=("bob_error_0", "bob_error_1"), show="fixed:3",
                   hint="How often Bob reads each of his two qubits wrongly, 0 for 1 and 1 for 0 alike"),
        )),
    ),
)


class SuperdenseExplorer(Explorer[SuperdenseCoding]):
    """Drag a superdense coding: the two bits, the link and the noise; see what Bob reads, and what a thief does.

    Parameters
    ----------
    protocol : SuperdenseCoding or None
        Where to start; None for a 50 km example.
    presets : mapping or None
        Name -> Link, offered in the list of links.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 1, 0.01)}``.
    shots : int
        Rounds that Aer shoots for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: step, message ("00", "01", "10", "11" or "average"), link, length_km, pair_fidelity, noise, t2_s,
        two_qubit_error, one_qubit_error, readout_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`SuperdenseCoding` that the controls stand for; setting it moves them. ``t2_s``
    writes both memories and ``readout_error`` both errors of Bob's readout; where these differ the control says "as
    given" and leaves them alone. The capacity is that of the pair when Bob measures, with perfect gates and readout.

    >>> explorer = SuperdenseExplorer(message="10", length_km=50)
    >>> explorer.protocol.message, explorer.protocol.link.fiber.length_km
    ('10', 50.0)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = SuperdenseCoding
    preset_type: ClassVar[type] = Link
    entry: ClassVar[str] = "superdense.js"
    title: ClassVar[str] = "Superdense coding: two bits in one qubit?"
    chart: ClassVar[Chart] = Chart(
        quantity="success", along="length_km", x_label="fiber length in km", y_label="both bits right, P",
        y_range=(0.2, 1.0), limits={"without a pair": GUESS_LIMIT})
    still: ClassVar[tuple[str, ...]] = ("step",)

    @classmethod
    def example(cls) -> SuperdenseCoding:
        """One message over a link that is good, not perfect."""
        return SuperdenseCoding(message="10", link=example_link())

    @classmethod
    def default_presets(cls) -> dict[str, Link]:
        """Published links."""
        return published_links()

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart: bits per sent qubit, over the same lengths."""
        return {"capacity_chart": {"x_label": self.chart.x_label, "y_label": "capacity, bits per qubit",
                                   "y_range": (0.0, 2.0), "limits": {"plain bit": PLAIN_BIT}}}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """This message, and all messages."""
        return {"this message": protocol, "mean of all four": dataclasses.replace(protocol, message="average")}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        link = protocol.link
        bits = float(capacity(link.pair(extra_b_s=link.fiber.delay_s)))
        return (f"Over {link.fiber.length_km:g} km Bob reads both bits right with P = "
                f"{protocol.theory()['success']:.3f} ({GUESS_LIMIT:.3f} at best without a pair); the pair is good for "
                f"{bits:.3f} bits per sent qubit, a plain bit for {PLAIN_BIT:.3f}.")
