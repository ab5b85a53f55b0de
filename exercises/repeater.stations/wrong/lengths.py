"""The lengths of the spans."""

MISCONCEPTION = "repeater.lengths_given"


def answer(parameters: dict[str, float]) -> list[float]:
    return [parameters["km"] / 12] * 11
