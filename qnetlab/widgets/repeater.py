"""The repeater explorer: when does a chain of memories beat a cable?"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, ClassVar

from ..devices.fiber import Fiber
from ..devices.source import PhotonPairSource
from ..network.chain_key import ChainKeyRate
from ._link import ERROR_STOPS
from ._panel import Chart, Group, Panel, choices, decades, slider, stops
from .explorer import Explorer

#: As far as the second chart goes.
MOST_STATIONS = 24

_PANEL = Panel(
    places={
        **{name: f"fiber.{name}" for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db",
                                              "group_index")},
        **{name: name for name in ("stations", "efficiency", "t2_s", "decay", "preparation_time_s", "deadline_s",
                                   "error_correction", "direct_rate_hz")},
        "pair_fidelity": "source.fidelity", "noise": "source.noise",
        "one_qubit_error": "gates.one_qubit", "two_qubit_error": "gates.two_qubit",
        "error_0": "station_readout.error_0", "error_1": "station_readout.error_1",
    },
    groups=(
        Group(title="The line", controls=(
            slider("length_km", "Length", stops(10, 1000, 10), unit="km", hint="From Alice to Bob"),
            slider("stations", "Stations", tuple(range(MOST_STATIONS + 1)),
                   hint="At equal distances in between; each holds two memories"),
            slider("attenuation_db_per_km", "Loss per km", stops(0.14, 0.4, 0.01), unit="dB",
                   hint="0.2 is good standard fiber"),
        )),
        Group(title="Memories", controls=(
            slider("t2_s", "Memory T2", decades(-4, 2), unit="s", show="si",
                   hint="How long a stored half keeps its phase"),
            slider("deadline_s", "Give up after", decades(-3, 1), unit="s", show="si",
                   hint="If the chain is not complete by then, everything starts again"),
            choices("decay", "Waiting", {"dephasing": "blurs the sign", "depolarizing": "brings noise"}),
        )),
        Group(title="Pairs", controls=(
            slider("pair_fidelity", "Fresh pair, F", stops(0.8, 1, 0.005), show="fixed:3",
                   hint="Fidelity of the pair of one link, before it waits"),
            slider("efficiency", "Efficiency", stops(0.05, 1, 0.05), show="fixed:2",
                   hint="Share of the photons that come from the memory to the click, the fiber apart"),
        )),
        Group(title="Stations' errors", folded=True, controls=(
            slider("two_qubit_error", "CNOT error", ERROR_STOPS, show="fixed:3",
                   hint="Average infidelity of each station's two-qubit gate"),
            slider("station_error", "Readout error", ERROR_STOPS, writes=("error_0", "error_1"), show="fixed:3",
                   hint="How often a station reads a qubit wrongly"),
        )),
    ),
)


class RepeaterExplorer(Explorer[ChainKeyRate]):
    """Build a chain of memories and see rate, fidelity and secret key against distance, beside a cable.

    Parameters
    ----------
    protocol : ChainKeyRate or None
        Where to start; None for 300 km with three stations.
    presets
        Not used here: there is nothing to choose from.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 200, 1)}``.
    **settings
        Any control: length_km, stations, attenuation_db_per_km, t2_s, deadline_s, decay ("dephasing" or
        "depolarizing"), pair_fidelity, efficiency, two_qubit_error, station_error.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the chain refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.network.chain_key.ChainKeyRate` that the controls stand for. Drawn
    over the distance: its key and its pairs per second, its key without a deadline, no station at all, and what no
    cable can pass at the given pulse rate; its fidelity; and key and pairs against the number of stations, here.

    >>> explorer = RepeaterExplorer(length_km=300, stations=3, t2_s=1.0)
    >>> explorer.protocol.stations, round(explorer.protocol.fidelity, 3)
    (3, 0.921)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = ChainKeyRate
    entry: ClassVar[str] = "repeater.js"
    title: ClassVar[str] = "Repeaters: when does a chain beat a cable?"
    chart: ClassVar[Chart] = Chart(
        quantity="bits_per_s", along="length_km", x_label="from Alice to Bob in km", y_label="per second",
        y_range=(1e-3, 1e5), y_log=True)
    shoots: ClassVar[str | None] = None  # no circuit

    @classmethod
    def example(cls) -> ChainKeyRate:
        """300 km with three stations, good memories."""
        return ChainKeyRate(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), stations=3, efficiency=0.9,
                            source=PhotonPairSource(fidelity=0.99), t2_s=1.0)

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The other two charts."""
        return {
            "fidelity_chart": {"x_label": "km", "y_label": "fidelity", "y_range": (0.0, 1.0),
                               "limits": {"entangled above": 0.5}},
            "stations_chart": {"x_label": "stations on this line", "y_label": "per second", "y_log": True,
                               "y_range": self.chart.y_range, "x_range": (0, MOST_STATIONS),
                               "x_ticks": (0, 4, 8, 12, 16, 20, 24)},
        }

    def compared(self, protocol: Any) -> dict[str, Any]:
        """The chain, without deadline, and without stations."""
        return {"this chain": protocol, "nothing given up": dataclasses.replace(protocol, deadline_s=math.inf),
                "no station": dataclasses.replace(protocol, stations=0)}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        told = protocol.theory()
        key = f"{told['bits_per_s']:.3g} secret bits per second" if told["bits_per_s"] > 0 else "no key"
        stations = f"{protocol.stations} station{'s' * (protocol.stations != 1)}"
        return (f"{protocol.fiber.length_km:g} km with {stations}: {told['pairs_per_s']:.3g} pairs "
                f"per second of fidelity {told['fidelity']:.3f}, {key}.")
