"""Half of the compared bits are thrown away once more."""

MISCONCEPTION = "bb84.sifted_twice"


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["p"] / 4) ** (parameters["k"] / 2)
