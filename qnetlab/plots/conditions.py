"""Conditions on measured bits, in words, and which bits they read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

_BETWEEN = {
    "LOGIC_AND": "and", "LOGIC_OR": "or", "BIT_AND": "and", "BIT_OR": "or", "BIT_XOR": "xor", "EQUAL": "=",
    "NOT_EQUAL": "≠", "LESS": "<", "LESS_EQUAL": "≤", "GREATER": ">", "GREATER_EQUAL": "≥", "ADD": "+", "SUB": "−",
}


class Read(NamedTuple):
    """A bit or a register that a condition reads; ``value`` is what it must be, None where that is not one number."""

    source: Any
    value: int | None


def condition_words(condition: Any, called: Callable[[Any], str]) -> tuple[str, tuple[Read, ...]]:
    """A condition in words and the bits it reads; ``called`` names a bit or register.

    >>> condition_words(("m", 1), str)
    ('m = 1', (Read(source='m', value=1),))
    """
    if isinstance(condition, tuple):
        source, value = condition
        return f"{called(source)} = {int(value)}", (Read(source, int(value)),)
    if hasattr(condition, "var"):
        return called(condition.var), (Read(condition.var, None),)
    if hasattr(condition, "left"):
        (left, read), (right, also) = (condition_words(side, called) for side in (condition.left, condition.right))
        sign = _BETWEEN.get(condition.op.name, condition.op.name.lower().replace("_", " "))
        return f"{left} {sign} {right}", read + also
    if hasattr(condition, "operand"):
        inside, read = condition_words(condition.operand, called)
        negated = "NOT" in getattr(getattr(condition, "op", None), "name", "")
        return (f"not {inside}" if negated else inside), read
    if hasattr(condition, "target"):
        inside, read = condition_words(condition.target, called)
        return f"{inside}[{condition_words(condition.index, called)[0]}]", read
    if hasattr(condition, "value"):
        return str(int(condition.value)), ()
    return called(condition), (Read(condition, None),)
