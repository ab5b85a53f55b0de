#!/usr/bin/env python3
"""Set up qnetlab in this folder and open it.

    python3 lab.py                    make .venv if need be, and open JupyterLab on my_notebooks/
    python3 lab.py setup              only prepare; a later start needs no network
    python3 lab.py test [arguments]   add the test tools and run the tests; the arguments go to pytest
    python3 lab.py <other arguments>  the arguments go to JupyterLab, for example --no-browser or --port=8900

On Windows say `py lab.py`. You need Python 3.11 or newer, and a network the first time. Everything stays
inside this folder; delete .venv to start from nothing. my_notebooks/ is yours: no work of yours in it is ever
overwritten. For a fresh copy of a notebook rename or delete yours and start again.
"""

# An old Python must be able to read this file, or it would answer with a syntax error instead of a sentence.
# So this is Python 3.6: typing.Tuple, no dataclasses.

import hashlib
import itertools
import json
import ntpath
import os
import platform
import posixpath
import re
import sys
from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, NamedTuple, Sequence, Tuple

OLDEST_PYTHON = (3, 11)
NEEDED_MB = 700  # .venv on the disk; the test tools come on top
FIRST_NOTEBOOK = "00_start_here.ipynb"
HANDED_OUT = (".ipynb", ".md", ".html")  # notebooks, and the pages beside them that they link to
OPEN_FIRST = "--LabApp.default_url=/lab/tree/" + FIRST_NOTEBOOK
LAB_SETTINGS = {
    # The question about news would cover the first screen, and the check for updates needs a network.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # The glossary is to be read: a click on its link shows it rendered, not its source.
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}

# What can be in the way: exit code and sentence. Codes below 10 are left to pytest and JupyterLab.
TROUBLES = {
    "python too old": (10, (
        "qnetlab needs Python 3.11 or newer; this is Python {python}. Install a newer one (from "
        "python.org or the packages of your system) and start lab.py with it, for example: {newer} lab.py")),
    "no venv module": (11, (
        "This Python cannot make virtual environments: its module venv or ensurepip is missing. On Debian "
        "and Ubuntu: sudo apt install python{python}-venv. Then run lab.py again.")),
    "no space": (12, (
        "The disk is full. qnetlab needs about {needed} MB in {root} and, while it installs, some more "
        "for temporary files. Free some space and run lab.py again.")),
    "no network": (13, (
        "The Python package index could not be reached, and installing needs it. Check network, proxy and "
        "certificates of this computer and run lab.py again.")),
    "hash mismatch": (14, (
        "A downloaded package is not the very one that qnetlab was tested with (its hash differs), so it "
        "was not installed. Perhaps the download was damaged: run lab.py again. If this stays, tell "
        "whoever gave you qnetlab.")),
    "no wheel": (15, (
        "A package has no ready-made build for Python {python} on this computer ({system}, {machine}). "
        "There are some for 64-bit Python 3.11 to 3.14 on Linux, macOS and Windows: install one of these "
        "and start lab.py with it.")),
    "windows on arm": (16, (
        "Qiskit has no ready-made build for this Python, the ARM one for Windows. Install the x64 Python "
        "(on python.org: Windows installer, 64-bit; it runs on ARM computers, too) and start lab.py with "
        "it.")),
    "in use": (17, (
        "Files in .venv cannot be replaced because a program is using them. Close JupyterLab and its "
        "notebooks and run lab.py again.")),
    "no access": (18, (
        "lab.py may not write in {root}. Copy this folder to a place of your own and run lab.py there.")),
    "path too long": (19, (
        "The path {root} is too long for Windows. Move this folder to a short one, for example "
        "C:\\qnetlab, and run lab.py there.")),
    "unknown": (20, (
        "Set-up stopped for a reason that lab.py does not know; the lines above say more. Run lab.py "
        "again, and if this stays, show them to whoever gave you qnetlab.")),
    "interrupted": (130, "Stopped. Run lab.py again to go on."),
}

