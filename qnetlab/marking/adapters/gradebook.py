"""nbgrader's gradebook, filled through its own API from records of ``qnetlab grade``; nothing is executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..stamp import Assignment, grade_id


def fill_gradebook(database: str, assignment: Assignment, records: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Write the points of every record into the gradebook; returns what could not be written, in words.

    Parameters
    ----------
    database : str
        As in nbgrader's settings, for example ``"sqlite:///gradebook.db"``.
    assignment : Assignment
        The gradebook must know it: ``nbgrader generate_assignment`` has run.
    records : mapping
        Student -> record. A mark that was changed by hand becomes nbgrader's manual score.

    Raises
    ------
    RuntimeError
        If nbgrader is not installed here, or its gradebook does not know the assignment.
    """
    try:
        from nbgrader.api import Gradebook, MissingEntry
    except ImportError as reason:
        raise RuntimeError("nbgrader is not installed in this environment. Try pip install 'qnetlab[nbgrader]', or "
                           "call this command where nbgrader is.") from reason
    left = []
    with Gradebook(database) as book:
        try:
            notebooks = [notebook.name for notebook in book.find_assignment(assignment.name).notebooks]
        except MissingEntry as reason:
            raise RuntimeError(f"The gradebook does not know {assignment.name}: run nbgrader generate_assignment first."
                               ) from reason
        for student, record in records.items():
            book.update_or_create_student(student)
            book.update_or_create_submission(assignment.name, student)
            left += [f"{student}, {entry['id']}: the gradebook has no cell for it" for entry in record["exercises"]
                     if not any(_filled(book, notebook, assignment.name, student, entry) for notebook in notebooks)]
        book.db.commit()
    return left


def _filled(book: Any, notebook: str, assignment: str, student: str, entry: Mapping[str, Any]) -> bool:
    from nbgrader.api import MissingEntry

    try:
        grade = book.find_grade(f"{grade_id(entry['id'])}-check", notebook, assignment, student)
    except MissingEntry:
        return False
    share = grade.max_score / entry["out_of"] if entry["out_of"] else 0.0
    grade.auto_score = float(entry.get("automatic", entry["points"])) * share
    if "reason" in entry:
        grade.manual_score = float(entry["points"]) * share
    grade.needs_manual_grade = False
    return True
