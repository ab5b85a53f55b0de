"""A chain of memories whose stations stand anywhere along the line."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from ..checks import require
from ..theory.chain_memory import mean_decay_of
from ..theory.repeaters import mean_longest_wait, mean_longest_wait_of
from .chain_key import ChainKeyRate, bits_of, link_success, mean_correlators
from .chain_report import placed_lines
from .report import html, text

_AS_ABOVE = ("Those of the ChainKeyRate that was placed.",)


class PlacedChain(NamedTuple):
    """What a chain of unequal links delivers."""

    spans_km: tuple[float, ...]
    pairs_per_s: float
    fidelity: float
    qber_x: float
    qber_z: float
    bits_per_pair: float
    bits_per_s: float

    def __str__(self) -> str:
        return text(placed_lines(self), _AS_ABOVE)

    def _repr_html_(self) -> str:
        return html(placed_lines(self), _AS_ABOVE)


def place(chain: ChainKeyRate, positions_km: Sequence[float]) -> PlacedChain:
    """See :meth:`.ChainKeyRate.placed`."""
    try:
        between = tuple(float(position) for position in positions_km)
    except (TypeError, ValueError, OverflowError):
        between = (math.nan,)
    places = (0.0, *between, chain.fiber.length_km)
    spans = tuple(b - a for a, b in itertools.pairwise(places))
    require(all(span > 0 for span in spans), "positions_km must rise from alice to bob",
            got={"positions_km": (positions_km, "km"), "length_km": (chain.fiber.length_km, "km")},
            why="A station stands between its two neighbors", fix=f"[{chain.fiber.length_km / 2:g}]")
    require(math.isinf(chain.deadline_s), "deadline_s must be inf", got={"deadline_s": (chain.deadline_s, "s")},
            why="The closed form of a deadline is for equal links", fix="deadline_s=inf")
    chances = [link_success(chain, span) for span in spans]
    herald_s = chain.fiber.delay_s * max(spans) / chain.fiber.length_km
    step_s = max(chain.preparation_time_s, herald_s)
    attempts, kept = math.inf, 0.0
    if min(chances) > 0:
        kept = mean_decay_of(chances, step_s / chain.t2_s) * math.exp(-2 * len(spans) * herald_s / chain.t2_s)
        same = max(chances) - min(chances) < 1e-12 * max(chances)
        attempts = mean_longest_wait(chances[0], len(chances)) if same else mean_longest_wait_of(chances)
    correlators = mean_correlators(chain, len(spans), kept)
    xx, yy, zz = correlators
    pairs_per_s = 1 / (attempts * step_s)
    return PlacedChain(spans_km=spans, pairs_per_s=pairs_per_s, fidelity=(1 + xx - yy + zz) / 4, qber_x=(1 - xx) / 2,
                       qber_z=(1 - zz) / 2, bits_per_pair=bits_of(chain, correlators),
                       bits_per_s=bits_of(chain, correlators) * pairs_per_s)
