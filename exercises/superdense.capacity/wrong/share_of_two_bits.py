"""Two bits, as often as they are right."""

MISCONCEPTION = "superdense.share_of_two_bits"


def answer(parameters: dict[str, float]) -> float:
    return 2 * parameters["f"]
