"""The cloudy passes in place of the clear ones."""

MISCONCEPTION = "satellite.clouds_kept"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * parameters["seconds"] * parameters["passes"] * parameters["cloudy"] / 100 / 1000
