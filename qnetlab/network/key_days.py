"""Stores of key that fill and drain, step by step, in whole bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Times = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What happened in a backbone, step by step; every bit is accounted for.

    ``stored_bits`` has one row more than the others: the store at every time in ``times_s``. ``made``, ``spent`` and
    ``discarded`` are bits per step and link, ``served`` and ``missed`` per step and demand.
    """

    times_s: Times
    stored_bits: Counts
    made: Counts
    spent: Counts
    discarded: Counts
    served: Counts
    missed: Counts

    @property
    def unaccounted_bits(self) -> int:
        """Begun with + made - spent - discarded - left, over all links: 0."""
        kept = self.stored_bits[0] + (self.made - self.spent - self.discarded).sum(axis=0) - self.stored_bits[-1]
        return int(np.abs(kept).sum())

    def __repr__(self) -> str:
        hours = self.times_s[-1] / 3600
        return (f"Day({hours:g} h: {self.served.sum()} end-to-end bits served, {self.missed.sum()} missed; "
                f"{self.spent.sum()} key bits spent on {self.spent.shape[1]} links, {self.discarded.sum()} discarded)")


def made_bits(times: Times, rate_bps: float, arrivals: Sequence[tuple[float, int]]) -> Counts:
    """Whole bits made in each step; what is not yet a whole bit waits for the next.

    >>> made_bits(np.array([0.0, 1.0, 2.0]), 1.5, [(1.2, 10)]).tolist()
    [1, 12]
    """
    coming = np.floor(rate_bps * times[1:]).astype(np.int64)
    for when, bits in arrivals:
        coming[times[1:] >= when] += bits
    return coming - np.concatenate(([0], coming[:-1]))


def wanted_bits(times: Times, rate_bps: float, begin_s: float, end_s: float) -> Counts:
    """Whole bits asked for in each step."""
    inside = np.clip(times, begin_s, end_s) - begin_s
    whole = np.floor(rate_bps * inside).astype(np.int64)
    return whole[1:] - whole[:-1]


def spend(times: Times, made: Counts, wanted: Counts, *, used: Sequence[Sequence[int]], room: Sequence[int],
          begin: Sequence[int]) -> Day:
    """One step after the other: what comes in, what each demand takes from all its hops, what a full store discards.

    Plain whole numbers are quicker here than arrays of thirty.
    """
    stored, rows = list(begin), [list(begin)]
    spent, discarded, served = (np.zeros_like(table).tolist() for table in (made, made, wanted))
    for k, (came, asked) in enumerate(zip(made.tolist(), wanted.tolist(), strict=True)):
        stored = [old + new for old, new in zip(stored, came, strict=True)]
        for d, want in enumerate(asked):
            given = min(want, *(stored[hop] for hop in used[d])) if want else 0
            if given:
                served[k][d] = given
                for hop in used[d]:
                    stored[hop] -= given
                    spent[k][hop] += given
        for hop, most in enumerate(room):
            if stored[hop] > most:
                discarded[k][hop], stored[hop] = stored[hop] - most, most
        rows.append(list(stored))
    done = np.array(served, np.int64).reshape(wanted.shape)
    return Day(times_s=times, stored_bits=np.array(rows, np.int64), made=made, spent=np.array(spent, np.int64),
               discarded=np.array(discarded, np.int64), served=done, missed=wanted - done)
