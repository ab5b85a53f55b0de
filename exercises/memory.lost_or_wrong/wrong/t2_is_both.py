"""A shorter T2, taken to lose pairs, too."""

MISCONCEPTION = "memory.t2_is_storage"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "coherence": "both"}
