"""The share of wrong bits in Z."""

MISCONCEPTION = "repeater.looked_in_z"


def answer(parameters: dict[str, float]) -> float:
    return 0.0
