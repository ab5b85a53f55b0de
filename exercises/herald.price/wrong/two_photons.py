"""Both photons are asked for."""

MISCONCEPTION = "herald.two_photons"


def answer(parameters: dict[str, float]) -> float:
    return parameters["eta"] ** 2 / 2 / (parameters["km"] * 1.4682 / 299_792.458)
