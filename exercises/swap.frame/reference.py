"""Z sees the flip, X the sign, Y both."""


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "z", "YY": "both", "ZZ": "x"}
