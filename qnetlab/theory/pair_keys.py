"""What one shared pair is worth as key, by what is trusted: own devices, three bases, or nothing at all."""

from __future__ import annotations

from typing import Any, NamedTuple

from .entropy import binary_entropy, surprise
from .key_rates import device_independent_secret_fraction

Number = Any  # a float or an array of floats


class PairKeys(NamedTuple):
    """Secret bits per pair of the key's setting; below 0 there is no key."""

    trusted: Number
    three_bases: Number
    untrusted: Number


def pair_keys(xx: Number, yy: Number, zz: Number, *, chsh_s: Number, qber: Number,
              error_correction: Number = 1.0) -> PairKeys:
    """The secret fractions of three protocols over the same pairs, meant to be phi_plus; the source is never trusted.

    Parameters
    ----------
    xx, yy, zz : float or array
        Correlators as the two readouts report them, -1 to 1.
    chsh_s, qber : float or array
        S of the Bell test and the error rate of its key bits, as in :class:`qnetlab.protocols.e91.E91`.
    error_correction : float or array
        Disclosed bits over the Shannon limit, f >= 1.

    Returns
    -------
    PairKeys
        trusted: BBM92 with the key from Z and the errors of X watched, r = 1 - h(Qx) - f h(Qz); three_bases: Y watched,
        too, r = 1 - H - (f - 1) h(Qz), H the entropy of the four Bell states' shares; untrusted: the device-independent
        key of the Bell test.

    Notes
    -----
    Without end, one-way, own devices trusted in the first two. For Werner pairs they are 1 - (1 + f) h(Q), the
    six-state rate, and no key below S = 2.424. Two bases must take the worst of all Y errors that Z and X allow, so
    never give more than three.

    References
    ----------
    H.-K. Lo, Quantum Information and Computation 1, 81 (2001), arXiv:quant-ph/0102138;
    A. Acin et al., Physical Review Letters 98, 230501 (2007), doi:10.1103/PhysRevLett.98.230501.

    >>> v = 0.9  # a Werner pair: S = 2 sqrt(2) V, Q = (1 - V)/2
    >>> [round(float(r), 6) for r in pair_keys(v, -v, v, chsh_s=8**0.5 * v, qber=0.05)]
    [0.427206, 0.496816, 0.22495]
    """
    wrong_z, wrong_x = (1 - zz) / 2, (1 - xx) / 2
    shares = ((1 + xx - yy + zz) / 4, (1 - xx + yy + zz) / 4, (1 + xx + yy - zz) / 4, (1 - xx - yy - zz) / 4)
    mixed = sum(surprise(share) for share in shares)
    return PairKeys(
        trusted=1 - binary_entropy(wrong_x) - error_correction * binary_entropy(wrong_z),
        three_bases=1 - mixed - (error_correction - 1) * binary_entropy(wrong_z),
        untrusted=device_independent_secret_fraction(chsh_s, qber, error_correction=error_correction))
