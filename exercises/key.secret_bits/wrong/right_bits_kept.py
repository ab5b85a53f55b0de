"""The bits that are equal."""

MISCONCEPTION = "key.right_bits_kept"


def answer(parameters: dict[str, int]) -> float:
    return 1e6 * (1 - parameters["q"] / 100)
