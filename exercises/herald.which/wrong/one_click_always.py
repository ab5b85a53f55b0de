"""One click, wherever it is."""

MISCONCEPTION = "herald.one_click_always"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return dict.fromkeys(("valley", "room", "railway", "lake"), "one_click")
