"""Only one of the two memories may have emitted."""

MISCONCEPTION = "herald.one_side_only"


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["f"]) * parameters["eta"] / (parameters["km"] * 1.4682 / 299_792.458)
