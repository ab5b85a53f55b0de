"""Photons that are lost, taken to spoil the others, too."""

MISCONCEPTION = "memory.loss_is_error"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    right = {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
             "modes": "more"}
    return {**right, "write": "both", "retrieval": "both"}
