"""The detectors are forgotten."""

MISCONCEPTION = "swap.optics_memories_only"


def answer(parameters: dict[str, float]) -> float:
    return parameters["retrieval"] ** 2 / 2
