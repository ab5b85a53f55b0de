"""Stations enough, but the last span is three times as long as the others."""

MISCONCEPTION = "repeater.uneven_spans"


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 14 for k in range(1, 12)]
