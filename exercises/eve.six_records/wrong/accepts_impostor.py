"""The tags not looked at."""

MISCONCEPTION = "eve.accepts_impostor"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"impostor": "quiet"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
