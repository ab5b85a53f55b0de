"""What is missing not seen."""

MISCONCEPTION = "eve.clears_blinding"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"blinded": "quiet"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
