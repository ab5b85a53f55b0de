"""A pair, taken to be gone after T2."""

MISCONCEPTION = "memory.t2_is_storage"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "coherence": "rarer"}
