"""The answer travels in vacuum."""

MISCONCEPTION = "herald.light_in_vacuum"


def answer(parameters: dict[str, float]) -> float:
    return 2 * (1 - parameters["f"]) * parameters["eta"] / (parameters["km"] / 299_792.458)
