"""Rounds, not attempts."""

MISCONCEPTION = "repeater.rounds_counted"


def answer(parameters: dict[str, float]) -> float:
    p, q = 0.01, 0.99
    return 1 / (1 - 2 * p * q / (1 - q**2) * q ** parameters["m"])
