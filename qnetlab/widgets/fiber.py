"""The fiber explorer: when does the next photon come, and what is a click?"""

from __future__ import annotations

import math
from typing import Any, ClassVar

from ..checks import require
from ..devices.attacks import NoAttack
from ..devices.detector import Detector
from ..devices.fiber import Fiber
from ..devices.photon_source import WeakCoherentSource
from ..protocols.bb84 import BB84
from ..theory.photons import mean_wait_s
from ._panel import Chart, Group, Panel, State, decades, slider, stops
from .explorer import Explorer

#: One-way error correction ends here: above it no key comes out of BB84.
NO_KEY = 0.110028

_LENGTHS = (*stops(1, 9, 1), *stops(10, 98, 2), *stops(100, 1000, 10))

_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **{name: f"fiber.{name}" for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db")},
        "mu": "source.intensities",
        "repetition_rate_hz": "source.repetition_rate_hz",
        **{name: f"detector.{name}" for name in ("efficiency", "dark_count_rate_hz", "gate_s")},
        "misalignment_rad": "misalignment_rad",
    },
    groups=(
        Group(title="Fiber", controls=(
            slider("length_km", "Length", _LENGTHS, unit="km"),
            slider("attenuation_db_per_km", "Loss per km", stops(0.14, 0.4, 0.01), unit="dB",
                   hint="0.2 is good standard fiber, 0.16 the best that is sold"),
        )),
        Group(title="Source", controls=(
            slider("mu", "Photons, mean", (*stops(0.01, 0.09, 0.01), *stops(0.1, 1, 0.02)),
                   hint="Mean photon number of a pulse at the start of the fiber"),
            slider("repetition_rate_hz", "Pulses per s", tuple(f for f in decades(6, 9)[:-1] if f <= 1e9), show="si",
                   unit="Hz"),
        )),
        Group(title="Two detectors", controls=(
            slider("efficiency", "Efficiency", stops(0.01, 1, 0.01),
                   hint="Share of the photons that make a click"),
            slider("dark_count_rate_hz", "Dark counts", (0.0, *decades(-1, 5)[:-1]), unit="/s", show="plain",
                   hint="Clicks per second of each detector with no light at all"),
            slider("misalignment_rad", "Misalignment", tuple(map(math.radians, stops(0, 20, 0.5))), show="degrees",
                   hint="Angle between the sender's polarization and the receiver's"),
        )),
    ),
)


class FiberExplorer(Explorer[BB84]):
    """Drag a fiber, a source and two detectors: when does the next photon come, and what is a click?

    Parameters
    ----------
    protocol : BB84 or None
        Where to start, with one intensity and nobody listening; None for a 50 km example.
    presets : None
        This explorer has no list of presets.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (1, 100, 1)}``.
    shots : int
        Pulses drawn for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes the points repeatable.
    **settings
        Any control: length_km, attenuation_db_per_km, mu, repetition_rate_hz, efficiency, dark_count_rate_hz,
        misalignment_rad.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`BB84` that the controls stand for. The points are drawn from the exact answer
    of its circuits: 10^10 pulses, ten seconds at 1 GHz.

    >>> explorer = FiberExplorer(length_km=500, mu=1)
    >>> explorer.protocol.fiber.length_km, explorer.protocol.source.intensities
    (500.0, (1.0,))
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = BB84
    entry: ClassVar[str] = "fiber.js"
    title: ClassVar[str] = "Photons in fiber: lost, dark, wrong"
    chart: ClassVar[Chart] = Chart(
        quantity="qber", along="length_km", x_label="fiber length in km", y_label="share of wrong bits",
        y_range=(0.0, 0.5), limits={"no key": NO_KEY}, x_log=True)
    shoots: ClassVar[str | None] = "exact"

    def __init__(self, *, shots: int = 10**10, **more: Any) -> None:
        super().__init__(shots=shots, **more)

    @classmethod
    def example(cls) -> BB84:
        """Weak pulses at 1 GHz, 50 km, and two detectors: an illustration, nobody's experiment."""
        return BB84(source=WeakCoherentSource(intensities=(0.5,)), misalignment_rad=math.radians(10),
                    fiber=Fiber(length_km=50, attenuation_db_per_km=0.2),
                    detector=Detector(efficiency=0.2, dark_count_rate_hz=1000))

    def read(self, protocol: Any) -> State:
        """The controls for a protocol with one intensity; anything that the controls cannot say is refused."""
        plain = (isinstance(protocol.source, WeakCoherentSource) and len(protocol.source.intensities) == 1
                 and protocol.attack == NoAttack() and protocol.bases == "ZX" and not protocol.detector.remembers)
        require(plain, "protocol must have one intensity of weak pulses, two bases, and nobody who listens",
                got={"protocol": (protocol, "")}, why="This explorer is about the line itself",
                fix="BB84(source=WeakCoherentSource(intensities=(0.5,)))")
        return {**super().read(protocol), "mu": protocol.source.intensities[0]}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        wait = mean_wait_s(protocol.source.repetition_rate_hz * protocol.source.intensities[0],
                           protocol.fiber.transmittance)
        return (f"Over {protocol.fiber.length_km:g} km a photon arrives every {wait:.3g} s; "
                f"{100 * protocol.theory().get('qber', float('nan')):.3g} % of the bits are wrong.")
