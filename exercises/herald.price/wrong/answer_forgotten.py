"""Only the photon's way is counted."""

MISCONCEPTION = "herald.answer_forgotten"


def answer(parameters: dict[str, float]) -> float:
    return 2 * (1 - parameters["f"]) * parameters["eta"] / (parameters["km"] * 1.4682 / 299_792.458 / 2)
