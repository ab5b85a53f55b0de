"""What cannot run on a computer is reported, and in CI it is an error."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest

def test_plain(): assert True

@pytest.mark.browser
def test_seen(): raise RuntimeError("must not run")

@pytest.mark.skipif(True, reason="some reason")
def test_left_out_by_hand(): raise RuntimeError("must not run")
"""


def pytest_on(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run our conftest over a small suite."""
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (folder / "test_suite.py").write_text(SUITE)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: x\n  network: x\n  posix: x\n")
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "PYTEST_ADDOPTS")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments], cwd=folder,
        env={**clean, "QNETLAB_CHROMIUM": str(folder / "none"), **environment},
        capture_output=True, text=True, check=False)


def test_what_cannot_run_is_named_with_the_way_out(tmp_path):
    done = pytest_on(tmp_path)
    assert done.returncode == 0
    assert "not run on this computer" in done.stdout
    assert "browser tests not run: 1, because no Chromium was found. To run them, install Chromium" in done.stdout
    assert "1 passed, 1 skipped, 1 deselected" in done.stdout.splitlines()[-1]


def test_in_ci_it_is_an_error(tmp_path):
    done = pytest_on(tmp_path, CI="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "CI runs everything, but: browser tests not run: 1, because" in done.stderr
    assert "passed" not in done.stdout


def test_what_nobody_asked_for_is_not_missing(tmp_path):
    done = pytest_on(tmp_path, "-m", "not browser", "-k", "plain", CI="true")
    assert done.returncode == 0
    assert "not run" not in done.stdout


def test_in_ci_a_skip_fails_the_session(tmp_path):
    everything_but_browser = ("-m", "not browser")
    assert pytest_on(tmp_path, *everything_but_browser).returncode == 0
    assert pytest_on(tmp_path, *everything_but_browser, CI="true").returncode == pytest.ExitCode.TESTS_FAILED


def executable(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.posix
def test_chromium_is_the_named_one_then_the_one_on_the_search_path_then_the_usual_place(tmp_path, monkeypatch):
    usual = executable(tmp_path / "Applications" / "Chromium")
    found = executable(tmp_path / "bin" / "google-chrome")
    named = executable(tmp_path / "elsewhere" / "mine")
    monkeypatch.setattr(conftest, "CHROMIUM_FILES", (str(tmp_path / "absent"), usual))
    monkeypatch.delenv("QNETLAB_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert conftest.chromium_path() == usual
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert conftest.chromium_path() == found
    monkeypatch.setenv("QNETLAB_CHROMIUM", named)
    assert conftest.chromium_path() == named
    monkeypatch.setenv("QNETLAB_CHROMIUM", str(tmp_path / "misspelled"))
    assert conftest.chromium_path() is None
