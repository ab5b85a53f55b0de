"""The loss of the longer fiber is forgotten."""

MISCONCEPTION = "memory.only_worse"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "longer": "worse"}
