"""Every error rate taken for dark counts."""

MISCONCEPTION = "eve.excuses_errors"


def answer(parameters: dict[str, str]) -> dict[str, str]:
    seen = {"listened": "dark"}
    return {name: seen.get(kind, kind) for name, kind in zip("ABCDEF", parameters["order"].split(), strict=True)}
