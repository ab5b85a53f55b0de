"""Many photons in one memory, taken to disturb each other."""

MISCONCEPTION = "memory.modes_share"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "modes": "worse"}
