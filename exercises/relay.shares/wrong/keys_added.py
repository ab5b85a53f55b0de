"""Both keys added."""

MISCONCEPTION = "relay.keys_added"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    key = parameters["a"] + parameters["b"]
    return {"key": key, "relay": key}
