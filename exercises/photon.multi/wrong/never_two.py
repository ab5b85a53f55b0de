"""A mean below one is thought to mean one photon at most."""

MISCONCEPTION = "photon.never_two"


def answer(parameters: dict[str, float]) -> float:
    return 0.0
