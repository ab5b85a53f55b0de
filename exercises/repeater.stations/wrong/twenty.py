"""It works, with more stations than there is money for."""

MISCONCEPTION = "repeater.over_budget"


def answer(parameters: dict[str, float]) -> list[float]:
    return [k * parameters["km"] / 21 for k in range(1, 21)]
