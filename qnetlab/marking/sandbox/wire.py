"""Messages between two processes of this machine: a length, then JSON; nothing is ever unpickled.

The reader may face a hostile writer: lengths are limited before anything is read, JSON is strict, and a reader never
waits beyond its deadline.
"""

from __future__ import annotations

import json
import math
import select
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any

_HEAD = struct.Struct(">I")
_DEEPEST = 60


class WireError(Exception):
    """The other side broke the rules of the wire, or is gone."""


class Gone(WireError):
    """The other side closed its end."""


class TooLate(WireError):
    """Nothing came before the deadline."""


def pack(message: Any) -> bytes:
    """A message as bytes, with its length in front."""
    body = json.dumps(message, allow_nan=False).encode()
    return _HEAD.pack(len(body)) + body


def unpack(body: bytes) -> Any:
    """Strict JSON: no NaN, no infinity, no depth beyond reason; raises :class:`WireError`.

    >>> unpack(b'{"a": [1, 2.5]}')
    {'a': [1, 2.5]}
    """
    try:
        found = json.loads(body, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as reason:
        raise WireError(f"a message is not strict JSON: {type(reason).__name__}") from reason
    if _deeper_than(found, _DEEPEST):
        raise WireError("a message is nested too deep")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _finite(word: str) -> float:
    number = float(word)
    if math.isinf(number):
        raise ValueError("a number beyond a float")
    return number


def _deeper_than(found: Any, limit: int) -> bool:
    level = [found]
    for _ in range(limit):
        level = [inner for item in level if isinstance(item, (dict, list))
                 for inner in (item.values() if isinstance(item, dict) else item)]
        if not level:
            return False
    return True


@dataclass(slots=True)
class Wire:
    """One end of a pair of sockets; ``budget`` is how many bytes may still be read."""

    end: socket.socket
    longest: int
    budget: float = float("inf")

    def send(self, message: Any, seconds: float = 30.0) -> None:
        """Send one message; a reader that does not read is left alone after ``seconds``."""
        self.end.settimeout(seconds)
        try:
            self.end.sendall(pack(message))
        except TimeoutError as reason:
            raise TooLate("the other side does not read") from reason
        except OSError as reason:
            raise Gone(f"the other side is gone: {reason}") from reason

    def receive(self, deadline: float | None = None) -> Any:
        """The next message; raises :class:`Gone`, :class:`TooLate` or :class:`WireError`.

        ``deadline`` is on ``time.monotonic()``.
        """
        (length,) = _HEAD.unpack(self._exactly(_HEAD.size, deadline))
        if length > self.longest:
            raise WireError(f"a message of {length} bytes, more than {self.longest}")
        return unpack(self._exactly(length, deadline))

    def _exactly(self, count: int, deadline: float | None) -> bytes:
        self.budget -= count
        if self.budget < 0:
            raise WireError("more was sent than is allowed in all")
        parts = []
        while count:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and (left <= 0 or not select.select([self.end], [], [], left)[0]):
                raise TooLate("nothing came in time")
            self.end.settimeout(None)
            try:
                part = self.end.recv(min(count, 65536))
            except OSError as reason:
                raise Gone(f"the other side is gone: {reason}") from reason
            if not part:
                raise Gone("the other side closed its end")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
