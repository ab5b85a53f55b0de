"""How many secret bits a measured record is good for, or why none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..checks import choice, custom, number, refuse, require, value
from ..theory.entropy import binary_entropy
from ..theory.finite_key import (
    DecoyKey,
    one_decoy_key_length,
    sampling_deviation,
    single_photon_key_length,
    two_decoy_key_length,
)
from .abort import Abort
from .counts import BASES, Counts

SOURCES = ("laser pulses", "single photons")

_EVERYWHERE = (
    "Detectors as modeled: the same efficiency in both bases and for both bits, and no signal to them from outside.",
    "The public messages were authenticated; the key spent on that is not subtracted.",
)
_PULSES = "Laser pulses of unknown phase: nothing but the photon number tells signal from decoy."
_PHOTONS = "Single photons: no pulse holds two."


def _plain_words(name: str, got: Any) -> tuple[str, ...]:
    require(isinstance(got, (tuple, list)) and all(isinstance(item, str) for item in got),
            f"{name} must be sentences", got={name: (got, "")}, error=TypeError, why="People read them",
            fix=f"{name}=('...',)")
    return tuple(got)


@value
class KeyLength:
    """Secret bits that a record allows, with the odds and assumptions under which they are secret.

    Parameters
    ----------
    bits : int
        Length of the key, >= 1: without a key there is an :class:`~qnetlab.qkd.abort.Abort` instead.
    eps_sec, eps_cor : float
        The key is (eps_sec + eps_cor)-secure: but for these odds it is secret, and the same on both sides.
    bound : str
        The published bound that was used.
    leak_bits : float
        What error correction disclosed, or is expected to.
    phase_error : float
        At most so many of the key's single photons would have been wrong in the other basis.
    assumptions : tuple of str
        What must hold besides.
    """

    bits: int = number(default=1, integer=True, low=1, doc="length of the key", why="Without a key there is an Abort")
    eps_sec: float = number(default=1e-9, low=0, low_open=True, high=1, high_open=True, doc="secrecy parameter")
    eps_cor: float = number(default=1e-15, low=0, low_open=True, high=1, high_open=True, doc="correctness parameter")
    bound: str = choice(default="Lim 2014", options=("Lim 2014", "Rusca 2018", "Tomamichel 2012"),
                        doc="the published bound")
    leak_bits: float = number(default=0.0, unit="bit", low=0, doc="disclosed by error correction")
    phase_error: float = number(default=0.0, low=0, high=0.5, doc="upper bound on the phase error rate")
    assumptions: tuple[str, ...] = custom(default=(), coerce=_plain_words, doc="what must hold besides")

    def __str__(self) -> str:
        return "\n".join((
            f"{self.bits} secret bits ({self.bound})",
            f"  secret but for eps_sec = {self.eps_sec:g}, equal on both sides but for eps_cor = {self.eps_cor:g}",
            f"  disclosed by error correction: {self.leak_bits:.0f} bits; phase error at most {self.phase_error:.2%}",
            *(f"  {sentence}" for sentence in self.assumptions)))


def secret_key_length(counts: Counts, *, source: str = "laser pulses", key_basis: str = "Z",
                      leak_bits: float | None = None, error_correction: float = 1.16, eps_sec: float = 1e-9,
                      eps_cor: float = 1e-15) -> KeyLength | Abort:
    """Secret bits of a measured record, or a reasoned abort.

    Parameters
    ----------
    counts : Counts
        What was sent, sifted and wrong. Three intensities: two decoys; two: one decoy; one: single photons only.
    source : "laser pulses" or "single photons"
        What the pulses were.
    key_basis : "Z" or "X"
        The basis whose bits become the key; the other one tests.
    leak_bits : float, optional
        Bits that error correction disclosed, from the transcript; else f n h(Q) is expected.
    error_correction : float
        f >= 1, used only without ``leak_bits``.
    eps_sec, eps_cor : float
        Secrecy and correctness, between 0 and 1.

    Returns
    -------
    KeyLength or Abort

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range, or the intensities fit no bound.

    Notes
    -----
    Tomamichel, Lim, Gisin, Renner 2012 for single photons, Lim et al. 2014 for two decoys and Rusca et al. 2018 for
    one: see :mod:`qnetlab.theory.finite_key`. The length is rounded down.

    >>> text = '''intensity,basis,sent,sifted,errors
    ... 0.48,Z,800000000,9000000,90000
    ... 0.48,X,80000000,900000,9000
    ... 0.1,Z,200000000,480000,5000
    ... 0.1,X,20000000,48000,500'''
    >>> found = secret_key_length(Counts.from_csv(text))
    >>> found.bits, found.bound
    (3639036, 'Rusca 2018')
    >>> print(secret_key_length(Counts.from_csv(text.replace("9000000,90000", "9000000,2000000"))))
    No key. 8185316 bits were disclosed by error correction and up to 2.7% phase errors have to be paid for: \
