"""What is lost lowers the rate, what dephases lowers the fidelity."""


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"write": "rarer", "coherence": "worse", "record": "neither", "retrieval": "rarer", "longer": "both",
            "modes": "more"}
