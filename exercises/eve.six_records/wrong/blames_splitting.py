"""The wrong attack of two without errors."""

MISCONCEPTION = "eve.blames_splitting"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"blinded": "split"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
