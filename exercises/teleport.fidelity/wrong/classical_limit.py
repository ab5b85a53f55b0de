"""The limit without a pair, whatever the pair."""

MISCONCEPTION = "teleport.classical_limit"


def answer(parameters: dict[str, float]) -> float:
    return 2 / 3
