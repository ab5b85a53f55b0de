"""Exercises: where their folders are, what is in them, and ``exercise`` to open one in a notebook."""

from __future__ import annotations

import difflib
import os
import re
import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..checks import refuse
from .feedback import Feedback
from .functions import Cases, dice_for
from .handed_out import handed_out, numbers
from .parameters import PUBLIC_SEED, fill
from .spec import BrokenExercise, Spec, read_spec

SECTIONS = ("Task", "Outcomes", "Hints", "Reflection")
HINTS = 3


class UnknownExercise(ValueError):
    """There is no such exercise. A notebook shows the card that ``check`` gives, not a traceback."""

    def __init__(self, name: Any, words: str) -> None:
        super().__init__(words)
        self.card = Feedback(id=name if isinstance(name, str) else "exercise", refused=words)

    def _render_traceback_(self) -> list[str]:
        return repr(self.card).splitlines()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise folder, read."""

    id: str
    folder: Path
    spec: Spec
    sections: Mapping[str, str]
    hints: tuple[str, ...]

    def reference(self, parameters: Mapping[str, Any]) -> Any:
        """The right answer for these parameters."""
        return _answered(self.folder / "reference.py", parameters)[1]

    def wrong_answers(self, parameters: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
        """File name -> (misconception id, the wrong answer) for these parameters."""
        return {path.stem: _answered(path, parameters) for path in sorted((self.folder / "wrong").glob("*.py"))}

    def judged(self, parameters: Mapping[str, Any], design: list[float]) -> Mapping[str, Any]:
        """What ``judge.py`` makes of a design."""
        path = self.folder / "judge.py"
        return dict(_ran(path, "judge", parameters, design)[1])

    def given(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """What ``given.py`` makes of these parameters for the student to work on: records, tables; often nothing."""
        path = self.folder / "given.py"
        return dict(_ran(path, "given", parameters)[1]) if path.is_file() else {}

    def cases(self, parameters: Mapping[str, Any], name: str = "", seed: bytes = PUBLIC_SEED) -> Cases:
        """What ``calls.py`` makes of these parameters for a function to be called with, group by group; often nothing.

        Without the seed nobody knows the inputs: in practice it is public, in a graded run it is the course's secret.
        """
        if self.spec.function is None:
            return {}
        made = _ran(self.folder / "calls.py", "calls", parameters, dice_for(self.id, name, seed))[1]
        if not isinstance(made, Mapping) or set(made) != set(self.spec.function.groups):
            raise BrokenExercise(f"{self.folder / 'calls.py'} must give a list of arguments for each of the groups "
                                 f"{', '.join(self.spec.function.groups)}.")
        return {group: [tuple(arguments) for arguments in rows] for group, rows in made.items()}

    def shown(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters that a student may see: all but the hidden ones, out of which ``given`` is made."""
        return {name: value for name, value in parameters.items() if name not in self.spec.hidden}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An exercise as one student sees it: the text with their own numbers, and a circuit to start from.

    ``parameters`` holds the numbers by name, ``given`` what else the task hands out, for example measured records.
    """

    id: str
    title: str
    parameters: Mapping[str, Any]
    prompt: str
    qubits: tuple[str, ...] = ()
    bits: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)

    def stub(self) -> Any:
        """A new empty circuit with the qubits and bits of the task, each a register of its name."""
        if not self.qubits:
            refuse("a stub is the empty circuit of a task that asks for a circuit", got={"exercise": self.id},
                   why="This one asks for numbers", fix=f'check("{self.id}", your_answer)')
        from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister

        return QuantumCircuit(*(QuantumRegister(1, name) for name in self.qubits),
                              *(ClassicalRegister(1, name) for name in self.bits))

    def __repr__(self) -> str:
        return f"{self.title} ({self.id})\n\n{self.prompt}{self._hand_over('')}"

    def _repr_markdown_(self) -> str:
        return f"**{self.title}**\n\n{self.prompt}{self._hand_over('`')}"

    def _hand_over(self, quote: str) -> str:
        """How to hand over the answer, unless the text says so itself."""
        call = f'check("{self.id}", '
        # A task's bit may be called answer; what is handed over is the circuit.
        what = "circuit" if self.qubits else "answer"
        return "" if call in self.prompt else f"\n\nYour answer: {quote}{call}{what}){quote}"


def exercise(name: str) -> Task:
    """Open an exercise: its text, your own numbers, and the circuit to start from.

    Parameters
    ----------
    name : str
        The exercise, which is also the name of its folder, for example ``"teleport.correct"``.

    Returns
    -------
    Task
        Shown as text in a notebook; ``.parameters`` and ``.stub()`` are for your answer.

    Raises
    ------
    ValueError
        If there is no such exercise; the text says what there is, and a notebook shows it without a traceback.

    >>> exercise("teleport.correct").stub().num_qubits
    3
    """
    own = handed_out(name)
    if own is not None and (not own.complete or name not in known_ids()):
        return Task(id=name, title=own.title, parameters=own.parameters, given=own.given, qubits=own.qubits,
                    bits=own.bits, prompt="The task stands in your notebook, above the cell for its answer.")
    found = find(name)
    circuit = found.spec.circuit
    parameters = numbers(found.id, found.spec)
    given = found.given(parameters)
    return Task(
        id=found.id, title=found.spec.title, parameters=found.shown(parameters), given=given,
        prompt=fill(found.sections["Task"], {**found.shown(parameters), **given}),
        qubits=circuit.qubits if circuit else (), bits=circuit.bits if circuit else ())


def roots() -> tuple[Path, ...]:
    """The exercises folders in use, first the most particular one."""
    named = os.environ.get("QNETLAB_EXERCISES", "")
    here = Path.cwd()
    above = next((up / "exercises" for up in (here, *here.parents) if (up / "exercises").is_dir()), None)
    beside = Path(__file__).parents[2] / "exercises"
    kept = [path.resolve() for path in (Path(named) if named else None, above, beside) if path and path.is_dir()]
    return tuple(dict.fromkeys(kept))


def looked_in() -> str:
    """A sentence with the folders in use, and why there are no others."""
    named = os.environ.get("QNETLAB_EXERCISES", "")
    lost = ("QNETLAB_EXERCISES is not set" if not named else
            "" if Path(named).is_dir() else f"QNETLAB_EXERCISES is {named!r}, which is no folder")
    places = " and ".join(map(str, roots())) or "vain for exercises/ above the working directory and beside the package"
    return f"I looked in {places}{f' ({lost})' if lost else ''}."


def known_ids() -> tuple[str, ...]:
    """The ids of all exercises found."""
    return tuple(dict.fromkeys(path.parent.name for root in roots() for path in sorted(root.glob("*/spec.toml"))))


def find(name: Any) -> Exercise:
    """The exercise of this id; raises ValueError in words if there is none."""
    known = known_ids()
    for root in roots():
        if isinstance(name, str) and name in known and (root / name / "spec.toml").is_file():
            return read_exercise(root / name)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.3) if isinstance(name, str) else []
    words = (
        f"There is no exercise {name!r}.", f"Did you mean {near[0]!r}?" if near else "",
        f"There are: {', '.join(known)}." if known else "No exercise was found.",
        looked_in())
    raise UnknownExercise(name, " ".join(filter(None, words)))


def read_exercise(folder: Path) -> Exercise:
    """Read one folder; raises :class:`BrokenExercise` in words for whoever wrote it."""
    spec = read_spec(folder / "spec.toml")
    try:
        text = (folder / "exercise.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenExercise(f"{folder / 'exercise.md'} cannot be read: {error}") from error
    sections = read_sections(text)
    missing = [name for name in SECTIONS if not sections.get(name)]
    hints = tuple(" ".join(hint.split()) for hint in re.split(r"^\d+\.\s+", sections.get("Hints", ""), flags=re.M)[1:])
    if missing or len(hints) != HINTS:
        raise BrokenExercise(f"{folder / 'exercise.md'} needs the sections {', '.join(SECTIONS)}, with {HINTS} "
                             f"numbered hints; {', '.join(missing) or f'{len(hints)} hints'} found wanting.")
    return Exercise(id=folder.name, folder=folder, spec=spec, sections=sections, hints=hints)


def read_sections(text: str) -> dict[str, str]:
    """The parts of a Markdown text under its second-level headings."""
    parts = re.split(r"^## +(.+?) *$", text, flags=re.M)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def _answered(path: Path, parameters: Mapping[str, Any]) -> tuple[str, Any]:
    """Run one answer file of the exercise: its misconception, if it names one, and what ``answer`` returns."""
    return _ran(path, "answer", parameters)


def _ran(path: Path, function: str, parameters: Mapping[str, Any], *more: Any) -> tuple[str, Any]:
    try:
        module = runpy.run_path(str(path))
        return str(module.get("MISCONCEPTION", "")), module[function](dict(parameters), *more)
    except Exception as error:  # whatever is wrong in there, the exercise is at fault, not the student
        raise BrokenExercise(f"{path} must define {function}(parameters); {type(error).__name__}: {error}") from error
