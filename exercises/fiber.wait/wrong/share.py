"""The share that arrives is handed over in place of the wait."""

MISCONCEPTION = "fiber.share_for_wait"


def answer(parameters: dict[str, float]) -> float:
    return 10 ** (-0.2 * parameters["length_km"] / 10)
