"""In Y the two are thought to cancel."""

MISCONCEPTION = "swap.frame_y_needs_none"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"XX": "z", "YY": "none", "ZZ": "x"}
