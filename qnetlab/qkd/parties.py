"""Alice and Bob, from what each wrote down to a key that both hold.

Each story is read from top to bottom; the other side's columns appear in it only as messages. Both count the leak from
their own log, and both compute the length of the key: if they disagree, they stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .abort import Abort
from .authentication import SESSION_KEY_BITS, TAG_KEY_BITS, tag, transcript_bytes
from .channel import (
    Bits,
    Halt,
    Indices,
    Message,
    Party,
    Script,
    join,
    pack_bits,
    pack_numbers,
    pack_pulses,
    split,
    unpack_bits,
    unpack_numbers,
    unpack_pulses,
)
from .counts import BASES, LARGEST, Counts
from .key import Key
from .key_length import KeyLength, secret_key_length
from .reconciliation import answered, corrected, disclosed_bits
from .record import AliceView, BobView
from .universal import CHECK_BITS, CHECK_EPS, HASH_BITS, check_value, toeplitz_hash

_CASCADE = ("What Bob's questions in error correction tell about the positions of his errors helps nobody: "
            "only Alice's parities are counted (arXiv:2307.00576 discusses when that holds).")
_LENGTH = "The length was computed from the errors that were seen, not fixed before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What both sides have settled before they begin; no secret."""

    source: str = "laser pulses"
    key_basis: str = "Z"
    eps_sec: float = 1e-9
    max_qber: float = 0.11
    method: str = "cascade"

    @property
    def key_column(self) -> int:
        """The number of the key basis."""
        return BASES.index(self.key_basis)

    def length(self, counts: Counts, leak_bits: int) -> KeyLength:
        """How long the key may be; :class:`Halt` if there is none."""
        try:
            found = secret_key_length(counts, source=self.source, key_basis=self.key_basis, leak_bits=leak_bits,
                                      eps_sec=self.eps_sec, eps_cor=CHECK_EPS)
        except ValueError as problem:
            raise Halt(str(problem)) from None
        if isinstance(found, Abort):
            raise Halt(found.reason)
        return found

    def judge(self, counts: Counts) -> float:
        """The error rate of the test bits; :class:`Halt` if it is undefined, too high, or no key can come of it."""
        self.length(counts, leak_bits=0)
        test = 1 - self.key_column
        brightest = int(np.argmax(counts.intensities))
        errors, bits = int(counts.errors[brightest, test]), int(counts.sifted[brightest, test])
        if not bits:
            raise Halt(f"No sifted bits of the signal in basis {BASES[test]}: an error rate over nothing is undefined.")
        if errors > self.max_qber * bits:
            raise Halt(f"{errors / bits:.1%} of the test bits are wrong, more than the {self.max_qber:.1%} allowed: "
                       "nobody can tell noise from an eavesdropper.")
        return float(counts.errors[:, test].sum() / counts.sifted[:, test].sum())

    def key(self, bits: Bits, length: KeyLength) -> Key:
        """The secret key with what it rests on."""
        return Key(bits, eps_sec=length.eps_sec, eps_cor=length.eps_cor,
                   assumptions=(f"Length by {length.bound}; at most {length.phase_error:.2%} phase errors.",
                                *length.assumptions, _CASCADE, _LENGTH))


class _Side(Party):
    """What Alice and Bob have in common."""

    def __init__(self, name: str, agreed: Agreement, secret: Key, rng: np.random.Generator) -> None:
        super().__init__(name)
        self.agreed, self.rng = agreed, rng
        if len(secret) < SESSION_KEY_BITS:
            raise Halt(f"Authentication needs {SESSION_KEY_BITS} secret bits in common; {len(secret)} are left.")
        self._pads = {"bob": secret.take(TAG_KEY_BITS), "alice": secret.take(TAG_KEY_BITS)}

    def leak(self) -> int:
        """Parities of Alice's key that were disclosed."""
        return disclosed_bits(self.log)

    def tag_of(self, name: str, messages: Iterable[Message]) -> bytes:
        """The tag that ``name`` would give to these messages."""
        return tag(transcript_bytes(messages), self._pads[name])

    def verify(self, heard: Message, sender: str) -> None:
        """Check the tag that has come last; :class:`Halt` if the two sides did not hear the same."""
        if heard.payload != self.tag_of(sender, self.log[:-1]):
            raise Halt("Authentication failed: the two sides did not hear the same, or somebody else is speaking.")

    def story(self) -> Script[Key]:
        """What the party does, from first to last."""
        raise NotImplementedError

    def script(self) -> Script[Key | Abort]:
        """The story, with an end in any case."""
        try:
            return (yield from self.story())
        except Halt as why:
            reason = yield from self.stop(why)
            return Abort(reason=f"{reason[:1].upper()}{reason[1:].rstrip('.')}.")


