"""24 hours of key."""

MISCONCEPTION = "satellite.always_on"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * 86_400 / 1000
