"""The man in the middle: two honest sessions with two different keys, and the one thing that tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..checks import require
from ..seeds import Rng, root_seed, sequence_of
from .abort import Abort
from .authentication import SESSION_KEY_BITS
from .channel import Message, Tamper
from .distill import Session, distill
from .key import Key
from .record import Record


@dataclass(frozen=True, slots=True, eq=False)
class Impersonation:
    """How Eve's two sessions ended. ``with_alice``: she answered as bob; ``with_bob``: she spoke as alice."""

    with_alice: Session
    with_bob: Session

    @property
    def alice(self) -> Key | Abort:
        """What Alice ended with."""
        return self.with_alice.alice

    @property
    def bob(self) -> Key | Abort:
        """What Bob ended with."""
        return self.with_bob.bob

    @property
    def succeeded(self) -> bool:
        """Whether both hold a key that Eve holds, too."""
        return isinstance(self.alice, Key) and isinstance(self.bob, Key)

    def __repr__(self) -> str:
        if not self.succeeded:
            return f"Alice: {self.alice}\nBob: {self.bob}"
        same = "the same" if self.alice == self.bob else "different"
        return (f"Alice holds {len(self.alice)} bits, Bob {len(self.bob)}; "  # type: ignore[arg-type]  # both are keys
                f"the keys are {same}, and Eve holds both.")


def impersonate(with_alice: Record, with_bob: Record, *, authenticated: bool = True, rng: Rng = None,
                **options: Any) -> Impersonation:
    """Let Eve answer Alice as if she were Bob, and Bob as if she were Alice.

    Parameters
    ----------
    with_alice, with_bob : Record
        The clicks of the two sessions: Alice's pulses at Eve's receiver, and Eve's pulses at Bob's.
    authenticated : bool
        Whether Alice and Bob check the tags. Eve does not have their secret, so hers are guesses.
    rng : int, SeedSequence, Generator or None
        Everybody's randomness.
    **options
        As for :func:`~qnetlab.qkd.distill.distill`: source, key_basis, eps_sec, max_qber, method.

    Returns
    -------
    Impersonation
        With tags two aborts, without them two keys.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range.

    Notes
    -----
    Both sessions are honest to the last bit but for who holds the other end: no error rate, no gain and no privacy
    amplification sees that. A guessed tag passes with probability 2^-126 or so, see
    :func:`~qnetlab.qkd.authentication.forgery_probability`.
    """
    require(isinstance(authenticated, bool), "authenticated must be True or False", error=TypeError,
            got={"authenticated": (authenticated, "")}, why="Tags are checked or not", fix="authenticated=False")
    taken = sorted({"secrets", "tamper"} & set(options))
    require(not taken, "impersonate must be given neither secrets nor tamper", got={"options": (taken, "")},
            error=TypeError, why="Eve has no secret, and it is she who tampers", fix="distill(record, ...)")
    seed = root_seed(rng)
    ends = []
    for name, record, own in (("alice", with_alice, "bob"), ("bob", with_bob, "alice")):
        stream = np.random.default_rng(sequence_of(seed, f"impostor {name}"))
        # One secret for both ends lets Eve's side follow the rules; with tags that are checked, hers are replaced by
        # guesses before they are sent.
        shared = stream.integers(0, 2, SESSION_KEY_BITS)
        ends.append(distill(record, secrets=(Key(shared), Key(shared)), rng=stream,
                            tamper=_guesses_the_tag_of(own, stream) if authenticated else None, **options))
    return Impersonation(*ends)


def _guesses_the_tag_of(party: str, stream: np.random.Generator) -> Tamper:
    def tamper(number: int, message: Message) -> Message:
        if message.sender != party or message.kind != "tag":
            return message
        return Message(message.sender, message.kind, stream.bytes(len(message.payload)))

    return tamper
