"""Both photons out and seen, and two Bell states of four."""


def answer(parameters: dict[str, float]) -> float:
    return (parameters["retrieval"] * parameters["detection"]) ** 2 / 2
