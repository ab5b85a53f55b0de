"""The longest coherence, taken for the best link."""

MISCONCEPTION = "memory.record_wins"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "record": "more"}