# How the output of venv and pip tells them apart. The first match wins: a refused connection, for one, also
# ends in "No matching distribution". Texts of the operating system are translated, its error numbers are not.
SIGNS = (
    ("hash mismatch", r"DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode"),
    ("no space", r"\[Errno (28|69|122)\]|\[WinError 112\]|No space left on device|[Qq]uota exceeded"),
    ("path too long", r"Windows Long Path support"),
    ("in use", r"\[WinError (5|32)\]"),
    ("no access", r"\[Errno (13|30)\]"),
    ("no network", (
        r"Retry\(total=0|Max retries exceeded|HTTP error [45]\d\d|Could not fetch URL|incomplete-download"
        r"|(Timeout|Connection|Protocol|Proxy|SSL)Error\b|IncompleteRead|[Tt]imed out|CERTIFICATE_VERIFY")),
    ("no wheel", r"No matching distribution found|Could not find a version|not a supported wheel"),
    ("no venv module", r"ensurepip is not available|No module named '?(venv|ensurepip)"),
)


class Trouble(Exception):
    """Something out of TROUBLES is in the way; the only argument is its name."""


class Plan(NamedTuple):
    """Every path and every command of one start."""

    action: str  # lab, test, setup or help
    trouble: str  # a name out of TROUBLES that is certain before anything is done, or ""
    details: Dict[str, str]  # for the sentences
    windows: bool
    root: str
    venv: str
    python: str  # the one in .venv
    stamp: str  # says what is installed
    guard: str  # locked while something is being installed
    notebooks: str
    mine: str  # the reader's own notebooks
    sources: Dict[str, str]  # lock, package, tests -> the file that says what to install
    commands: Dict[str, Tuple[str, ...]]  # venv, lock, package, tests; then lab or test


def plan(
    system: str,
    machine: str,
    root: str,
    python_version: Sequence[int],
    argv: Sequence[str],
    executable: str = "python3",
) -> Plan:
    """Say what a start does; look at nothing, touch nothing.

    `system` ("Linux", "Darwin", "Windows") and `machine` ("x86_64", "arm64", ...) are what the running Python
    was built for, `executable` is its path.
    """
    windows = system == "Windows"
    path = ntpath if windows else posixpath
    venv = path.join(root, ".venv")
    mine = path.join(root, "my_notebooks")
    python = path.join(venv, "Scripts", "python.exe") if windows else path.join(venv, "bin", "python")
    sources = {
        "lock": path.join(root, "binder", "requirements.txt"),
        "package": path.join(root, "pyproject.toml"),
        "tests": path.join(root, "tests", "requirements.txt"),
    }

    first = argv[0] if argv else ""
    if first in ("-h", "--help") or (first == "setup" and len(argv) > 1):
        action = "help"
    else:
        action = first if first in ("setup", "test") else "lab"

    # Not if the reader names a notebook or a start page: JupyterLab would ignore the one and refuse the other.
    named = any("default_url" in argument or not argument.startswith("-") for argument in argv)
    open_first = () if named else (OPEN_FIRST,)
    # -I, as packages in PYTHONPATH or the user's site must not count as installed. PIP_* stays respected.
    isolated = ("-I", "-X", "utf8", "-m")
    pip = (python, *isolated, "pip", "--no-input", "--disable-pip-version-check", "install", "--no-user")
    locked = (*pip, "--require-hashes", "--only-binary", ":all:", "-r")
    commands = {
        "venv": (executable, *isolated, "venv", venv),
        "lock": (*locked, sources["lock"]),
        "package": (*pip, "--no-deps", "--no-build-isolation", "-e", root),
        "tests": (*locked, sources["tests"]),
        # run in my_notebooks; -P, or a reader's own random.py there would be imported by JupyterLab
        "lab": (python, "-P", "-m", "jupyterlab", *open_first, *argv),
        "test": (python, "-m", "pytest", *argv[1:]),
    }

    trouble = ""
    if tuple(python_version[:2]) < OLDEST_PYTHON:
        trouble = "python too old"
    elif windows and machine.lower() == "arm64":
        trouble = "windows on arm"
    details = {
        "python": ".".join(str(part) for part in python_version[:2]),
        "system": "macOS" if system == "Darwin" else system,
        "machine": machine,
        "newer": "py -3.12" if windows else "python3.12",
        "root": root,
        "needed": str(NEEDED_MB),
    }
    return Plan(
        action, trouble, details, windows, root, venv, python,
        stamp=path.join(venv, "qnetlab-stamp.json"), guard=path.join(root, ".venv-guard"),
        notebooks=path.join(root, "notebooks"), mine=mine, sources=sources, commands=commands,
    )


