"""Each record is what the order says."""


def answer(parameters: dict[str, str]) -> dict[str, str]:
    return dict(zip("ABCDEF", parameters["order"].split(), strict=True))
