"""Spans of more than 100 km."""

MISCONCEPTION = "repeater.spans_too_long"


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 5 for k in range(1, 5)]
