"""The two locks: exact, hashed, without addresses, in agreement, and installable on every system we serve."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"binder": ROOT / "binder" / "requirements.txt", "tests": ROOT / "tests" / "requirements.txt"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {  # name for uv -> what a marker sees there
    "x86_64-manylinux_2_28": {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    "aarch64-manylinux_2_28": {"sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    "x86_64-apple-darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "x86_64"},
    "aarch64-apple-darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    "x86_64-pc-windows-msvc": {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
}
BUILD_ONLY = {"flit-core", "argon2-cffi-bindings"}


def entries(text: str) -> dict[str, set[str]]:
    """Return requirement -> hashes; whatever else stands in a lock stays as a requirement without hashes."""
    found = {}
    for line in text.replace("\\\n", " ").strip().split("\n"):
        requirement, *hashes = re.split(r"\s--hash=sha256:", line)
        found[requirement.strip()] = {value.strip() for value in hashes}
    return found


def wanted(folder: str) -> list[Requirement]:
    """Return what the .in file asks for by name."""
    lines = (ROOT / folder / "requirements.in").read_text(encoding="utf-8").split("\n")
    bare = [line.partition("#")[0].strip() for line in lines]
    return [Requirement(line) for line in bare if line]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_exact_and_hashed_and_there_are_no_addresses(lock):
    text = LOCKS[lock].read_text(encoding="utf-8")
    assert "://" not in text
    assert "@" not in text
    locked = entries(text)
    assert len(locked) > 50
    for requirement, hashes in locked.items():
        assert re.fullmatch(r"[a-z0-9-]+==[^\s;*,]+( ; .+)?", requirement)
        assert hashes
        assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_each_python_and_system_gets_one_version_of_all_that_is_asked_for(python, system):
    here = {**SYSTEMS[system], "python_version": python, "python_full_version": f"{python}.9",
            "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    chosen: dict[str, str] = {}
    for lock in LOCKS.values():
        for line in entries(lock.read_text(encoding="utf-8")):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(here):
                version = str(requirement.specifier).removeprefix("==")
                # both locks go into one environment
                assert chosen.setdefault(canonicalize_name(requirement.name), version) == version
    for requirement in wanted("binder") + wanted("tests"):
        if requirement.marker is not None and not requirement.marker.evaluate(here):
            continue
        assert requirement.specifier.contains(chosen[canonicalize_name(requirement.name)])


def test_the_package_and_the_lock_ask_for_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {str(Requirement(line)) for line in project["dependencies"]}
    locked = {str(line) for line in wanted("binder") if line.name not in BUILD_ONLY}
    assert needed == locked
    assert project["requires-python"] == f">={PYTHONS[0]}"


def test_intel_macs_are_served():
    assert str(next(line.specifier for line in wanted("binder") if line.name == "argon2-cffi-bindings")) == "<26"


def test_test_tools_stay_out_of_the_image():
    tools = {"pytest", "hypothesis", "mypy", "ruff", "playwright", "jupyter-repo2docker"}
    assert tools <= {Requirement(line).name for line in entries(LOCKS["tests"].read_text(encoding="utf-8"))}
    assert tools.isdisjoint(Requirement(line).name for line in entries(LOCKS["binder"].read_text(encoding="utf-8")))


# ------------------------------------------------------------------------------------------------ with the index


def uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "uv", "pip", *arguments], cwd=ROOT, env={**os.environ, "UV_NO_PROGRESS": "1"},
        capture_output=True, text=True, check=False)


def dry_run(lock: Path, system: str, python: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask what would be installed from ready-made wheels on another system."""
    return uv("install", "--dry-run", "--require-hashes", "--only-binary", ":all:", "--python", sys.executable,
              "--python-platform", system, "--python-version", python, "--target", str(folder), "-r", str(lock))


@pytest.mark.network
@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("lock", LOCKS)
def test_ready_made_packages_exist_for(lock, system, tmp_path):
    for python in PYTHONS:
        done = dry_run(LOCKS[lock], system, python, tmp_path / "nowhere")
        assert done.returncode == 0, f"Python {python}: {done.stderr}"


@pytest.mark.network
@pytest.mark.slow
def test_there_is_still_none_for_windows_on_arm(tmp_path):
    """When this fails, lab.py can stop sending these readers to the x64 Python."""
    done = dry_run(LOCKS["binder"], "aarch64-pc-windows-msvc", "3.12", tmp_path / "nowhere")
    assert done.returncode != 0
    assert "has no usable wheels" in done.stderr


@pytest.mark.network
@pytest.mark.slow
@pytest.mark.parametrize("folder", LOCKS)
def test_the_lock_is_what_its_names_resolve_to_and_its_hashes_are_those_of_the_index(folder):
    known = ["-c", str(LOCKS[folder])] + (["-c", str(LOCKS["binder"])] if folder == "tests" else [])
    done = uv("compile", "--quiet", "--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-header",
              "--no-annotate", "--no-emit-index-url", *known, f"{folder}/requirements.in")
    assert done.returncode == 0, done.stderr
    fresh, locked = entries(done.stdout), entries(LOCKS[folder].read_text(encoding="utf-8"))
    assert fresh.keys() == locked.keys()
    for requirement, hashes in locked.items():
        assert hashes <= fresh[requirement], requirement  # the index may have gained wheels since
