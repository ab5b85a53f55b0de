"""The backbone explorer: who knows the key?"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from ..theory.trusted_relays import RelayPath
from ._panel import Chart, Group, Panel, choices, slider, stops
from .explorer import Explorer

_CHANCES = (*(float(f"{m}e{k}") for k in (-4, -3, -2) for m in (1, 2, 5)), 0.1)
_PATHS = {1: "one path", 2: "two, disjoint"}
#: More relays than fit between 2000 km at the closest spacing are not drawn.
_RELAYS = tuple(range(32))

_PANEL = Panel(
    places={name: name for name in ("length_km", "spacing_km", "long_hop_km", "paths", "corrupt_probability",
                                    "corrupt_first", "corrupt_second")},
    groups=(
        Group(title="The line", controls=(
            slider("length_km", "Alice to Bob", stops(50, 2000, 50), unit="km", hint="Fiber from end to end"),
            slider("spacing_km", "Node spacing", stops(62.5, 250, 12.5), unit="km",
                   hint="A trusted node stands every so many kilometers"),
            slider("long_hop_km", "One long hop", stops(0, 200, 12.5), unit="km",
                   hint="One hop that is longer than the others; shorter than the spacing: there is none"),
        )),
        Group(title="Paths", controls=(
            choices("paths", "Paths", _PATHS, kind="radio",
                    hint="A second path shares no relay with the first; the key is then the XOR of one key over each"),
        )),
        Group(title="Trust", controls=(
            slider("corrupt_first", "Corrupt relay", _RELAYS, hint="Which one tells Eve, counted from Alice; 0: none"),
            slider("corrupt_second", "On path two", _RELAYS, hint="Which one of the second path tells Eve; 0: none"),
            slider("corrupt_probability", "Chance, each", _CHANCES,
                   hint="How likely each relay is corrupt, if nobody knows which"),
        )),
    ),
)


class BackboneExplorer(Explorer[RelayPath]):
    """Set the spacing of a backbone, corrupt a relay, add a disjoint path: how much key, and who knows it?

    Parameters
    ----------
    protocol : RelayPath or None
        Where to start; None for 2000 km with a relay every 62.5 km.
    presets, shots, rng
        Not used here: there is nothing to choose from and nothing to shoot on Aer.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (50, 1000, 10)}``.
    **settings
        Any control: length_km, spacing_km, long_hop_km, paths, corrupt_probability, corrupt_first, corrupt_second.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range, or there is no such relay.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.theory.trusted_relays.RelayPath` that the controls stand for. A click
    on a relay corrupts it, another makes it honest; the slider does the same.

    >>> explorer = BackboneExplorer(spacing_km=100, corrupt_first=7)
    >>> explorer.protocol.relays, explorer.protocol.theory()["eve"]
    (19, 1.0)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = RelayPath
    entry: ClassVar[str] = "backbone.js"
    title: ClassVar[str] = "A backbone of trusted relays: who knows the key?"
    chart: ClassVar[Chart] = Chart(quantity="rate_bps", along="length_km", x_label="from Alice to Bob in km",
                                   y_label="secret bits per second", y_range=(1.0, 1e9), y_log=True)
    shoots: ClassVar[str | None] = None

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart: how likely Eve has the key, over the number of relays."""
        return {"leak_chart": {"x_label": "relays on each path", "y_label": "P(Eve has the key)",
                               "y_range": (1e-6, 1.0), "y_log": True}}

    def compared(self, protocol: Any) -> dict[str, Any]:
        """The line at every length; which of its relays is corrupt changes no rate."""
        return {"trusted relays": dataclasses.replace(protocol, corrupt_first=0, corrupt_second=0)}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        knows = (f"each of {told['knowing']:.0f} relays knows the key" if protocol.paths == 1
                 else "two relays on different paths know the key together, no single one does")
        return (f"{protocol.length_km:g} km with a relay every {protocol.spacing_km:g} km give {told['rate_bps']:.0f} "
                f"secret bits per second, and one fiber {told['direct_bps']:.0f}; {knows}. If each is corrupt with a "
                f"chance of {protocol.corrupt_probability:g}, Eve has it with {told['leak']:.4f}.")
