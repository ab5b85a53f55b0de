"""The share that does not arrive."""

MISCONCEPTION = "counting.what_is_lost"


def answer(parameters: dict[str, float]) -> float:
    loss_db = 0.2 * parameters["length_km"] + parameters["connectors_db"]
    return 1 - 10 ** (-loss_db / 10)
