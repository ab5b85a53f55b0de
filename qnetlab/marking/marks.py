"""From what a notebook handed over to points and feedback, one exercise after the other, as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..grading.answers import Unreadable
from ..grading.exercises import Exercise, Task
from ..grading.feedback import Feedback, Score
from ..grading.functions import Cases, Failed, Outputs
from ..grading.judging import judge
from ..grading.misconceptions import Misconception
from ..grading.parameters import EVERYBODY, fill, parameters_for
from ..grading.spec import BrokenExercise
from .attempt import Attempt
from .clusters import seen_of
from .notebooks import Notebook
from .plain import Called, decode
from .worked import worked

_KEPT = 100_000  # letters of an answer that are kept beside its marks
_NOTHING = "Nothing was handed over for this exercise."


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is marked: exercises, the list of misconceptions, and the course's secret."""

    exercises: tuple[Exercise, ...]
    misconceptions: Mapping[str, Misconception]
    seed: bytes
    same_numbers: bool = False  # everybody has those of the public copy

    def parameters(self, exercise: Exercise, student: str) -> dict[str, Any]:
        """This student's numbers."""
        if self.same_numbers:
            return parameters_for(exercise.id, exercise.spec, EVERYBODY)
        return parameters_for(exercise.id, exercise.spec, student, self.seed)

    def tasks(self, student: str, named: Sequence[str]) -> dict[str, Task]:
        """What ``exercise`` gives in the sandbox, for the exercises that the notebook names."""
        found = {}
        for exercise in self.exercises:
            if exercise.id not in named:
                continue
            parameters, circuit = self.parameters(exercise, student), exercise.spec.circuit
            given, shown = exercise.given(parameters), exercise.shown(parameters)
            found[exercise.id] = Task(
                id=exercise.id, title=exercise.spec.title, parameters=shown, given=given,
                prompt=fill(exercise.sections["Task"], {**shown, **given}),
                qubits=circuit.qubits if circuit else (), bits=circuit.bits if circuit else ())
        return found

    def cases(self, exercise: Exercise, student: str) -> Cases:
        """What a function of this student's is called with; without the secret nobody knows it."""
        return exercise.cases(self.parameters(exercise, student), student, self.seed)

    def calls(self, student: str, last: Mapping[str, Any]) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """Which functions to call with what, for the last answers that a notebook handed over."""
        return [(exercise.id, [arguments for rows in self.cases(exercise, student).values() for arguments in rows])
                for exercise in self.exercises if exercise.spec.function is not None
                and isinstance(last.get(exercise.id), dict) and "function" in last[exercise.id]]


