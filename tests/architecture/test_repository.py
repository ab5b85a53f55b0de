"""Rules for everything that is kept in the repository."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {".git", ".venv", "my_notebooks", "__pycache__", ".pytest_cache", ".hypothesis", ".mypy_cache",
           ".ruff_cache", ".import_linter_cache", ".ipynb_checkpoints", "build", "dist"}

# One letter of each stands in brackets, so that this file does not contain what it looks for.
FOREIGN = {
    "a path of somebody's machine": r"(?<![\w.$}/])/(wor[k]|roo[t]|tm[p]|User[s]/(?!alice))/\w",
    "a file outside of the repository": r"\.\./share[d]|\b(desig[n]|physic[s]|teachin[g]|widget[s]|peer[s]|model[s]|"
                                        r"gradin[g]|qk[d])\.md\b|\bexperiment[s]\.csv\b",
    "the address of a package index": r"(?i)pyp[i]\.org/|pythonhoste[d]\.org",
    "the number of an issue": r"(?i)\b(issu[e]|ticke[t]|pull reques[t])s?\s+#?\d",
    "how it was written": r"(?i)\b(claud[e]|anthropi[c]|opena[i]|chatgp[t]|copilo[t]|gemin[i]|ll[m]s?|"
                          r"language mode[l]|ai[-]generated)\b",
    "unfinished work": r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b",
}


def tracked() -> list[Path]:
    """Return what git keeps or would add; without git, every file that is not made by tools."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                                capture_output=True, check=True).stdout.decode()
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in IGNORED]
        found += [Path(folder, name) for name in files]
    return found


def text_of(path: Path) -> str:
    """Return the text of a file; nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def foreign(text: str) -> list[str]:
    return [f"{what}: {found.group()}" for what, sign in FOREIGN.items() for found in re.finditer(sign, text)]


def test_no_file_speaks_of_anything_outside_of_the_repository():
    found = {path.relative_to(ROOT).as_posix(): foreign(text_of(path)) for path in tracked()}
    assert len(found) > 50
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("text", [
    "see /wor" "k/main", "in /tm" "p/x", "~ is /roo" "t/x", "as desig" "n.md says", "../share" "d/x",
    "https://pyp" "i.org/simple", "closes issu" "e 12", "Ticke" "t #3", "made by Claud" "e", "a large LL" "M",
    "# TOD" "O: later"])
def test_foreign_words_are_noticed(text):
    assert foreign(text)


@pytest.mark.parametrize("text", [
    "the repository's issues", "${root}/tmp/x", "https://doi.org/10.1038/nature", "framework/main", "/home/alice",
    "tmp_path / 'x'", "a network/root/node"])
def test_our_own_words_are_not(text):
    assert not foreign(text)


# ------------------------------------------------------------------------------------------------------ exercises

LISTS = {"concept_tests", "misconceptions", "predictions"}  # no exercises
EXERCISES = sorted(path for path in (ROOT / "exercises").iterdir()
                   if path.is_dir() and path.name not in IGNORED | LISTS)


def test_there_are_exercises():
    assert len(EXERCISES) >= 3


@pytest.mark.parametrize("folder", EXERCISES, ids=lambda folder: folder.name)
def test_an_exercise_folder_is_complete(folder):
    for name in ("exercise.md", "spec.toml", "reference.py", "lecturer.md"):
        assert (folder / name).read_text(encoding="utf-8").strip(), name
    assert tomllib.loads((folder / "spec.toml").read_text(encoding="utf-8"))
    wrong = list((folder / "wrong").glob("*.py"))
    assert wrong
    assert all(path.read_text(encoding="utf-8").strip() for path in wrong)


# ------------------------------------------------------------------------------------------------------ notebooks


def unstripped(notebook: dict) -> list[str]:
    """Return what running has left in a notebook."""
    left = ["metadata.widgets"] if "widgets" in notebook["metadata"] else []
    for number, cell in enumerate(notebook["cells"]):
        if cell.get("outputs") or cell.get("execution_count") is not None or "execution" in cell["metadata"]:
            left.append(f"cell {number}")
    return left


def test_notebooks_are_stripped():
    notebooks = [path for path in tracked() if path.suffix == ".ipynb"]
    assert {"00_start_here.ipynb", "03_teleportation.ipynb"} <= {path.name for path in notebooks}
    assert {path.name: unstripped(json.loads(text_of(path))) for path in notebooks} == {
        path.name: [] for path in notebooks}


def test_a_notebook_that_was_run_is_noticed():
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    assert unstripped({"metadata": {}, "cells": [code, {"cell_type": "markdown", "metadata": {}}]}) == []
    assert unstripped({"metadata": {"widgets": {}}, "cells": []})
    assert unstripped({"metadata": {}, "cells": [code | {"execution_count": 1}]})
    assert unstripped({"metadata": {}, "cells": [code | {"outputs": [{}]}]})


# ---------------------------------------------------------------------------------------------------------- tests

EVASIONS = {"skip", "skipif", "xfail", "importorskip", "flaky"}


def evasions(source: str) -> list[str]:
    return [node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)
            and node.attr in EVASIONS and ast.unparse(node).startswith(("pytest.", "unittest."))]


def test_no_test_is_skipped_or_allowed_to_fail():
    found = {path.name: evasions(text_of(path)) for path in (ROOT / "tests").rglob("*.py")}
    assert len(found) > 10
    assert {name: words for name, words in found.items() if words} == {}


def test_a_skipped_test_is_noticed():
    assert evasions("import pytest\n@pytest.mark.skip\ndef test(): pass") == ["skip"]
    assert evasions("import pytest\ndef test(): pytest.importorskip('x')") == ["importorskip"]
