"""How a click says that two distant memories are entangled: its probability, and the pair that it leaves.

Two nodes each let a memory emit; a station in the middle lets the photons interfere and watches. A click does not say
which side it came from, and so leaves the memories entangled. With one click a node emits, or rather does not (bright:
|1> and a photon, dark: |0> and none); with two clicks both emit for certain, early or late. The levels of bob's memory
are named the other way round, so that what the right click leaves is meant to be phi_plus; which of the two detectors
clicked turns one sign, and is corrected.

All numbers may be floats or arrays. Detectors are alike; what they do not see counts as lost on the way. Timing and
multiplexing are in :mod:`qnetlab.theory.herald_times`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .states import Pair, bell_fidelity, werner_visibility

Number = Any  # a float or an array of floats

#: The ways to herald, in the field's words.
SCHEMES = ("single_click", "two_click", "midpoint_source", "sender_receiver")
BELL_MEASUREMENTS = ("linear_optics", "complete")


class Herald(NamedTuple):
    """What one attempt gives."""

    #: Probability that it is heralded, 0 to 1.
    probability: Number
    #: What the memories then share, meant to be phi_plus; where nothing is ever heralded, two mixed qubits.
    pair: Pair

    @property
    def fidelity(self) -> Number:
        """Fidelity of the pair to phi_plus, 0 to 1."""
        return bell_fidelity(self.pair, "phi_plus")


def single_click(bright: Number, efficiency: Number, *, bright_b: Number = None, efficiency_b: Number = None,
                 dark: Number = 0.0, overlap: Number = 1.0, phase_noise_rad: Number = 0.0,
                 number_resolving: bool = False) -> Herald:
    """One click in all: one of the two has emitted, and nobody knows which.

    Parameters
    ----------
    bright, bright_b : float or array
        Probability a that a memory is put into its bright level, 0 to 1; bob's is alice's if not given.
    efficiency, efficiency_b : float or array
        eta, the probability that a photon makes its click: emission, collection, its half of the way, detector.
    dark : float or array
        Probability d of a dark count per detector and attempt, 0 to 1.
    overlap : float or array
        M, the overlap of the two photons' shapes, 0 to 1; what interferes with contrast M^2 when two photons meet.
    phase_noise_rad : float or array
        Standard deviation sigma of the optical phase between the two arms, in rad, >= 0 (Gaussian).
    number_resolving : bool
        Whether two photons, or a photon and a dark count, on one detector are told from one.

    Returns
    -------
    Herald
        A mixture of phi_plus (both memories in different levels before bob's are renamed) with |10> (both bright) and,
        from dark counts, |01> (both dark): it is no Werner state, and za = -zb is not 0.

    Notes
    -----
    Equal arms, d = 0, M = 1, sigma = 0: p = 2 a eta - a^2 eta^2 and F = (1 - a)/(1 - a eta/2); number resolving
    p = 2 a eta (1 - a eta) and F = (1 - a)/(1 - a eta). So F = 1 - a is the limit of large loss, and p = 2 a eta that
    of small a eta. For a = 0.1 and eta = 0.1 F = 0.904523; 0.05 and 0.01: 0.950238. With M and sigma the coherence
    is multiplied by M exp(-sigma^2/2). With d exactly one detector clicks: photons that meet leave together
    with (1 + M^2)/2. Two arms that differ leave the state balanced if a eta/(1 - a) is the same on both.
    Left out: a memory that emits twice, and photons from elsewhere than the memories other than as dark counts.

    References
    ----------
    C. Cabrillo et al., Physical Review A 59, 1025 (1999), doi:10.1103/PhysRevA.59.1025 (the scheme; these closed forms
    are derived here). P. C. Humphreys et al., Nature 558, 268 (2018), doi:10.1038/s41586-018-0200-5.

    >>> round(float(single_click(0.1, 0.1).probability), 6), round(float(single_click(0.1, 0.1).fidelity), 6)
    (0.0199, 0.904523)
    >>> round(float(single_click(0.05, 0.001, dark=1e-6).fidelity), 6)
    0.932328
    """
    a, b, ea, eb = _arms(bright, bright_b, efficiency, efficiency_b)
    photon, nothing = (1 - dark) ** (2 if number_resolving else 1), 2 * dark * (1 - dark)
    together = 0.0 if number_resolving else (1 + overlap**2) / 2 * (1 - dark)  # both photons, on one detector
    one_a, one_b = ea * (1 - eb), eb * (1 - ea)

    only_a = a * (1 - b) * (ea * photon + (1 - ea) * nothing)
    only_b = b * (1 - a) * (eb * photon + (1 - eb) * nothing)
    neither = (1 - a) * (1 - b) * nothing
    both = a * b * ((one_a + one_b) * photon + ea * eb * together + (1 - ea) * (1 - eb) * nothing)
    shared = 2 * np.sqrt(a * (1 - a) * b * (1 - b) * ea * eb) * photon * overlap * np.exp(-phase_noise_rad**2 / 2)

    p = only_a + only_b + neither + both
    xx, zz = _per(shared, p), _per(only_a + only_b - neither - both, p)
    za, zb = neither + only_b - only_a - both, both + only_b - only_a - neither  # dark is alice's |0> and bob's |1>
    return Herald(p, Pair(xx, -xx, zz, _per(za, p), _per(zb, p)))


def two_click(efficiency: Number, *, efficiency_b: Number = None, dark: Number = 0.0, overlap: Number = 1.0,
              number_resolving: bool = False) -> Herald:
    """One click early and one late: both have emitted, in different halves, and nobody knows which in which.

    This is the Bell measurement of linear optics on two photons, each entangled with its memory. It tells two of the
    four Bell states and so succeeds half of the time.

    Parameters
    ----------
    efficiency, efficiency_b, dark, overlap, number_resolving
        As in :func:`single_click`; dark counts per detector and half. Early and late may as well be two polarizations
        with detectors of their own.

    Returns
    -------
    Herald

    Notes
    -----
    Without dark counts p = eta_A eta_B/2 and F = (1 + M^2)/2. With d the click of the one photon that came, and a dark
    count in the place of the other, tells nothing: p = (1-d)^2 [eta_A eta_B/2 + eta_A eta_B d (1 + M^2)/2
    + 2 d (eta_A + eta_B - 2 eta_A eta_B) + 4 d^2 (1-eta_A)(1-eta_B)]. The third term is two photons in the same half
    that leave together. An optical phase that drifts more slowly than the halves follow each other drops out.

    References
    ----------
    S. D. Barrett, P. Kok, Physical Review A 71, 060310 (2005), doi:10.1103/PhysRevA.71.060310;
    C. Simon, W. T. M. Irvine, Physical Review Letters 91, 110405 (2003), doi:10.1103/PhysRevLett.91.110405 (the
    schemes, quoted from memory; these closed forms are derived here).

    >>> float(two_click(0.1).probability), float(two_click(0.1, overlap=0.9).fidelity)
    (0.005000000000000001, 0.905)
    """
    _, _, ea, eb = _arms(0.5, None, efficiency, efficiency_b)
    photon, nothing = (1 - dark) ** (2 if number_resolving else 1), 2 * dark * (1 - dark)
    together = 0.0 if number_resolving else (1 + overlap**2) / 2 * (1 - dark)

    different, same = ea * eb / 2 * photon**2, ea * eb / 2 * together * nothing
    guessed = (ea * (1 - eb) + eb * (1 - ea)) * photon * nothing + (1 - ea) * (1 - eb) * nothing**2
    p = different + same + guessed
    xx, zz = _per(different * overlap**2, p), _per(different - same, p)
    return Herald(p, Pair(xx, -xx, zz, 0 * p, 0 * p))


def complete_measurement(efficiency: Number, *, efficiency_b: Number = 1.0, dark: Number = 0.0) -> Herald:
    """A Bell measurement that tells all four states, by a processor that knows whether each photon has come.

    Parameters
    ----------
    efficiency, efficiency_b : float or array
        Probability that each of the two photons is taken in; 1 for what is already there.
    dark : float or array
        Probability that a photon that did not come is reported all the same.

    Returns
    -------
    Herald
        A Werner pair.

    Notes
    -----
    p = y_A y_B with y = eta + (1 - eta) d; the pair is right if both photons had come, and noise otherwise:
    V = eta_A eta_B/(y_A y_B). What is already there is never reported in vain. Twice as often as linear optics,
    and nothing has to overlap; gates and readout are taken as perfect.

    >>> float(complete_measurement(0.5, efficiency_b=0.5).probability)
    0.25
    """
    ea, eb = np.asarray(efficiency, dtype=float)[()], np.asarray(efficiency_b, dtype=float)[()]
    p = (ea + (1 - ea) * dark) * (eb + (1 - eb) * dark)
    v = _per(ea * eb, p)
    return Herald(p, Pair(v, -v, v, 0 * p, 0 * p))


def sender_receiver(efficiency: Number, *, own_efficiency: Number = 1.0, bell_measurement: str = "linear_optics",
                    dark: Number = 0.0, overlap: Number = 1.0, number_resolving: bool = False) -> Herald:
    """From node to node: alice sends a photon the whole way, and bob takes it in; no station stands between them.

    Parameters
    ----------
    efficiency : float or array
        Of alice's photon, over the whole way to the click, or to bob's memory.
    own_efficiency : float or array
        Of bob's own photon, which meets hers in his node if ``bell_measurement`` is "linear_optics".
    bell_measurement : "linear_optics" or "complete"
        Two photons meet and click, or bob's memory takes the photon in and knows that it did.
    dark, overlap, number_resolving
        As in :func:`two_click`.

    >>> float(sender_receiver(0.1).probability), float(sender_receiver(0.1, bell_measurement="complete").probability)
    (0.05, 0.1)
    """
    if bell_measurement == "complete":
        return complete_measurement(efficiency, dark=dark)
    return two_click(efficiency, efficiency_b=own_efficiency, dark=dark, overlap=overlap,
                     number_resolving=number_resolving)


def midpoint_source(efficiency: Number, *, efficiency_b: Number = None, own_efficiency: Number = 1.0,
                    bell_measurement: str = "linear_optics", dark: Number = 0.0, overlap: Number = 1.0,
                    number_resolving: bool = False) -> Herald:
    """A source of photon pairs in the middle; each node takes its photon in as bob does in :func:`sender_receiver`.

    Notes
    -----
    The two sides succeed independently, so p is the product, and the pair is that of three pairs in a row, the middle
    one being the source's: every correlator is a product.

    >>> float(midpoint_source(0.1).probability), float(midpoint_source(0.1, bell_measurement="complete").probability)
    (0.0025000000000000005, 0.010000000000000002)
    """
    far = efficiency if efficiency_b is None else efficiency_b
    left, right = (sender_receiver(eta, own_efficiency=own_efficiency, bell_measurement=bell_measurement, dark=dark,
                                   overlap=overlap, number_resolving=number_resolving) for eta in (efficiency, far))
    p = left.probability * right.probability
    xx, zz = left.pair.xx * right.pair.xx, left.pair.zz * right.pair.zz
    return Herald(p, Pair(xx, -xx, zz, 0 * p, 0 * p))


def with_fresh_pairs(herald: Herald, fidelity: Number, sides: int = 2) -> Herald:
    """The same if what enters is not perfect: each memory and its photon, or the source's pair, with white noise.

    Parameters
    ----------
    herald : Herald
    fidelity : float or array
        Of every pair that enters, 1/4 to 1.
    sides : int
        How many such pairs there are: 1, 2 or 3.

    Notes
    -----
    White noise on a memory and its photon is the same as white noise on the memory alone, with V = (4F - 1)/3, so
    correlators shrink by V for every pair and what one memory shows alone by V once.

    >>> round(float(with_fresh_pairs(two_click(0.1), 0.97).fidelity), 6)
    0.9412
    """
    v = werner_visibility(fidelity)
    kept, (xx, yy, zz, za, zb) = v**sides, herald.pair
    return Herald(herald.probability, Pair(kept * xx, kept * yy, kept * zz, v * za, v * zb))


def _arms(bright: Number, bright_b: Number, efficiency: Number, efficiency_b: Number) -> tuple[Number, ...]:
    """Bright populations and efficiencies of both arms; bob's are alice's if not given."""
    given = (bright, bright if bright_b is None else bright_b,
             efficiency, efficiency if efficiency_b is None else efficiency_b)
    return tuple(np.asarray(number, dtype=float)[()] for number in given)


def _per(part: Number, whole: Number) -> Number:
    """part/whole, and 0 where there is no whole."""
    return part / np.where(np.asarray(whole) > 0, whole, np.inf)
