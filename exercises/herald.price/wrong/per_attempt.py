"""The chance of one attempt, in place of pairs per second."""

MISCONCEPTION = "herald.per_attempt"


def answer(parameters: dict[str, float]) -> float:
    return 2 * (1 - parameters["f"]) * parameters["eta"]
