"""The length of the arrow in place of the fidelity."""

MISCONCEPTION = "teleport.visibility"


def answer(parameters: dict[str, float]) -> float:
    return (4 * parameters["f"] - 1) / 3
