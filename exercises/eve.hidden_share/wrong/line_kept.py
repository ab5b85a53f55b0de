"""The remainders sent over the lossy line, none dropped."""

MISCONCEPTION = "eve.line_kept"


def answer(parameters: dict[str, float]) -> float:
    return parameters["percent"] / 100
