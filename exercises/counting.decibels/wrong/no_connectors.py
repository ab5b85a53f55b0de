"""The fiber alone."""

MISCONCEPTION = "counting.no_connectors"


def answer(parameters: dict[str, float]) -> float:
    return 10 ** (-0.2 * parameters["length_km"] / 10)