class Alice(_Side):
    """Who sent the pulses. ``view`` is what she wrote down; ``secret`` is what she shares with Bob from before."""

    def __init__(self, view: AliceView, *, agreed: Agreement, secret: Key, rng: np.random.Generator) -> None:
        self._view = view
        super().__init__("alice", agreed, secret, rng)

    def story(self) -> Script[Key]:
        """Sift, test, answer, amplify, authenticate."""
        mine, column = self._view, self.agreed.key_column
        clicks, bases = split((yield from self.listen("clicks")).payload, 2)
        rows = self._rows(unpack_pulses(clicks, sent=int(mine.sent.sum())))
        basis = mine.basis[rows]
        same = basis == unpack_bits(bases, len(rows))
        bit, intensity = mine.bit[rows][same], mine.intensity[rows][same]
        is_key = basis[same] == column
        key, test = bit[is_key], bit[~is_key]
        reply = join(pack_bits(same), mine.intensity[rows].tobytes(), pack_numbers(_halves(mine.sent.reshape(-1))))

        told = yield from self.say("bases", reply, "test bits")
        wrong = test ^ unpack_bits(told.payload, len(test))
        counts = _counts(mine.intensities, mine.sent, intensity, is_key, column, wrong)
        self.agreed.judge(counts)

        opening = yield from self.say("tested", pack_bits(test), "cut", "cut in order")
        check = yield from answered(self, key, opening, "check")
        seen = unpack_numbers(check.payload, high=len(key), count=len(mine.intensities))
        point, slope = (_random_number(self.rng) for _ in range(2))
        print_of_key = pack_bits(np.unpackbits(np.frombuffer(check_value(key, point, slope).to_bytes(8, "little"),
                                                             np.uint8)))
        yield from self.say("fingerprint", join(point.to_bytes(16, "little"), slope.to_bytes(16, "little"),
                                                print_of_key), "equal")
        length = self.agreed.length(_with_key_errors(counts, column, seen), self.leak())
        matrix = self.rng.integers(0, 2, len(key) + length.bits - 1, dtype=np.uint8)
        heard = yield from self.say("matrix", join(length.bits.to_bytes(8, "little"), pack_bits(matrix)), "tag")
        self.verify(heard, "bob")
        secret = self.agreed.key(toeplitz_hash(key, length.bits, matrix), length)
        last = Message("alice", "tag", self.tag_of("alice", self.log))
        self.log.append(last)
        if (answer := (yield last)) is not None:
            self._heard(answer, ())
        return secret

    def _rows(self, pulses: Indices) -> Indices:
        """Where the pulses that Bob names stand among hers."""
        if np.any(np.diff(pulses) <= 0):
            raise Halt("The numbers of the pulses that clicked do not increase.")
        rows = np.searchsorted(self._view.pulse, pulses)
        if len(pulses) and (rows[-1] >= len(self._view.pulse) or np.any(self._view.pulse[rows] != pulses)):
            raise Halt("Bob names a pulse of which there is no record.")
        return rows.astype(np.int64)