# ------------------------------------------------------------------------------------------------------ files


def digest(path: str) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def write(path: str, content: bytes) -> None:
    """Write all or nothing: a kill leaves the old file."""
    with open(path + ".part", "wb") as file:
        file.write(content)
    os.replace(path + ".part", path)


def write_json(path: str, content: Any) -> None:
    """Write plain data, all or nothing."""
    write(path, json.dumps(content, indent=1, sort_keys=True).encode())


def read_json(path: str) -> Dict[str, str]:
    """Return what :func:`write_json` wrote; nothing if the file is absent or damaged."""
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


# ----------------------------------------------------------------------------------------------------- set-up


def identity(todo: Plan) -> Dict[str, str]:
    """Return what .venv depends on besides its packages: its place, which its scripts know, and its Python.

    That Python may have been removed since, or /usr/bin/python3 may have become another version.
    """
    python = os.path.realpath(todo.python)
    try:
        with open(os.path.join(todo.venv, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            home = re.search(r"^home *= *(.*?)\s*$", file.read(), re.MULTILINE)
    except OSError:
        home = None
    alive = os.path.exists(python) and home is not None and os.path.isdir(home.group(1))
    return {"place": todo.root, "python": os.path.basename(python) if alive else ""}


def installed(todo: Plan) -> Dict[str, str]:
    """Return the steps that are done, each with the digest of its source; nothing if .venv cannot be used."""
    done, now = read_json(todo.stamp), identity(todo)
    usable = bool(now["python"]) and all(done.get(name) == value for name, value in now.items())
    return done if usable else {}


def prepare(todo: Plan) -> None:
    """Bring .venv up to date; do nothing if it is.

    There is no stamp while pip is at work, and without a stamp the next start begins with an empty .venv: pip
    takes a half-unpacked package for an installed one, so nothing that was interrupted can be trusted.
    """
    steps = ["lock", "package"] + (["tests"] if todo.action == "test" else [])
    wanted = {step: digest(todo.sources[step]) for step in steps}

    def missing() -> List[str]:
        done = installed(todo)
        return [step for step in steps if done.get(step) != wanted[step]]

    if not missing():
        write_settings(todo.venv)  # an update of lab.py may have brought other ones
        return
    with only_one(todo):
        if not installed(todo):
            make_venv(todo)
        for step in missing():  # asked again: another start may have installed it while this one waited
            done = installed(todo)
            os.remove(todo.stamp)
            trouble, output = run(todo, step)
            if not trouble:
                done[step] = wanted[step]
            if not trouble or "Installing collected packages" not in output:  # before it pip changes nothing
                write_json(todo.stamp, done)
            if trouble:
                raise Trouble(trouble)
        write_settings(todo.venv)


def make_venv(todo: Plan) -> None:
    """Put an empty virtual environment in the place of .venv."""
    import shutil
    from importlib.util import find_spec

    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Trouble("no venv module")
    if os.path.lexists(todo.venv):
        say("removing a .venv that is unfinished or does not fit")
        shutil.rmtree(todo.venv)
    if shutil.disk_usage(todo.root).free < NEEDED_MB * 10**6:
        raise Trouble("no space")
    trouble, _ = run(todo, "venv")
    if trouble:
        raise Trouble(trouble)
    write_json(todo.stamp, identity(todo))


def write_settings(prefix: str) -> None:
    """Write what JupyterLab in the environment `prefix` starts with; the reader's own settings still win."""
    folder = os.path.join(prefix, "share", "jupyter", "lab", "settings")
    path = os.path.join(folder, "overrides.json")
    if read_json(path) != LAB_SETTINGS:
        os.makedirs(folder, exist_ok=True)
        write_json(path, LAB_SETTINGS)


@contextmanager
def only_one(todo: Plan) -> Iterator[None]:
    """Let one set-up at a time into this folder."""
    import time

    with open(todo.guard, "ab") as guard:
        if sys.platform == "win32":
            import msvcrt

            def lock() -> None:
                msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            def lock() -> None:
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # pip inherits the open file and the lock with it: if only this process is killed, the next
                # start waits until pip has ended, too.
                os.set_inheritable(guard.fileno(), True)

        for attempt in itertools.count():
            try:
                lock()
                break
            except OSError:
                if attempt == 0:
                    say("another set-up is at work in this folder; waiting for it")
                time.sleep(0.5)
        yield


def diagnose(output: str) -> str:
    """Return the name in TROUBLES of what this output of venv or pip, or this error, complains about."""
    final = re.sub(r"(?m)^WARNING: Retrying \(Retry\(total=[1-9].*$", "", output)  # a retry that was not the last
    return next((name for name, sign in SIGNS if re.search(sign, final)), "unknown")


def run(todo: Plan, step: str) -> Tuple[str, str]:
    """Run one step and show how far it is; return the name of its trouble ("" if none) and its output."""
    import subprocess

    titles = {
        "venv": "making .venv with Python {python}",
        "lock": "installing JupyterLab, Qiskit and what they need: {needed} MB on disk, a minute or more",
        "package": "installing qnetlab itself",
        "tests": "installing the test tools",
    }
    say(titles[step].format(**todo.details))
    lines = []
    show = Progress()
    interrupted = False
    with subprocess.Popen(
        todo.commands[step], cwd=todo.root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, universal_newlines=True, encoding="utf-8", errors="replace",
        close_fds=False,
    ) as process:
        try:
            for line in process.stdout or ():
                lines.append(line)
                show.pip(line)
        except KeyboardInterrupt:
            interrupted = True
            process.terminate()
    show.text("")
    output = "".join(lines)
    if interrupted:
        return "interrupted", output
    if process.returncode == 0:
        return "", output
    telling = [line.rstrip() for line in lines if line.strip() and not line.startswith(("Ignoring ", "WARNING: "))]
    print("".join("    {:.160}\n".format(line) for line in telling[-8:]), end="", flush=True)
    return diagnose(output), output


class Progress:
    """Where pip is: on a terminal one changing line, in a log a line now and then."""

    def __init__(self) -> None:
        """Start before the first package."""
        self.count = 0
        self.package = ""
        self.width = 0
        self.terminal = sys.stdout.isatty()

    def pip(self, line: str) -> None:
        """Take a line of pip's output."""
        words = line.split() or [""]
        if words[0] in ("Collecting", "Processing"):  # from the index, from a file
            self.count += 1
            self.package = "    package {}: {}".format(self.count, os.path.basename(words[1]))
            if self.terminal or self.count % 25 == 0:
                self.text(self.package)
        elif words[0] == "Downloading" and self.terminal:
            self.text("{} {}".format(self.package, line[line.rfind("(") :].strip()))  # with its size
        elif words[0] == "Installing" and self.count > 1:
            self.text("    {} packages are here; unpacking them".format(self.count))

    def text(self, text: str) -> None:
        """Show `text`; on a terminal in the place of the one before."""
        if self.terminal:
            text = text[:78]
            print("\r" + text.ljust(self.width), end="" if text else "\r", flush=True)
            self.width = len(text)
        elif text:
            print(text, flush=True)


def say(text: str) -> None:
    """Print one plain line."""
    print("qnetlab: " + text, flush=True)


# -------------------------------------------------------------------------------------------------- notebooks


def hand_out(shipped: str, mine: str) -> List[str]:
    """Copy shipped notebooks into the reader's folder, never over the reader's work; return what was written.

    With them go the pages that they link to. A file that is not there is copied. When a shipped one changes, a
    copy that nobody has touched is replaced; one that was touched stays, and the new version arrives beside it,
    once, as NAME.new.ipynb (if that was touched as well, as NAME.new2.ipynb, and so on).
    """
    os.makedirs(mine, exist_ok=True)
    record = os.path.join(mine, ".shipped.json")
    before = read_json(record)
    given = dict(before)  # file -> digest as written here; for the plain name: as offered last
    written = []
    for name in sorted(os.listdir(shipped)):
        stem, ending = os.path.splitext(name)
        if ending not in HANDED_OUT:
            continue
        source = os.path.join(shipped, name)
        version = digest(source)
        for number in itertools.count():
            mark = "" if number == 0 else ".new" if number == 1 else ".new{}".format(number)
            copy = stem + mark + ending
            place = os.path.join(mine, copy)
            there = digest(place) if os.path.exists(place) else ""
            if there == version or (there and given.get(copy) == version):
                break
            if not there or there == given.get(copy):
                with open(source, "rb") as file:
                    write(place, file.read())
                given[copy] = version
                written.append(copy)
                break
        given[name] = version
    if given != before:
        write_json(record, given)
    return written


# ------------------------------------------------------------------------------------------------------- main


def this_machine() -> Tuple[str, str]:
    """Return system and processor that the running Python was built for.

    On Windows not platform.machine(), which names the real processor: the x64 Python runs on ARM, too.
    """
    system = platform.system()
    if system != "Windows":
        return system, platform.machine()
    import sysconfig

    return system, sysconfig.get_platform().partition("-")[2] or "x86"


def hand_over(todo: Plan, command: Tuple[str, ...]) -> int:
    """Become `command`, with the programs of .venv first on the search path as if it had been activated."""
    environment = dict(os.environ, VIRTUAL_ENV=todo.venv)
    environment["PATH"] = os.path.dirname(todo.python) + os.pathsep + environment.get("PATH", "")
    sys.stdout.flush()
    os.chdir(todo.mine if todo.action == "lab" else todo.root)
    if not todo.windows:
        os.execve(command[0], command, environment)
    import subprocess  # on Windows exec returns to the prompt at once: two programs would read the keyboard

    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # JupyterLab has received it too, and asks what to do
                continue


def main(argv: Sequence[str], root: str) -> int:
    """Do what the arguments say; return the exit code."""
    # Inside a virtual environment its base: .venv may be the very one that has to be made anew.
    executable = getattr(sys, "_base_executable", sys.executable)
    todo = plan(*this_machine(), root, sys.version_info[:3], argv, executable)
    if todo.action == "help":
        print((__doc__ or "").strip())
        return 2 if argv[0] == "setup" else 0
    try:
        if todo.trouble:
            raise Trouble(todo.trouble)
        prepare(todo)
        if todo.action != "test":
            for name in hand_out(todo.notebooks, todo.mine):
                say("new: my_notebooks/" + name)
        if todo.action == "setup":
            say("ready; start it with: {} lab.py".format("py" if todo.windows else "python3"))
            return 0
        command = todo.commands[todo.action]
        if not os.path.exists(os.path.join(todo.mine, FIRST_NOTEBOOK)):
            command = tuple(part for part in command if part != OPEN_FIRST)
        return hand_over(todo, command)
    except KeyboardInterrupt:
        trouble = "interrupted"
    except Trouble as problem:
        trouble = str(problem)
    except OSError as problem:
        print("    " + str(problem), flush=True)
        trouble = diagnose(str(problem))
    code, sentence = TROUBLES[trouble]
    say(sentence.format(**todo.details))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.path.dirname(os.path.abspath(__file__))))
