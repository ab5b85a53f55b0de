"""Where things lie and what is run, on systems that this test does not run on."""

from __future__ import annotations

import ast
import itertools
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import lab

ROOT = Path(__file__).resolve().parents[2]
LINUX = ("Linux", "x86_64", "/home/alice/qnet lab", (3, 12, 1))
MACOS = ("Darwin", "arm64", "/Users/alice/qnetlab", (3, 13, 0))
WINDOWS = ("Windows", "amd64", r"C:\Users\Ända\qnetlab", (3, 11, 9))


@pytest.mark.parametrize("here", [LINUX, MACOS], ids=["Linux", "macOS"])
def test_paths_and_commands_on_linux_and_macos(here):
    todo = lab.plan(*here, [], "/usr/bin/python3")
    root = here[2]
    assert (todo.action, todo.trouble, todo.windows) == ("lab", "", False)
    assert todo.venv == f"{root}/.venv"
    assert todo.python == f"{root}/.venv/bin/python"
    assert todo.mine == f"{root}/my_notebooks"
    assert todo.notebooks == f"{root}/notebooks"
    assert todo.sources == {"lock": f"{root}/binder/requirements.txt", "package": f"{root}/pyproject.toml",
                            "tests": f"{root}/tests/requirements.txt"}
    assert todo.commands["venv"] == ("/usr/bin/python3", "-I", "-X", "utf8", "-m", "venv", f"{root}/.venv")
    assert todo.commands["lab"] == (f"{root}/.venv/bin/python", "-P", "-m", "jupyterlab",
                                    "--LabApp.default_url=/lab/tree/00_start_here.ipynb")


def test_paths_and_commands_on_windows():
    todo = lab.plan(*WINDOWS, ["test", "-m", "not slow"], r"C:\Python311\python.exe")
    root = WINDOWS[2]
    assert (todo.action, todo.trouble, todo.windows) == ("test", "", True)
    assert todo.python == root + r"\.venv\Scripts\python.exe"
    assert todo.mine == root + r"\my_notebooks"
    assert todo.sources["tests"] == root + r"\tests\requirements.txt"
    assert todo.commands["venv"][0] == r"C:\Python311\python.exe"
    assert todo.commands["test"] == (root + r"\.venv\Scripts\python.exe", "-m", "pytest", "-m", "not slow")


@pytest.mark.parametrize("here", [LINUX, MACOS, WINDOWS], ids=["Linux", "macOS", "Windows"])
def test_nothing_unhashed_and_nothing_unbuilt_is_ever_installed(here):
    commands = lab.plan(*here, []).commands
    for step in ("lock", "tests"):
        assert "--require-hashes" in commands[step]
        assert commands[step][commands[step].index("--only-binary") + 1] == ":all:"
    assert {"--no-deps", "--no-build-isolation"} < set(commands["package"])
    assert all(commands[step][0] == lab.plan(*here, []).python for step in ("lock", "package", "tests"))


@pytest.mark.parametrize(
    ("arguments", "action", "step", "rest"),
    [
        ([], "lab", "lab", [lab.OPEN_FIRST]),
        (["--no-browser", "--port=8900"], "lab", "lab", [lab.OPEN_FIRST, "--no-browser", "--port=8900"]),
        (["03_teleportation.ipynb"], "lab", "lab", ["03_teleportation.ipynb"]),
        (["--LabApp.default_url=/tree"], "lab", "lab", ["--LabApp.default_url=/tree"]),
        (["test"], "test", "test", []),
        (["test", "tests/unit", "-x"], "test", "test", ["tests/unit", "-x"]),
        (["test", "--help"], "test", "test", ["--help"]),
        (["setup"], "setup", "lab", None),
        (["setup", "now"], "help", "lab", None),
        (["-h"], "help", "lab", None),
        (["--help"], "help", "lab", None),
    ],
)
def test_arguments_reach_the_program_they_are_for(arguments, action, step, rest):
    todo = lab.plan(*LINUX, arguments)
    assert todo.action == action
    if rest is not None:
        command = todo.commands[step]
        assert list(command[command.index("-m") + 2 :]) == rest


