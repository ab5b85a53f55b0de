"""Add the decibels, then turn them into a share."""


def answer(parameters: dict[str, float]) -> float:
    loss_db = 0.2 * parameters["length_km"] + parameters["connectors_db"]
    return 10 ** (-loss_db / 10)
