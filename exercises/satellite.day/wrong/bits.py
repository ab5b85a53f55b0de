"""Bits, where kilobits are asked."""

MISCONCEPTION = "satellite.other_unit"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * parameters["seconds"] * parameters["passes"] * (1 - parameters["cloudy"] / 100)
