"""A text that opens with the right answers, so that a key can lie in an open repository without being read there.

The answers, stretched by scrypt, give a pad as long as the text (SHAKE-256) and a key for its tag (HMAC-SHA-256). Who
knows all answers can open it, and learns nothing new; who knows none needs a tenth of a second for each guess. It keeps
honest people honest, no more: who knows six of twelve answers has the others after some minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os

_COST = {"n": 2**15, "r": 8, "p": 1}  # 32 MB and a tenth of a second for each guess
_MEMORY = 64 * 2**20


class Locked(ValueError):
    """The answers do not open it, or it is damaged."""


def lock(text: str, answers: str) -> str:
    """The text as JSON that opens with ``answers`` only.

    >>> unlock(lock("the key", "abc"), "abc")
    'the key'
    """
    salt = os.urandom(16)
    plain = text.encode()
    pad, tagged = _keys(answers, salt, len(plain))
    hidden = _xor(plain, pad)
    tag = hmac.digest(tagged, hidden, "sha256")
    return json.dumps({name: base64.b64encode(part).decode() for name, part in
                       (("salt", salt), ("tag", tag), ("text", hidden))}, indent=1) + "\n"


def unlock(locked: str, answers: str) -> str:
    """The text; raises :class:`Locked` if these are not the answers.

    >>> unlock(lock("the key", "abc"), "abd")
    Traceback (most recent call last):
        ...
    qnetlab.grading.lock.Locked: these answers do not open it
    """
    try:
        parts = json.loads(locked)
        salt, tag, hidden = (base64.b64decode(parts[name], validate=True) for name in ("salt", "tag", "text"))
    except (ValueError, KeyError, TypeError) as error:
        raise Locked("it is damaged") from error
    pad, tagged = _keys(answers, salt, len(hidden))
    if not hmac.compare_digest(tag, hmac.digest(tagged, hidden, "sha256")):
        raise Locked("these answers do not open it")
    return _xor(hidden, pad).decode()


def _keys(answers: str, salt: bytes, length: int) -> tuple[bytes, bytes]:
    """The pad for a text of this length, and the key for its tag."""
    stretched = hashlib.scrypt(answers.encode(), salt=salt, maxmem=_MEMORY, dklen=64, **_COST)
    return hashlib.shake_256(stretched[:32]).digest(length), stretched[32:]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
