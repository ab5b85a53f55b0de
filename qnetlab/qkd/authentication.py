"""Who is speaking? Wegman-Carter tags: a universal hash of all that was said, hidden by a one-time pad.

Without them somebody in the middle holds one perfect session with Alice and another with Bob. They need a little
secret in common from the start, and each tag uses some up.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .channel import Bits, Message, join
from .universal import HASH_BITS, PRIME, collision_probability, polynomial_hash

#: Secret bits that one tag uses up: the point of the polynomial, and the pad.
TAG_KEY_BITS = 2 * HASH_BITS

#: Secret bits that a session uses up: each side sends one tag.
SESSION_KEY_BITS = 2 * TAG_KEY_BITS


def transcript_bytes(messages: Iterable[Message]) -> bytes:
    """All messages as one text: who, what kind, what; no two different conversations have the same."""
    return b"".join(join(m.sender.encode(), m.kind.encode(), m.payload) for m in messages)


def tag(data: bytes, secret: Bits) -> bytes:
    """The tag of ``data``: 16 bytes that only somebody with the ``secret`` can make.

    Parameters
    ----------
    data : bytes
        What is to be authenticated.
    secret : 254 bits
        Used up by this.

    Returns
    -------
    bytes
        Polynomial hash at a secret point, plus a secret number, modulo 2^127 - 1.

    Notes
    -----
    Whoever sees one tag and changes the data guesses the new one with probability at most (L/15 + 2)/2^127 for L
    bytes: 4e-34 for a megabyte. It stays so against any computer.

    References
    ----------
    M. N. Wegman, J. L. Carter, Journal of Computer and System Sciences 22, 265 (1981),
    doi:10.1016/0022-0000(81)90033-7.

    >>> secret = (np.arange(254) % 3 % 2).astype(np.uint8)
    >>> len(tag(b"key", secret)), tag(b"key", secret) == tag(b"abort", secret)
    (16, False)
    """
    point, pad = (int.from_bytes(np.packbits(part).tobytes()) for part in (secret[:HASH_BITS], secret[HASH_BITS:]))
    return ((polynomial_hash(data, point) + pad) % PRIME).to_bytes(16, "little")


def forgery_probability(messages: Iterable[Message]) -> float:
    """The most that a changed transcript passes for this one."""
    return collision_probability(len(transcript_bytes(messages)))
