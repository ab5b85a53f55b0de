"""What a heralded link is made of, for the circuit of one attempt: an arm that loses photons, and the station."""

from __future__ import annotations

import math

from ..checks import choice, number, part, value
from .detector import Detector


@value
class Arm:
    """All that a photon must come through from its memory to its click: emission, way, detector. By default nothing.

    Parameters
    ----------
    transmittance : float
        Probability to come through, 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If it is not a number or out of its range.

    >>> Arm(transmittance=0.1)
    Arm(transmittance=0.1)
    """

    transmittance: float = number(default=1.0, low=0, high=1, doc="probability to come through",
                                  why="Whatever a photon comes through takes light away", fix="transmittance=0.1")


@value
class HeraldStation:
    """A beam splitter with a detector behind either port, which says in which of them alone there was a click.

    Parameters
    ----------
    detector : Detector
        Its dark counts; its efficiency is part of the :class:`Arm`, where it does the same.
    detection : "threshold" or "number_resolving"
        Whether two photons on one detector look like one.
    overlap : float
        M, how alike the two photons are, 0 to 1.
    phase_noise_rad : float
        Standard deviation of the optical phase between the arms, in rad, >= 0.

    Raises
    ------
    TypeError, ValueError
        If a field is not of its kind or out of its range.

    Notes
    -----
    A beam splitter that two photons enter is no gate on two qubits: they leave together, and a qubit has no place for
    two. What the station *says* is: one photon in each arm at most, so its answers are operators on two qubits.

    >>> HeraldStation().overlap
    1.0
    """

    detector: Detector = part(default_factory=Detector, doc="behind either port")
    detection: str = choice(default="threshold", options=("threshold", "number_resolving"),
                            doc="whether two photons on a detector look like one",
                            why="A click is not a photon, a count is")
    overlap: float = number(default=1.0, low=0, high=1, doc="how alike the two photons are",
                            why="Photons are at most alike, and at worst not at all", fix="overlap=0.95")
    phase_noise_rad: float = number(default=0.0, unit="rad", low=0, high=math.inf, high_open=True,
                                    doc="standard deviation of the optical phase",
                                    why="A standard deviation is finite and not negative", fix="phase_noise_rad=0.2")
