"""The teleportation explorer: what crosses, and when?"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, ClassVar

from ..devices.link import Link
from ..fields import rebuilt
from ..protocols.teleportation import Teleportation
from ..theory.qubit import NAMED_ANGLES
from ..theory.teleportation import CLASSICAL_LIMIT
from ._link import ERROR_STOPS, LINK_CONTROLS, LINK_PLACES, MEMORY_CONTROL, example_link, published_links
from ._panel import Chart, Group, Panel, State, choices, slider
from .explorer import Explorer

#: (theta_rad, phi_rad) of the six messages with a name.
ANGLES: dict[str, tuple[float, float]] = NAMED_ANGLES
_OWN = "angles"  # a message that has no name

_STEPS = {1: "a pair is shared", 2: "Alice measures", 3: "her bits travel", 4: "Bob corrects"}
_MESSAGES = {**{name: f"|{name.replace('-', '−')}⟩" for name in ANGLES}, _OWN: "angles below", "average": "all six"}
_BITS = {"both": "both", "x": "only X", "z": "only Z", "none": "none"}

_PANEL = Panel(
    preset_place="link",
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **LINK_PLACES,
        "corrections": "corrections",
        "one_qubit_error": "gates.one_qubit",
        "two_qubit_error": "gates.two_qubit",
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title=None, controls=(choices("step", "Step through", _STEPS, kind="steps", writes=()),)),
        Group(title="Message", controls=(
            choices("message", "State", _MESSAGES, writes=()),
            slider("theta_rad", "Tilt θ", tuple(math.pi * k / 36 for k in range(37)), writes=(), show="degrees",
                   hint="0° is |0⟩, 180° is |1⟩"),
            slider("phi_rad", "Turn φ", tuple(math.pi * k / 36 for k in range(72)), writes=(), show="degrees",
                   hint="0° is toward |+⟩, 90° toward |+i⟩"),
        )),
        Group(title="Bits that reach Bob", controls=(
            choices("corrections", "Bits that reach Bob", _BITS, kind="radio",
                    hint="Alice's two bits: X tells of a flip, Z of a sign"),
        )),
        Group(title="Link", controls=LINK_CONTROLS),
        Group(title="Memories, gates, readout", folded=True, controls=(
            MEMORY_CONTROL,
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of Alice's two-qubit gate"),
            slider("one_qubit_error", "H, X, Z error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each one-qubit gate"),
            slider("readout_error", "Readout error", ERROR_STOPS, writes=("alice_error_0", "alice_error_1"),
                   show="fixed:3",
                   hint="How often each of Alice's two bits is read wrongly, 0 for 1 and 1 for 0 alike. Bob's own "
                        "check stays as given, so that F and his arrow say the same"),
        )),
    ),
)


class TeleportationExplorer(Explorer[Teleportation]):
    """Drag a teleportation: the message, the link, the noise, and which of the two bits have arrived.

    Parameters
    ----------
    protocol : Teleportation or None
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
        Any control: step, message (a name, "average" or two angles), theta_rad, phi_rad, corrections, link, length_km,
        pair_fidelity, noise, t2_s, two_qubit_error, one_qubit_error, readout_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`Teleportation` that the controls stand for; setting it moves them. ``t2_s``
    writes both memories and ``readout_error`` both errors of Alice's readout; where these differ the control says "as
    given" and leaves them alone. Bob's arrow before the last step is what he holds without any bits.

    >>> explorer = TeleportationExplorer(message="+", length_km=50)
    >>> explorer.protocol.message, explorer.protocol.link.fiber.length_km
    ('+', 50.0)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Teleportation
    preset_type: ClassVar[type] = Link
    entry: ClassVar[str] = "teleportation.js"
    title: ClassVar[str] = "Teleportation: what crosses, and when?"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="length_km", x_label="fiber length in km", y_label="fidelity F", y_range=(0.4, 1.0),
        limits={"classical limit 2/3": CLASSICAL_LIMIT})
    still: ClassVar[tuple[str, ...]] = ("step",)

    @classmethod
    def example(cls) -> Teleportation:
        """One message over a link that is good, not perfect."""
        return Teleportation(message="+", link=example_link())

    @classmethod
    def default_presets(cls) -> dict[str, Link]:
        """Published links."""
        return published_links()

    def read(self, protocol: Any) -> State:
        """A message is one thing in the protocol and three on the panel: a name and two angles."""
        message = protocol.message
        if isinstance(message, tuple):
            named, (theta_rad, phi_rad) = _OWN, message
        else:
            named = message
            # The average has no angles of its own: the sliders rest where they are.
            rest = self.state.get("theta_rad", math.pi / 2), self.state.get("phi_rad", 0.0)
            theta_rad, phi_rad = ANGLES.get(message, rest)
        return {**super().read(protocol), "message": named, "theta_rad": theta_rad, "phi_rad": phi_rad}

    def build(self, base: Any, state: State) -> Any:
        """As the panel says, and the message."""
        named = state["message"]
        message = (state["theta_rad"], state["phi_rad"]) if named == _OWN else named
        return dataclasses.replace(super().build(base, state), message=message)

    def completed(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """A message may be two angles, and a name brings its angles along."""
        given = dict(settings)
        message = given.get("message")
        if isinstance(message, (tuple, list)) and len(message) == 2:
            given.update(message=_OWN, theta_rad=message[0], phi_rad=message[1])
        elif isinstance(message, str) and message in ANGLES:
            given.update(theta_rad=ANGLES[message][0], phi_rad=ANGLES[message][1])
        elif message is None and {"theta_rad", "phi_rad"} & given.keys():
            given["message"] = _OWN
        elif message is not None and not (isinstance(message, str) and message in _MESSAGES):
            rebuilt(self.protocol, {"message": message})  # refuses it in the protocol's own words
        return super().completed(given)

    def extra_config(self, given: Any) -> dict[str, Any]:
        """Which angles have a name; and those that were given as angles keep having none."""
        own = given.message if isinstance(given.message, tuple) else None
        return {"angles": ANGLES, "snaps": {name: angles for name, angles in ANGLES.items() if angles != own}}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """This message, and all messages."""
        return {"this message": protocol, "mean of all messages": dataclasses.replace(protocol, message="average")}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        own, mean = (p.theory()["fidelity"] for p in self.compared(protocol).values())
        return (f"Teleporting over {protocol.link.fiber.length_km:g} km, Bob's qubit matches the message with "
                f"F = {own:.3f}; mean of all messages {mean:.3f}, classical limit {CLASSICAL_LIMIT:.3f}.")
