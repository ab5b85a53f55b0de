"""How long one photon is on its way."""

MISCONCEPTION = "fiber.travel_time"


def answer(parameters: dict[str, float]) -> float:
    return parameters["length_km"] * 1e3 * 1.4682 / 299_792_458.0
