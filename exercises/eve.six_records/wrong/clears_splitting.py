"""No errors taken for no listening."""

MISCONCEPTION = "eve.clears_splitting"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"split": "quiet"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
