"""Two links only."""

MISCONCEPTION = "swap.one_swap_only"


def answer(parameters: dict[str, float]) -> float:
    visibility = (4 * parameters["f"] - 1) / 3
    return (1 + 3 * visibility**2) / 4
