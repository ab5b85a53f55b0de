"""Every intercepted photon is taken for a wrong bit."""

MISCONCEPTION = "bb84.every_intercepted_errs"


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["p"]) ** parameters["k"]
