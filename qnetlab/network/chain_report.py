"""A chain of memories in words: never a key without its assumptions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chain_key import ChainKeyRate
    from .chain_placed import PlacedChain
    from .report import Lines


def assumptions(chain: ChainKeyRate) -> tuple[str, ...]:
    """On what terms its key is secret, in sentences."""
    return (
        "Without end: no epsilon, and no such session.",
        "The devices of Alice and Bob are trusted; stations and fibers are not.",
        f"Error correction discloses {chain.error_correction:g} times the Shannon limit.",
        "The public messages are authenticated; the key spent on that is not subtracted.",
        "No dark counts, photons that are alike, all links in step, one memory at each end of a link.",
    )


def _stations(count: int) -> str:
    return f"{count} station{'s' * (count != 1)}"


def _per_second(rate: float, what: str) -> str:
    return f"{rate:.4g} {what} per second" if rate > 0 else "none"


def lines(chain: ChainKeyRate) -> Lines:
    """Everything that one asks of a chain."""
    told, fiber = chain.theory(), chain.fiber
    given_up = [] if math.isinf(chain.deadline_s) else [("given up", f"rounds that take longer than "
                                                                      f"{chain.deadline_s:g} s")]
    return (
        ("secret key", _per_second(told["bits_per_s"], "bits")),
        ("over", f"{fiber.length_km:g} km with {_stations(chain.stations)}, "
                 f"{fiber.length_km / chain.links:.4g} km each"),
        ("pairs", f"{_per_second(told['pairs_per_s'], 'pairs')}, fidelity {told['fidelity']:.4f}"),
        ("wrong bits", f"{told['qber_x']:.2%} in X, {told['qber_z']:.2%} in Z"),
        *given_up,
        ("no cable", f"passes {told['direct_bits_per_s']:.4g} bits per second, at {chain.direct_rate_hz:g} pulses"),
    )


def placed_lines(placed: PlacedChain) -> Lines:
    """The same of stations that stand anywhere."""
    return (
        ("secret key", _per_second(placed.bits_per_s, "bits")),
        ("over", f"{sum(placed.spans_km):g} km with {_stations(len(placed.spans_km) - 1)}"),
        ("spans", f"{min(placed.spans_km):.4g} to {max(placed.spans_km):.4g} km"),
        ("pairs", f"{_per_second(placed.pairs_per_s, 'pairs')}, fidelity {placed.fidelity:.4f}"),
        ("wrong bits", f"{placed.qber_x:.2%} in X, {placed.qber_z:.2%} in Z"),
    )
