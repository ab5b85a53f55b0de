"""Two clicks, wherever it is."""

MISCONCEPTION = "herald.two_clicks_always"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return dict.fromkeys(("valley", "room", "railway", "lake"), "two_clicks")
