"""Every round is taken to go on to its cutoff."""

MISCONCEPTION = "repeater.every_round_to_its_end"


def answer(parameters: dict[str, float]) -> float:
    p, q, m = 0.01, 0.99, parameters["m"]
    first = 1 / (1 - q**2)
    return (first + m) / (1 - 2 * p * q * first * q**m)
