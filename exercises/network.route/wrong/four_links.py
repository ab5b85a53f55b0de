"""Four stations taken for four links."""

MISCONCEPTION = "network.one_link_forgotten"


def answer(parameters: dict[str, float]) -> float:
    return 0.25 + 0.75 * ((4 * parameters["each"] - 1) / 3) ** 4
