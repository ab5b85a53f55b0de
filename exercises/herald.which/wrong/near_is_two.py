"""Two clicks because the way is short."""

MISCONCEPTION = "herald.near_is_two"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"valley": "one_click", "room": "two_clicks", "railway": "two_clicks", "lake": "two_clicks"}
