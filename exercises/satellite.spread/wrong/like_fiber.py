"""The attenuation of glass."""

MISCONCEPTION = "satellite.like_fiber"


def answer(parameters: dict[str, float]) -> float:
    return 0.2 * parameters["length_km"]
