"""What an exercise declares in its ``spec.toml``, read once and checked, so that a typo is found by its author."""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .function_form import FunctionForm, read_function
from .kets import PAULI_STATES, ket

EQUIVALENCES = ("state", "unitary", "channel", "distribution", "number", "key", "choice", "design", "function")
CIRCUITS = EQUIVALENCES[:4]
EVERYTHING = "every input"


class BrokenExercise(ValueError):
    """The exercise folder, not the answer, is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of the marking scheme: its points are given if all that it needs agrees with the reference.

    ``needs`` names inputs (circuits), bits (distributions) or parts (numbers, choices). ``crossing_bits``, where given,
    also asks that no more than so many classical bits, and no quantum wire, pass between the parties.
    """

    name: str
    points: float
    needs: tuple[str, ...]
    crossing_bits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitForm:
    """What a circuit gets and what is looked at: names of qubits and bits, and the states that are handed in.

    ``inputs_only``: no other state is ever handed in, so that two circuits that differ on others are equally right.
    """

    qubits: tuple[str, ...]
    bits: tuple[str, ...] = ()
    bit_order: str = "fixed"
    given: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    probes: tuple[str, ...] = ()
    parties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    inputs_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberForm:
    """One number, or a dictionary of several; ``tolerance`` is absolute, ``why`` explains the range.

    ``rounds``: a right answer may also be a fraction counted in so many; the audit says how often it then fails.

    With ``scale = "log"`` numbers above 0 are compared by their decimal logarithm: ``tolerance`` 0.01 is 2.3 %.

    ``landmarks`` are known values, each a name and a number or the name of a parameter: a wrong answer without a known
    mistake is told on which side of them it lies and should lie.
    """

    parts: tuple[str, ...] = ()
    unit: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    tolerance: float = 0.0
    scale: str = "linear"
    why: str = ""
    rounds: int = 0
    landmarks: tuple[tuple[str, float | str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceForm:
    """One word out of ``options`` (word and meaning), or a dictionary with one for each of the ``parts``."""

    options: tuple[tuple[str, str], ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignForm:
    """A list of numbers that meets the ``goals``, in any way: the folder's ``judge.py`` says which of them it meets.

    ``high`` may name a parameter; ``mistakes`` are what ``judge.py`` may find, and what signatures look at.
    """

    goals: tuple[str, ...]
    mistakes: tuple[str, ...] = ()
    what: str = "numbers"
    unit: str = ""
    low: float = float("-inf")
    high: float | str = float("inf")
    most: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """Everything in ``spec.toml``."""

    title: str
    concept: int
    equivalence: str
    criteria: tuple[Criterion, ...]
    misconceptions: tuple[str, ...]
    parameters: tuple[tuple[str, tuple[Any, ...]], ...]
    circuit: CircuitForm | None
    number: NumberForm | None
    choice: ChoiceForm | None = None
    design: DesignForm | None = None
    function: FunctionForm | None = None
    hidden: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What a right answer earns."""
        return float(sum(criterion.points for criterion in self.criteria))


def read_spec(path: Path) -> Spec:
    """Read and check one ``spec.toml``; raises :class:`BrokenExercise` with the place of the fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return _spec(raw)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise BrokenExercise(f"{path} cannot be used: {reason}") from error


def _spec(raw: Mapping[str, Any]) -> Spec:
    known = {"title", "concept", "equivalence", "criteria", "misconceptions", "parameters", "circuit", "number",
             "choice", "design", "function"}
    only_known(raw, known, "spec.toml")
    equivalence = raw["equivalence"]
    if equivalence not in EQUIVALENCES:
        raise ValueError(f"equivalence must be one of {', '.join(EQUIVALENCES)}; got equivalence={equivalence!r}.")
    is_circuit = equivalence in CIRCUITS
    circuit = _circuit(raw["circuit"], equivalence) if is_circuit else None
    number = _number(raw["number"], raw.get("parameters", {})) if equivalence == "number" else None
    choice = _choice(raw["choice"]) if equivalence == "choice" else None
    design = _design(raw["design"], raw.get("parameters", {})) if equivalence == "design" else None
    function = read_function(raw["function"]) if equivalence == "function" else None
    spec = Spec(
        title=raw["title"], concept=raw["concept"], equivalence=equivalence, circuit=circuit, number=number,
        choice=choice, design=design, function=function,
        hidden=tuple(name for name, row in raw.get("parameters", {}).items() if row.pop("hidden", False) is True),
        criteria=tuple(_criterion(row, circuit, number or choice or design or function)
                       for row in rows_of(raw, "criteria")),
        misconceptions=tuple(raw.get("misconceptions", ())),
        parameters=tuple((name, _choices(name, row)) for name, row in raw.get("parameters", {}).items()),
    )
    if not spec.points > 0:
        raise ValueError("the points of all criteria together must be > 0.")
    return spec


def _circuit(raw: Mapping[str, Any], equivalence: str) -> CircuitForm:
    only_known(raw, [field.name for field in fields(CircuitForm)], "[circuit]")
    entries = _tuples(raw)
    qubits = entries["qubits"]
    if equivalence == "unitary":
        entries = {"given": qubits, "output": qubits, **entries}
    if equivalence == "state":
        entries = {"output": qubits, **entries}
    given = entries.get("given", ())
    inputs = entries.pop("inputs", _usual_inputs(len(given)))
    named = dict(inputs) if isinstance(inputs, Mapping) else {name: name for name in inputs}
    form = CircuitForm(
        **{**entries, "inputs": tuple(named.items()) if given else ((EVERYTHING, ""),),
           "parties": tuple((party, tuple(members)) for party, members in entries.get("parties", {}).items())})
    if (equivalence == "distribution") == bool(form.output):
        raise ValueError("a distribution looks at bits, every other circuit at output qubits.")
    if equivalence == "distribution" and not form.bits:
        raise ValueError("a distribution needs the names of its bits.")
    if form.bit_order not in ("fixed", "any"):
        raise ValueError(f"bit_order must be 'fixed' or 'any'; got bit_order={form.bit_order!r}.")
    members = [name for _, names in form.parties for name in names]
    for name in (*form.given, *form.output, *members):
        if name not in form.qubits:
            raise ValueError(f"{name!r} is not one of the qubits {', '.join(form.qubits)}.")
    for state in (*(state for _, state in form.inputs), *form.probes):
        if given and len(ket(state)) != 2 ** len(given):
            raise ValueError(f"the state {state!r} is not one of {len(given)} qubits.")
    return form


def _number(raw: Mapping[str, Any], parameters: Mapping[str, Any]) -> NumberForm:
    only_known(raw, [field.name for field in fields(NumberForm)], "[number]")
    form = NumberForm(**{**_tuples(raw), "landmarks": tuple(raw.get("landmarks", {}).items())})
    if not 0 <= form.tolerance < math.inf:
        raise ValueError(f"tolerance must be >= 0 and finite; got tolerance={form.tolerance}.")
    if form.scale not in ("linear", "log") or (form.scale == "log" and not form.low > 0):
        raise ValueError(f"scale must be 'linear', or 'log' with low > 0; got scale={form.scale!r}, low={form.low}.")
    if not form.low < form.high:
        raise ValueError(f"low must be < high; got low={form.low}, high={form.high}.")
    if type(form.rounds) is not int or form.rounds < 0 or (form.rounds and (form.scale, form.high) != ("linear", 1)):
        raise ValueError(f"rounds must be a whole number, for fractions with high = 1; got rounds={form.rounds!r}.")
    for name, at in form.landmarks:
        if at not in parameters and not isinstance(at, (int, float)):
            raise ValueError(f"the landmark {name!r} lies at {at!r}, which is neither a number nor a parameter.")
    if form.landmarks and form.parts:
        raise ValueError("landmarks are for a single number, without parts.")
    return form


def _choice(raw: Mapping[str, Any]) -> ChoiceForm:
    only_known(raw, [field.name for field in fields(ChoiceForm)], "[choice]")
    options = raw["options"]
    if not isinstance(options, Mapping) or len(options) < 2:
        raise ValueError(f"options must be a table of at least two entries word = meaning; got options={options!r}.")
    return ChoiceForm(options=tuple(options.items()), parts=tuple(raw.get("parts", ())))


def _design(raw: Mapping[str, Any], parameters: Mapping[str, Any]) -> DesignForm:
    only_known(raw, [field.name for field in fields(DesignForm)], "[design]")
    form = DesignForm(**_tuples(raw))
    if not form.goals:
        raise ValueError("a design needs at least one goal.")
    if isinstance(form.high, str) and form.high not in parameters:
        raise ValueError(f"high must be a number or a parameter; got high={form.high!r}.")
    return form


def _usual_inputs(width: int) -> tuple[str, ...]:
    """One qubit: the six Pauli states. More: all zeros and ones, and all plus, where signs show."""
    if width == 1:
        return PAULI_STATES
    return (*(" ".join(bits) for bits in itertools.product("01", repeat=width)), " ".join("+" * width))


def _criterion(raw: Mapping[str, Any], circuit: CircuitForm | None,
               parted: NumberForm | ChoiceForm | DesignForm | FunctionForm | None) -> Criterion:
    only_known(raw, {"name", "points", "needs", "crossing_bits"}, "a criterion")
    default: tuple[str, ...]
    if circuit is not None:
        known = [*(name for name, _ in circuit.inputs), EVERYTHING]
        known += [] if circuit.output else [*circuit.bits, "told apart"]
        default = (EVERYTHING,)
    elif parted is not None:
        known = list(parted.goals if isinstance(parted, DesignForm) else parted.parts) or ["value"]
        default = tuple(known)
    else:
        known = ["length", EVERYTHING]
        default = (EVERYTHING,)
    needs = tuple(raw.get("needs", default))
    for need in needs:
        if need not in known:
            raise ValueError(f"the criterion {raw['name']!r} needs {need!r}; known are {', '.join(known)}.")
    if "crossing_bits" in raw and not (circuit and circuit.parties):
        raise ValueError(f"the criterion {raw['name']!r} has crossing_bits, but no parties are declared.")
    return Criterion(name=raw["name"], points=float(raw["points"]), needs=needs,
                     crossing_bits=raw.get("crossing_bits"))


def _choices(name: str, raw: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values out of which a student's parameter is drawn."""
    if "choose" in raw:
        only_known(raw, {"choose"}, f"the parameter {name}")
        if not isinstance(raw["choose"], list) or not raw["choose"]:
            raise ValueError(f"the parameter {name} must choose out of a list of at least one value; "
                             f"got choose={raw['choose']!r}.")
        return tuple(raw["choose"])
    only_known(raw, {"low", "high", "step"}, f"the parameter {name}")
    low, high, step = raw["low"], raw["high"], raw["step"]
    if not (step > 0 and -math.inf < low <= high < math.inf):
        raise ValueError(f"the parameter {name} needs step > 0 and finite low <= high; "
                         f"got low={low}, high={high}, step={step}.")
    return tuple(round(low + k * step, 10) for k in range(round((high - low) / step) + 1))


def only_known(raw: Any, known: Collection[str], where: str) -> None:
    """Raise ValueError in words unless ``raw`` is a table with known entries only."""
    if not isinstance(raw, Mapping):
        raise ValueError(f"{where} must be one table of entries name = value; got {raw!r}.")
    for key in raw:
        if key not in known:
            raise ValueError(f"{where} does not know {key!r}; known: {', '.join(sorted(known))}.")


def rows_of(raw: Mapping[str, Any], name: str) -> list[Any]:
    """The tables under ``[[name]]``; raises ValueError in words for single brackets."""
    rows = raw[name]
    if not isinstance(rows, list):
        raise ValueError(f"write [[{name}]] with double brackets: there can be several.")
    return rows


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(got) if isinstance(got, list) else got for key, got in raw.items()}
