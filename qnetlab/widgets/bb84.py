"""The BB84 explorer: how does listening show?"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, ClassVar

from ..checks import require
from ..devices.attacks import InterceptResend, NoAttack
from ..devices.detector import Detector
from ..devices.fiber import Fiber
from ..devices.photon_source import SinglePhotonSource
from ..protocols.bb84 import BB84
from ..theory.revealing import missed_probability
from ._panel import Chart, Group, Panel, choices, slider, stops
from .explorer import Explorer

_PHASES = {1: "photons fly", 2: "the bases are public", 3: "a sample is compared"}
_EVE_BASES = {"random": "Z or X, by a coin", "breidbart": "halfway (Breidbart)", "Z": "always Z", "X": "always X"}
_PULSES = (400, 1000, 2000, 5000, 10000, 20000)
_REVEALED = (1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000)
_DARK = (0.0, *(float(f"{m}e{k}") for k in range(1, 5) for m in (1, 2, 5)), 1e5)
_LAST_PHOTON = 400
_DEGREE = math.pi / 180

_PANEL = Panel(
    places={
        **{name: f"fiber.{name}" for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db")},
        **{name: f"detector.{name}" for name in ("efficiency", "dark_count_rate_hz", "gate_s")},
        "misalignment_rad": "misalignment_rad",
        "basis_probability": "basis_probability",
        "brightness": "source.brightness",
        "fraction": "attack.fraction",
        "eve_basis": "attack.basis",
    },
    groups=(
        Group(title=None, controls=(choices("phase", "What is public", _PHASES, kind="steps", writes=()),)),
        Group(title="Eve", controls=(
            slider("fraction", "Intercepts", stops(0, 1, 0.01), show="fixed:2",
                   hint="Share of the photons that Eve measures and sends on anew"),
            choices("eve_basis", "Her basis", _EVE_BASES,
                    hint="Z or X by a coin, always the same, or the one halfway between them"),
        )),
        Group(title="Line and detectors", controls=(
            slider("length_km", "Fiber length", stops(0, 200, 1), unit="km"),
            slider("misalignment_rad", "Misalignment", tuple(k * _DEGREE / 2 for k in range(31)), show="degrees",
                   hint="Angle between Alice's and Bob's polarization: errors of the line itself"),
            slider("dark_count_rate_hz", "Dark counts", _DARK, unit="/s", hint="Of each of Bob's two detectors"),
        )),
        Group(title="Session", controls=(
            slider("photon", "Photon no.", tuple(range(1, _LAST_PHOTON + 1)), writes=(),
                   hint="Which photon the picture shows; the books show the clicks before it"),
            slider("revealed", "Bits revealed", _REVEALED, writes=(),
                   hint="How many sifted bits are compared in public, and thrown away; at most all of them"),
            slider("pulses", "Pulses sent", _PULSES, writes=()),
            slider("basis_probability", "Z is chosen", stops(0.05, 0.95, 0.05), show="fixed:2",
                   hint="By Alice and by Bob, each by their own coin"),
            slider("seed", "Random no.", tuple(range(1, 101)), writes=(),
                   hint="Another number is another session; the same number is the same session again"),
        )),
    ),
)


class BB84Explorer(Explorer[BB84]):
    """Follow BB84 photon by photon, let Eve intercept, and compare a sample: does she show?

    Parameters
    ----------
    protocol : BB84 or None
        Where to start, with single photons; None for a tenth intercepted over 10 km.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 50, 0.5)}``.
    shots : int
        Pulses behind one of Aer's points, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: phase (1 to 3), fraction, eve_basis ("random", "breidbart", "Z", "X"), length_km, misalignment_rad,
        dark_count_rate_hz, photon, revealed, pulses, basis_probability, seed.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol is none that can be followed photon by photon.

    Notes
    -----
    The session is drawn in the browser, from the probabilities of the closed form; ``seed`` repeats it. Each photon has
    random numbers of its own, so that moving one slider changes only what it has to change. The points are QBER against
    the share intercepted, drawn from Aer's exact answer.

    >>> explorer = BB84Explorer(fraction=0.4, length_km=0)
    >>> explorer.protocol.attack.fraction, explorer.protocol.fiber.length_km
    (0.4, 0.0)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = BB84
    entry: ClassVar[str] = "bb84.js"
    title: ClassVar[str] = "BB84: how does listening show?"
    chart: ClassVar[Chart] = Chart(
        quantity="qber", along="fraction", x_label="share that Eve intercepts", y_label="error rate",
        y_range=(0.0, 0.5))
    shoots: ClassVar[str] = "exact"
    still: ClassVar[tuple[str, ...]] = ("phase", "photon", "revealed", "pulses", "seed")

    def __init__(self, *, shots: int = 100_000, **given: Any) -> None:
        super().__init__(shots=shots, **given)

    @classmethod
    def example(cls) -> BB84:
        """Single photons over 10 km, about 1 % of errors from the line itself, a tenth intercepted."""
        return BB84(source=SinglePhotonSource(repetition_rate_hz=1e8),
                    fiber=Fiber(length_km=10, attenuation_db_per_km=0.2),
                    detector=Detector(efficiency=0.8, dark_count_rate_hz=100), misalignment_rad=12 * _DEGREE / 2,
                    attack=InterceptResend(fraction=0.1))

    def start(self, name: str) -> Any:
        """A session of 2000 pulses, of which 20 bits are compared; the first clicks are already in the books."""
        return {"photon": 12, "revealed": 20, "pulses": 2000}.get(name, super().start(name))

    def extra_config(self, given: Any) -> dict[str, Any]:
        """How far the photons can be followed."""
        return {"last_photon": _LAST_PHOTON}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        quiet = dataclasses.replace(protocol, attack=NoAttack()).theory()["qber"]
        here, revealed = protocol.theory()["qber"], self.state["revealed"]
        return (f"Eve intercepts {protocol.attack.fraction:.0%} of the photons: {here:.2%} of the sifted bits are "
                f"wrong, {quiet:.2%} without her. Comparing {revealed} bits misses her in "
                f"{missed_probability(quiet, here, revealed):.0%} of all sessions.")

    def _checked_protocol(self, got: Any) -> Any:
        protocol = super()._checked_protocol(got)
        source, attack, detector = protocol.source, protocol.attack, protocol.detector
        require(isinstance(source, SinglePhotonSource) and source.g2 == 0,
                "source must be a SinglePhotonSource with g2=0", got={"source": (source, "")},
                why="This explorer follows photons one by one",
                fix="source=SinglePhotonSource()")
        require(protocol.bases == "ZX", "bases must be 'ZX'", got={"bases": protocol.bases},
                why="This explorer's parties have two bases", fix="bases='ZX'")
        require(not detector.remembers, "dead_time_s, afterpulse_probability and jitter_s must be 0",
                got={"dead_time_s": (detector.dead_time_s, "s"),
                     "afterpulse_probability": detector.afterpulse_probability, "jitter_s": (detector.jitter_s, "s")},
                why="This explorer's photons do not know of each other", fix="Detector(efficiency=0.8)")
        require(detector.efficiency > 0 and source.brightness > 0, "efficiency and brightness must be above 0",
                got={"efficiency": detector.efficiency, "brightness": source.brightness},
                why="Without a click there is no error rate to show", fix="Detector(efficiency=0.8)")
        if isinstance(attack, NoAttack):  # the slider then stands at 0
            return dataclasses.replace(protocol, attack=InterceptResend(fraction=0.0))
        require(isinstance(attack, InterceptResend) and attack.basis in _EVE_BASES,
                f"attack must be NoAttack() or InterceptResend with a basis of {', '.join(_EVE_BASES)}",
                got={"attack": (attack, "")}, why="This explorer shows who listens and sends on",
                fix="attack=InterceptResend(fraction=0.1)")
        return protocol
