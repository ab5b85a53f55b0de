"""The share of white noise is thought to be the share of wrong bits."""

MISCONCEPTION = "mixed.share_of_noise"


def answer(parameters: dict[str, float]) -> float:
    return 1 - (4 * parameters["f"] - 1) / 3
