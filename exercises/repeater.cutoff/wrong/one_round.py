"""The time of one round, whether it ends well or not."""

MISCONCEPTION = "repeater.one_round"


def answer(parameters: dict[str, float]) -> float:
    p, q, m = 0.01, 0.99, parameters["m"]
    first = 1 / (1 - q**2)
    return first + 2 * p * q * first * (1 - q**m) / p
