"""24 hours of key, less the clouds."""

MISCONCEPTION = "satellite.always_on"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * 86_400 * (1 - parameters["cloudy"] / 100) / 1000
