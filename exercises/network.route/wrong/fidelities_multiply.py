"""Fidelities multiplied."""

MISCONCEPTION = "network.fidelities_multiply"


def answer(parameters: dict[str, float]) -> float:
    return parameters["each"] ** 5
