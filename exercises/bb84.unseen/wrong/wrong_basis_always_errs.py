"""In the wrong basis Bob is taken to be always wrong."""

MISCONCEPTION = "bb84.wrong_basis_always_errs"


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["p"] / 2) ** parameters["k"]
