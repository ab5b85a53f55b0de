"""A right pair passes every message, each wrong Bell state a third of them on average."""


def answer(parameters: dict[str, float]) -> float:
    f = parameters["f"]
    return f + (1 - f) / 3
