"""The CHSH explorer: could they have agreed beforehand?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..protocols.chsh import CHSH
from ..theory.chsh import LOCAL_LIMIT, QUANTUM_LIMIT, STANDARD_ALICE_DEG, STANDARD_BOB_DEG
from ._link import ERROR_STOPS, LINK_PLACES
from ._panel import Chart, Group, Panel, State, choices, slider, stops
from .explorer import Explorer

_ANGLES = ("alice_1_deg", "alice_2_deg", "bob_1_deg", "bob_2_deg")
_OWN = "own"  # angles without a name
_LABELS = {"standard": "best for a Bell pair", "identical": "all four alike", "same": "bob asks what alice asks",
           "half": "half the best angles", "exchanged": "bob's two exchanged", _OWN: "your own"}

#: The angles of each named choice of settings: alice's two, bob's two, in degrees.
SETTINGS: dict[str, tuple[float, float, float, float]] = {
    "standard": (*STANDARD_ALICE_DEG, *STANDARD_BOB_DEG),
    "identical": (0.0, 0.0, 0.0, 0.0),
    "same": (0.0, 90.0, 0.0, 90.0),
    "half": (0.0, 45.0, 22.5, -22.5),
    "exchanged": (0.0, 90.0, -45.0, 45.0),
}


def _name_of(angles: tuple[float, ...]) -> str:
    return next((name for name, own in SETTINGS.items() if own == angles), _OWN)


def _angle(name: str, label: str) -> Any:
    return slider(name, label, stops(-180, 180, 2.5), unit="°",
                  hint="On the Bloch sphere; a filter for polarization stands at half of it")


_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **LINK_PLACES,
        **{name: name for name in (*_ANGLES, "plane")},
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title="Settings", controls=(
            choices("settings", "Choose", _LABELS, writes=(), hint="Four angles to start from"),
            _angle("alice_1_deg", "Alice, a₁"), _angle("alice_2_deg", "Alice, a₂"),
            _angle("bob_1_deg", "Bob, b₁"), _angle("bob_2_deg", "Bob, b₂"),
        )),
        Group(title="Noise", controls=(
            slider("pair_fidelity", "Pair fidelity", stops(0.25, 1, 0.01), show="fixed:2",
                   hint="Fidelity of the pair; below 1/2 only with white noise"),
            choices("noise", "Pair noise", {"white": "white", "dephasing": "dephasing"},
                    hint="White: all three wrong Bell states alike. Dephasing: only the sign is lost"),
            slider("readout_error", "Readout error", ERROR_STOPS,
                   writes=("alice_error_0", "alice_error_1", "bob_error_0", "bob_error_1"), show="fixed:3",
                   hint="How often each of the two bits is read wrongly, 0 for 1 and 1 for 0 alike"),
        )),
    ),
)


class ChshExplorer(Explorer[CHSH]):
    """Turn four angles and add noise: S beside the sixteen ways in which the two could have agreed beforehand.

    Parameters
    ----------
    protocol : CHSH or None
        Where to start; None for a perfect pair at its best settings.
    ranges : mapping or None
        Other ends for a slider, such as ``{"pair_fidelity": (0.7, 0.9, 0.001)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: settings ("standard", "identical", "same", "half", "exchanged"), alice_1_deg, alice_2_deg,
        bob_1_deg, bob_2_deg, pair_fidelity, noise, readout_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`CHSH` that the controls stand for; setting it moves them. ``readout_error``
    writes all four errors of both readouts; where they differ it says "as given" and leaves them alone.

    >>> explorer = ChshExplorer(pair_fidelity=0.75)
    >>> round(explorer.protocol.theory()["s"], 3)
    1.886
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = CHSH
    entry: ClassVar[str] = "chsh.js"
    title: ClassVar[str] = "CHSH: could they have agreed beforehand?"
    chart: ClassVar[Chart] = Chart(quantity="s", along="pair_fidelity", x_label="fidelity of the pair", y_label="S",
                                   y_range=(0.0, 3.0),
                                   limits={"agreed": LOCAL_LIMIT, "any pair": QUANTUM_LIMIT})
    shoots: ClassVar[str] = "exact"
    still: ClassVar[tuple[str, ...]] = ("settings",)

    def read(self, protocol: Any) -> State:
        """Four angles, and their name if they have one."""
        return {**super().read(protocol), "settings": _name_of(tuple(getattr(protocol, name) for name in _ANGLES))}

    def completed(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """A name brings its angles along; angles bring their name."""
        given = super().completed(settings)
        named = given.get("settings")
        if named in SETTINGS:
            return {**dict(zip(_ANGLES, SETTINGS[named], strict=True)), **given}
        if given.keys() & set(_ANGLES):
            given["settings"] = _name_of(tuple(float(given.get(name, self.state[name])) for name in _ANGLES))
        return given

    def extra_config(self, given: Any) -> dict[str, Any]:
        """Which angles have a name."""
        return {"named_settings": SETTINGS}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """These settings, and the best ones."""
        return {"these settings": protocol, "best settings": protocol.at_best_settings()}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        return (f"With a pair of fidelity {protocol.link.source.fidelity:g} and angles {protocol.alice_1_deg:g}°, "
                f"{protocol.alice_2_deg:g}° | {protocol.bob_1_deg:g}°, {protocol.bob_2_deg:g}°: S = "
                f"{protocol.theory()['s']:.3f}; agreements reach 2, this pair's best settings {protocol.s_max:.3f}.")
