"""The share of equal bits in Z is taken for the fidelity."""

MISCONCEPTION = "bell.one_basis"


def answer(parameters: dict[str, float]) -> float:
    return (1 + parameters["zz"]) / 2
