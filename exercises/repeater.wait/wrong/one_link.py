"""One link alone."""

MISCONCEPTION = "repeater.one_link"


def answer(parameters: dict[str, float]) -> float:
    return 1 / parameters["p"]