@pytest.mark.parametrize(
    ("system", "machine", "version", "trouble"),
    [
        ("Linux", "x86_64", (3, 10, 12), "python too old"),
        ("Linux", "x86_64", (2, 7, 18), "python too old"),
        ("Linux", "x86_64", (3, 11, 0), ""),
        ("Linux", "aarch64", (3, 14, 0), ""),
        ("Darwin", "arm64", (3, 12, 0), ""),
        ("Windows", "arm64", (3, 12, 0), "windows on arm"),
        ("Windows", "arm64", (3, 9, 0), "python too old"),
        ("Windows", "amd64", (3, 12, 0), ""),
    ],
)
def test_what_cannot_work_is_known_before_anything_is_done(system, machine, version, trouble):
    assert lab.plan(system, machine, "root", version, []).trouble == trouble


def test_a_plan_touches_nothing(tmp_path):
    todo = lab.plan("Linux", "x86_64", str(tmp_path), (3, 12), [])
    assert todo == lab.plan("Linux", "x86_64", str(tmp_path), (3, 12), [])
    assert list(tmp_path.iterdir()) == []


def test_each_trouble_has_its_own_exit_code_and_a_sentence_that_fits_every_system():
    codes = [code for code, _ in lab.TROUBLES.values()]
    assert len(set(codes)) == len(codes)
    assert all(9 < code < 126 or code == 130 for code in codes)
    for here, (_, sentence) in itertools.product([LINUX, MACOS, WINDOWS], lab.TROUBLES.values()):
        said = sentence.format(**lab.plan(*here, []).details)
        assert said.endswith((".", "lab.py"))
        assert "lab.py" in said or "tell whoever" in said
    assert {name for name, _ in lab.SIGNS} < set(lab.TROUBLES)


def test_windows_on_arm_means_the_python_not_the_processor(monkeypatch):
    monkeypatch.setattr("platform.system", lambda: "Windows")
    monkeypatch.setattr("platform.machine", lambda: "ARM64")  # what Python 3.12 says, also an x64 one
    monkeypatch.setattr("sysconfig.get_platform", lambda: "win-amd64")
    assert lab.this_machine() == ("Windows", "amd64")
    monkeypatch.setattr("sysconfig.get_platform", lambda: "win-arm64")
    assert lab.plan(*lab.this_machine(), "root", (3, 12), []).trouble == "windows on arm"


def test_an_old_python_can_read_it():
    source = (ROOT / "lab.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    assert not any(isinstance(node, ast.NamedExpr | ast.Match) for node in ast.walk(tree))
    imported = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert imported.isdisjoint({"__future__", "dataclasses", "importlib.metadata", "importlib.resources", "tomllib"})
    generics = re.compile(r"\b(list|dict|tuple|set)\[[A-Z]?[a-z]")  # not subscriptable before 3.9
    assert not generics.search(source)


def test_only_the_standard_library_is_imported():
    tree = ast.parse((ROOT / "lab.py").read_text(encoding="utf-8"))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_help_is_printed_without_touching_anything(tmp_path):
    (tmp_path / "lab.py").write_bytes((ROOT / "lab.py").read_bytes())
    done = subprocess.run([sys.executable, "-B", "lab.py", "--help"], cwd=tmp_path, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0
    assert "python3 lab.py test" in done.stdout
    assert subprocess.run([sys.executable, "-B", "lab.py", "setup", "now"], cwd=tmp_path, stdout=subprocess.DEVNULL,
                          check=False).returncode == 2
    assert os.listdir(tmp_path) == ["lab.py"]


@pytest.mark.posix
def test_it_can_be_started_as_a_program():
    assert (ROOT / "lab.py").stat().st_mode & stat.S_IXUSR
