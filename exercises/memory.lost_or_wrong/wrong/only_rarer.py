"""The wait for the herald is forgotten."""

MISCONCEPTION = "memory.only_rarer"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "longer": "rarer"}
