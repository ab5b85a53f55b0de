"""The chance of success is forgotten."""

MISCONCEPTION = "purify.not_divided"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    f, g = parameters["f"], (1 - parameters["f"]) / 3
    agree = f**2 + 2 * f * g + 5 * g**2
    return {"fidelity": f**2 + g**2, "pairs": 2 / agree}
