"""From clicks in all bases to gains, error rates and the sifted fraction: the sums that alice and bob make together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..estimate import Estimate, Outcomes
from .photons import Clicks

#: Registers of one pulse, in this order; eve's two follow if she keeps something.
REGISTERS = ("intensity", "alice_basis", "alice_bit", "bob_basis", "d0", "d1")


def width(options: int) -> int:
    """Bits that it takes to write one of so many options, at least 1.

    >>> width(2), width(3)
    (1, 2)
    """
    return max(1, math.ceil(math.log2(options)))


def pulse_registers(intensities: int, bases: int, eve_choices: int = 0) -> tuple[tuple[str, int], ...]:
    """(name, width) of each register of a pulse."""
    widths = (width(intensities), width(bases), 1, width(bases), 1, 1)
    eve = (("eve_choice", width(eve_choices)), ("eve_bit", 1)) if eve_choices else ()
    return (*zip(REGISTERS, widths, strict=True), *eve)


def read_keys(pulses: Outcomes) -> tuple[dict[str, npt.NDArray[np.int64]], npt.NDArray[np.float64]]:
    """Register -> its number in each outcome, and the weight of each outcome."""
    words = [key.split(" ") for key, _ in pulses.weights]
    columns = {name: np.array([int(row[i], 2) for row in words], dtype=np.int64)
               for i, (name, _) in enumerate(pulses.registers)}
    return columns, np.array([weight for _, weight in pulses.weights], dtype=float)


def sift(pulses: Outcomes, bases: str, intensities: int) -> dict[str, Estimate]:
    """What alice and bob compute from all pulses.

    Parameters
    ----------
    pulses : Outcomes
        With the registers of :func:`pulse_registers`.
    bases : str
        The letters of the bases, by their number: "ZX".
    intensities : int

    Returns
    -------
    dict
        ``gain_k`` clicks per pulse of intensity k; ``qber_z`` and so on, wrong among the sifted bits of a basis;
        ``qber`` of all bases; with several intensities ``qber_k`` of each; ``sifted_fraction`` of the clicks;
        ``sifted_per_pulse``; ``double_click_fraction`` of the clicks; ``eve_guess``, how often eve's bit is alice's
        among the sifted ones. What nothing was counted for is left out: an undefined error rate is not 0.
    """
    at, weight = read_keys(pulses)
    clicked = (at["d0"] | at["d1"]) == 1
    double = (at["d0"] & at["d1"]) == 1
    sifted = clicked & (at["alice_basis"] == at["bob_basis"])
    # A double click is given a random bit, of which half is wrong.
    wrong = np.where(double, 0.5, at["d1"] != at["alice_bit"]) * sifted

    def share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.bool_]) -> Estimate | None:
        among = math.fsum(weight[whole])
        if among <= 0:
            return None
        found = math.fsum(weight * part * whole) / among
        counted = None if pulses.n is None else max(1, round(among))
        return Estimate.proportion(found * (counted or 1), counted)

    every = np.ones(len(weight), dtype=bool)
    found: dict[str, Estimate | None] = {}
    for k in range(intensities):
        found[f"gain_{k}"] = share(clicked * 1.0, at["intensity"] == k)
    if intensities > 1:
        found.update({f"qber_{k}": share(wrong, sifted & (at["intensity"] == k)) for k in range(intensities)})
    for number, basis in enumerate(bases):
        found[f"qber_{basis.lower()}"] = share(wrong, sifted & (at["alice_basis"] == number))
    found["qber"] = share(wrong, sifted)
    found["sifted_fraction"] = share(sifted * 1.0, clicked)
    found["sifted_per_pulse"] = share(sifted * 1.0, every)
    found["double_click_fraction"] = share(double * 1.0, clicked)
    if "eve_bit" in at:
        found["eve_guess"] = share((at["eve_bit"] == at["alice_bit"]) * 1.0, sifted)
    return {name: estimate for name, estimate in found.items() if estimate is not None}


class Row(NamedTuple):
    """One choice of intensity and bases in theory: its weight, what the detectors do for bit 0, and how often eve is
    right together with a click."""

    intensity: int
    alice: str
    bob: str
    weight: float
    patterns: Clicks
    eve_right: float


def sift_in_theory(rows: Sequence[Row], bases: str, *, with_eve: bool = False) -> dict[str, float]:
    """The names of :func:`sift` in closed form, from the weights of the choices and the patterns of each."""

    def share(part: Callable[[Row], float], whole: Callable[[Row], float], among: Sequence[Row]) -> float | None:
        below = math.fsum(row.weight * whole(row) for row in among)
        return math.fsum(row.weight * part(row) for row in among) / below if below > 0 else None

    def gain(row: Row) -> float:
        return float(row.patterns.gain)

    def errors(among: Sequence[Row]) -> float | None:
        return share(lambda row: float(row.patterns.error_gain()), gain, among)

    matched = [row for row in rows if row.alice == row.bob]
    intensities = sorted({row.intensity for row in rows})
    found = {f"gain_{k}": share(gain, lambda row: 1.0, [row for row in rows if row.intensity == k])
             for k in intensities}
    if len(intensities) > 1:
        found.update({f"qber_{k}": errors([row for row in matched if row.intensity == k]) for k in intensities})
    found.update({f"qber_{basis.lower()}": errors([row for row in matched if row.alice == basis]) for basis in bases})
    found["qber"] = errors(matched)
    found["sifted_fraction"] = share(lambda row: gain(row) * (row.alice == row.bob), gain, rows)
    found["sifted_per_pulse"] = share(lambda row: gain(row) * (row.alice == row.bob), lambda row: 1.0, rows)
    found["double_click_fraction"] = share(lambda row: float(row.patterns.both), gain, rows)
    if with_eve:
        found["eve_guess"] = share(lambda row: row.eve_right, gain, matched)
    return {name: number for name, number in found.items() if number is not None}
