"""The difference in percent."""

MISCONCEPTION = "counting.percent_apart"


def answer(parameters: dict[str, float]) -> float:
    return (parameters["tuesday"] - parameters["monday"]) / 10
