"""The flip is thought to be seen in X, the sign in Z."""

MISCONCEPTION = "swap.frame_exchanged"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "x", "YY": "both", "ZZ": "z"}
