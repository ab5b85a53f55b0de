"""Twelve equal spans."""


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 12 for k in range(1, 12)]
