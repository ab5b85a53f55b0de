"""A student's copy of an assignment in JupyterLab, offline: tasks, folded hints, the check with own numbers."""

from __future__ import annotations

import shutil

from tests.browser.test_notebooks import violations
from tests.grading.assignments import answered, built, copy_of, right

NAMES = ("teleport.fidelity", "teleport.correct", "bb84.public")


def test_a_copy_is_read_answered_and_checked(student, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    copy = copy_of(built(tmp_path, *NAMES), "al01")
    answered(copy, {"teleport.fidelity": right("teleport.fidelity", "al01")})
    (tmp_path / "notebooks").mkdir()
    shutil.copy(copy, tmp_path / "notebooks" / "copy.ipynb")
    monkeypatch.setattr("tests.browser.jupyter.ROOT", tmp_path)
    student.open("copy.ipynb")
    student.run_all()
    assert not student.errors()
    page = student.page
    student.show_cell(5)  # title, numbers, task, hints, answer, check
    assert page.locator(".jp-OutputArea-output", has_text="correct, 2 of 2 points").first.is_visible()
    assert not violations(page)
    student.show_cell(3)
    hint = page.locator("details", has_text="Hint 1 of 3").first
    assert not hint.evaluate("element => element.open")
    hint.locator("summary").focus()
    page.keyboard.press("Enter")
    assert hint.evaluate("element => element.open")
