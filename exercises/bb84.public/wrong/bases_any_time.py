"""The bases may be announced at any time."""

MISCONCEPTION = "bb84.bases_any_time"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "public", "alice_bases": "public", "bob_bases": "public",
        "bases_before": "public", "sample": "spent", "sifted": "secret", "error_count": "public",
    }
