"""The longer of the two keys."""

MISCONCEPTION = "relay.longer_key"


def answer(parameters: dict[str, float]) -> dict[str, float]:
    longer = max(parameters["a"], parameters["b"])
    return {"key": longer, "relay": longer}
