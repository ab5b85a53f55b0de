"""Nothing is lost."""

MISCONCEPTION = "swap.optics_no_loss"


def answer(parameters: dict[str, float]) -> float:
    return 0.5