3763055 bits too many for 9480000 key bits.
    """
    if not isinstance(counts, Counts):
        refuse("counts must be Counts", got={"counts": (counts, "")}, error=TypeError, why="They say what was seen",
               fix="Counts.from_csv('counts.csv')")
    require(source in SOURCES, f"source must be one of {', '.join(map(repr, SOURCES))}", got={"source": (source, "")},
            why="The bounds differ", fix=f"source={SOURCES[0]!r}")
    require(key_basis in BASES, "key_basis must be 'Z' or 'X'", got={"key_basis": (key_basis, "")},
            why="One basis makes the key, the other one tests it", fix="key_basis='Z'")
    for name, got in (("eps_sec", eps_sec), ("eps_cor", eps_cor)):
        require(_is_number(got) and 0 < got < 1, f"{name} must satisfy 0 < {name} < 1", got={name: (got, "")},
                why="It is a probability of failure, and never 0", fix=f"{name}=1e-9")
    require(_is_number(error_correction) and 1 <= error_correction <= 1e6,
            "error_correction must satisfy 1 <= error_correction <= 1e6",
            got={"error_correction": (error_correction, "")}, why="No code discloses less than the Shannon limit",
            fix="error_correction=1.16")
    require(leak_bits is None or (_is_number(leak_bits) and 0 <= leak_bits <= 1e300), "leak_bits must be >= 0",
            got={"leak_bits": (leak_bits, "")}, why="It counts disclosed bits", fix="leak_bits=None")
    _check_intensities(counts, source)

    key, test = BASES.index(key_basis), 1 - BASES.index(key_basis)
    sifted, errors = counts.sifted.astype(float), counts.errors.astype(float)
    n, k = sifted[:, key].sum(), sifted[:, test].sum()
    for basis, many in ((key_basis, n), (BASES[test], k)):
        if many == 0:
            return Abort(reason=f"No sifted bits in basis {basis}: an error rate over nothing is undefined, not 0.")
    qber, tested = errors[:, key].sum() / n, errors[:, test].sum() / k
    leak = abs(float(error_correction * n * binary_entropy(min(qber, 0.5)))) if leak_bits is None else float(leak_bits)
    odds = {"eps_sec": eps_sec, "eps_cor": eps_cor}

    if source == "single photons":
        bound, single = "Tomamichel 2012", n
        length = float(single_photon_key_length(n, k, tested, leak_bits=leak, **odds))
        phase_error = min(0.5, float(tested + sampling_deviation(n, k, eps_sec)))
    else:
        found = _decoy_length(counts, key, test, leak, **odds)
        bound = "Lim 2014" if len(counts.intensities) == 3 else "Rusca 2018"
        length, phase_error, single = float(found.length), float(found.phase_error), float(found.single)
    if length < 1:
        return Abort(reason=_why(n, k, float(tested), phase_error, single, leak, length))
    return KeyLength(bits=math.floor(length), bound=bound, leak_bits=leak, phase_error=phase_error, **odds,
                     assumptions=(_PHOTONS if source == "single photons" else _PULSES, *_EVERYWHERE))


def _is_number(got: object) -> bool:
    return isinstance(got, (int, float, np.integer, np.floating)) and not isinstance(got, bool)


def _check_intensities(counts: Counts, source: str) -> None:
    kinds, got = len(counts.intensities), {"intensities": (counts.intensities, "")}
    if source == "single photons":
        require(kinds == 1, "single photons must have one intensity", got=got, why="They need no decoys",
                fix="source='laser pulses'")
        return
    require(kinds in (2, 3), "laser pulses must have two or three intensities", got=got,
            why="Without decoys nobody knows how many bits came from single photons",
            fix="a record with decoys, or source='single photons'")
    order = sorted(counts.intensities, reverse=True)
    ok = order[0] > order[1] + order[2] and order[1] > order[2] if kinds == 3 else order[1] > 0
    require(ok, "intensities must satisfy mu1 > mu2 + mu3" if kinds == 3 else "the decoy must hold some light", got=got,
            why="The bound rests on it", fix="(0.5, 0.1, 0.0)" if kinds == 3 else "(0.5, 0.1)")
    require(min(counts.probabilities) > 0, "every intensity must have been sent", why="A decoy that never comes tells "
            "nothing", got={"probabilities": (counts.probabilities, "")}, fix="(0.7, 0.2, 0.1)")


def _decoy_length(counts: Counts, key: int, test: int, leak: float, *, eps_sec: float, eps_cor: float) -> DecoyKey:
    order = np.argsort(counts.intensities)[::-1]  # strongest first, as the bounds want it
    intensities = [counts.intensities[i] for i in order]
    shares = [counts.probabilities[i] for i in order]
    sifted, errors = counts.sifted[order].astype(float), counts.errors[order].astype(float)
    common: dict[str, Any] = {"sifted_key": sifted[:, key], "sifted_test": sifted[:, test],
                              "errors_test": errors[:, test], "leak_bits": leak, "eps_sec": eps_sec, "eps_cor": eps_cor}
    if len(intensities) == 3:
        return two_decoy_key_length(intensities, shares, **common)
    return one_decoy_key_length(intensities, shares, errors_key=errors[:, key], **common)


def _why(n: float, k: float, tested: float, phase_error: float, single: float, leak: float, length: float) -> str:
    """The first thing that stands in the way."""
    if single <= 0:
        return (f"The decoys do not show that any of the {n:.0f} key bits came from a single photon: "
                f"{k:.0f} test bits are too few, or pulses of one photon were blocked.")
    if tested > 0.11:
        return (f"{tested:.1%} of the test bits are wrong: over 11 % nobody can tell noise from an eavesdropper who "
                "knows the key.")
    if phase_error >= 0.5:
        return (f"{k:.0f} test bits leave the phase error undetermined (up to 50 %), though only {tested:.1%} of them "
                "are wrong: send more test pulses.")
    told, end = ((f"{leak:.0f} bits were disclosed by error correction and up", "") if leak
                 else ("Up", ", before any is corrected"))
    return (f"{told} to {phase_error:.1%} phase errors have to be paid for: {-length:.0f} bits too many for {n:.0f} "
            f"key bits{end}.")
