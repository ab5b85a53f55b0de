"""The detectors are taken to be silent in the dark."""

MISCONCEPTION = "clicks.signal_only"


def answer(parameters: dict[str, float]) -> float:
    return 0.033
