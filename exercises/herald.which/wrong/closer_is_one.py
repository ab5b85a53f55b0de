"""Two clicks against loss, one where nothing is lost."""

MISCONCEPTION = "herald.closer_is_one"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {"valley": "two_clicks", "room": "one_click", "railway": "two_clicks", "lake": "two_clicks"}
