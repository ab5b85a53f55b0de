"""Nothing may be announced."""

MISCONCEPTION = "bb84.everything_is_secret"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "secret", "alice_bases": "secret", "bob_bases": "secret",
        "bases_before": "secret", "sample": "secret", "sifted": "secret", "error_count": "secret",
    }
