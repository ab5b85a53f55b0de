"""0.2 dB/km read as a loss of 20 % in each kilometer."""

MISCONCEPTION = "fiber.percent_per_km"


def answer(parameters: dict[str, float]) -> float:
    return 1 / (1e9 * 0.8 ** parameters["length_km"])
