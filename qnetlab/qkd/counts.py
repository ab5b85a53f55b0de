"""How many pulses were sent, sifted and wrong, per intensity and basis: all that a key length needs to know."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import MISSING
from typing import Any

import numpy as np
import numpy.typing as npt

from ..checks import custom, refuse, require, value
from ..estimate import Estimate
from .counts_csv import read_rows

#: Basis -> its column in the arrays.
BASES = ("Z", "X")

#: Beyond this a float no longer counts every pulse, and a day at 10 GHz stays below.
LARGEST = 2**53

Table = npt.NDArray[np.int64]


def _coerce_numbers(name: str, got: Any) -> tuple[float, ...]:
    try:
        kept = tuple(float(item) for item in got)
    except (TypeError, ValueError, OverflowError):
        refuse(f"{name} must be numbers, one per intensity", got={name: (got, "")}, error=TypeError,
               why="Every intensity is a mean photon number", fix=f"{name}=(0.5, 0.1)")
    require(bool(kept) and all(0 <= item < math.inf for item in kept),
            f"{name} must be one or more finite numbers >= 0", got={name: (got, "")},
            why="There is no less than no light", fix=f"{name}=(0.5, 0.1)")
    return kept


def _coerce_table(name: str, got: Any) -> Table:
    try:
        read = np.array(got, dtype=object)
    except ValueError:
        read = np.array(None, dtype=object)
    if read.ndim != 2 or read.shape[1] != 2 or not read.shape[0]:
        refuse(f"{name} must be a table with one row per intensity and the columns Z, X", got={name: (got, "")},
               why="Each basis is counted by itself", fix=f"{name}=[[100, 100], [10, 10]]", error=TypeError)
    for item in read.flat:
        whole = isinstance(item, (int, np.integer)) and not isinstance(item, bool)
        require(whole and 0 <= int(item) <= LARGEST, f"{name} must hold whole numbers, 0 to 2^53",
                got={name: (item, "")}, why="These are counts", fix=f"{name}=[[100, 100], [10, 10]]",
                error=ValueError if whole else TypeError)
    table: Table = read.astype(np.int64)
    table.setflags(write=False)
    return table


@value
class Counts:
    """Pulses sent, sifted and wrong, per intensity and basis.

    Parameters
    ----------
    intensities : tuple of float
        Mean photon number of each kind of pulse, distinct, >= 0. A source without decoys has one.
    probabilities : tuple of float
        How often each kind was meant to be sent; they sum to 1.
    sent : int array, shape (intensities, 2)
        Pulses that Alice prepared in basis Z and in basis X.
    sifted : int array, shape (intensities, 2)
        Those that Bob detected in the same basis, double clicks (a random bit) among them.
    errors : int array, shape (intensities, 2)
        Those of the sifted whose two bits differ.

    Raises
    ------
    TypeError, ValueError
        If a table has another shape, holds anything but whole numbers 0 to 2^53, or if not
        ``errors <= sifted <= sent`` everywhere.

    Notes
    -----
    The arrays are read-only; two counts are equal if all their numbers are.

    >>> counts = Counts(intensities=(0.5, 0.1), probabilities=(0.8, 0.2), sent=[[4000, 4000], [1000, 1000]],
    ...                 sifted=[[200, 190], [10, 12]], errors=[[4, 5], [1, 0]])
    >>> counts.qber("Z")
    0.024 ± 0.011
    >>> int(counts.sifted[:, 1].sum())
    202
    """

    intensities: tuple[float, ...] = custom(default=MISSING, coerce=_coerce_numbers, doc="mean photon numbers")
    probabilities: tuple[float, ...] = custom(default=MISSING, coerce=_coerce_numbers, doc="share of each intensity")
    sent: Table = custom(default=MISSING, coerce=_coerce_table, doc="pulses prepared, per intensity and basis")
    sifted: Table = custom(default=MISSING, coerce=_coerce_table, doc="detected in the same basis")
    errors: Table = custom(default=MISSING, coerce=_coerce_table, doc="sifted bits that differ")

    def _check(self) -> None:
        kinds = len(self.intensities)
        for name in ("probabilities", "sent", "sifted", "errors"):
            require(len(getattr(self, name)) == kinds, f"{name} must have one row per intensity",
                    got={f"{name} rows": len(getattr(self, name)), "intensities": (self.intensities, "")},
                    why="Each kind of pulse is counted by itself", fix=f"{kinds} rows")
        require(len(set(self.intensities)) == kinds, "intensities must be distinct",
                got={"intensities": (self.intensities, "")},
                why="Two equal kinds of pulse are one kind, and no decoy", fix="adding their rows")
        require(abs(math.fsum(self.probabilities) - 1) < 1e-6, "probabilities must sum to 1",
                got={"probabilities": (self.probabilities, "")}, why="Every pulse has some intensity",
                fix="dividing them by their sum")
        for few, many, why in (("errors", "sifted", "Only a sifted bit can be wrong"),
                               ("sifted", "sent", "Only a pulse that was sent can be sifted")):
            for k, b in zip(*np.nonzero(getattr(self, few) > getattr(self, many)), strict=True):
                refuse(f"{few} must be <= {many}", why=why, fix="counting again, or exchanging two columns",
                       got={"intensity": self.intensities[k], "basis": BASES[b],
                            few: int(getattr(self, few)[k, b]), many: int(getattr(self, many)[k, b])})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and self._plain() == other._plain()

    def __hash__(self) -> int:
        return hash(self._plain())

    def _plain(self) -> tuple[Any, ...]:
        return (self.intensities, self.probabilities,
                *(tuple(getattr(self, name).ravel().tolist()) for name in ("sent", "sifted", "errors")))

    def __repr__(self) -> str:
        tables = ", ".join(f"{name}={getattr(self, name).tolist()!r}" for name in ("sent", "sifted", "errors"))
        return f"Counts(intensities={self.intensities!r}, probabilities={self.probabilities!r}, {tables})"

    @property
    def pulses(self) -> int:
        """All pulses that were sent."""
        return int(self.sent.sum())

    def qber(self, basis: str, intensity: float | None = None) -> Estimate:
        """The share of wrong bits among the sifted bits of a basis, of all intensities or of one.

        Raises
        ------
        ValueError
            If nothing was sifted there: an undefined error rate is not 0.

        >>> Counts(intensities=[1], probabilities=[1], sent=[[9, 9]], sifted=[[4, 0]], errors=[[1, 0]]).qber("X")
        Traceback (most recent call last):
            ...
        ValueError: sifted must be > 0 for a QBER; got basis='X', sifted=0. A rate over nothing is undefined, not 0. \
