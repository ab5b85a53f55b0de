"""The key-rate explorer: how much key, how far, and what stands in the way?"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, ClassVar

from ..checks import require
from ..devices import presets
from ..devices.detector import Detector
from ..devices.photon_source import WeakCoherentSource
from ..network.key_rate import SecretKeyRate
from ..network.systems import snspd_system
from ._panel import Chart, Group, Panel, State, choices, decades, slider, stops
from .explorer import Explorer

_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **{name: f"fiber.{name}" for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db")},
        **{name: f"source.{name}" for name in ("repetition_rate_hz", "intensities", "probabilities")},
        **{name: f"detector.{name}" for name in ("efficiency", "dark_count_rate_hz", "gate_s", "dead_time_s",
                                                 "afterpulse_probability")},
        **{name: name for name in ("misalignment_error", "basis_probability", "block_bits", "eps_sec", "eps_cor",
                                   "error_correction")},
    },
    preset_place="detector",
    groups=(
        Group(title="Fiber", controls=(
            slider("length_km", "Length", stops(0, 500, 5), unit="km"),
            slider("attenuation_db_per_km", "Loss per km", stops(0.14, 0.4, 0.01), unit="dB",
                   hint="0.2 is good standard fiber, 0.16 the best that is sold"),
        )),
        Group(title="Two detectors", controls=(
            choices("detector", "Detector", {}, writes=(), hint="Real ones, each with its source in presets.sources()"),
            slider("efficiency", "Efficiency", stops(0.01, 1, 0.01), show="fixed:3",
                   hint="Share of the photons that make a click"),
            slider("dark_count_rate_hz", "Dark counts", (0.0, *decades(-2, 5)[:-1]), unit="/s",
                   hint="Clicks per second of each detector with no light at all"),
            slider("misalignment_error", "Misalignment", stops(0, 0.12, 0.005), show="fixed:3",
                   hint="Share of the photons that reach the wrong detector"),
        )),
        Group(title="Protocol", controls=(
            slider("mu", "Signal, photons", stops(0.02, 1, 0.02), show="fixed:2", writes=(),
                   hint="Mean photon number of a signal pulse; the decoy keeps its share of it"),
            slider("error_correction", "Correction, f", stops(1, 1.4, 0.02), show="fixed:2",
                   hint="Bits disclosed by error correction, over the least possible"),
            slider("block_bits", "Block", decades(4, 12), show="si", unit="bit",
                   hint="Sifted bits from which one key is made"),
        )),
    ),
)


class KeyRateExplorer(Explorer[SecretKeyRate]):
    """Drag a link: how much key, how far, and what stands in the way?

    Parameters
    ----------
    protocol : SecretKeyRate or None
        Where to start, with a laser and one decoy; None for a link with superconducting detectors.
    presets : mapping or None
        Name -> Detector, for the list of detectors; None for the cited ones.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 100, 1)}``.
    **settings
        Any control: length_km, attenuation_db_per_km, detector, efficiency, dark_count_rate_hz, misalignment_error, mu,
        error_correction, block_bits.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the link refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.network.key_rate.SecretKeyRate` that the controls stand for. Beside it
    are drawn, over the same line: infinite decoys, vacuum and weak decoy, and no decoys at the best intensity, all
    without end and as if every pulse were a signal; what no repeaterless link can pass; and twin fields without dark
    counts.

    >>> explorer = KeyRateExplorer(length_km=100, block_bits=1e7)
    >>> explorer.protocol.fiber.length_km, explorer.protocol.block_bits
    (100.0, 10000000.0)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = SecretKeyRate
    preset_type: ClassVar[type | None] = Detector
    entry: ClassVar[str] = "key_rate.js"
    title: ClassVar[str] = "Secret key: how much, how far?"
    chart: ClassVar[Chart] = Chart(
        quantity="bits_per_pulse", along="length_km", x_label="fiber length in km", y_label="secret bits per pulse",
        y_range=(1e-10, 1.0), y_log=True)
    shoots: ClassVar[str | None] = None  # there is no circuit: expected counts only

    @classmethod
    def example(cls) -> SecretKeyRate:
        """Superconducting detectors, 100 km, keys from ten million bits."""
        return snspd_system(length_km=100, block_bits=1e7)

    @classmethod
    def default_presets(cls) -> Mapping[str, Any]:
        """The cited detectors."""
        return {
            "SNSPD": dataclasses.replace(presets.snspd(), gate_s=2e-10),
            "InGaAs": dataclasses.replace(presets.ingaas(), gate_s=5e-10),
            "GYS 2004": presets.gys_detector(),
        }

    def read(self, protocol: Any) -> State:
        """The controls for a link with one decoy; anything that they cannot say is refused."""
        plain = (isinstance(protocol.source, WeakCoherentSource) and len(protocol.source.intensities) == 2
                 and protocol.decoys == "sent")
        require(plain, "protocol must have a laser with one decoy, decoys as sent", got={"protocol": (protocol, "")},
                why="This explorer is about that link; the others are drawn beside it",
                fix="source=WeakCoherentSource(intensities=(0.4, 0.15), probabilities=(0.7, 0.3))")
        return {**super().read(protocol), "mu": protocol.source.intensities[0]}

    def build(self, base: Any, state: State) -> Any:
        """The link for a state: the signal's intensity as set, the decoy's in the given proportion."""
        signal, weak = base.source.intensities
        if state["mu"] != signal:
            scaled = dataclasses.replace(base.source, intensities=(state["mu"], state["mu"] * weak / signal))
            base = dataclasses.replace(base, source=scaled)
        return super().build(base, state)

    def compared(self, protocol: Any) -> dict[str, Any]:
        """The link, and what infinite decoys without end would make of it."""
        return {"this link": protocol,
                "infinite decoys, no end": dataclasses.replace(protocol, decoys="infinite", block_bits=math.inf)}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        rate, reach = protocol.bits_per_s, protocol.reach_km
        key = f"{rate:.3g} secret bits per second" if rate > 0 else "no key"
        where = f"it ends at {reach:.1f} km" if reach > 0 else "there is none at any length"
        return f"Over {protocol.fiber.length_km:g} km {key}; {where}."
