"""The coherence, not turned into a fidelity."""

import math

MISCONCEPTION = "memory.coherence_is_fidelity"


def answer(parameters: dict[str, float]) -> float:
    wait_s = parameters["length_km"] * 1e3 * 1.4682 / 299_792_458
    return math.exp(-wait_s / (parameters["t2_ms"] * 1e-3))
