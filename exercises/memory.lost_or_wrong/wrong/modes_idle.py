"""Room for many photons, taken to be of no use."""

MISCONCEPTION = "memory.modes_share"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "modes": "neither"}
