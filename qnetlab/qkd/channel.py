"""The public channel: everybody reads it, somebody may change it, and its transcript is the record of what was said.

A party is a generator: it yields a :class:`Message` and is sent the answer. It holds its own key and nothing else, so
whatever it learns about the other side has been on the channel.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from ..checks import refuse, require

Bits = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int64]
T = TypeVar("T")


class Halt(Exception):
    """Raised by a party that cannot go on; ``told`` if the other side already knows."""

    def __init__(self, reason: str, told: bool = False) -> None:
        super().__init__(reason)
        self.told = told


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who says it, of what kind it is, and its bytes."""

    sender: str
    kind: str
    payload: bytes = b""

    def __repr__(self) -> str:
        return f"{self.sender}: {self.kind} ({len(self.payload)} bytes)"


#: What may stand between the parties: (number of the message, message) -> what arrives; None: nothing does.
Tamper = Callable[[int, Message], Message | None]


class Channel:
    """A public channel without protection; ``transcript`` holds what was sent, in order.

    >>> channel = Channel()
    >>> channel.carry(Message("bob", "clicks", b"123"))
    bob: clicks (3 bytes)
    >>> len(channel.transcript)
    1
    """

    def __init__(self, tamper: Tamper | None = None) -> None:
        require(tamper is None or callable(tamper), "tamper must be a function of number and message", error=TypeError,
                got={"tamper": (tamper, "")}, why="It stands between them", fix="lambda number, message: message")
        self.transcript: list[Message] = []
        self._tamper = tamper

    def carry(self, message: Message) -> Message | None:
        """Write down what was sent and hand over what arrives."""
        self.transcript.append(message)
        if self._tamper is None:
            return message
        arrives = self._tamper(len(self.transcript) - 1, message)
        if arrives is None or (isinstance(arrives, Message) and isinstance(arrives.payload, bytes)
                               and isinstance(arrives.kind, str)):
            return arrives
        refuse("tamper must return a Message with a payload of bytes, or None", got={"returned": (arrives, "")},
               why="A line carries bytes or nothing, whatever Eve does", error=TypeError,
               fix="dataclasses.replace(message, payload=b'...')")


#: What a party does: it yields what it says and is sent what it hears; its value is how it ended.
Script = Generator[Message | None, Message | None, T]


#: Who speaks with whom.
OTHER = {"alice": "bob", "bob": "alice"}


