"""The shorter of both keys, and the relay knows all of it."""


def answer(parameters: dict[str, float]) -> dict[str, float]:
    key = min(parameters["a"], parameters["b"])
    return {"key": key, "relay": key}
