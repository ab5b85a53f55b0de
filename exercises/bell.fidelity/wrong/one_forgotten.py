"""The three correlators alone."""

MISCONCEPTION = "bell.one_forgotten"


def answer(parameters: dict[str, float]) -> float:
    return (parameters["zz"] + parameters["xx"] - parameters["yy"]) / 4
