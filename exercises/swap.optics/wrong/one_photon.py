"""One photon is counted."""

MISCONCEPTION = "swap.optics_one_photon"


def answer(parameters: dict[str, float]) -> float:
    return parameters["retrieval"] * parameters["detection"] / 2
