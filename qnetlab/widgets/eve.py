"""The explorer of Eve's toolbox: what she learns, what it disturbs, and what betrays her without an error."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, ClassVar

from ..checks import require
from ..devices import presets
from ..devices.attacks import Blinding, InterceptResend, NoAttack, OptimalIndividual, PhotonNumberSplitting
from ..devices.detector import Detector
from ..devices.fiber import Fiber
from ..devices.photon_source import WeakCoherentSource
from ..protocols.bb84 import BB84
from ..theory.attacks import intercept_resend, optimal_individual
from ..theory.photons import yield_of
from ..theory.splitting import split_clicks, splitting_known
from ._panel import Group, Panel, State, choices, slider, stops
from .explorer import Explorer

#: What the list offers, and how much of it the strength says.
ATTACKS = {
    "none": "nobody", "intercept": "intercept–resend", "breidbart": "halfway (Breidbart)",
    "cloner": "best cloner", "splitting": "number splitting", "blinding": "blinding", "impostor": "man in the middle",
}
DECOY, SHARES = 0.1, (0.7, 0.2, 0.1)

_PANEL = Panel(
    # Everything that the closed form needs and that is a plain number of the protocol.
    places={
        **{name: f"fiber.{name}" for name in ("length_km", "attenuation_db_per_km", "insertion_loss_db")},
        **{name: f"detector.{name}" for name in ("efficiency", "dark_count_rate_hz", "gate_s")},
        "misalignment_rad": "misalignment_rad",
    },
    groups=(
        Group(title="Eve", controls=(
            choices("attack", "Attack", ATTACKS, writes=(), hint="What she does between Alice and Bob"),
            slider("strength", "Strength", stops(0, 1, 0.02), writes=(), show="fixed:2",
                   hint="Share of the photons that she measures; or of the lone photons that she blocks; or how far "
                        "she turns her cloner, 1 being half of the bits wrong"),
        )),
        Group(title="Alice's laser", controls=(
            slider("mu", "Photons, mean", stops(0.12, 1, 0.02), writes=(), show="fixed:2",
                   hint="Mean photon number of a signal pulse"),
            choices("decoys", "Decoys", {"off": "off", "on": "on"}, kind="radio", writes=(),
                    hint=f"On: a fifth of the pulses holds {DECOY} photons on average, a tenth none"),
        )),
        Group(title="Line", controls=(
            slider("length_km", "Fiber length", stops(0, 150, 2), unit="km", hint="From Alice to Bob"),
        )),
    ),
)


def hidden_splitting(fiber: Fiber, detector: Detector, mu: float, strength: float) -> PhotonNumberSplitting:
    """Number splitting that blocks a share ``strength`` of the lone photons and keeps Bob's gain as it was, if it can.

    What she does not block she lets through the honest line's loss; of the split pulses she sends on, past the loss, as
    many as are missing.

    >>> hidden_splitting(Fiber(length_km=100, attenuation_db_per_km=0.2), Detector(), 0.5, 1.0).kept < 0.06
    True
    """
    eta, singles = fiber.transmittance * detector.efficiency, (1 - strength) * fiber.transmittance
    missing = -math.expm1(-eta * mu) - mu * math.exp(-mu) * singles * detector.efficiency
    split = float(split_clicks(mu, detector.efficiency))
    return PhotonNumberSplitting(singles=singles, kept=min(1.0, max(0.0, missing / split)) if split > 0 else 1.0)


def known_to_eve(protocol: BB84) -> float:
    """What Eve has of the sifted bits of the signal, in bits per bit; of a click of an empty pulse nothing.

    >>> known_to_eve(BB84(source=WeakCoherentSource(intensities=(0.5,)), attack=InterceptResend(fraction=0.4)))
    0.2
    """
    attack, mu = protocol.attack, protocol.source.intensities[0]
    dark = protocol.receiver.dark_count_probability
    lit = 1 - math.exp(-mu) * float(yield_of(0, 0.0, dark)) / protocol.theory()["gain_0"]
    if isinstance(attack, InterceptResend):
        return lit * float(intercept_resend(attack.fraction, attack.basis).information)
    if isinstance(attack, OptimalIndividual):
        return lit * float(optimal_individual(attack.disturbance).information)
    if isinstance(attack, PhotonNumberSplitting):
        seen = protocol.detector.efficiency
        return float(splitting_known(mu, single_transmittance=attack.singles * seen, rest_transmittance=seen,
                                     kept=attack.kept, background=float(yield_of(0, 0.0, dark))))
    return 1.0 if isinstance(attack, Blinding) else 0.0


class EveExplorer(Explorer[BB84]):
    """Pick an attack on BB84 with weak pulses, and see it on the plane of errors and knowledge; then switch decoys on.

    Parameters
    ----------
    protocol : BB84 or None
        Where to start, with weak pulses, two bases and one of the attacks of the list; None for 50 km of the
        hardware of Gobby, Yuan and Shields (2004), perfectly aligned: what errs is Eve's doing, or dark.
    ranges : mapping or None
        Other ends for a slider, such as ``{"length_km": (0, 300, 5)}``.
    **settings
        Any control: attack ("none", "intercept", "breidbart", "cloner", "splitting", "blinding", "impostor"), strength,
        mu, decoys ("on" or "off"), length_km.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the controls cannot say what the protocol is.

    Notes
    -----
    ``explorer.protocol`` is the :class:`BB84` that the controls stand for; run it to see the same on Aer. Number
    splitting is such that Bob's gain stays as it was if it can, :func:`hidden_splitting`; blinding, too. A man in the
    middle changes nothing in this protocol, which is the point: see :func:`.impersonate`. Known to Eve:
    :func:`known_to_eve`.

    >>> explorer = EveExplorer(attack="splitting", strength=1, length_km=100)
    >>> explorer.protocol.attack.singles, round(explorer.known, 2)
    (0.0, 0.99)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = BB84
    entry: ClassVar[str] = "eve.js"
    title: ClassVar[str] = "Eve's toolbox: knowledge against disturbance"
    shoots: ClassVar[str | None] = None

    @classmethod
    def example(cls) -> BB84:
        """Every photon measured and sent again, over 50 km of the line of the decoy literature, perfectly aligned."""
        return BB84(source=dataclasses.replace(presets.gys_laser(), intensities=(0.48,)),
                    fiber=presets.gys_fiber(length_km=50), detector=presets.gys_detector(),
                    attack=InterceptResend(fraction=1.0))

    def read(self, protocol: Any) -> State:
        """The controls for a protocol; what they cannot say is refused."""
        state = {**super().read(protocol), **self._eve(protocol)}
        intensities = getattr(protocol.source, "intensities", ())
        state |= {"mu": intensities[0] if intensities else 0.5, "decoys": "on" if len(intensities) > 1 else "off"}
        require(self.build(protocol, state) == protocol, "protocol must be one that the controls can stand for",
                got={"protocol": (protocol, "")}, fix="EveExplorer(attack='cloner').protocol",
                why=f"They know weak pulses, with decoys of {DECOY:g} and 0 or without, and the attacks of the list")
        return state

    def _eve(self, protocol: BB84) -> State:
        attack = protocol.attack
        if isinstance(attack, InterceptResend):
            return {"attack": "breidbart" if attack.basis == "breidbart" else "intercept", "strength": attack.fraction}
        if isinstance(attack, OptimalIndividual):
            return {"attack": "cloner", "strength": 2 * attack.disturbance}
        if isinstance(attack, PhotonNumberSplitting):
            blocked = 1 - attack.singles / protocol.fiber.transmittance
            return {"attack": "splitting", "strength": float(f"{blocked:.12g}")}
        name = "blinding" if isinstance(attack, Blinding) else "none"
        return {"attack": name, "strength": self.state.get("strength", 1.0)}

    def build(self, base: Any, state: State) -> Any:
        """The protocol for a state."""
        made = super().build(base, state)
        mu, strength = float(state["mu"]), float(state["strength"])
        decoys = state["decoys"] == "on"
        rate = getattr(base.source, "repetition_rate_hz", 1e9)
        source = WeakCoherentSource(
            repetition_rate_hz=rate, intensities=(mu, DECOY, 0.0) if decoys else (mu,),
            probabilities=SHARES if decoys else (1.0,))
        eta = made.fiber.transmittance * made.detector.efficiency
        attack = {
            "intercept": InterceptResend(fraction=strength),
            "breidbart": InterceptResend(fraction=strength, basis="breidbart"),
            "cloner": OptimalIndividual(disturbance=strength / 2),
            "splitting": hidden_splitting(made.fiber, made.detector, mu, strength),
            "blinding": Blinding(efficiency=min(1.0, 2 * eta)),
        }.get(str(state["attack"]), NoAttack())
        return dataclasses.replace(made, source=source, attack=attack)

    @property
    def known(self) -> float:
        """What Eve has of each sifted bit now, in bits."""
        return 1.0 if self.state["attack"] == "impostor" else known_to_eve(self.protocol)

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen, name = protocol.theory(), ATTACKS[str(self.state["attack"])].capitalize()
        errors = 100 * seen.get("qber_0", seen["qber"])
        return (f"{name} over {protocol.fiber.length_km:g} km: {errors:.2f} % errors, {self.known:.3f} bits of each "
                "bit known to Eve.")
