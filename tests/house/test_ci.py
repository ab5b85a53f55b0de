"""The CI script with pretended system programs: what it installs, and that it ends in the README's test command."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.posix

LOG = '#!{bash}\necho "$(basename "$0") $*" >> "{log}"\n'
SUDO = LOG + '"$@"\n'
ENV = LOG + 'while [[ "$1" == *=* ]]; do export "$1"; shift; done\nexec "$@"\n'
PYTHON = LOG + 'if [ "$1" = -c ]; then exit {no_venv}; fi\necho "CI=$CI in $PWD" >> "{log}"\nexit {tests}\n'


class System:
    """A machine that has only what it is told to have."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.log = folder / "log"
        self.checkout = folder / "a checkout"
        (self.checkout / ".ci").mkdir(parents=True)
        shutil.copy(ROOT / ".ci" / "run", self.checkout / ".ci" / "run")
        self.programs.mkdir()
        for real in ("bash", "basename", "dirname"):
            (self.programs / real).symlink_to(shutil.which(real))

    def has(self, name: str, text: str = LOG, **values: object) -> None:
        program = self.programs / name
        program.write_text(text.format(bash=shutil.which("bash"), log=self.log, **values))
        program.chmod(0o755)

    def run(self, *arguments: str, user: int = 0, venv: bool = True, tests: int = 0, **environment: str) -> int:
        self.has("python3", PYTHON, no_venv=0 if venv else 1, tests=tests)
        self.has("id", "#!{bash}\necho {user}\n", user=user)
        self.has("sudo", SUDO)
        self.has("env", ENV)
        self.has("apt-get")
        self.log.write_text("")
        clean = {name: value for name, value in os.environ.items() if name not in ("CI", "QNETLAB_CHROMIUM")}
        return subprocess.run([str(self.checkout / ".ci" / "run"), *arguments], check=False, cwd="/",
                              env={**clean, "PATH": str(self.programs), **environment}).returncode

    @property
    def did(self) -> list[str]:
        return self.log.read_text().strip().split("\n")


@pytest.fixture
def system(tmp_path) -> System:
    return System(tmp_path)


def test_from_nothing_it_installs_what_is_missing_and_runs_all_tests(system):
    assert system.run(venv=False) == 0
    assert system.did[1:] == [
        "apt-get update",
        "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "
        "python3 python3-venv bubblewrap git openssl chromium fonts-liberation",
        "apt-get install -y --no-install-recommends "
        "python3 python3-venv bubblewrap git openssl chromium fonts-liberation",
        "python3 lab.py test",
        f"CI=true in {system.checkout}",
    ]


def test_where_all_is_there_nothing_is_installed(system):
    system.has("bwrap")
    system.has("git")
    system.has("openssl")
    system.has("google-chrome")
    assert system.run("-m", "not slow") == 0
    assert system.did[1:] == ["python3 lab.py test -m not slow", f"CI=true in {system.checkout}"]


def test_a_named_chromium_is_enough(system):
    system.has("bwrap")
    system.has("git")
    system.has("openssl")
    assert system.run(QNETLAB_CHROMIUM="/opt/chromium") == 0
    assert not any("apt-get" in line for line in system.did)


def test_without_root_it_asks_with_sudo(system):
    system.has("bwrap")
    system.has("git")
    system.has("openssl")
    assert system.run(user=1000) == 0
    assert "sudo apt-get update" in system.did
    assert "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium "\
           "fonts-liberation" in system.did


def test_its_exit_code_is_that_of_the_tests(system):
    system.has("bwrap")
    system.has("git")
    system.has("openssl")
    system.has("chromium")
    assert system.run(tests=1) == 1


def test_it_ends_in_the_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().split("\n")
    assert script[-1] == 'exec python3 lab.py test "$@"'
    assert "python3 lab.py test" in (ROOT / "README.md").read_text(encoding="utf-8")
