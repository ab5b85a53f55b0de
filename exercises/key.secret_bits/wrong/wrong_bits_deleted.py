"""Each wrong bit deleted, and another one for it."""

MISCONCEPTION = "key.wrong_bits_deleted"


def answer(parameters: dict[str, int]) -> float:
    return 1e6 * (1 - 2 * parameters["q"] / 100)
