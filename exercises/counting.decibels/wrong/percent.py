"""Decibels read as percent."""

MISCONCEPTION = "counting.percent"


def answer(parameters: dict[str, float]) -> float:
    loss_db = 0.2 * parameters["length_km"] + parameters["connectors_db"]
    return 1 - loss_db / 100
