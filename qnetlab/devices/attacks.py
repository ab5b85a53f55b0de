"""What Eve may do, as values. An attack says what is done, not how: circuits and clicks look it up by its class.

A new attack is one class here and, where it differs from doing nothing, one function each in ``devices/eve.py``
(photon numbers, the line, the detectors) and in ``circuits/eavesdrop.py`` (gates on the photon).
"""

from __future__ import annotations

from typing import Any

from ..checks import choice, number, require, value


class Attack:
    """What all attacks have in common: that they are attacks."""

    __slots__ = ()


@value
class NoAttack(Attack):
    """Nobody listens.

    >>> NoAttack()
    NoAttack()
    """


@value
class InterceptResend(Attack):
    """Eve measures photons in a basis of her own and sends on what she found.

    Parameters
    ----------
    fraction : float
        Share of the pulses that she intercepts, 0 to 1; the others pass untouched.
    basis : "random", "Z", "X", "Y" or "breidbart"
        Z or X at random for each pulse; always the same; or the basis halfway between Z and X.

    Raises
    ------
    TypeError, ValueError
        If a field is not of its kind or out of its range.

    Notes
    -----
    Of the sifted bits a quarter of the intercepted ones come out wrong, Q = fraction/4, with any of "random",
    "breidbart", and with "Z" or "X" on the average of the two bases. What Eve learns differs: with "random" she knows
    half of the intercepted bits for certain and nothing of the other half, with "breidbart" each is right with
    probability cos(pi/8)^2 = 0.853553.

    References
    ----------
    C. H. Bennett, F. Bessette, G. Brassard, L. Salvail, J. Smolin, Journal of Cryptology 5, 3 (1992),
    doi:10.1007/BF00191318.

    >>> InterceptResend(fraction=0.4).basis
    'random'
    """

    fraction: float = number(default=1.0, low=0, high=1, doc="share of the pulses that she intercepts",
                             why="A share is from 0 to 1", fix="fraction=0.4")
    basis: str = choice(default="random", options=("random", "Z", "X", "Y", "breidbart"), doc="how she measures",
                        why="She has to choose before the bases are announced")


@value
class OptimalIndividual(Attack):
    """Eve lets a cloner act on each photon, keeps its copy, and reads it once the bases are announced.

    Parameters
    ----------
    disturbance : float
        The error rate that this makes in Z and in X, 0 to 1/2.

    Raises
    ------
    TypeError, ValueError
        If it is not a number or out of its range; and with three bases, which need another cloner.

    Notes
    -----
    No attack photon by photon tells her more for these errors: she names a bit right with 1/2 + sqrt(D (1 - D)),
    0.717945 for D = 5 %. The cloner is phase-covariant: all states between Z and X fare alike. Its angle
    is arccos(1 - 2D).

    References
    ----------
    C. A. Fuchs, N. Gisin, R. B. Griffiths, C.-S. Niu, A. Peres, Physical Review A 56, 1163 (1997),
    doi:10.1103/PhysRevA.56.1163.

    >>> OptimalIndividual(disturbance=0.05)
    OptimalIndividual(disturbance=0.05)
    """

    disturbance: float = number(default=0.05, low=0, high=0.5, doc="error rate that she makes in Z and in X",
                                why="At 1/2 bob's bits are coins", fix="disturbance=0.05")


@value
class PhotonNumberSplitting(Attack):
    """Eve counts the photons of each pulse without touching them, and keeps one of every pulse that holds several.

    Parameters
    ----------
    singles : float
        Share of the lone photons that she lets through, 0 to 1: with nothing to keep, they only tell her of others.
    kept : float
        Share of the split pulses that she sends on, 0 to 1; dropping some keeps bob's gain from rising.
    line : "lossless" or "same"
        What she sends the rest over: past the fiber's loss, or through alice's and bob's own fiber.

    Raises
    ------
    TypeError, ValueError
        If a field is not of its kind or out of its range.

    Notes
    -----
    What she keeps she measures in the announced basis: no errors, and every split pulse that clicks is hers. Bob's
    detectors stay his own. Gains: :func:`qnetlab.theory.splitting.splitting_gain`; with mu = 0.5, nu = 0.1 and 5 % of
    the photons seen, singles blocked and the rest past the loss, Q_nu/Q_mu is 0.051870 where an honest
    line gives 0.202005.

    References
    ----------
    G. Brassard, N. Luetkenhaus, T. Mor, B. C. Sanders, Physical Review Letters 85, 1330 (2000),
    doi:10.1103/PhysRevLett.85.1330.

    >>> PhotonNumberSplitting(kept=0.3).singles
    0.0
    """

    singles: float = number(default=0.0, low=0, high=1, doc="share of the lone photons that she lets through",
                            why="A share is from 0 to 1", fix="singles=0.0")
    kept: float = number(default=1.0, low=0, high=1, doc="share of the split pulses that she sends on",
                         why="A share is from 0 to 1", fix="kept=0.3")
    line: str = choice(default="lossless", options=("lossless", "same"), doc="what she sends the rest over",
                       why="She lays her own line or takes theirs")


@value
class Blinding(Attack):
    """Eve measures every photon in Z or X by a coin, and makes bob's blinded detectors repeat her result.

    Parameters
    ----------
    efficiency : float
        Share of the photons that her own receiver, close to alice, sees, 0 to 1; less than all keeps bob's gain down.

    Raises
    ------
    TypeError, ValueError
        If it is not a number or out of its range; and with three bases, as she has only two.

    Notes
    -----
    Bright light has turned bob's detectors into light meters. A pulse of hers makes one click if bob measures in her
    basis, and none if not, as its power is then shared between the two. So there are no dark counts, no double clicks,
    no errors, half of her pulses click, and she knows every bit. With ``efficiency`` twice that of the honest line the
    gains look right.

    References
    ----------
    L. Lydersen et al., Nature Photonics 4, 686 (2010), doi:10.1038/nphoton.2010.214.

    >>> Blinding(efficiency=0.1)
    Blinding(efficiency=0.1)
    """

    efficiency: float = number(default=1.0, low=0, high=1, doc="share of the photons that her receiver sees",
                               why="An efficiency is a probability", fix="efficiency=0.1")


def coerce_attack(name: str, got: Any) -> Attack:
    """Check a protocol's field that holds an attack."""
    __tracebackhide__ = True
    require(isinstance(got, Attack), f"{name} must be an attack", got={name: (got, "")}, error=TypeError,
            why="It says what Eve does", fix=f"{name}=InterceptResend(fraction=0.1)")
    return got  # type: ignore[no-any-return]
