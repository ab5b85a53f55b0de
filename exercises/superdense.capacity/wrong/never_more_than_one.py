"""One qubit is one bit, whatever was shared before."""

MISCONCEPTION = "superdense.never_more_than_one"


def answer(parameters: dict[str, float]) -> float:
    return 1.0
