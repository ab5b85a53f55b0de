"""The herald explorer: one click or two?"""

from __future__ import annotations

import math
from typing import Any, ClassVar

from ..checks import require
from ..devices.detector import Detector
from ..devices.fiber import Fiber
from ..devices.heralded_link import HeraldedLink
from ..devices.memory import Memory
from ..protocols.bell_pair import BellPair
from ._panel import Chart, Group, Panel, choices, decades, slider, stops
from .explorer import Explorer

_SCHEMES = {"single_click": "one click", "two_click": "two clicks", "midpoint_source": "source between",
            "sender_receiver": "node to node"}
#: None at all, and then ten to a million per second.
_DARK_STOPS = (0.0, *(stop for stop in decades(1, 6)[:-1]))

_PANEL = Panel(
    places={
        "state": "state",
        **{f"{side}_{name}": f"{side}_readout.{name}" for side in ("alice", "bob") for name in ("error_0", "error_1")},
        **{name: f"link.fiber.{name}"
           for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db", "group_index")},
        **{name: f"link.{name}" for name in ("scheme", "bell_measurement", "detection", "emitter_fidelity", "overlap",
                                             "phase_noise_rad", "preparation_time_s")},
        "emission": "link.emission_efficiency",
        "bright": "link.bright_population",
        "detector_efficiency": "link.detector.efficiency",
        "dark_count_rate_hz": "link.detector.dark_count_rate_hz",
        "gate_s": "link.detector.gate_s",
        **{f"{who}_{what}": f"link.{who}_memory.{what}"
           for who in ("alice", "bob") for what in ("t1_s", "t2_s", "dephasing", "write_efficiency", "modes")},
    },
    groups=(
        Group(title="Herald", controls=(
            choices("scheme", "What heralds", _SCHEMES,
                    hint="One click at a station between them, or two; a source between them, or from node to node"),
            slider("bright", "Bright", stops(0.01, 0.5, 0.01), show="fixed:2",
                   hint="Probability that a memory emits at all; for one click only"),
        )),
        Group(title="Way", controls=(
            slider("length_km", "Fiber length", stops(0, 200, 5), unit="km"),
            slider("emission", "Photons caught", stops(0.02, 1, 0.02), show="fixed:2",
                   hint="Share of the emitted photons that gets into the fiber"),
        )),
        Group(title="What spoils it", controls=(
            slider("overlap", "Overlap", stops(0.5, 1, 0.01), show="fixed:2",
                   hint="How alike the photons are that meet; unlike ones tell where they came from"),
            slider("phase_noise_rad", "Phase noise", stops(0, 1, 0.05), unit="rad", show="fixed:2",
                   hint="Standard deviation of the phase between the two arms; two clicks do not mind"),
            slider("dark_count_rate_hz", "Dark counts", _DARK_STOPS, unit="Hz", show="si",
                   hint="Per detector; each listens for 100 ns per photon"),
            slider("t2_s", "Memory T2", decades(-4, 2), writes=("alice_t2_s", "bob_t2_s"), unit="s", show="si",
                   hint="How long both memories keep a phase"),
        )),
    ),
)


class HeraldExplorer(Explorer[BellPair]):
    """Let a click say that two memories are entangled: how often, how well, and what the other way would give.

    Parameters
    ----------
    protocol : BellPair or None
        Where to start, over a :class:`HeraldedLink`; None for one click over 50 km, one photon in ten caught.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 20, 1)}``.
    shots : int
        Heralded pairs that Aer shoots for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: scheme, bright, length_km, emission, overlap, phase_noise_rad, dark_count_rate_hz, t2_s.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    >>> explorer = HeraldExplorer(bright=0.1, length_km=100)
    >>> explorer.protocol.link.scheme, round(explorer.protocol.link.pair_rate_hz, 2)
    ('single_click', 4.08)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = BellPair
    entry: ClassVar[str] = "herald.js"
    title: ClassVar[str] = "Heralded links: one click or two?"
    chart: ClassVar[Chart] = Chart(quantity="fidelity", along="length_km", x_label="km of fiber", y_label="fidelity",
                                   y_range=(0.4, 1.0), limits={"a coin": 0.5})

    @classmethod
    def example(cls) -> BellPair:
        """50 km of ordinary fiber, one photon in ten caught, memories that forget nothing: nobody's experiment."""
        return BellPair(link=HeraldedLink(
            scheme="single_click", fiber=Fiber(length_km=50, attenuation_db_per_km=0.2), emission_efficiency=0.1,
            detector=Detector(gate_s=1e-7), alice_memory=Memory(), bob_memory=Memory()))

    def _checked_protocol(self, got: Any) -> Any:
        kept = super()._checked_protocol(got)
        require(isinstance(kept.link, HeraldedLink), "protocol must run over a HeraldedLink",
                got={"link": (kept.link, "")}, error=TypeError, why="A click is what this explorer is about",
                fix="protocol=BellPair(link=HeraldedLink())")
        return kept

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        link = protocol.link
        often = f"{link.pair_rate_hz:.3g} pairs per second" if link.pair_rate_hz > 0 else "no pair ever"
        return (f"{_SCHEMES[link.scheme].capitalize()} over {link.fiber.length_km:g} km: {often}, F = "
                f"{protocol.theory()['fidelity']:.3f}; eta = {link.click_probability:.2g}, and the answer takes "
                f"{1e3 * link.attempt_time_s if math.isfinite(link.attempt_time_s) else 0:.3g} ms.")
