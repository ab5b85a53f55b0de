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


def coerce_attack(name: str, got: Any) -> Attack:
    """Check a protocol's field that holds an attack."""
    __tracebackhide__ = True
    require(isinstance(got, Attack), f"{name} must be an attack", got={name: (got, "")}, error=TypeError,
            why="It says what Eve does", fix=f"{name}=InterceptResend(fraction=0.1)")
    return got  # type: ignore[no-any-return]