class Bob(_Side):
    """Who had the detectors. ``view`` is what he wrote down; ``secret`` is what he shares with Alice from before."""

    def __init__(self, view: BobView, *, intensities: tuple[float, ...], agreed: Agreement, secret: Key,
                 rng: np.random.Generator) -> None:
        self._view, self._intensities = view, intensities
        super().__init__("bob", agreed, secret, rng)

    def story(self) -> Script[Key]:
        """Sift, test, correct, verify, amplify, authenticate."""
        mine, column, kinds = self._view, self.agreed.key_column, len(self._intensities)
        told = yield from self.say("clicks", join(pack_pulses(mine.pulse), pack_bits(mine.basis)), "bases")
        matched, kind, sent_halves = split(told.payload, 3)
        same = unpack_bits(matched, len(mine.pulse)) == 1
        if len(kind) != len(mine.pulse):
            raise Halt("a message did not name the intensity of every click")
        intensity = np.frombuffer(kind, np.uint8)[same]
        if intensity.size and int(intensity.max()) >= kinds:
            raise Halt("a message named an intensity that was never agreed on")
        sent = _wholes(unpack_numbers(sent_halves, high=2**32 - 1, count=4 * kinds)).reshape(kinds, 2)
        is_key = mine.basis[same] == column
        key, test = mine.bit[same][is_key], mine.bit[same][~is_key]

        told = yield from self.say("test bits", pack_bits(test), "tested")
        wrong = test ^ unpack_bits(told.payload, len(test))
        counts = _counts(self._intensities, sent, intensity, is_key, column, wrong)
        qber = self.agreed.judge(counts)

        found = yield from corrected(self, key, qber, self.agreed.method, self.rng)
        seen = np.bincount(intensity[is_key], weights=found ^ key, minlength=kinds).astype(np.int64)
        told = yield from self.say("check", pack_numbers(seen), "fingerprint")
        point, slope, print_of_key = split(told.payload, 3)
        value = np.packbits(unpack_bits(print_of_key, CHECK_BITS)).tobytes()
        if len(point) != 16 or len(slope) != 16 or int.from_bytes(value, "little") != check_value(
                found, int.from_bytes(point, "little"), int.from_bytes(slope, "little")):
            raise Halt("Verification failed: the corrected key is not Alice's.")

        told = yield from self.say("equal", b"", "matrix")
        length = self.agreed.length(_with_key_errors(counts, column, seen), self.leak())
        stated, matrix_bits = split(told.payload, 2)
        if int.from_bytes(stated, "little") != length.bits:
            raise Halt(f"The two sides count differently: {length.bits} and {int.from_bytes(stated, 'little')} bits.")
        matrix = unpack_bits(matrix_bits, len(found) + length.bits - 1)
        secret = self.agreed.key(toeplitz_hash(found, length.bits, matrix), length)
        heard = yield from self.say("tag", self.tag_of("bob", self.log), "tag")
        self.verify(heard, "alice")
        return secret


def _halves(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.stack([numbers & 0xFFFFFFFF, numbers >> 32], axis=-1).reshape(-1)


def _wholes(halves: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    low, high = halves.reshape(-1, 2).T
    if np.any(high >= LARGEST >> 32):
        raise Halt("a message stated more pulses than can be counted")
    return low + (high << 32)


def _random_number(rng: np.random.Generator) -> int:
    return int.from_bytes(rng.bytes(16), "little") >> (128 - HASH_BITS)


def _counts(intensities: tuple[float, ...], sent: npt.NDArray[np.int64], intensity: Bits, is_key: npt.NDArray[np.bool_],
            column: int, wrong: Bits) -> Counts:
    """What is known of the sifted bits before error correction: the key's errors still count as none."""
    kinds = len(intensities)
    sifted, errors = np.zeros((kinds, 2), np.int64), np.zeros((kinds, 2), np.int64)
    sifted[:, column] = np.bincount(intensity[is_key], minlength=kinds)
    sifted[:, 1 - column] = np.bincount(intensity[~is_key], minlength=kinds)
    errors[:, 1 - column] = np.bincount(intensity[~is_key][wrong == 1], minlength=kinds)
    pulses = int(sent.sum())
    if not pulses:
        raise Halt("No pulse was sent.")
    try:
        return Counts(intensities=intensities, probabilities=tuple(sent.sum(axis=1) / pulses), sent=sent, sifted=sifted,
                      errors=errors)
    except ValueError as problem:
        raise Halt(str(problem)) from None


def _with_key_errors(counts: Counts, column: int, seen: npt.NDArray[np.int64]) -> Counts:
    errors = counts.errors.copy()
    errors[:, column] = seen
    try:
        return Counts(intensities=counts.intensities, probabilities=counts.probabilities, sent=counts.sent,
                      sifted=counts.sifted, errors=errors)
    except ValueError as problem:
        raise Halt(str(problem)) from None
