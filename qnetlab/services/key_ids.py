"""Key IDs that say for whom a key is: two KMEs agree on that without a word between them.

An ID is a UUID of version 8: the number of the key's first cell (48 bits), its length in bytes (12 bits), and 62 bits
of a tag over these and the names of issuer, master and slave, made with a secret that only the two KMEs hold. So the
KME of the slave knows, from the ID alone, whether this slave may have the key, whatever befell the other KME meanwhile.
The tag is an HMAC: that it cannot be forged is an assumption about computers, that the key is secret is not.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from typing import NamedTuple

_TAG = (1 << 62) - 1


class Place(NamedTuple):
    """Where a key stands: its first cell, and its length in bytes."""

    serial: int
    size_bytes: int


def make_id(secret: bytes, place: Place, issuer: str, master: str, slave: str) -> str:
    """The ID of a key that ``issuer`` hands to ``master`` for ``slave``.

    >>> make_id(b"secret", Place(5, 32), "KME_A", "SAE_A", "SAE_B")[:18]
    '00000000-0005-8020'
    """
    number = place.serial << 80 | 8 << 76 | place.size_bytes << 64 | 0b10 << 62 | _tag(secret, place, issuer, master,
                                                                                       slave)
    return str(uuid.UUID(int=number))


def read_id(text: str) -> Place | None:
    """What an ID says of its key, true or not; None if it is no such ID, or not written as it was handed out.

    One spelling only, so that who searches a list of deliveries for an ID finds it.

    >>> read_id("00000000-0005-8020-8000-000000000000")
    Place(serial=5, size_bytes=32)
    >>> read_id("{00000000-0005-8020-8000-000000000000}")
    """
    try:
        made = uuid.UUID(text)
    except ValueError:
        return None
    if str(made) != text:
        return None
    number = made.int
    if number >> 76 & 15 != 8 or number >> 62 & 3 != 2 or not number >> 64 & 0xFFF:
        return None
    return Place(number >> 80, number >> 64 & 0xFFF)


def is_for(text: str, secret: bytes, place: Place, issuer: str, master: str, slave: str) -> bool:
    """Whether ``issuer`` made this ID for this master and slave; a guess is right with chance 2^-62."""
    return hmac.compare_digest(str(uuid.UUID(text)), make_id(secret, place, issuer, master, slave))


def _tag(secret: bytes, place: Place, issuer: str, master: str, slave: str) -> int:
    text = json.dumps([place.serial, place.size_bytes, issuer, master, slave]).encode()
    return int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest()[:8], "big") & _TAG
