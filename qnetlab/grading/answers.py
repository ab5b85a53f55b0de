"""Reading what a student handed over: the right kind of thing, or a sentence that says what it is instead."""

from __future__ import annotations

import difflib
import math
import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..estimate import Estimate
from .spec import ChoiceForm, NumberForm


class Unreadable(ValueError):
    """The answer cannot be judged; the text tells the student why, and what to hand over instead."""


class Foreign:
    """Something that is no answer and could not leave a sandbox; ``words`` say what it was."""

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words


def described(answer: Any) -> str:
    """What this is, in a student's words; safe for every object.

    >>> described("0.5"), described(None), described(list)
    ("the text '0.5'", 'None, which is nothing', 'the class list itself')
    """
    if isinstance(answer, Foreign):
        return answer.words
    if answer is None:
        return "None, which is nothing"
    if answer is ...:
        return "the three dots, which only hold the place of an answer"
    if isinstance(answer, type):
        return f"the class {answer.__name__} itself"
    if isinstance(answer, str):
        return f"the text {answer[:40]!r}{'...' * (len(answer) > 40)}"
    if isinstance(answer, int) and abs(answer) > 10**20:
        return "a huge whole number"
    if isinstance(answer, (bool, int, float, complex)):
        return f"{answer!r}" if isinstance(answer, bool) else f"the number {answer!r}"
    if callable(answer) and hasattr(answer, "__name__"):
        return f"the function {answer.__name__}, not what it returns"
    if isinstance(answer, np.ndarray):
        return "a numpy array"
    if isinstance(answer, (bytes, bytearray)):
        return "bytes"
    article = "an" if type(answer).__name__[:1].lower() in "aeiou" else "a"
    return f"{article} {type(answer).__name__}"


def read_number(answer: Any, name: str, form: NumberForm) -> float:
    """A plain finite number out of an int, a float, a numpy number or an Estimate."""
    got = answer.value if isinstance(answer, Estimate) else answer
    what = f"{name} should be a number{f' in {form.unit}' if form.unit else ''}"
    if got is ...:
        raise Unreadable(f"{what}: put a number where the three dots are.")
    if isinstance(got, bool) or not isinstance(got, numbers.Real):
        raise Unreadable(f"{what}; this is {described(got)}.{_as_number(got)}")
    try:
        number = float(got)
    except OverflowError as error:
        raise Unreadable(f"{what}; this one is larger than a float holds (about 1.8e308).") from error
    if not math.isfinite(number):
        raise Unreadable(f"{what}; this is {number}. Somewhere before, something was divided by zero or overflowed.")
    if not form.low <= number <= form.high:
        said = f"{what} from {form.low:g} to {form.high:g}; this is {number:g}."
        raise Unreadable(" ".join(filter(None, (said, _why_outside(number, form), form.why))))
    return number


def _as_number(got: Any) -> str:
    """How to make a number of what was handed over instead of one, as a sentence to put behind the others.

    >>> _as_number("0.5"), _as_number(" 12 %")
    (' Leave out the quotation marks.', ' Without quotation marks and percent sign: 0.12.')
    >>> _as_number("1.4 ms")
    ' Without quotation marks and unit: 1.4.'
    """
    if isinstance(got, str):
        text = got.strip()
        share = _float(text.removesuffix("%")) if text.endswith("%") else None
        if share is not None:
            return f" Without quotation marks and percent sign: {share / 100:g}."
        if _float(text) is not None:
            return " Leave out the quotation marks."
        words = text.split()
        if len(words) > 1 and _float(words[0]) is not None and not set("()+*=") & set(text):  # else it is a formula
            return f" Without quotation marks and unit: {words[0]}."
        return " Write a number without quotation marks, such as 0.25, or let Python compute one, such as 2 ** -0.5."
    if isinstance(got, np.ndarray):
        return " Use .item() to take the number out." if got.size == 1 else " Pick one number out of it."
    if isinstance(got, (list, tuple, set, frozenset)):
        return " Leave out the brackets." if len(got) == 1 else " Pick one number."
    return " Pick one of its numbers." if isinstance(got, Mapping) else ""


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _why_outside(number: float, form: NumberForm) -> str:
    """The usual reasons for a probability beyond 1."""
    if not 0 <= form.low < form.high == 1 or number < 0:
        return ""
    if number <= 2:
        return "It is larger than 1: check the brackets."
    return f"Is it in percent? Then write {number / 100:g}." if number <= 100 else ""


