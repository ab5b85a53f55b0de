"""ruff, mypy and import-linter are satisfied; their rules stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {
    "ruff": [sys.executable, "-m", "ruff", "check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "mypy, as on Windows": [sys.executable, "-m", "mypy", "--platform", "win32", "lab.py"],
    "import-linter": [sys.executable, "-c", "import importlinter.cli as cli; cli.lint_imports_command()", "--no-cache"],
}


@pytest.mark.slow
@pytest.mark.parametrize("tool", TOOLS)
def test_satisfied(tool):
    done = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
