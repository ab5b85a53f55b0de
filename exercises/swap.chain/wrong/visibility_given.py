"""The visibility, not turned back into a fidelity."""

MISCONCEPTION = "swap.visibility_given"


def answer(parameters: dict[str, float]) -> float:
    return ((4 * parameters["f"] - 1) / 3) ** 4
