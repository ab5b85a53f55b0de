"""Everything may be announced."""

MISCONCEPTION = "bb84.everything_is_public"


def answer(parameters: dict[str, object]) -> dict[str, str]:
    return {
        "clicks": "public", "alice_bases": "public", "bob_bases": "public",
        "bases_before": "public", "sample": "public", "sifted": "public", "error_count": "public",
    }
