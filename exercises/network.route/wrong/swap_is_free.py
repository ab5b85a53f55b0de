"""The fidelity of one link handed on."""

MISCONCEPTION = "network.swap_is_free"


def answer(parameters: dict[str, float]) -> float:
    return parameters["each"]
