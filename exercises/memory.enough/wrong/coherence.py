"""The fidelity, taken for the coherence."""

import math

MISCONCEPTION = "memory.enough_coherence"


def answer(parameters: dict[str, float]) -> float:
    wait_ms = parameters["length_km"] * 1e6 * 1.4682 / 299_792_458
    return wait_ms / -math.log(parameters["f"])
