"""What a trusted relay really does with two keys, and what it could read: real bits, really used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..checks import require
from ..qkd.channel import Bits
from ..qkd.key import Key
from ..qkd.one_time_pad import Sealed, decrypt, encrypt
from ..seeds import Rng, root_seed

#: Said with every key that went through a relay.
TRUST = "every relay on the way is honest and forgets what it held"


class TrustedRelay:
    """A station between two parties that shares one key with each, and makes one key for both of them.

    Parameters
    ----------
    alice_key, bob_key : Key
        The relay's own copies of its two keys; what it announces is used up in both.

    Raises
    ------
    TypeError
        If one of them is no Key.

    Notes
    -----
    ``announce`` says K_A xor K_B in public. Bob adds his own key and holds K_A. Who hears it all and knows neither key
    learns nothing: the sum of a bit with a coin is a coin. The relay holds both, so it knows the result; ``known`` is
    what a relay has that does not forget.

    >>> rng = np.random.default_rng(1)
    >>> a, b = rng.integers(0, 2, 300), rng.integers(0, 2, 180)
    >>> relay = TrustedRelay(Key(a), Key(b))
    >>> announced = relay.announce()
    >>> bob = recover(announced, Key(b))
    >>> len(announced), bob == Key(a[:180]), np.array_equal(relay.known, a[:180])
    (180, True, True)
    """

    def __init__(self, alice_key: Key, bob_key: Key) -> None:
        for name, key in (("alice_key", alice_key), ("bob_key", bob_key)):
            require(isinstance(key, Key), f"{name} must be a Key", got={name: (key, "")}, error=TypeError,
                    why="A relay adds secret bits that are used once", fix=f"{name}=Key([0, 1, 1])")
        self._alice, self._bob = alice_key, bob_key
        self._known: list[Bits] = []

    def __len__(self) -> int:
        """How many end-to-end bits can still be made: the shorter of the two keys decides."""
        return min(len(self._alice), len(self._bob))

    @property
    def known(self) -> Bits:
        """The end-to-end bits that went through the relay: it held them all."""
        return np.concatenate(self._known) if self._known else np.zeros(0, np.uint8)

    def announce(self, bits: int | None = None) -> Bits:
        """K_A xor K_B, to be said in public; ``bits`` of both keys are used up, all that both have for None.

        Raises
        ------
        TypeError, ValueError
            If one of the keys has fewer bits left.
        """
        count = len(self) if bits is None else bits
        require(not isinstance(count, bool) and isinstance(count, (int, np.integer)), "bits must be a whole number",
                got={"bits": (bits, "bit")}, error=TypeError, why="Bits are counted", fix="bits=128")
        require(0 <= count <= len(self), "both keys must have as many unused bits as are announced",
                got={"wanted": (count, "bit"), "left with alice": (len(self._alice), "bit"),
                     "left with bob": (len(self._bob), "bit")},
                why="Each end-to-end bit uses one of each", fix=f"bits={len(self)}")
        mine = self._alice.take(int(count))
        self._known.append(mine)
        return mine ^ self._bob.take(int(count))

    def __repr__(self) -> str:
        return (f"TrustedRelay({len(self)} end-to-end bits left; it shares {len(self._alice)} with alice and "
                f"{len(self._bob)} with bob)")


def recover(announced: Any, key: Key) -> Key:
    """Bob's side: what the relay announced, with his own key added, is alice's key.

    The new key carries the trust it takes; its eps is that of bob's key, alice's comes on top.

    Raises
    ------
    TypeError, ValueError
        If there is nothing announced, or the key is too short.

    >>> recover([1, 1, 0], Key([0, 1, 1]))
    Key: 3 secret bits
      every relay on the way is honest and forgets what it held
    """
    said = np.asarray(announced, dtype=np.uint8)
    return Key(said ^ key.take(said.size), eps_sec=key.eps_sec, eps_cor=key.eps_cor,
               assumptions=tuple(dict.fromkeys((*key.assumptions, TRUST))))


class Forwarded(NamedTuple):
    """A message that went along a line of relays."""

    #: What arrived.
    message: Any
    #: What went over each hop, in public.
    sealed: tuple[Sealed, ...]
    #: What each relay held in its hands, from the first to the last: the message itself.
    held: tuple[Any, ...]


def forward(message: Any, hops: Sequence[tuple[Key, Key]]) -> Forwarded:
    """Send a message along a line: every hop encrypts it with its own key, and every relay opens it.

    Parameters
    ----------
    message : str, bytes or uint8 array
        As in :func:`~qnetlab.qkd.one_time_pad.encrypt`; for a new end-to-end key, bytes of alice's choice.
    hops : sequence of (Key, Key)
        The two copies of each hop's key: of the node nearer to alice, and of the next one.

    Raises
    ------
    ValueError
        If there is no hop, or a key is too short; nothing is used up then.

    >>> rng = np.random.default_rng(2)
    >>> hops = [(Key(bits), Key(bits)) for bits in rng.integers(0, 2, (3, 100))]
    >>> sent = forward("at noon", hops)
    >>> sent.message, sent.held, [len(mine) for mine, _ in hops]
    ('at noon', ('at noon', 'at noon'), [44, 44, 44])
    """
    require(len(hops) > 0, "a line must have at least one hop", got={"hops": (len(hops), "")},
            why="A message goes somewhere", fix="hops=[(mine, yours)]")
    size = _bytes_of(message)
    short = min(len(key) for hop in hops for key in hop)
    require(short >= 8 * size, "every hop must have as many unused bits as the message",
            got={"message": (8 * size, "bit"), "shortest key": (short, "bit")},
            why="Each hop spends one bit of key per bit", fix="a shorter message")
    sealed, held, carried = [], [], message
    for mine, yours in hops:
        sealed.append(encrypt(carried, mine))
        carried = decrypt(sealed[-1], yours)
        held.append(carried)
    return Forwarded(carried, tuple(sealed), tuple(held[:-1]))


def _bytes_of(message: Any) -> int:
    if isinstance(message, str):
        return len(message.encode(errors="surrogatepass"))
    if isinstance(message, (bytes, bytearray)):
        return len(message)
    return message.nbytes if isinstance(message, np.ndarray) else 0  # encrypt says what a message is


def split_key(bits: Any, shares: int, rng: Rng = None) -> tuple[Bits, ...]:
    """Bits as ``shares`` random parts whose XOR they are: whoever misses one part knows nothing.

    >>> parts = split_key([1, 0, 1, 1], 3, rng=1)
    >>> join_shares(parts).tolist()
    [1, 0, 1, 1]
    """
    require(not isinstance(shares, bool) and isinstance(shares, (int, np.integer)) and shares >= 1,
            "shares must be a whole number, 1 <= shares", got={"shares": (shares, "")}, why="Parts are counted",
            fix="shares=2")
    whole = np.asarray(bits, dtype=np.uint8)
    coins = np.random.default_rng(root_seed(rng)).integers(0, 2, (int(shares) - 1, whole.size), dtype=np.uint8)
    last = np.bitwise_xor.reduce(np.vstack([whole[None], coins]), axis=0)
    return (*coins, last)


def join_shares(parts: Sequence[Any]) -> Bits:
    """The XOR of all parts: the bits again."""
    joined: Bits = np.bitwise_xor.reduce(np.asarray(parts, dtype=np.uint8), axis=0)
    return joined
