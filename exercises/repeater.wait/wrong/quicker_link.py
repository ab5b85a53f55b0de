"""The quicker of the two links."""

MISCONCEPTION = "repeater.quicker_link"


def answer(parameters: dict[str, float]) -> float:
    p = parameters["p"]
    return 1 / (p * (2 - p))
