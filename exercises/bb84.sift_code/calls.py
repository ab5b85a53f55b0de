"""Sessions that the function has not seen."""

from typing import Any


def calls(parameters: dict[str, Any], dice: Any) -> dict[str, list[tuple[str, ...]]]:
    """For each group of sessions the four rows; ``dice`` is a random generator of numpy's."""
    return {
        "every photon clicks": [session(dice, 40, 0.0) for _ in range(4)],
        "photons are lost": [session(dice, 60, 0.4) for _ in range(6)],
        "short and empty sessions": [("", "", "", ""), ("1", "Z", "X", "0"), ("1", "X", "X", "1"), ("0", "X", "X", "-"),
                                     session(dice, 3, 0.3), session(dice, 7, 1.0)],
    }


def session(dice: Any, photons: int, lost: float) -> tuple[str, str, str, str]:
    bits, alice, bob = ("".join(dice.choice(list(letters), photons)) for letters in ("01", "ZX", "ZX"))
    read = ""
    for bit, a, b in zip(bits, alice, bob, strict=True):
        seen = bit if a == b else str(dice.choice(["0", "1"]))
        read += "-" if dice.random() < lost else seen
    return bits, alice, bob, read
