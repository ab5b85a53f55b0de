"""What a measurement gave: :class:`Outcomes` (how often) and :class:`Estimate` (a number with its error)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .checks import UnknownName, custom, number, refuse, require, value


@value
class Estimate:
    """A number with its standard error.

    Parameters
    ----------
    value : float
        The estimate.
    std_error : float
        One standard deviation, >= 0; 0 for an exact number.
    n : int or None
        Rounds behind it; None for an exact number.

    Notes
    -----
    A proportion k/n carries the standard deviation of its Jeffreys posterior Beta(k + 1/2, n - k + 1/2), which
    never vanishes at finite n: 1000 successes of 1000 still leave about 7e-4.

    References
    ----------
    L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16, 101 (2001), doi:10.1214/ss/1009213286.

    >>> Estimate.proportion(900, 1000)
    0.9000 ± 0.0095
    """

    value: float = number()
    std_error: float = number(default=0.0, low=0, why="A standard error is a width")
    n: int | None = number(default=None, integer=True, optional=True, low=1, why="n counts rounds")

    @classmethod
    def exact(cls, number_: float) -> Estimate:
        """An exact number: no error, no rounds.

        >>> Estimate.exact(0.5).n is None
        True
        """
        return cls(value=number_)

    @classmethod
    def proportion(cls, successes: float, n: int | None) -> Estimate:
        """The share ``successes / n``; with ``n=None`` ``successes`` is already an exact probability."""
        if n is None:
            return cls.exact(successes)
        a, b = successes + 0.5, n - successes + 0.5
        return cls(value=successes / n, std_error=math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1))), n=n)

    @classmethod
    def combine(cls, parts: Iterable[tuple[float, Estimate]], constant: float = 0.0) -> Estimate:
        """``constant + sum of weight * estimate`` over independent estimates; ``n`` is the sum of theirs.

        >>> Estimate.combine([(0.5, Estimate.exact(1.0)), (0.5, Estimate.exact(0.0))]).value
        0.5
        """
        kept = list(parts)
        counted = [estimate.n for _, estimate in kept if estimate.n is not None]
        return cls(
            value=constant + math.fsum(weight * estimate.value for weight, estimate in kept),
            std_error=math.sqrt(math.fsum((weight * estimate.std_error) ** 2 for weight, estimate in kept)),
            n=sum(counted) if counted else None,
        )

    def interval(self, sigmas: float = 2.0) -> tuple[float, float]:
        """``value`` minus and plus ``sigmas`` standard errors.

        >>> Estimate(value=0.9, std_error=0.01, n=900).interval()
        (0.88, 0.92)
        """
        return self.value - sigmas * self.std_error, self.value + sigmas * self.std_error

    def sigmas_from(self, x: float) -> float:
        """How many standard errors lie between the estimate and ``x``; 0 for equal numbers, also exact ones.

        Numbers that differ by rounding only (1e-12) are equal.

        >>> Estimate(value=0.9, std_error=0.01, n=900).sigmas_from(0.92)
        2.0
        """
        distance = abs(self.value - x)
        if distance <= 1e-12 * max(1.0, abs(x)):
            return 0.0
        return round(distance / self.std_error, 12) if self.std_error else math.inf

    def __repr__(self) -> str:
        if self.n is None and self.std_error == 0:
            tiny = 1e-15 < abs(self.value) < 1e-3  # where six decimals would show next to nothing; below is rounding
            return f"{self.value:.5e} (exact)" if tiny else f"{self.value:.6f} (exact)"
        digits = max(0, min(12, 1 - math.floor(math.log10(self.std_error)))) if self.std_error else 6
        return f"{self.value:.{digits}f} ± {self.std_error:.{digits}f}"


Weights = tuple[tuple[str, float], ...]


def _coerce_weights(name: str, got: Any) -> Weights:
    pairs = got.items() if isinstance(got, Mapping) else got
    try:
        kept = tuple(sorted((str(key), float(weight)) for key, weight in pairs))
    except (TypeError, ValueError):
        refuse(f"{name} must map each outcome to a number", got={name: (got, "")}, why="Outcomes count something",
               fix=f"{name}={{'0 1': 0.5, '1 0': 0.5}}", error=TypeError)
    for key, weight in kept:
        require(math.isfinite(weight) and weight >= -1e-9, "a weight must be a probability or a count, >= 0",
                got={repr(key): weight}, why="An outcome cannot happen less than never")
    return kept


def _coerce_registers(name: str, got: Any) -> tuple[tuple[str, int], ...]:
    try:
        return tuple((str(register), int(width)) for register, width in got)
    except (TypeError, ValueError):
        refuse(f"{name} must be pairs of (name, width)", got={name: (got, "")}, why="A key is read by register",
               fix=f"{name}=(('alice', 1), ('bob', 1))", error=TypeError)


@value
class Outcomes:
    """How often each outcome came: probabilities when ``n`` is None, else counts that sum to ``n``.

    Parameters
    ----------
    registers : tuple of (name, width)
        The registers in the order in which a key lists them.
    weights : mapping or pairs
        Key -> probability or count. A key is the registers' bits joined by one space, the most significant bit
        first inside a register, for example ``"01 1"``.
    n : int or None
        Rounds, or None for exact probabilities.

    >>> o = Outcomes(registers=[("alice", 1), ("bob", 1)], weights={"0 0": 60, "1 1": 40}, n=100)
    >>> o.parity("alice", "bob").value, o.marginal("bob").probability("1").value
    (1.0, 0.4)
    """

    registers: tuple[tuple[str, int], ...] = custom(default=(), coerce=_coerce_registers,
                                                    doc="(name, width) of each register")
    weights: Weights = custom(default=(), coerce=_coerce_weights, doc="outcome -> probability or count")
    n: int | None = number(default=None, integer=True, optional=True, low=1, why="n counts rounds")

    def _check(self) -> None:
        widths = [width for _, width in self.registers]
        for key, _ in self.weights:
            parts = key.split(" ") if widths else []
            require([len(part) for part in parts] == widths and set(key) <= {"0", "1", " "},
                    "a key must hold each register's bits, joined by one space",
                    got={"key": key, "registers": (self.registers, "")}, why="An outcome is read by register name",
                    fix=f"{' '.join('0' * width for width in widths)!r}")

    def __getitem__(self, key: str) -> float:
        """The weight of one outcome; 0 if it never came."""
        return dict(self.weights).get(key, 0.0)

    def share(self, wanted: Callable[[str], bool]) -> Estimate:
        """The share of rounds whose key fulfils ``wanted``, with its error."""
        return Estimate.proportion(math.fsum(w for key, w in self.weights if wanted(key)), self.n)

    def probability(self, key: str) -> Estimate:
        """The share of rounds that gave ``key``."""
        return self.share(lambda seen: seen == key)

    def mean(self, score: Callable[[str], float]) -> Estimate:
        """The mean of a score over all rounds, with its error.

        The score of a round may be any number. Its error is the standard deviation under a posterior with 1/2 added to
        the count of every possible outcome, as for :meth:`Estimate.proportion`; it never vanishes at finite n.

        >>> both = Outcomes(registers=[("a", 1), ("b", 1)], weights={"0 0": 60, "0 1": 40}, n=100)
        >>> both.mean(lambda key: key.count("0") / 2)
        0.800 ± 0.025
        """
        mean = math.fsum(weight * score(key) for key, weight in self.weights) / (self.n or 1)
        if self.n is None:
            return Estimate.exact(mean)
        seen = [(score(key), self[key] + 0.5) for key in self._every_key()]
        total = math.fsum(weight for _, weight in seen)
        center = math.fsum(s * weight for s, weight in seen) / total
        variance = math.fsum((s - center) ** 2 * weight for s, weight in seen) / total
        return Estimate(value=mean, std_error=math.sqrt(variance / (total + 1)), n=self.n)

    def _every_key(self) -> Iterable[str]:
        """Every outcome that the registers allow."""
        words = (map("".join, itertools.product("01", repeat=width)) for _, width in self.registers)
        return map(" ".join, itertools.product(*words))

    def marginal(self, *names: str) -> Outcomes:
        """The same rounds seen through some registers only, in the order asked for."""
        order = self._positions(names)
        sums: dict[str, float] = {}
        for key, weight in self.weights:
            parts = key.split(" ")
            seen = " ".join(parts[i] for i in order)
            sums[seen] = sums.get(seen, 0.0) + weight
        return Outcomes(registers=tuple(self.registers[i] for i in order), weights=tuple(sums.items()), n=self.n)

    def parity(self, *names: str) -> Estimate:
        """The mean of (-1)^(number of ones) over all bits of these registers: a correlator, -1 to 1."""
        order = self._positions(names)
        even = self.share(lambda key: sum(key.split(" ")[i].count("1") for i in order) % 2 == 0)
        return Estimate.combine([(2.0, even)], constant=-1.0)

    def __add__(self, other: Outcomes) -> Outcomes:
        """The rounds of both together."""
        if not isinstance(other, Outcomes):
            return NotImplemented
        if self.n is None or other.n is None or self.registers != other.registers:
            refuse("only counts of the same registers add", got={"n": self.n, "other n": other.n},
                   why="Exact probabilities have nothing to add", fix="shots=1000 on both sides")
        sums = dict(self.weights)
        for key, weight in other.weights:
            sums[key] = sums.get(key, 0.0) + weight
        return Outcomes(registers=self.registers, weights=tuple(sums.items()), n=self.n + other.n)

    def _positions(self, names: tuple[str, ...]) -> list[int]:
        known = [register for register, _ in self.registers]
        for name in names:
            require(name in known, f"a register must be one of {', '.join(known)}", got={"register": name},
                    why="Outcomes are read by register name", fix=repr(known[0]) if known else "", error=UnknownName)
        return [known.index(name) for name in names]
