"""The same, with the speed of light in vacuum."""

MISCONCEPTION = "fiber.travel_time"


def answer(parameters: dict[str, float]) -> float:
    return parameters["length_km"] * 1e3 / 299_792_458.0
