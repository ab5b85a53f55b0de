"""Set-up with the real venv and the real pip in an empty folder, from a shelf of small packages and no network."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import lab

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.posix]

MANY = 1000  # files of the package that is unpacked long enough to be killed half-way
TELL = ("import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd(), os.environ['VIRTUAL_ENV'], "
        "os.environ['PATH'].split(os.pathsep)[0], sys.prefix, sys.flags.safe_path]))\n")


def wheel(shelf: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Put a package on the shelf; return its line for a lock."""
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    path = shelf / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{file},sha256={digest},{len(text.encode())}\n"
            archive.writestr(file, text)
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def real_flit_core(shelf: Path) -> str:
    """Pack the installed build backend."""
    found = importlib.metadata.distribution("flit_core")
    files = {str(file): Path(file.locate()).read_text(encoding="utf-8") for file in found.files or ()
             if file.parts[0] == "flit_core" and file.suffix == ".py"}
    return wheel(shelf, "flit_core", found.version, files)


class Start(NamedTuple):
    """A running lab.py."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            assert self.process.poll() is None, self.said()

    def end(self) -> tuple[int, str]:
        code = self.process.wait()
        return code, self.said()


class Checkout:
    """A small checkout around the real lab.py, pyproject.toml and postBuild."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout"
        self.shelf = folder / "shelf"
        self.shelf.mkdir()
        for name in ("lab.py", "pyproject.toml", "README.md", "LICENSE", "binder/postBuild"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes((ROOT / name).read_bytes())
        (self.root / "binder" / "postBuild").chmod(0o755)
        for name, text in {
            "qnetlab/__init__.py": '"""A stand-in."""\n__version__ = "0.0.7"\n',
            "notebooks/00_start_here.ipynb": "{}",
            "binder/requirements.txt": real_flit_core(self.shelf)
            + wheel(self.shelf, "jupyterlab", "4.0", {"jupyterlab/__init__.py": "", "jupyterlab/__main__.py": TELL})
            + wheel(self.shelf, "many", "1.0", {f"many/m{n}.py": f"x = {n}\n" for n in range(MANY)}),
            "tests/requirements.txt": wheel(self.shelf, "pytest", "9.0", {"pytest.py": TELL}),
        }.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text)
        self.python = self.root / ".venv" / "bin" / "python"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        self.environment = clean | {
            "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.shelf),
            "PYTHONUNBUFFERED": "1"}

    def begin(self, *arguments: str, **environment: str) -> Start:
        """Start lab.py in a process group of its own."""
        log = self.root.parent / f"log{len(list(self.root.parent.iterdir()))}"
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, str(self.root / "lab.py"), *arguments], env=self.environment | environment, cwd="/",
                stdout=file, stderr=subprocess.STDOUT, start_new_session=True)
        return Start(process, log)

    def start(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Run lab.py; return its exit code and what it said."""
        return self.begin(*arguments, **environment).end()

    def is_whole(self) -> bool:
        """Say whether everything is installed, down to the last file."""
        probe = f"import qnetlab, jupyterlab\nfor n in range({MANY}): __import__(f'many.m{{n}}')\n"
        probe += "print(qnetlab.__file__)"
        if not self.python.exists():
            return False
        done = subprocess.run([self.python, "-c", probe], capture_output=True, text=True, check=False, cwd="/")
        return done.stdout.strip() == str(self.root / "qnetlab" / "__init__.py")


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    return Checkout(tmp_path)


def test_from_an_empty_folder_to_jupyterlab_and_to_the_tests(checkout):
    code, said = checkout.start("setup")
    assert code == 0, said
    assert checkout.is_whole()
    assert (checkout.root / "my_notebooks" / "00_start_here.ipynb").read_text() == "{}"

    # from here on there is no network and not even a pip
    code, said = checkout.start("test", "-x", PIP_FIND_LINKS="/not/there")
    assert code == lab.TROUBLES["no wheel"][0], said
    hidden = checkout.root / ".venv" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (hidden / "pip").rename(hidden / "hidden")
    code, said = checkout.start("--port=8900")
    assert code == 0, said
    arguments, folder, venv, first, prefix, safe = json.loads(said)
    assert arguments == [lab.OPEN_FIRST, "--port=8900"]
    assert folder == str(checkout.root / "my_notebooks")
    assert venv == prefix == str(checkout.root / ".venv")
    assert first == str(checkout.python.parent)
    assert safe  # a notebook folder may hold a random.py

    (hidden / "hidden").rename(hidden / "pip")
    code, said = checkout.start("test", "tests/unit", "-x")
    assert code == 0, said
    arguments, folder, *_ = json.loads(said.strip().split("\n")[-1])
    assert arguments == ["tests/unit", "-x"]
    assert folder == str(checkout.root)

    # What Binder runs after the same lock gives the same: package and settings.
    overrides = checkout.root / ".venv/share/jupyter/lab/settings/overrides.json"
    settings = overrides.read_text()
    overrides.unlink()
    subprocess.run([checkout.python, "-m", "pip", "uninstall", "-q", "-y", "qnetlab"], check=True)
    subprocess.run([checkout.root / "binder" / "postBuild"], cwd=checkout.root, check=True, stdout=subprocess.DEVNULL,
                   env=checkout.environment | {"PATH": f"{checkout.python.parent}{os.pathsep}{os.environ['PATH']}"})
    assert overrides.read_text() == settings
    assert checkout.is_whole()


STAGES = {
    "venv half made": lambda checkout, said: (checkout.root / ".venv" / "pyvenv.cfg").exists(),
    "packages half unpacked": lambda checkout, said: any((checkout.root / ".venv").rglob("many/m*.py")),
    "package not installed": lambda checkout, said: "installing qnetlab itself" in said,
}


@pytest.mark.parametrize("whole_group", [True, False], ids=["all killed", "lab.py killed"])
@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_it_recovers(checkout, stage, whole_group):
    first = checkout.begin("setup")
    first.wait_until(lambda: STAGES[stage](checkout, first.said()))
    if whole_group:
        os.killpg(first.process.pid, signal.SIGKILL)
    else:
        first.process.kill()  # pip lives on as an orphan, and the next start must not come between
    first.process.wait()
    if whole_group:
        assert not checkout.is_whole()
    code, said = checkout.start("setup")
    assert code == 0, said
    assert checkout.is_whole()


def test_every_real_complaint_of_pip_is_understood_and_the_next_start_goes_on(checkout):
    lock = checkout.root / "binder" / "requirements.txt"
    good = lock.read_text()

    def exit_code(**environment: str) -> str:
        code, said = checkout.start("setup", **environment)
        names = [name for name, (number, _) in lab.TROUBLES.items() if number == code]
        return names[0] if names else said

    lock.write_text(good.rsplit("--hash", 1)[0] + "--hash=sha256:" + "0" * 64 + "\n")
    assert exit_code() == "hash mismatch"
    lock.write_text(good.rsplit("--hash", 1)[0] + "\n")
    assert exit_code() == "hash mismatch"
    lock.write_text(good.replace("many==1.0", "many==2.0"))
    assert exit_code() == "no wheel"
    lock.write_text(good)
    nobody_listens = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    assert exit_code(**nobody_listens, PIP_FIND_LINKS="/not/there") == "no network"
    code, said = checkout.start("setup")
    assert code == 0, said
    assert "making .venv" not in said
    assert checkout.is_whole()


def test_two_starts_at_once_install_once(checkout):
    both = [checkout.begin("setup"), checkout.begin("setup")]
    codes, said = zip(*(start.end() for start in both), strict=True)
    assert codes == (0, 0), said
    assert sum("making .venv" in text for text in said) == 1
    assert sum("another set-up is at work in this folder; waiting for it" in text for text in said) == 1
    assert checkout.is_whole()


def test_ctrl_c_stops_and_the_next_start_goes_on(checkout):
    first = checkout.begin("setup")
    first.wait_until(lambda: "installing JupyterLab" in first.said())
    os.killpg(first.process.pid, signal.SIGINT)
    code, said = first.end()
    assert code == 130
    assert said.strip().endswith("qnetlab: Stopped. Run lab.py again to go on.")
    assert checkout.start("setup")[0] == 0
    assert checkout.is_whole()
