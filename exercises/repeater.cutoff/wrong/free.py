"""As without a cutoff."""

MISCONCEPTION = "repeater.cutoff_is_free"


def answer(parameters: dict[str, float]) -> float:
    p = 0.01
    return (3 - 2 * p) / (p * (2 - p))
