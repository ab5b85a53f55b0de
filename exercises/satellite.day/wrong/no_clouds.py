"""Every pass is clear."""

MISCONCEPTION = "satellite.no_clouds"


def answer(parameters: dict[str, float]) -> float:
    return parameters["rate"] * parameters["seconds"] * parameters["passes"] / 1000
