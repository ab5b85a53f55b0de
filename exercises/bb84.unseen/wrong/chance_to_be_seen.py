"""The chance that at least one error shows."""

MISCONCEPTION = "bb84.chance_to_be_seen"


def answer(parameters: dict[str, float]) -> float:
    return 1 - (1 - parameters["p"] / 4) ** parameters["k"]