Try sending more pulses.
        """
        require(basis in BASES, "basis must be 'Z' or 'X'", got={"basis": basis}, why="These are counted", fix="'Z'")
        require(intensity is None or intensity in self.intensities, "intensity must be one of those sent",
                got={"intensity": intensity, "intensities": (self.intensities, "")},
                why="Only what was sent is counted", fix=f"{self.intensities[0]}")
        rows = slice(None) if intensity is None else [self.intensities.index(intensity)]
        column = BASES.index(basis)
        sifted, errors = int(self.sifted[rows, column].sum()), int(self.errors[rows, column].sum())
        require(sifted > 0, "sifted must be > 0 for a QBER", got={"basis": basis, "sifted": sifted},
                why="A rate over nothing is undefined, not 0", fix="sending more pulses")
        return Estimate.proportion(errors, sifted)

    @classmethod
    def from_csv(cls, source: str | os.PathLike[str]) -> Counts:
        """The counts of a CSV file, or of CSV text (anything with a line break).

        Parameters
        ----------
        source : path or str
            Columns ``intensity, basis, sent, sifted, errors`` in any order, and ``probability``, the share of each
            intensity that was meant, without which those sent count; one row per intensity and basis (Z or X).
            Commas, semicolons or tabs between them; lines that start with ``#`` are remarks. UTF-8.

        Raises
        ------
        ValueError
            If the text cannot be read as counts; the message says in which line, and what to do.
        OSError
            If there is no such file, or it may not be read.

        >>> text = '''intensity,basis,sent,sifted,errors
        ... 0.5,Z,4000,200,4
        ... 0.5,X,4000,190,5'''
        >>> Counts.from_csv(text).qber("Z").value
        0.02
        """
        rows = read_rows(source, LARGEST)
        intensities = tuple(dict.fromkeys(row.intensity for row in rows))
        cells = {(row.intensity, row.basis): row for row in rows}
        for intensity in intensities:
            for basis in BASES:
                require((intensity, basis) in cells, "every intensity must have a row for Z and one for X",
                        got={"intensity": intensity, "missing basis": basis},
                        why="No row and a row of zeros are different things",
                        fix=f"a row {intensity:g},{basis},0,0,0 if none was sent")
        table: dict[str, Any] = {name: [[getattr(cells[k, b], name) for b in BASES] for k in intensities]
                 for name in ("sent", "sifted", "errors")}
        meant = [{cells[k, b].probability for b in BASES} for k in intensities]
        if any(None in seen for seen in meant):
            all_sent = sum(map(sum, table["sent"]))
            require(all_sent > 0, "some pulse must have been sent", got={"sent": all_sent},
                    why="Shares of nothing are undefined", fix="a column probability, or a record with pulses")
            shares: Sequence[Any] = [sum(row) / all_sent for row in table["sent"]]
        else:
            for intensity, seen in zip(intensities, meant, strict=True):
                require(len(seen) == 1, "probability must be the same in both rows of an intensity",
                        got={"intensity": intensity, "probability": (sorted(seen, key=str), "")},
                        why="It is the share of the intensity, whatever the basis", fix="one number for both")
            shares = [seen.pop() for seen in meant]
        return cls(intensities=intensities, probabilities=tuple(shares), **table)

    def to_csv(self) -> str:
        """The counts as CSV text that :meth:`from_csv` reads back.

        >>> one = Counts(intensities=[0.5], probabilities=[1], sent=[[9, 9]], sifted=[[4, 3]], errors=[[1, 0]])
        >>> Counts.from_csv(one.to_csv()) == one
        True
        """
        lines = ["intensity,basis,probability,sent,sifted,errors"]
        for k, (intensity, share) in enumerate(zip(self.intensities, self.probabilities, strict=True)):
            lines += [f"{intensity!r},{basis},{share!r},{self.sent[k, b]},{self.sifted[k, b]},{self.errors[k, b]}"
                      for b, basis in enumerate(BASES)]
        return "\n".join(lines) + "\n"