class Party:
    """One side of a conversation: its name, alice or bob, and its own log of what it said and heard."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.log: list[Message] = []

    def say(self, kind: str, payload: bytes, *expected: str) -> Script[Message]:
        """Say something and wait for an answer of one of the ``expected`` kinds."""
        message = Message(self.name, kind, payload)
        self.log.append(message)
        return self._heard((yield message), expected)

    def listen(self, *expected: str) -> Script[Message]:
        """Wait for the other side to begin."""
        return self._heard((yield None), expected)

    def _heard(self, answer: Message | None, expected: tuple[str, ...]) -> Message:
        if answer is None:
            raise Halt("no answer came: the channel was cut")
        self.log.append(answer)
        if answer.kind == "stop":
            raise Halt(f"the other side stopped: {answer.payload[:300].decode(errors='replace')}", told=True)
        if answer.kind not in expected or answer.sender != OTHER[self.name]:
            raise Halt(f"a message {answer.kind!r} came where {' or '.join(expected)} was due")
        return answer

    def stop(self, why: Halt) -> Script[str]:
        """Tell the other side that this one stops, if it does not know; the reason is returned."""
        if not why.told:
            message = Message(self.name, "stop", str(why).encode())
            self.log.append(message)
            yield message
        return str(why)


@dataclass(slots=True)
class _End(Generic[T]):
    value: T | None = None
    done: bool = False


def converse(first: Script[T], second: Script[T], channel: Channel) -> tuple[T, T]:
    """Let ``first`` speak and ``second`` answer, in turn, until both have come to their end.

    Returns what each of them ended with. When one has ended without a further message, the other is told that nothing
    will come.
    """
    scripts, ends = (first, second), (_End[T](), _End[T]())

    def resume(who: int, heard: Message | None, begin: bool = False) -> Message | None:
        try:
            return next(scripts[who]) if begin else scripts[who].send(heard)
        except StopIteration as end:
            ends[who].value, ends[who].done = end.value, True
            return None

    resume(1, None, begin=True)
    said, speaker = resume(0, None, begin=True), 0
    while not all(end.done for end in ends):
        heard = channel.carry(said) if said is not None else None
        speaker = 1 - speaker
        if not ends[speaker].done:
            said = resume(speaker, heard)
        elif not ends[1 - speaker].done:  # the listener has left: the speaker hears nothing more
            speaker = 1 - speaker
            said = resume(speaker, None)
    return ends[0].value, ends[1].value  # type: ignore[return-value]  # both are done


# ------------------------------------------------------------------------------------------------- what is in a message


def pack_bits(bits: Any) -> bytes:
    """Bits as bytes: how many, then eight to a byte.

    >>> unpack_bits(pack_bits([1, 0, 1]), 3).tolist()
    [1, 0, 1]
    """
    kept = np.asarray(bits, dtype=np.uint8)
    return len(kept).to_bytes(8, "little") + np.packbits(kept).tobytes()


def count_bits(payload: bytes) -> int:
    """How many bits a message of :func:`pack_bits` holds."""
    return int.from_bytes(payload[:8], "little")


def unpack_bits(payload: bytes, wanted: int) -> Bits:
    """The bits again; :class:`Halt` if there are not as many as are due."""
    found = count_bits(payload)
    if len(payload) < 8 or found != wanted or len(payload) != 8 + (found + 7) // 8:
        raise Halt(f"a message held {found} bits where {wanted} were due")
    return np.unpackbits(np.frombuffer(payload, np.uint8, offset=8), count=found)


def pack_numbers(numbers: Any) -> bytes:
    """Whole numbers >= 0 below 2^32, four bytes each.

    >>> unpack_numbers(pack_numbers([1, 70000]), high=70000).tolist()
    [1, 70000]
    """
    return np.asarray(numbers, dtype="<u4").tobytes()


def unpack_numbers(payload: bytes, *, high: int, count: int | None = None) -> Indices:
    """The numbers again; :class:`Halt` unless they are ``count`` numbers (None: any) of 0 ... ``high``."""
    if len(payload) % 4 or (count is not None and len(payload) != 4 * count):
        raise Halt(f"a message held {len(payload)} bytes where "
                   f"{'numbers of 4' if count is None else f'{count} numbers'} were due")
    found = np.frombuffer(payload, "<u4").astype(np.int64)
    if found.size and int(found.max()) > high:
        raise Halt(f"a message held the number {int(found.max())} where at most {high} was due")
    return found


def join(*parts: bytes) -> bytes:
    """Several parts in one message, each with its length before it."""
    return b"".join(len(part).to_bytes(8, "little") + part for part in parts)


def split(payload: bytes, count: int) -> list[bytes]:
    """The parts again; :class:`Halt` unless they are ``count``.

    >>> split(join(b"ab", b""), 2)
    [b'ab', b'']
    """
    parts: list[bytes] = []
    at = 0
    while at + 8 <= len(payload) and len(parts) < count:
        size = int.from_bytes(payload[at:at + 8], "little")
        parts.append(payload[at + 8:at + 8 + size])
        at += 8 + size
    if len(parts) != count or at != len(payload):
        raise Halt("a message did not have the parts that were due")
    return parts


def pack_pulses(pulses: Indices) -> bytes:
    """Numbers of pulses, increasing: their distances, compressed.

    >>> unpack_pulses(pack_pulses(np.array([3, 8, 2**40])), sent=2**41).tolist() == [3, 8, 2**40]
    True
    """
    return zlib.compress(np.diff(pulses, prepend=0).astype("<i8").tobytes(), 1)


def unpack_pulses(payload: bytes, *, sent: int) -> Indices:
    """The pulses again; :class:`Halt` if they are none, or more than the ``sent`` ones."""
    # No more of them than were sent, nor than a hundred million: a short message may unpack to any length.
    limit = min(8 * max(sent, 1), 1 << 30)
    try:
        opened = zlib.decompressobj()
        data = opened.decompress(payload, limit)
    except zlib.error:
        raise Halt("a message could not be unpacked") from None
    if len(data) % 8 or not opened.eof or opened.unused_data:
        raise Halt("a message could not be unpacked")
    steps = np.frombuffer(data, "<i8").astype(np.int64)
    if float(np.abs(steps.astype(np.float64)).sum()) > 2.0**62:  # added up they could come back from the other side
        raise Halt("a message named a pulse that was never sent")
    return np.cumsum(steps)
