"""Rules for the sources of the package that no tool knows."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "qnetlab"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300  # lines: past this a file usually is about two things

IMPORT_NAMES = {"qiskit-aer": "qiskit_aer"}
# Installed with a declared dependency, and part of what that one documents for its users.
COMES_WITH = {"traitlets": "anywidget", "IPython": "ipywidgets", "rustworkx": "qiskit", "nbformat": "nbgrader"}
OWN_RANDOMNESS = {"default_rng", "Generator", "SeedSequence", "BitGenerator", "PCG64"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for nested attributes, else nothing."""
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return node.id if isinstance(node, ast.Name) else ""


def absolute_imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def facade_imports(path: Path, module: ast.Module) -> Iterator[str]:
    """Yield every name that is taken from the package itself, unless it is one of its modules."""
    depth = len(path.relative_to(PACKAGE).parts)  # so many dots reach the package
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.level == depth and not node.module:
            for alias in node.names:
                inside = PACKAGE / alias.name
                if not (inside.is_dir() or inside.with_suffix(".py").is_file() or alias.name == "__version__"):
                    yield alias.name


def global_randomness(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            parts = dotted(node).split(".")
            if len(parts) == 3 and parts[:2] in (["np", "random"], ["numpy", "random"]) and (
                    parts[2] not in OWN_RANDOMNESS):
                yield ".".join(parts)
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy.random":
            yield from (alias.name for alias in node.names if alias.name not in OWN_RANDOMNESS)
    yield from (name for name in absolute_imports(module) if name.partition(".")[0] in ("random", "secrets"))
    for statement in module.body:  # a generator that lives as long as the module
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            yield from (call.func.attr for call in ast.walk(statement.value) if isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Attribute) and call.func.attr in OWN_RANDOMNESS)


def test_there_is_a_package():
    assert len(SOURCES) > 20


# The facade is three lists of names, a line each; they grow with the package and are about one thing all the same.
@pytest.mark.parametrize("path", sorted({*SOURCES, *PACKAGE.rglob("*.js")} - {PACKAGE / "__init__.py"}), ids=name_of)
def test_a_file_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_inside_the_package_are_relative_and_never_of_the_facade(path):
    module = tree(path)
    assert not [name for name in absolute_imports(module) if name.partition(".")[0] == "qnetlab"]
    if path != PACKAGE / "__init__.py":
        assert not list(facade_imports(path, module))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_imported_that_we_do_not_depend_on(path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project.get("optional-dependencies", {}).values() for line in lines]
    names = [Requirement(line).name for line in [*project["dependencies"], *extras]]
    ours = {IMPORT_NAMES.get(name, name) for name in names}
    assert set(COMES_WITH.values()) <= ours
    imported = {name.partition(".")[0] for name in absolute_imports(tree(path))}
    assert imported <= ours | set(COMES_WITH) | sys.stdlib_module_names


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_there_is_no_global_randomness(path):
    assert not list(global_randomness(tree(path)))


def test_only_the_engine_owns_a_simulator():
    users = {name_of(path) for path in SOURCES for node in ast.walk(tree(path))
             if (isinstance(node, ast.alias) and node.name == "AerSimulator")
             or (isinstance(node, ast.Attribute) and node.attr == "AerSimulator")}
    assert users == {"qnetlab/engine.py"}


# ---------------------------------------------------------------------------------- the rules themselves can fail


@pytest.mark.parametrize("source", [
    "import random",
    "from random import choice",
    "import numpy as np\nnp.random.seed(1)",
    "import numpy\nx = numpy.random.rand()",
    "from numpy.random import normal",
    "import numpy as np\nRNG = np.random.default_rng(1)",
    "import numpy as np\nRNG: object = np.random.default_rng(1)",
])
def test_global_randomness_is_noticed(source):
    assert list(global_randomness(ast.parse(source)))


def test_own_randomness_is_not():
    assert not list(global_randomness(ast.parse(
        "import numpy as np\nfrom numpy.random import Generator\ndef f(seed): return np.random.default_rng(seed)")))


def test_the_facade_is_noticed():
    inner, outer = PACKAGE / "protocols" / "new.py", PACKAGE / "new.py"
    assert list(facade_imports(inner, ast.parse("from .. import Teleportation"))) == ["Teleportation"]
    assert list(facade_imports(outer, ast.parse("from . import Teleportation"))) == ["Teleportation"]
    assert not list(facade_imports(inner, ast.parse("from .. import units\nfrom . import contract")))
