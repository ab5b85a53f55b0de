"""As long as the wait."""

MISCONCEPTION = "memory.enough_equal"


def answer(parameters: dict[str, float]) -> float:
    return parameters["length_km"] * 1e6 * 1.4682 / 299_792_458
