"""What `from qnetlab import ...` offers is written three times, for people, for tools and for Python: all agree."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import qnetlab

TREE = ast.parse(Path(qnetlab.__file__).read_text(encoding="utf-8"))
HEAVY = {"numpy", "qiskit", "qiskit_aer", "plotly", "anywidget", "ipywidgets", "IPython", "scipy", "matplotlib"}


def listed(name: str) -> list[str]:
    """Return the value of a list that is written out."""
    [value] = [node.value for node in TREE.body if isinstance(node, ast.Assign) and node.targets[0].id == name]
    return ast.literal_eval(value)


def lazy() -> dict[str, str]:
    """Return the only dict of the file: name -> module."""
    [value] = [node.value for node in TREE.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)]
    return ast.literal_eval(value)


def for_type_checkers() -> dict[str, str]:
    """Return name -> module of the imports under `if TYPE_CHECKING:`."""
    [block] = [node.body for node in TREE.body
               if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"]
    found = {}
    for statement in block:
        assert isinstance(statement, ast.ImportFrom)
        assert statement.level == 1
        for alias in statement.names:
            assert alias.asname is None
            module = statement.module or ""
            inside = Path(qnetlab.__file__).parent.joinpath(*module.split("."), alias.name)
            if inside.is_dir() or inside.with_suffix(".py").is_file():  # the name is a module
                module = f"{module}.{alias.name}".lstrip(".")
            found[alias.name] = module
    return found


def test_the_three_lists_are_equal():
    assert lazy() == for_type_checkers()
    assert sorted(listed("__all__")) == sorted(lazy())
    assert len(set(listed("__all__"))) == len(listed("__all__"))


@pytest.mark.parametrize("name", sorted(lazy()))
def test_every_name_is_there_and_explained(name):
    assert getattr(qnetlab, name).__doc__
    assert name in dir(qnetlab)


def test_a_misspelling_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Teleportatoin"):
        _ = qnetlab.Teleportatoin


def test_importing_the_package_imports_nothing_heavy():
    probe = "import sys; known = set(sys.modules); import qnetlab; print(*set(sys.modules) - known)"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=Path(qnetlab.__file__).parents[1], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "qnetlab" in loaded
    assert loaded.isdisjoint(HEAVY)
