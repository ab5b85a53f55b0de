"""The mean size of the correlators, V, in place of F."""

MISCONCEPTION = "bell.mean_correlation"


def answer(parameters: dict[str, float]) -> float:
    return (parameters["zz"] + parameters["xx"] - parameters["yy"]) / 3
