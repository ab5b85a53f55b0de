"""Superdense coding is two bits per qubit, whatever the pair."""

MISCONCEPTION = "superdense.always_two_bits"


def answer(parameters: dict[str, float]) -> float:
    return 2.0
