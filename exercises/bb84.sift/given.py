"""The rows that Alice and Bob wrote down, different for every session."""

import random

PHOTONS = 16


def given(parameters: dict[str, int]) -> dict[str, str]:
    """A session in which every foreseen mistake keeps another number of bits, and the bases spell another key."""
    dice = random.Random(parameters["session"])
    while True:
        alice_bits, alice_bases, bob_bases = ("".join(dice.choice(letters) for _ in range(PHOTONS))
                                              for letters in ("01", "ZX", "ZX"))
        bob_bits = ""
        for bit, basis, other in zip(alice_bits, alice_bases, bob_bases, strict=True):
            seen = bit if basis == other else dice.choice("01")
            bob_bits += seen if dice.random() < 0.7 else "-"
        kept = [i for i in range(PHOTONS) if alice_bases[i] == bob_bases[i] and bob_bits[i] != "-"]
        equal = [i for i in range(PHOTONS) if alice_bases[i] == bob_bases[i]]
        clicked = [i for i in range(PHOTONS) if bob_bits[i] != "-"]
        lengths = {len(kept), len(clicked) - len(kept), len(clicked), len(equal), PHOTONS}
        spelled = sum((alice_bases[i] == "X") != (alice_bits[i] == "1") for i in kept)
        if len(lengths) == 5 and len(kept) >= 5 and len(clicked) - len(kept) >= 2 and 2 <= spelled < len(kept):
            break
    rows = {"alice_bits": alice_bits, "alice_bases": alice_bases, "bob_bases": bob_bases, "bob_bits": bob_bits}
    numbers = " ".join(f"{number:>2}" for number in range(1, PHOTONS + 1))
    return {"photons": numbers, **{name: " ".join(f"{letter:>2}" for letter in row) for name, row in rows.items()}}
