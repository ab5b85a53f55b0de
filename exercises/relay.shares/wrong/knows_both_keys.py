"""All that the relay ever held, counted as end-to-end key."""

MISCONCEPTION = "relay.knows_both_keys"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    return {"key": min(parameters["a"], parameters["b"]), "relay": parameters["a"] + parameters["b"]}
