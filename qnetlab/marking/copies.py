"""One copy of an assignment as a notebook: task, cell for the answer, check, folded hints; nothing of the solutions."""

from __future__ import annotations

import ast
import json
import keyword
import pprint
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..codec import to_json
from ..grading.exercises import Exercise
from ..grading.handed_out import JSON
from ..grading.parameters import fill
from .marks import version
from .roster import Student
from .stamp import grade_id

Cell = dict[str, Any]
_BLOCK = re.compile(r"(?:^|\n)```python\n(.*?)\n```(?=\n|$)", flags=re.DOTALL)
_LEFT = "# your work begins here"
_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """For whom a copy is, and with which numbers: exercise -> parameters, the hidden ones too.

    ``solved`` makes the lecturer's copy for nbgrader: with the reference between the marks of a solution, and with
    cells that give points as a number.
    """

    name: str
    title: str
    student: Student | None
    numbers: Mapping[str, Mapping[str, Any]]
    hints: bool = True
    solved: bool = False


def notebook(copy: Copy, exercises: Sequence[Exercise], names: Sequence[str] = ()) -> str:
    """The copy as the text of an ``.ipynb``; ``names`` are what the package offers by name, to be imported if named."""
    cells = [_markdown(_front(copy, exercises)), _setup(copy, exercises, names)]
    for number, exercise in enumerate(exercises, 1):
        cells += _cells(copy, exercise, number)
    cells.append(_markdown("---\nDone? *Kernel, Restart Kernel and Run All Cells* shows whether everything also works "
                           "from the top. Then save, and hand in this one file."))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02d}"
    stamp = {"assignment": copy.name, "versions": {exercise.id: version(exercise) for exercise in exercises}}
    if copy.student is not None:
        stamp["student"] = copy.student.id
    made = {
        "cells": cells, "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
                     "language_info": {"name": "python"}, "qnetlab": stamp}}
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def answer_name(exercise: Exercise) -> str:
    """The variable that holds the answer: another for each exercise, so that none is left from the one before.

    >>> from qnetlab.grading.exercises import find
    >>> answer_name(find("repeater.wait")), answer_name(find("teleport.correct"))
    ('repeater_wait', 'circuit')
    """
    own = re.sub(r"\W", "_", exercise.id)
    if exercise.spec.circuit is not None:
        return "circuit"
    if exercise.spec.function is not None:
        found = next((re.search(r"^def (\w+)\(", block, flags=re.M) for block in _blocks(exercise)
                      if "def " in block), None)
        return found[1] if found else own
    return own


# ------------------------------------------------------------------------------------------------------- the cells


def _front(copy: Copy, exercises: Sequence[Exercise]) -> str:
    who = f"{copy.student.name or copy.student.id}" if copy.student else "practice copy"
    points = sum(exercise.spec.points for exercise in exercises)
    rows = [f"| [{number}. {exercise.spec.title}](#{_anchor(exercise)}) | {exercise.spec.points:g} |"
            for number, exercise in enumerate(exercises, 1)]
    own = ("The numbers in it are yours: your neighbor has others, so compare ways and not results." if copy.student
           else "Everybody has the same numbers in this copy.")
    return "\n".join([
        f"# {copy.title}", "", f"**{_plain(who)}**, {points:g} points in all. {own}", "",
        "1. Run the first cell.",
        f"2. Write each answer where it says `{_LEFT}`, or replace the dots.",
        "3. Run the cell with `check(...)` below it as often as you like: it answers at once, and costs nothing.",
        "", "Add cells of your own wherever you like; leave the cells with `check` as they are.",
        "", "| exercise | points |", "|---|---|", *rows])


def _setup(copy: Copy, exercises: Sequence[Exercise], names: Sequence[str]) -> Cell:
    texts = "\n".join(text for exercise in exercises for text in (*_blocks(exercise), *re.findall(
        r"`([^`\n]+)`", exercise.sections["Task"])))
    needed = sorted({"check", "exercise", *(set(re.findall(r"[A-Za-z_]\w*", texts)) & set(names))})
    lines = ["# Run this cell first. It holds the numbers of this copy: leave it as it is.",
             _wrapped(f"from qnetlab import {', '.join(needed)}")]
    if copy.solved:
        lines.append("from qnetlab.grading.handed_out import points")
    else:
        table = pprint.pformat({exercise.id: _handed_out(copy, exercise) for exercise in exercises}, width=_WIDTH,
                               sort_dicts=False)
        if ast.literal_eval(table) != {exercise.id: _handed_out(copy, exercise) for exercise in exercises}:
            raise ValueError("A number that is handed out cannot be written down as plain Python.")
        lines += ["from qnetlab.grading.handed_out import points, use", "", f'use("{copy.name}", \n{table})']
    return _code("\n".join(lines), jupyter={"source_hidden": not copy.solved})


def _handed_out(copy: Copy, exercise: Exercise) -> dict[str, Any]:
    parameters, circuit = copy.numbers[exercise.id], exercise.spec.circuit
    found = {"title": exercise.spec.title, "parameters": exercise.shown(parameters),
             "given": exercise.given(parameters), "qubits": circuit.qubits if circuit else (),
             "bits": circuit.bits if circuit else (), "complete": not exercise.spec.hidden}
    return {key: plain for key, value in found.items() if (plain := _plain_value(value)) not in ({}, (), True)}


