"""The mean is taken for a probability."""

MISCONCEPTION = "photon.mean_as_share"


def answer(parameters: dict[str, float]) -> float:
    return parameters["mu"]
