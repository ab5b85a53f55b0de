"""As many times as far."""

MISCONCEPTION = "rates.in_proportion"


def answer(parameters: dict[str, float]) -> float:
    return parameters["reach_km"] * (parameters["times"] - 1)
