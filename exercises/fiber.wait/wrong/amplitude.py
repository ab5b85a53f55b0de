"""Decibels of power read as decibels of amplitude."""

MISCONCEPTION = "fiber.amplitude"


def answer(parameters: dict[str, float]) -> float:
    return 1 / (1e9 * 10 ** (-0.2 * parameters["length_km"] / 20))
