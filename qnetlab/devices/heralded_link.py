"""A link between two memories that a click heralds: which scheme, over which fiber, seen by which detectors."""

from __future__ import annotations

import math
from typing import Any

from ..checks import choice, number, part, require, value
from ..theory.herald_times import attempt_time_s, herald_waits_s
from ..theory.heralding import (
    BELL_MEASUREMENTS,
    SCHEMES,
    Herald,
    complete_measurement,
    midpoint_source,
    sender_receiver,
    single_click,
    two_click,
    with_fresh_pairs,
)
from ..theory.states import Pair
from .any_link import AnyLink
from .detector import Detector
from .fiber import Fiber
from .line import Line
from .memory import Memory

#: How many noisy pairs end up in one, by scheme: with linear optics, and with a complete Bell measurement.
_FRESH_PAIRS = {"single_click": (2, 2), "two_click": (2, 2), "midpoint_source": (3, 1), "sender_receiver": (2, 1)}


@value
class HeraldedLink(AnyLink):
    """A link whose memories emit photons, and whose pairs a click announces. The default is perfect linear optics.

    Parameters
    ----------
    scheme : "single_click", "two_click", "midpoint_source" or "sender_receiver"
        One click at a station in the middle: one memory has emitted, nobody knows which. Two clicks there: both have,
        nobody knows which early and which late. A source of photon pairs in the middle, and a Bell measurement in each
        node. Or alice's photon goes the whole way to bob's node.
    bell_measurement : "linear_optics" or "complete"
        Two photons meet on a beam splitter, which tells two of four Bell states; or a processor takes each photon in,
        knows that it came, and tells all four. A single click is linear optics.
    fiber : Fiber or another line
        The whole way from alice to bob; what stands in the middle has half of its loss in dB on either side.
    alice_memory, bob_memory : Memory
        Where the halves wait.
    detector : Detector
        Each of those that herald: efficiency, and dark counts in its gate.
    detection : "threshold" or "number_resolving"
        Whether two photons on one detector look like one.
    emission_efficiency : float
        Probability that a memory which should emit, or the source, puts its photon into the fiber, 0 to 1.
    emitter_fidelity : float
        Fidelity of each memory with its own photon, or of the source's pair, the rest being white noise; 1/4 to 1.
    bright_population : float
        Probability that a memory emits at all, 0 to 1; of single_click only, both others emit for certain.
    overlap : float
        M, how alike the two photons are that meet, 0 to 1; M^2 is the contrast with which they leave together.
    phase_noise_rad : float
        Standard deviation of the optical phase between the two arms, in rad, >= 0; of single_click only.
    preparation_time_s : float
        The shortest time between two attempts that the nodes themselves allow, in s, > 0.

    Raises
    ------
    TypeError, ValueError
        If a part is of the wrong class or out of its range; if a single click is to be a complete Bell measurement.

    Notes
    -----
    Success and state are those of :mod:`qnetlab.theory.heralding`, exactly; eta is emission, the photon's way and
    detector, and ``write_efficiency`` where a memory takes a photon in (the ends of a complete midpoint_source, and
    bob's of a complete sender_receiver; elsewhere the memory is what emits). 50 km at 0.2 dB/km and a tenth of the
    photons seen: two clicks herald 2.0 pairs per second, of F = 1, and one click with a = 0.1 herald 26, of F = 0.90:
    one photon has to come through, and not two. The next attempt starts when the answer to the last has come; memories
    of M modes share that wait among M attempts (:class:`~qnetlab.devices.link.Link`).
    Bob's levels are named so that the pair is meant to be phi_plus (a bright memory is alice's |1> and bob's |0>), and
    T1 of a memory is toward what is called |0>. The pair is used in the memories and never read out.
    Left out: a station that is not in the middle (:func:`qnetlab.theory.heralding.single_click` takes unlike arms), a
    memory that emits twice, and dead times.

    >>> from qnetlab.devices.detector import Detector
    >>> fiber = Fiber(length_km=50, attenuation_db_per_km=0.2)
    >>> one = HeraldedLink(scheme="single_click", bright_population=0.1, fiber=fiber, emission_efficiency=0.1)
    >>> two = HeraldedLink(scheme="two_click", fiber=fiber, emission_efficiency=0.1)
    >>> [round(link.pair_rate_hz, 2) for link in (one, two)]
    [25.79, 2.04]
    >>> [round(link.heralded_fidelity, 4) for link in (one, two)]
    [0.9014, 1.0]
    """

    scheme: str = choice(default="two_click", options=SCHEMES, doc="what heralds",
                         why="The scheme says which photons must come through")
    bell_measurement: str = choice(default="linear_optics", options=BELL_MEASUREMENTS, doc="how photons are measured",
                                   why="A beam splitter tells two of four Bell states, a processor all")
    fiber: Line = part(default_factory=Fiber, like=Line, doc="the whole way from alice to bob")
    alice_memory: Memory = part(default_factory=Memory, doc="where alice's half waits")
    bob_memory: Memory = part(default_factory=Memory, doc="where bob's half waits")
    detector: Detector = part(default_factory=Detector, doc="each of those that herald")
    detection: str = choice(default="threshold", options=("threshold", "number_resolving"),
                            doc="whether two photons on a detector look like one",
                            why="A click is not a photon, a count is")
    emission_efficiency: float = number(default=1.0, low=0, high=1, doc="chance that a photon gets into the fiber",
                                        why="An efficiency is a probability", fix="emission_efficiency=0.3")
    emitter_fidelity: float = number(default=1.0, low=0.25, high=1, doc="fidelity of a memory with its own photon",
                                     why="Two fully mixed qubits already have fidelity 1/4", fix="emitter_fidelity=0.9")
    bright_population: float = number(default=0.05, low=0, high=1, doc="probability to emit at all, of single_click",
                                      why="It is a probability", fix="bright_population=0.05")
    overlap: float = number(default=1.0, low=0, high=1, doc="how alike the two photons are",
                            why="Photons are at most alike, and at worst not at all", fix="overlap=0.95")
    phase_noise_rad: float = number(default=0.0, unit="rad", low=0, high=math.inf, high_open=True,
                                    doc="standard deviation of the optical phase, of single_click",
                                    why="A standard deviation is finite and not negative", fix="phase_noise_rad=0.2")
    preparation_time_s: float = number(default=1e-6, unit="s", low=0, low_open=True, high=math.inf, high_open=True,
                                       doc="shortest time between attempts that the nodes allow",
                                       why="A memory must be made ready first", fix="preparation_time_s=1e-5")

    def _check(self) -> None:
        require(self.scheme != "single_click" or self.bell_measurement == "linear_optics",
                "bell_measurement must be 'linear_optics' for scheme='single_click'",
                got={"bell_measurement": self.bell_measurement},
                why="One click comes from one photon, and there are no two to be measured", fix='scheme="two_click"')

    # ------------------------------------------------------------------------------------------------ one attempt

    @property
    def click_probability(self) -> float:
        """eta, the probability that a photon comes through and makes its click, or is reported, 0 to 1."""
        shared = self.scheme != "sender_receiver"
        way = math.sqrt(self.fiber.transmittance) if shared else self.fiber.transmittance
        return self.emission_efficiency * way * self.detector.efficiency

    def heralded(self) -> Herald:
        """One attempt: its probability, and the pair in the moment that it is made."""
        seen, own = self.click_probability, self.emission_efficiency * self.detector.efficiency
        arms: dict[str, Any] = {"dark": self.detector.dark_count_probability}
        counts = self.detection == "number_resolving"
        meeting: dict[str, Any] = {**arms, "overlap": self.overlap, "number_resolving": counts}
        complete = self.bell_measurement == "complete"
        if self.scheme == "single_click":
            found = single_click(self.bright_population, seen, phase_noise_rad=self.phase_noise_rad, **meeting)
        elif self.scheme == "two_click":
            found = complete_measurement(seen, efficiency_b=seen, **arms) if complete else two_click(seen, **meeting)
        else:
            written = [memory.write_efficiency if complete else 1.0 for memory in (self.alice_memory, self.bob_memory)]
            taken: dict[str, Any] = {"own_efficiency": own, "bell_measurement": self.bell_measurement, **meeting}
            if self.scheme == "sender_receiver":
                found = sender_receiver(seen * written[1], **taken)
            else:
                found = midpoint_source(seen * written[0], efficiency_b=seen * written[1], **taken)
        return with_fresh_pairs(found, self.emitter_fidelity, _FRESH_PAIRS[self.scheme][complete])

    @property
    def success_probability(self) -> float:
        """Probability that one attempt is heralded, 0 to 1; with a dark count among the clicks in vain."""
        return float(self.heralded().probability)

    @property
    def attempt_time_s(self) -> float:
        """Mean time from one attempt to the next, in s: the answer's shared by all modes, or the nodes' own."""
        return float(attempt_time_s(self.scheme, self.fiber.delay_s, preparation_time_s=self.preparation_time_s,
                                    modes=self.modes))

    @property
    def waits_s(self) -> tuple[float, float]:
        """How long alice's and bob's halves have waited when both know of the pair, in s."""
        alice_s, bob_s = herald_waits_s(self.scheme, self.fiber.delay_s)
        return float(alice_s), float(bob_s)

    # ------------------------------------------------------------------------------------------------ the pair

    @property
    def pair_device(self) -> Any:
        """The link itself: its channel makes the heralded pair of a perfect one."""
        return self

    def mixture(self) -> tuple[float, float, float, float]:
        """The heralded pair as chances: it is as meant, its sign has flipped, both were bright, both were dark."""
        xx, _, zz, _, zb = (float(number_) for number_ in self.heralded().pair)
        return ((1 + zz) / 2 + xx) / 2, ((1 + zz) / 2 - xx) / 2, ((1 - zz) / 2 + zb) / 2, ((1 - zz) / 2 - zb) / 2

    def fresh(self, pair: Pair) -> Pair:
        """What the herald makes of a pair that was meant; of a Bell state, the heralded state turned to it.

        Of both bright and both dark nothing is left of alice's qubit, and bob's holds what the pair's parity says.
        """
        xx, _, zz, za, zb = self.heralded().pair
        kept = (1 + zz) / 2
        return Pair(xx * pair.xx, xx * pair.yy, zz * pair.zz, kept * pair.za + za, kept * pair.zb + zb * pair.zz)

