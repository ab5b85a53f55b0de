"""The Bell explorer: what changes at bob's when alice turns her angle?"""

from __future__ import annotations

from typing import Any, ClassVar

from ..protocols.pair_at_angles import PairAtAngles
from ._link import LINK_PLACES
from ._panel import Chart, Group, Panel, choices, slider, stops
from .explorer import Explorer

_SOURCES = {"bell_pair": "Bell pair", "matched_coins": "matched coins", "partly_entangled": "partly entangled"}

_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **LINK_PLACES,
        **{name: name for name in ("source", "tilt_deg", "alice_deg", "bob_deg")},
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title="Angles, from Z toward X", controls=(
            slider("alice_deg", "Alice's angle", stops(-180, 180, 5), unit="°",
                   hint="On the Bloch sphere: 0 is Z, 90 is X. A filter for polarization stands at half of it"),
            slider("bob_deg", "Bob's angle", stops(-180, 180, 5), unit="°", hint="0 is Z, 90 is X"),
        )),
        Group(title="Source", controls=(
            choices("source", "Source", _SOURCES, kind="radio",
                    hint="Matched coins: half |00⟩, half |11⟩. Partly entangled: cos(tilt)|00⟩ + sin(tilt)|11⟩"),
            slider("tilt_deg", "Tilt", stops(0, 45, 2.5), unit="°",
                   hint="Of the partly entangled pair: 0 is two zeros, 45 is a Bell pair"),
            slider("pair_fidelity", "Fidelity kept", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="What noise on the way leaves of a perfect Bell pair; 1 is no noise"),
        )),
    ),
)


class BellExplorer(Explorer[PairAtAngles]):
    """Turn alice's angle: bob's histogram does not move, only the table of both together does.

    Parameters
    ----------
    protocol : PairAtAngles or None
        Where to start; None for a Bell pair, both measured in Z.
    ranges : mapping or None
        Other ends for a slider, such as ``{"alice_deg": (0, 90, 1)}``.
    shots : int
        Rounds that Aer draws for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: alice_deg, bob_deg, source ("bell_pair", "matched_coins" or "partly_entangled"), tilt_deg,
        pair_fidelity.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`PairAtAngles` that the controls stand for; setting it moves them.

    >>> explorer = BellExplorer(source="matched_coins", alice_deg=90)
    >>> explorer.protocol.source, explorer.protocol.theory()["bob_0"]
    ('matched_coins', 0.5)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = PairAtAngles
    entry: ClassVar[str] = "bell.js"
    title: ClassVar[str] = "Alice turns her angle: what changes for Bob?"
    chart: ClassVar[Chart] = Chart(quantity="equal", along="alice_deg", x_label="Alice's angle in degrees",
                                   y_label="share of rounds", y_range=(0.0, 1.0))
    shoots: ClassVar[str] = "exact"

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()
        return (f"Alice at {protocol.alice_deg:g}°, Bob at {protocol.bob_deg:g}°, {_SOURCES[protocol.source]}: Bob "
                f"reads 0 in {seen['bob_0']:.1%} of all rounds, whatever Alice does; together they are equal in "
                f"{seen['equal']:.1%}.")
