"""The fidelities are multiplied."""

MISCONCEPTION = "swap.fidelities_multiply"


def answer(parameters: dict[str, float]) -> float:
    return parameters["f"] ** 4
