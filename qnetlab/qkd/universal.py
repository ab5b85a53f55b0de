"""Universal hashing: privacy amplification, verification and authentication rest on three families of functions.

Universal means: whatever two different inputs somebody chooses, hardly any member of the family maps them to the same
value, and which member is used is drawn at random. A fixed hash such as SHA-256 promises nothing of the kind.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..checks import refuse, require
from .channel import Bits

#: The prime that the polynomial hash counts by.
PRIME = 2**127 - 1

#: Bits of a value of the polynomial hash, and of a point at which it is taken.
HASH_BITS = 127

#: Bits of a fingerprint of a key, and how likely two different keys have the same (roots of the polynomial included).
CHECK_BITS, CHECK_EPS = 64, 2.0**-63 * (1 + 1e-9)

_CHUNK = 15  # bytes, always below the prime

#: One convolution is about at most so many bits; beyond, float64 would lose certainty, and memory.
_LONGEST = 2**22


def toeplitz_hash(bits: Any, length: int, seed: Any) -> Bits:
    """Shorten ``bits`` to ``length`` with the Toeplitz matrix that ``seed`` fills: privacy amplification.

    Parameters
    ----------
    bits : sequence of n >= 1 bits
        What is shortened.
    length : int
        Bits of the result, 1 to n.
    seed : sequence of n + length - 1 bits
        The matrix's first row from right to left, then its first column: T[i, j] = seed[n - 1 + i - j]. Public, but
        drawn at random after the bits.

    Returns
    -------
    uint8 array (length,)
        T bits modulo 2, computed by fast Fourier transforms.

    Raises
    ------
    ValueError
        If a length does not fit.
    ArithmeticError
        If a value of the transform is not within 0.25 of a whole number: then rounding could not be trusted.

    Notes
    -----
    Two different inputs collide for a share of 2^-length of the seeds. By the leftover hash lemma the result is within
    2^(-(H - length)/2) / 2 of uniform for somebody with min-entropy H about the bits. Longer inputs are hashed piece by
    piece, each with its part of the seed, and added.

    References
    ----------
    H. Krawczyk, CRYPTO '94, LNCS 839, 129 (1994), doi:10.1007/3-540-48658-5_15; R. Renner, Security of Quantum Key
    Distribution, arXiv:quant-ph/0512258, section 5.6.

    >>> toeplitz_hash([1, 0, 1], 2, [1, 1, 0, 1]).tolist()  # rows 0 1 1 and 1 0 1
    [1, 0]
    """
    x, row = np.asarray(bits, np.uint8), np.asarray(seed, np.uint8)
    n = len(x)
    require(1 <= length <= n, "length must satisfy 1 <= length <= number of bits", got={"length": length, "bits": n},
            why="Hashing shortens", fix=f"length={max(n // 2, 1)}")
    require(len(row) == n + length - 1, "seed must hold number of bits + length - 1 bits",
            got={"seed": len(row), "bits": n, "length": length}, why="A Toeplitz matrix has so many diagonals",
            fix=f"{n + length - 1} random bits")
    total = np.zeros(length, np.uint8)
    for begin in range(0, n, _LONGEST):
        stop = min(begin + _LONGEST, n)
        for top in range(0, length, _LONGEST):
            rows = min(top + _LONGEST, length) - top
            first = n - stop + top
            part = row[first:first + stop - begin + rows - 1]
            total[top:top + rows] ^= _product(x[begin:stop], rows, part)
    return total


def _product(x: Bits, length: int, seed: Bits) -> Bits:
    size = _smooth(len(seed))
    spectrum = np.fft.rfft(x.astype(np.float64), size) * np.fft.rfft(seed.astype(np.float64), size)
    sums = np.fft.irfft(spectrum, size)[len(x) - 1:len(x) - 1 + length]
    whole = np.rint(sums)
    doubt = float(np.max(np.abs(sums - whole)))
    if not doubt < 0.25:  # also nan
        refuse("every sum must be within 0.25 of a whole number", got={"distance": doubt}, error=ArithmeticError,
               why="A float that is not nearly whole rounds to a wrong bit", fix="shorter pieces")
    found: Bits = (whole.astype(np.int64) & 1).astype(np.uint8)
    return found


def _smooth(size: int) -> int:
    """The least number >= size made of 2, 3 and 5 only: fast to transform."""
    best = 1 << (size - 1).bit_length()
    fives = 1
    while fives < best:
        threes = fives
        while threes < best:
            needed = -(-size // threes)
            best = min(best, threes << (needed - 1).bit_length())
            threes *= 3
        fives *= 5
    return best


def polynomial_hash(data: bytes, point: int) -> int:
    """The polynomial whose coefficients are ``data``, at ``point``, modulo 2^127 - 1.

    Parameters
    ----------
    data : bytes
        Any length; cut into 15 bytes each, and its length is the last coefficient.
    point : int
        Drawn at random, 0 to 2^127 - 1.

    Returns
    -------
    int
        0 to 2^127 - 2.

    Notes
    -----
    Two different inputs of at most L bytes collide for at most L/15 + 2 of the 2^127 points: a polynomial has no more
    roots than its degree.

    References
    ----------
    D. J. Bernstein, FSE 2005, LNCS 3557, 32 (2005), doi:10.1007/11502760_3, after M. N. Wegman, J. L. Carter, Journal
    of Computer and System Sciences 22, 265 (1981), doi:10.1016/0022-0000(81)90033-7.

    >>> polynomial_hash(b"", 5), polynomial_hash(bytes([2]), 5)  # 0 * 5, and (2 * 5 + 1) * 5
    (0, 55)
    """
    value, read = 0, int.from_bytes
    for begin in range(0, len(data), _CHUNK):
        value = (value * point + read(data[begin:begin + _CHUNK], "little")) % PRIME
    return (value * point + len(data)) * point % PRIME


def collision_probability(size_bytes: int) -> float:
    """The most that two inputs of at most ``size_bytes`` collide under :func:`polynomial_hash`.

    >>> collision_probability(10**6) < 1e-33
    True
    """
    return (size_bytes / _CHUNK + 2) / 2**127


def check_value(bits: Any, point: int, slope: int) -> int:
    """A 64-bit fingerprint of a key: whether two keys are equal, for 64 disclosed bits.

    Parameters
    ----------
    bits : sequence of bits
        The key.
    point, slope : int
        Drawn at random, 0 to 2^127 - 1; public.

    Returns
    -------
    int
        The last 64 bits of slope times the polynomial hash at ``point``.

    Notes
    -----
    Two different keys have the same fingerprint with probability at most 2^-63, see :data:`CHECK_EPS`: the polynomials
    meet at hardly any point, and where they do not, the random multiples differ by a random number, which has to be
    one of two modulo 2^64.

    >>> check_value([1, 0, 1], 5, 3) == check_value([1, 0, 0], 5, 3)
    False
    """
    packed = np.packbits(np.asarray(bits, np.uint8)).tobytes() + len(bits).to_bytes(8, "little")
    return int(slope * polynomial_hash(packed, point) % PRIME % 2**CHECK_BITS)
