"""Of the three wrong Bell states, alike in a Werner pair, two flip the bit in any one basis."""


def answer(parameters: dict[str, float]) -> float:
    return 2 * (1 - parameters["f"]) / 3
