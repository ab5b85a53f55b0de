"""The package as it is built: everything that it needs at run time is inside."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import qnetlab

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    """The wheel, built without a network by the backend of the lock."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-c", "import sys; from flit_core.buildapi import build_wheel; build_wheel(sys.argv[1])",
         str(folder)], cwd=ROOT, check=True)
    [path] = folder.iterdir()
    return zipfile.ZipFile(path)


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "qnetlab").rglob("*")
               if path.is_file() and "__pycache__" not in path.parts}
    packed = {name for name in wheel.namelist() if name.startswith("qnetlab/")}
    assert packed == sources
    assert {Path(name).suffix for name in packed} >= {".py", ".js", ".toml"}


def test_the_metadata_is_that_of_the_project(wheel):
    [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = wheel.read(name).decode()
    assert f"Version: {qnetlab.__version__}\n" in metadata
    assert "License-Expression: Apache-2.0\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert "Project-URL: Repository, " in metadata
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_license_is_the_whole_apache_license():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in text
