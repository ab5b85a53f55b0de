"""The return stands inside the loop."""

from collections.abc import Callable

MISCONCEPTION = "bb84.sift_first_only"


def answer(parameters: dict[str, object]) -> Callable[[str, str, str, str], str]:
    def sift(alice_bits: str, alice_bases: str, bob_bases: str, bob_bits: str) -> str:
        key = ""
        for bit, a, b, seen in zip(alice_bits, alice_bases, bob_bases, bob_bits, strict=True):
            if a == b and seen != "-":
                key += bit
            return key
        return key
    return sift
