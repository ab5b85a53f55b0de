"""The average in place of this state."""

MISCONCEPTION = "copies.average_for_one"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"yours": 2 / 3, "average": 2 / 3}
