"""Both bits are used every time."""

MISCONCEPTION = "swap.frame_always_both"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "both", "YY": "both", "ZZ": "both"}
