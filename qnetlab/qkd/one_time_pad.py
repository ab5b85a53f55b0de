"""The one-time pad: what a key is for. Each bit of a message is added to one bit of key, which is then used up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..checks import refuse, require
from .key import Key

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """An encrypted message: what travels, in public. ``picture`` shows its bytes in the shape of the message."""

    data: bytes
    kind: str
    shape: tuple[int, ...]
    first_bit: int

    @property
    def picture(self) -> Picture:
        """The bytes as an array of the message's shape."""
        return np.frombuffer(self.data, np.uint8).reshape(self.shape)

    def __repr__(self) -> str:
        return f"Sealed({self.kind}, {len(self.data)} bytes, key bits from {self.first_bit})"


class Reuse(NamedTuple):
    """Two messages under the same key bits, and what Eve makes of them."""

    first: Sealed
    second: Sealed
    seen: Picture


def encrypt(message: Any, key: Key) -> Sealed:
    """Encrypt a text, bytes or a picture with unused bits of a key, 8 per byte.

    Parameters
    ----------
    message : str, bytes or uint8 array
        A picture is an array of any shape.
    key : Key
        Loses as many bits as the message has.

    Raises
    ------
    ValueError
        If the key has fewer unused bits than the message.
    TypeError
        If the message is of another kind, or there is no key.

    Notes
    -----
    Both parties hold the same bits. If both encrypt before either has decrypted, the two messages share key bits and
    Eve can add them, see :func:`two_time_pad`: take turns, or part the key in two.

    >>> alice, bob = (Key(np.arange(200) % 3 % 2) for _ in range(2))
    >>> sealed = encrypt("meet at noon", alice)
    >>> decrypt(sealed, bob), len(alice)
    ('meet at noon', 104)
    """
    _check_key(key)
    data, kind, shape = _plain(message)
    first = key.used
    return Sealed(_added(data, key, 8 * len(data)), kind, shape, first)


def decrypt(sealed: Sealed, key: Key) -> Any:
    """The message again: the other party's key, used up in the same order.

    Raises
    ------
    ValueError
        If this key has been used up to another bit than the sender's had been: then the result would be noise.
    """
    _check_key(key)
    if not isinstance(sealed, Sealed):
        refuse("decrypt needs what encrypt returned", got={"sealed": (sealed, "")}, error=TypeError,
               why="It says with which bit of the key it begins", fix="decrypt(encrypt('hello', mine), yours)")
    require(key.used == sealed.first_bit, "both keys must have been used up to the same bit",
            got={"sender's": sealed.first_bit, "yours": key.used}, why="The pad is added bit for bit",
            fix="decrypting every message once, in the order in which they were sent; if you encrypted one meanwhile, "
                "both used the same bits")
    return _message(_added(sealed.data, key, 8 * len(sealed.data)), sealed.kind, sealed.shape)


def two_time_pad(first: Any, second: Any, key: Key) -> Reuse:
    """What must never be done: two messages of one kind and size under the same key bits.

    A :class:`~qnetlab.qkd.key.Key` refuses to give a bit twice; here it is forced to. ``seen`` is what Eve gets by
    adding what travels: the key drops out, and the two messages remain, one laid over the other. If she knows or
    guesses a part of one, she reads the same part of the other.

    Raises
    ------
    ValueError
        If the messages differ in size, or the key is too short.

    >>> found = two_time_pad("meet at noon", "stay at home", Key(np.arange(200) % 3 % 2))
    >>> bytes(found.seen ^ np.frombuffer(b"stay at home", np.uint8))
    b'meet at noon'
    """
    _check_key(key)
    data, kind, shape = _plain(first)
    other, other_kind, other_shape = _plain(second)
    require(shape == other_shape, "both messages must have the same shape",
            got={"first": (shape, ""), "second": (other_shape, "")}, why="One is laid over the other",
            fix="padding the shorter one")
    at = key.used
    bits = key.take(8 * len(data))
    sealed = [Sealed(_xor(item, np.packbits(bits).tobytes()), k, shape, at)
              for item, k in ((data, kind), (other, other_kind))]
    return Reuse(sealed[0], sealed[1], sealed[0].picture ^ sealed[1].picture)


def _check_key(key: Any) -> None:
    require(isinstance(key, Key), "a pad needs a Key", got={"key": (key, "")}, error=TypeError,
            why="Only unused secret bits hide a message; an Abort has none", fix="session.alice")


def _plain(message: Any) -> tuple[bytes, str, tuple[int, ...]]:
    if isinstance(message, str):
        data = message.encode(errors="surrogatepass")
        return data, "text", (len(data),)
    if isinstance(message, (bytes, bytearray)):
        return bytes(message), "bytes", (len(message),)
    if isinstance(message, np.ndarray) and message.dtype == np.uint8:
        return message.tobytes(), "picture", message.shape
    refuse("a message must be a text, bytes or an array of uint8", got={"message": (message, "")}, error=TypeError,
           why="The pad is added byte by byte", fix="picture.astype(numpy.uint8)")


def _message(data: bytes, kind: str, shape: tuple[int, ...]) -> Any:
    if kind == "text":
        try:
            return data.decode(errors="surrogatepass")
        except UnicodeDecodeError:  # changed on the way, or another key
            return data.decode(errors="replace")
    return data if kind == "bytes" else np.frombuffer(data, np.uint8).reshape(shape)


def _added(data: bytes, key: Key, bits: int) -> bytes:
    return _xor(data, np.packbits(key.take(bits)).tobytes())


def _xor(data: bytes, pad: bytes) -> bytes:
    return (np.frombuffer(data, np.uint8) ^ np.frombuffer(pad, np.uint8)).tobytes()
