"""A pair is either right or flipped, nothing else."""

MISCONCEPTION = "purify.flips_only"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    f, g = parameters["f"], (1 - parameters["f"]) / 3
    agree = f**2 + 2 * f * g + 5 * g**2
    return {"fidelity": f**2 / (f**2 + (1 - f) ** 2), "pairs": 2 / agree}