def _cells(copy: Copy, exercise: Exercise, number: int) -> Iterator[Cell]:
    parameters, points = copy.numbers[exercise.id], exercise.spec.points
    shown = exercise.shown(parameters)
    text = fill(_task(exercise), {**shown, **exercise.given(parameters)})
    scheme = "\n".join(f"- {criterion.points:g}: {criterion.name}" for criterion in exercise.spec.criteria)
    yield _markdown(f'<a id="{_anchor(exercise)}"></a>\n## {number}. {exercise.spec.title} ({points:g} '
                    f"point{'' if points == 1 else 's'})\n\n{text}\n\n**Points**\n\n{scheme}")
    if copy.hints:
        yield _markdown("\n".join(
            f"<details><summary>Hint {count} of {len(exercise.hints)}</summary>\n\n{fill(hint, shown)}\n\n</details>\n"
            for count, hint in enumerate(exercise.hints, 1)).rstrip())
    name, variable = grade_id(exercise.id), answer_name(exercise)
    start = _start(exercise, shown)
    if copy.solved:
        start = _solved(exercise, parameters, variable, start)
    nbgrader = {"schema_version": 3, "task": False, "cell_type": "code"}
    yield _code(start, nbgrader={**nbgrader, "grade_id": f"{name}-answer", "grade": False, "solution": True,
                                 "locked": False})
    last = f'check("{exercise.id}", {variable})'
    yield _code(f"points({last})" if copy.solved else last,
                qnetlab={"exercise": exercise.id, "version": version(exercise), "answer": variable},
                nbgrader={**nbgrader, "grade_id": f"{name}-check", "grade": True, "solution": False, "locked": True,
                          "points": points}, editable=False, deletable=False)
    yield _markdown("<details><summary>When it is right: think on</summary>\n\n"
                    f"{fill(exercise.sections['Reflection'], shown)}\n\n</details>")


def _start(exercise: Exercise, shown: Mapping[str, Any]) -> str:
    """What stands in the cell for the answer: the student's numbers by name, and a form to fill in."""
    spec, variable = exercise.spec, answer_name(exercise)
    kept = [_uncheck(fill(block, shown)) for block in _blocks(exercise)]
    if spec.circuit is not None:
        form = "\n\n".join(block for block in kept if block) or f'circuit = exercise("{exercise.id}").stub()'
        return f"{_numbers(exercise, shown)}{form}\n\n{_LEFT}\n"
    if spec.function is not None:
        form = next((block for block in kept if "def " in block), f"def {variable}():\n    ...")
        return f"{_numbers(exercise, shown)}{form.rstrip()}"
    parts = tuple(getattr(spec.number or spec.choice, "parts", ()))
    if parts:
        blank = ", ".join(f'"{part}": ...' for part in parts)
        form = f"{variable} = {{{blank}}}"
        if len(form) > _WIDTH:
            form = f"{variable} = {{\n" + "".join(f'    "{part}": ...,\n' for part in parts) + "}"
    elif spec.choice is not None:
        form = f"{variable} = ...  # one of: {', '.join(repr(word) for word, _ in spec.choice.options)}"
    elif spec.design is not None:
        form = f"{variable} = [...]"
    else:
        form = f"{variable} = ..." + (f"  # {spec.number.unit}" if spec.number and spec.number.unit else "")
    around = "".join(f"{block}\n\n" for block in kept if block and not block.startswith("answer ="))
    return f"{_numbers(exercise, shown)}{around}{_LEFT}\n{form}"


def _numbers(exercise: Exercise, shown: Mapping[str, Any]) -> str:
    lines = [f"{name} = {value!r}" for name, value in shown.items() if f"{{{name}}}" in exercise.sections["Task"]
             and name.isidentifier() and not keyword.iskeyword(name) and isinstance(value, (int, float, str))]
    given = sorted(exercise.given(dict(shown))) if not exercise.spec.hidden else ["..."]
    if given:
        lines.append(f'given = exercise("{exercise.id}").given'
                     + (f"  # {', '.join(given)}" if given != ["..."] else ""))
    return "\n".join(lines) + "\n\n" if lines else ""


def _solved(exercise: Exercise, parameters: Mapping[str, Any], variable: str, start: str) -> str:
    """The lecturer's copy: the form, then the reference's answer between the marks that nbgrader cuts out."""
    return "\n".join([
        start, "", "### BEGIN SOLUTION", "from qnetlab.grading.exercises import find", "",
        f'{variable} = find("{exercise.id}").reference({dict(parameters)!r})', "### END SOLUTION"])


# ------------------------------------------------------------------------------------------------------- its text


def _blocks(exercise: Exercise) -> list[str]:
    return _BLOCK.findall(exercise.sections["Task"])


def _task(exercise: Exercise) -> str:
    """The task without the blocks that stand in the cells below; one that a sentence leads to stays."""
    def keep(found: re.Match[str]) -> str:
        before = exercise.sections["Task"][:found.start()].rstrip()
        return found[0] if before.endswith(":") else ""

    return re.sub(r"\n{3,}", "\n\n", _BLOCK.sub(keep, exercise.sections["Task"])).strip()


def _uncheck(block: str) -> str:
    """A block without its call of ``check``, which has a cell of its own."""
    return re.sub(r"^check\(.*\Z", "", block, flags=re.M | re.DOTALL).rstrip()


def _plain_value(value: Any) -> Any:
    """As literals can say it, the package's own values as JSON; raises TypeError for anything else."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {str(key): _plain_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_plain_value(inner) for inner in value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return {JSON: to_json(value)}


def _wrapped(line: str) -> str:
    if len(line) <= _WIDTH:
        return line
    start, _, names = line.partition(" import ")
    return f"{start} import (\n" + "".join(f"    {name},\n" for name in names.split(", ")) + ")"


def _anchor(exercise: Exercise) -> str:
    return exercise.id.replace(".", "-")


def _plain(text: str) -> str:
    """A name in Markdown, whatever it holds."""
    return re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", text.replace("\n", " "))


def _markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}
