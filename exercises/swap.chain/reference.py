"""Visibilities multiply."""


def answer(parameters: dict[str, float]) -> float:
    visibility = (4 * parameters["f"] - 1) / 3
    return (1 + 3 * visibility**4) / 4
