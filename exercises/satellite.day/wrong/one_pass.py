"""One pass only."""

MISCONCEPTION = "satellite.one_pass"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * parameters["seconds"] * (1 - parameters["cloudy"] / 100) / 1000
