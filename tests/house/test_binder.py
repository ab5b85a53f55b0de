"""What Binder would build, as repo2docker renders it; no container engine is needed."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINDER = ROOT / "binder"


@pytest.fixture(scope="module")
def dockerfile(tmp_path_factory) -> str:
    """The Dockerfile for a copy that holds only what steers the build."""
    copy = tmp_path_factory.mktemp("checkout")
    (copy / "binder").mkdir()
    for name in ("binder/runtime.txt", "binder/requirements.txt", "binder/postBuild", "pyproject.toml"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(copy)], cwd=copy,
        capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.posix
def test_the_image_has_the_python_we_name_and_not_the_default(dockerfile):
    assert (BINDER / "runtime.txt").read_text() == "python-3.12\n"
    assert "Building conda environment for python=3.12" in dockerfile
    assert re.search(r"environment\.py-3\.12|environment-2epy-2d3-2e12", dockerfile)


@pytest.mark.posix
def test_the_image_installs_the_lock_and_then_runs_post_build(dockerfile):
    install = dockerfile.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    copy = re.search(r"COPY --chown=\d+:\d+ src/ \$\{REPO_DIR\}/", dockerfile).start()
    post_build = dockerfile.index("RUN ./binder/postBuild")
    assert install < copy < post_build
    assert "environment.yml" not in dockerfile
    assert "setup.py" not in dockerfile


@pytest.mark.posix
def test_post_build_is_a_program():
    assert (BINDER / "postBuild").stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["bash", "-n", str(BINDER / "postBuild")], check=False).returncode == 0


@pytest.mark.posix
def test_post_build_fails_loudly(tmp_path):
    """An image with half a package would only fail in front of a student."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@" >> "$CALLS"\ncase "$*" in *"$FAILS"*) exit 7;; esac\n')
    python.chmod(0o755)
    calls = tmp_path / "calls"
    for fails, number in (("pip install", 1), ("write_settings", 2), ("nothing", 2)):
        calls.write_text("")
        done = subprocess.run(
            [str(BINDER / "postBuild")], check=False,
            env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "CALLS": str(calls),
                 "FAILS": fails})
        assert done.returncode == (0 if fails == "nothing" else 7)
        assert len(calls.read_text().strip().split("\n")) == number
    install, settings = calls.read_text().strip().split("\n")
    assert install == "-m pip install --no-cache-dir --no-deps --no-build-isolation -e ."
    assert settings == "-c import lab, sys; lab.write_settings(sys.prefix)"
