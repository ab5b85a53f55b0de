"""The mean of both keys."""

MISCONCEPTION = "relay.mean_of_keys"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    key = (parameters["a"] + parameters["b"]) / 2
    return {"key": key, "relay": key}
