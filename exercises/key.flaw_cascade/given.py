"""Thirty-two bits, the wrong ones among them, and the blocks of two passes, different for every student."""

import random

BITS, FIRST, SECOND = 32, 4, 8


def blocks_of(order: list[int], size: int) -> list[list[int]]:
    return [sorted(order[i:i + size]) for i in range(0, BITS, size)]


def halved(block: list[int], wrong: set[int]) -> int:
    """The one wrong bit of a block that holds one."""
    return next(bit for bit in block if bit in wrong)


def corrected(passes: list[list[list[int]]], wrong: set[int], looks_back: bool) -> tuple[set[int], bool]:
    """What is left wrong, and whether every odd block on the way held a single wrong bit."""
    left, simple = set(wrong), True
    for number, blocks in enumerate(passes):
        while True:
            searched = [block for old in (passes[:number + 1] if looks_back else [blocks]) for block in old]
            odd = [block for block in searched if len(left & set(block)) % 2]
            if not odd:
                break
            simple = simple and all(len(left & set(block)) == 1 for block in odd)
            left.discard(halved(odd[0], left))
    return left, simple


def played(seed: int) -> dict[str, object]:
    """A game that is decided by parities alone, and in which every foreseen mistake gives other numbers."""
    dice = random.Random(seed)
    while True:
        order = dice.sample(range(BITS), BITS)
        passes = [blocks_of(list(range(BITS)), FIRST), blocks_of(order, SECOND)]
        wrong = set(dice.sample(range(BITS), dice.choice([9, 10, 11])))
        hidden, plain = corrected(passes[:1], wrong, looks_back=False)
        never, simple = corrected(passes, wrong, looks_back=False)
        cascades, also = corrected(passes, wrong, looks_back=True)
        if plain and simple and also and len({len(hidden), len(never), len(cascades), 0}) == 4:
            return {"passes": passes, "wrong": wrong, "first": len(wrong) - len(hidden), "hidden": len(hidden),
                    "never": len(never), "cascades": len(cascades)}


def given(parameters: dict[str, int]) -> dict[str, str]:
    """The game in words."""
    game = played(parameters["game"])
    text = [["  ".join(f"{bit}{'x' if bit in game['wrong'] else ''}".rjust(3) for bit in block) for block in blocks]
            for blocks in game["passes"]]
    return {"wrong": ", ".join(map(str, sorted(game["wrong"]))), "pass_1": "\n".join(text[0]),
            "pass_2": "\n".join(text[1])}
