"""The bright population is taken for the fidelity."""

MISCONCEPTION = "herald.brightness_is_fidelity"


def answer(parameters: dict[str, float]) -> float:
    return 2 * parameters["f"] * parameters["eta"] / (parameters["km"] * 1.4682 / 299_792.458)
