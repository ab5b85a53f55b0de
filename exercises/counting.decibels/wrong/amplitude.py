"""Divided by 20, as for an amplitude."""

MISCONCEPTION = "counting.amplitude"


def answer(parameters: dict[str, float]) -> float:
    loss_db = 0.2 * parameters["length_km"] + parameters["connectors_db"]
    return 10 ** (-loss_db / 20)