def version(exercise: Exercise) -> str:
    """A stamp of everything in an exercise's folder; another stamp means another exercise."""
    digest = hashlib.sha256()
    for path in sorted(exercise.folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(exercise.folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def mark_all(setting: Setting, student: str, notebook: Notebook, attempt: Attempt) -> list[dict[str, Any]]:
    """Mark every exercise of the setting; plain data, one entry per exercise."""
    handed_over = attempt.handed_over()
    stamped = dict(notebook.stamp.get("versions", {})) | {
        cell.exercise: cell.version for cell in notebook.cells if cell.version}
    marks = []
    for exercise in setting.exercises:
        times = handed_over.get(exercise.id, [])
        notes = _notes(exercise.id, times, notebook) + ([] if times else _why_nothing(exercise.id, notebook, attempt))
        made_for = stamped.get(exercise.id)
        if made_for and made_for != version(exercise):
            notes.append(f"The notebook was made for version {made_for} of this exercise; it was marked by version "
                         f"{version(exercise)}.")
        marks.append(mark(exercise, setting, student, times, attempt.results.get(exercise.id, [])) | {"notes": notes})
    return marks


def mark(exercise: Exercise, setting: Setting, student: str, times: Sequence[tuple[int, Any]],
         results: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Mark the last answer to one exercise."""
    parameters = setting.parameters(exercise, student)
    spec = exercise.spec
    empty = Feedback(id=exercise.id, title=spec.title, out_of=spec.points, scores=tuple(
        Score(name=criterion.name, points=0.0, out_of=criterion.points) for criterion in spec.criteria))
    feedback, seen = empty, None
    if not times:
        feedback = replace(empty, refused=_NOTHING)
    else:
        try:
            answer = decode(times[-1][1])
            cases = setting.cases(exercise, student)
            if isinstance(answer, Called):
                answer = _outputs(answer, exercise, cases, results)
            feedback = judge(exercise, answer, parameters, setting.misconceptions, cases)
            if not (feedback.correct or feedback.refused or feedback.misconceptions):
                seen = seen_of(exercise, answer, parameters, cases)
        except Unreadable as reason:
            feedback = replace(empty, refused=str(reason))
        except BrokenExercise as reason:
            feedback = replace(empty, refused=f"This exercise is broken, which is not your fault: {reason}",
                               note="broken exercise")
        except Exception as reason:  # noqa: BLE001 - nobody foresaw it: it costs this exercise, and somebody must look
            feedback = replace(empty, refused=f"This answer could not be compared ({type(reason).__name__}). Somebody "
                                              "will look at it.", note="broken exercise")
        if feedback.refused and not feedback.scores:
            feedback = replace(feedback, scores=empty.scores)
    found = feedback.to_dict()
    found["points"] = float(found["points"])
    return found | {
        "answered": bool(times), "cell": times[-1][0] if times else None, "version": version(exercise),
        "answer": times[-1][1] if times and len(json.dumps(times[-1][1])) <= _KEPT else None,
        "worked": worked(exercise, parameters), "seen": seen,
        "hints": [] if feedback.correct else [fill(hint, parameters) for hint in exercise.hints],
        "broken": feedback.note == "broken exercise"}


def _outputs(function: Called, exercise: Exercise, cases: Cases, results: Sequence[Mapping[str, Any]]) -> Outputs:
    """What the calls in the sandbox gave, group by group; one that never came back counts as failed."""
    if exercise.spec.function is None:
        raise Unreadable(f"The answer should not be a function; this is {function.name}, not what it returns.")
    left = list(results)
    return Outputs({group: [_output(left.pop(0)) if left else Failed("it was not called, because a call before did not "
                                                                    "come back") for _ in rows]
                    for group, rows in cases.items()})


def _output(result: Mapping[str, Any]) -> Any:
    if "data" not in result:
        return Failed(str(result.get("error")))
    try:
        found = decode(result["data"])
    except Unreadable as reason:
        return Failed(str(reason))
    return Failed(f"it returned the function {found.name}") if isinstance(found, Called) else found


def _why_nothing(name: str, notebook: Notebook, attempt: Attempt) -> list[str]:
    """The cells that would have handed something over, if they had run through."""
    found = []
    for cell in notebook.cells:
        said = attempt.stopped.get(cell.number) or attempt.errors.get(cell.number)
        if said and name in cell.named():
            found.append(f"Cell {cell.number} would have handed it over: {said}")
    return found


def _notes(name: str, times: Sequence[tuple[int, Any]], notebook: Notebook) -> list[str]:
    """What a reader should know about where the answer came from."""
    notes = []
    if len(times) > 1:
        cells = ", ".join(str(cell) for cell in dict.fromkeys(cell for cell, _ in times))
        notes.append(f"An answer was handed over {len(times)} times (cells {cells}); the last one counts.")
    own = [cell.number for cell in notebook.cells if cell.exercise == name]
    tagged = any(cell.exercise for cell in notebook.cells)
    if tagged and not own:
        notes.append("The cell for the answer to this exercise is no longer in the notebook.")
    elif own and times and times[-1][0] not in own:
        notes.append(f"The answer that counts comes from cell {times[-1][0]}, not from its own (cell {own[0]}).")
    return notes

