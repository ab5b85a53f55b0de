"""Errors taken for listening."""

MISCONCEPTION = "eve.accuses_long_line"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"dark": "listened"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
