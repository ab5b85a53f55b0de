"""What a session of prepare-and-measure QKD leaves behind: one row per pulse that made a detector click.

The record is the referee's book. Each party sees its own columns only, :meth:`Record.alice` and :meth:`Record.bob`;
what both know, they have told each other over the public channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..checks import refuse, require
from .counts import LARGEST, Counts

Bits = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AliceView:
    """What Alice wrote down, of the pulses in question: she learns from Bob which ones these are."""

    pulse: Indices
    bit: Bits
    basis: Bits
    intensity: Bits
    intensities: tuple[float, ...]
    sent: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BobView:
    """What Bob wrote down: when a detector clicked, how he had chosen to measure, and what he read."""

    pulse: Indices
    bit: Bits
    basis: Bits


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """The clicks of one session, in the order of the pulses; frozen, its arrays are read-only copies.

    Parameters
    ----------
    pulse : int64 array (n,)
        Number of the pulse, >= 0, strictly increasing; pulses without a click do not appear.
    alice_bit, alice_basis, bob_basis, bob_bit : uint8 arrays (n,)
        0 or 1; a basis is 0 for Z and 1 for X. A double click already is a random bit.
    intensity : uint8 array (n,)
        Which of ``intensities`` the pulse had.
    intensities : tuple of float
        Mean photon number of each setting of the source, >= 0; a single-photon source has one entry.
    sent : int64 array (len(intensities), 2)
        Pulses sent per intensity and basis of Alice, clicks or not.
    repetition_rate_hz : float
        Pulses per second, > 0.

    Raises
    ------
    ValueError, TypeError
        If an array has another length, kind or range than said above, or if more clicked than was sent.

    >>> r = Record(pulse=[3, 8], alice_bit=[0, 1], alice_basis=[0, 1], intensity=[0, 0], bob_basis=[0, 0],
    ...            bob_bit=[0, 1], intensities=(1.0,), sent=[[5, 5]], repetition_rate_hz=1e6)
    >>> len(r), r.duration_s, r.bob().bit.tolist()
    (2, 1e-05, [0, 1])
    """

    pulse: Indices
    alice_bit: Bits
    alice_basis: Bits
    intensity: Bits
    bob_basis: Bits
    bob_bit: Bits
    intensities: tuple[float, ...]
    sent: npt.NDArray[np.int64]
    repetition_rate_hz: float

    def __post_init__(self) -> None:
        def put(name: str, made: Any) -> None:
            object.__setattr__(self, name, made)

        put("intensities", _means(self.intensities))
        count = len(self.intensities)
        put("pulse", _array("pulse", self.pulse, np.int64, None, 2**62))
        n = len(self.pulse)
        for name in ("alice_bit", "alice_basis", "bob_basis", "bob_bit"):
            put(name, _array(name, getattr(self, name), np.uint8, (n,), 1))
        put("intensity", _array("intensity", self.intensity, np.uint8, (n,), count - 1))
        put("sent", _array("sent", self.sent, np.int64, (count, 2), LARGEST))
        require(bool(np.all(np.diff(self.pulse) > 0)), "pulse must increase from row to row",
                got={"pulse": (self.pulse[:8].tolist(), "")}, why="A pulse clicks once", fix="numpy.sort(pulse)")
        kinds = 2 * self.intensity.astype(np.int64) + self.alice_basis
        clicks = np.bincount(kinds, minlength=2 * count).reshape(count, 2)
        require(bool(np.all(clicks <= self.sent)), "sent must be at least the number of clicks of each kind",
                got={"clicks": clicks.tolist(), "sent": self.sent.tolist()}, why="No click without a pulse",
                fix="sent counted over all pulses, per intensity and basis of Alice")
        require(n == 0 or int(self.pulse[-1]) < self.pulses, "pulse must be below the number of pulses sent",
                got={"pulse": int(self.pulse[-1]) if n else 0, "sent": self.pulses}, why="Pulses count from 0",
                fix="sent counted over all pulses")
        rate = self.repetition_rate_hz
        require(not isinstance(rate, bool) and isinstance(rate, (int, float, np.integer, np.floating))
                and 0 < rate <= 1e308, "repetition_rate_hz must satisfy 0 < repetition_rate_hz < inf",
                got={"repetition_rate_hz": (rate, "Hz")}, why="Pulses take time", fix="repetition_rate_hz=1e6")
        put("repetition_rate_hz", float(rate))

    def __len__(self) -> int:
        return len(self.pulse)

    def __repr__(self) -> str:
        return f"Record({len(self)} clicks of {self.pulses} pulses, intensities {self.intensities})"

    @property
    def pulses(self) -> int:
        """All pulses sent, with or without a click."""
        return int(self.sent.sum())

    @property
    def duration_s(self) -> float:
        """How long sending took, in seconds."""
        return self.pulses / self.repetition_rate_hz

    def counts(self) -> Counts:
        """What key lengths are computed from: sent, sifted and wrong, per intensity and basis.

        The share of each intensity is the one that was sent.

        Raises
        ------
        ValueError
            If nothing was sent, or two intensities are equal.

        >>> one = Record(pulse=[3], alice_bit=[0], alice_basis=[1], intensity=[0], bob_basis=[1], bob_bit=[1],
        ...              intensities=(1.0,), sent=[[5, 5]], repetition_rate_hz=1e6).counts()
        >>> one.sifted.tolist(), one.errors.tolist()
        ([[0, 1]], [[0, 1]])
        """
        require(self.pulses > 0, "some pulse must have been sent", got={"sent": self.pulses},
                why="Shares of nothing are undefined", fix="a record with pulses")
        kinds = len(self.intensities)
        same = self.alice_basis == self.bob_basis
        cell = 2 * self.intensity.astype(np.int64) + self.alice_basis
        sifted, errors = (np.bincount(cell[kept], minlength=2 * kinds).reshape(kinds, 2)
                          for kept in (same, same & (self.alice_bit != self.bob_bit)))
        return Counts(intensities=self.intensities, probabilities=tuple(self.sent.sum(axis=1) / self.pulses),
                      sent=self.sent, sifted=sifted, errors=errors)

    def alice(self) -> AliceView:
        """Alice's own columns."""
        return AliceView(pulse=self.pulse, bit=self.alice_bit, basis=self.alice_basis, intensity=self.intensity,
                         intensities=self.intensities, sent=self.sent)

    def bob(self) -> BobView:
        """Bob's own columns."""
        return BobView(pulse=self.pulse, bit=self.bob_bit, basis=self.bob_basis)


