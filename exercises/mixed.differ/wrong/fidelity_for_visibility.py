"""F in place of V in (1 - V)/2."""

MISCONCEPTION = "mixed.fidelity_for_visibility"


def answer(parameters: dict[str, float]) -> float:
    return (1 - parameters["f"]) / 2
