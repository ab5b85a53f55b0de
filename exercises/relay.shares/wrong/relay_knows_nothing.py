"""The XOR taken for a veil that also covers the eyes of the relay."""

MISCONCEPTION = "relay.relay_knows_nothing"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"key": min(parameters["a"], parameters["b"]), "relay": 0}