def _means(got: Any) -> tuple[float, ...]:
    try:
        means = tuple(float(x) for x in got)
    except (TypeError, ValueError):
        means = ()
    require(bool(means) and len(means) < 256 and all(0 <= x < float("inf") for x in means),
            "intensities must be 1 to 255 mean photon numbers, each >= 0", got={"intensities": (got, "")},
            why="A setting of the source is its mean photon number", fix="intensities=(0.5, 0.1, 0.0)")
    return means


def _array(name: str, got: Any, kind: type[np.uint8] | type[np.int64], shape: tuple[int, ...] | None,
           high: int) -> Any:
    """A read-only copy of whole numbers 0 ... high in the wanted shape (None: any length)."""
    try:
        made = np.asarray(got)
    except ValueError:  # rows of different length
        made = np.asarray(None)
    wanted = "(n,)" if shape is None else str(shape)
    if made.size == 0 and made.ndim == 1:
        made = made.astype(np.int64)
    if made.dtype == np.bool_:
        made = made.astype(np.uint8)
    if not np.issubdtype(made.dtype, np.integer):
        refuse(f"{name} must be an array of whole numbers of shape {wanted}", got={name: (got, "")},
               why="A record counts and names, it does not measure", fix=f"{name}.astype(int)", error=TypeError)
    require(made.ndim == 1 if shape is None else made.shape == shape, f"{name} must have the shape {wanted}",
            got={f"shape of {name}": (made.shape, "")}, why="Each click is one row, each intensity a row of sent")
    require(made.size == 0 or (int(made.min()) >= 0 and int(made.max()) <= high),
            f"{name} must satisfy 0 <= {name} <= {high}",
            got={name: (f"{int(made.min()) if made.size else 0} to {int(made.max()) if made.size else 0}", "")},
            why="Bits and bases are 0 or 1, everything else is counted from 0")
    kept = np.array(made, dtype=kind)
    kept.setflags(write=False)
    return kept
