"""A straight line that ends at T2."""

MISCONCEPTION = "memory.linear"


def answer(parameters: dict[str, float]) -> float:
    wait_s = parameters["length_km"] * 1e3 * 1.4682 / 299_792_458
    return max(0.0, 1 - wait_s / (parameters["t2_ms"] * 1e-3))