def read_choice(answer: Any, name: str, form: ChoiceForm) -> str:
    """One of the declared words."""
    words = [word for word, _ in form.options]
    what = f"{name} should be one of {', '.join(map(repr, words))}"
    if answer is ...:
        raise Unreadable(f"{what}: put a word where the three dots are.")
    if not isinstance(answer, str):
        raise Unreadable(f"{what}; this is {described(answer)}.")
    if answer in words:
        return answer
    near = difflib.get_close_matches(answer.lower(), words, n=1, cutoff=0.7)
    raise Unreadable(f"{what}; this is {described(answer)}.{f' Did you mean {near[0]!r}?' if near else ''}")


def read_table(answer: Any, parts: Sequence[str]) -> Mapping[Any, Any]:
    """A dictionary with one entry for each part."""
    shape = "{" + ", ".join(f'"{part}": ...' for part in parts) + "}"
    if not isinstance(answer, Mapping):
        raise Unreadable(f"The answer should be a dictionary {shape}; this is {described(answer)}.")
    missing = [part for part in parts if part not in answer]
    if missing:
        raise Unreadable(f"The answer should be a dictionary {shape}; {' and '.join(map(repr, missing))} "
                         f"{'is' if len(missing) == 1 else 'are'} missing.")
    return answer


def read_bits(answer: Any, limit: int = 1_000_000) -> tuple[int, ...]:
    """A key: a text of 0 and 1, or a list, tuple or array of them."""
    what = "A key is a text of 0 and 1, or a list of the numbers 0 and 1"
    if not isinstance(answer, (str, list, tuple)) and not (hasattr(answer, "tolist") and hasattr(answer, "ndim")):
        raise Unreadable(f"{what}; this is {described(answer)}.")
    items = answer if isinstance(answer, (str, list, tuple)) else answer.tolist()
    if not isinstance(items, (str, list, tuple)):
        raise Unreadable(f"{what}; this is a single number.")
    if len(items) > limit:
        raise Unreadable(f"{what}, at most {limit} of them; this has {len(items)}.")
    for place, item in enumerate(items):
        if not (item in ("0", "1") if isinstance(items, str) else _is_bit(item)):
            raise Unreadable(f"{what}; at place {place} there is {described(item)}.")
    return tuple(int(item) for item in items)


def _is_bit(item: Any) -> bool:
    return isinstance(item, numbers.Integral) and int(item) in (0, 1)


def read_circuit(answer: Any, qubits: Sequence[str], *, most_qubits: int) -> tuple[Any, tuple[int, ...]]:
    """The circuit, and where each expected qubit stands in it: by register name, else by order."""
    from qiskit import QuantumCircuit

    if not isinstance(answer, QuantumCircuit):
        raise Unreadable(f"The answer should be a QuantumCircuit; this is {described(answer)}. "
                         "Start from exercise(...).stub() and hand over the circuit itself.")
    names = ", ".join(qubits)
    if answer.num_qubits > most_qubits:
        raise Unreadable(f"The check follows up to {most_qubits} qubits; this circuit has {answer.num_qubits}. "
                         f"The task needs {len(qubits)}: {names}.")
    if answer.num_qubits < len(qubits):
        raise Unreadable(f"The circuit should have {len(qubits)} qubits: {names}; this one has {answer.num_qubits}.")
    if answer.parameters:
        free = ", ".join(sorted(parameter.name for parameter in answer.parameters))
        raise Unreadable(f"The circuit still has free parameters ({free}). Give them values with assign_parameters.")
    named = {register.name: register for register in answer.qregs if register.size == 1}
    known = [name for name in qubits if name in named]
    if not known:
        return answer, tuple(range(len(qubits)))
    if len(known) < len(qubits):
        missing = ", ".join(name for name in qubits if name not in named)
        raise Unreadable(f"The circuit has qubits named {', '.join(known)}, but none named {missing}. "
                         "Start from exercise(...).stub(), which has them all.")
    return answer, tuple(answer.find_bit(named[name][0]).index for name in qubits)


def read_clbits(circuit: Any, bits: Sequence[str]) -> tuple[int, ...]:
    """Where each expected classical bit stands: by register name, else by order if there are just as many."""
    named = {register.name: register for register in circuit.cregs if register.size == 1}
    if all(name in named for name in bits):
        return tuple(circuit.find_bit(named[name][0]).index for name in bits)
    if circuit.num_clbits == len(bits):
        return tuple(range(len(bits)))
    registers = ", ".join(f"{register.name}[{register.size}]" for register in circuit.cregs) or "none"
    raise Unreadable(f"The result should stand in the bits {', '.join(bits)}; this circuit has {registers}. "
                     "Start from exercise(...).stub(), which has them.")
