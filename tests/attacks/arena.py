"""A small course under attack: hostile notebooks between fair ones, graded in one batch, and all that may not change.

An :class:`Attack` is a notebook and the mark that it deserves. Its cells begin with ``START``: ``loot(name, act)``
tries something forbidden and hands over what came of it. Words between ``@`` become the paths, ports and processes of
this course, so that an attacker knows everything that one could find out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qnetlab.marking.batch import Batch, Outcome, grade
from qnetlab.marking.limits import Limits
from qnetlab.marking.sandbox.jail import family
from qnetlab.marking.sandbox.ladder import Rung
from tests.grading.notebook_files import notebook

REPOSITORY = Path(__file__).parents[2]
EXERCISES = ("bb84.sift_code", "teleport.correct", "teleport.fidelity")
LIMITS = Limits(seconds=12, cell_seconds=1, call_seconds=1, restarts=3, memory_mb=500, processes=24, file_mb=2,
                files=200, open_files=96, answer_kb=64, answers=60, output_kb=512, notebook_mb=1, cells=60,
                judge_seconds=15)
START = '''import os
from qnetlab import check, exercise, predict
def loot(name, act):
    try:
        got = repr(act())
    except BaseException as reason:
        got = type(reason).__name__
    predict("loot." + name, got[:190])'''
FAIR = 'f = exercise("teleport.fidelity").parameters["f"]\ncheck("teleport.fidelity", f + (1 - f) / 3)'
WRONG = 'check("teleport.fidelity", 0.123)'
FAIR_MARK = {"teleport.fidelity": 2.0}
CIRCUIT = '''c = exercise("teleport.correct").stub()
message, alice, bob = c.qubits
alice_z, alice_x = c.clbits
c.h(alice); c.cx(alice, bob); c.cx(message, alice); c.h(message)
c.measure(message, alice_z); c.measure(alice, alice_x)
with c.if_test((alice_x, 1)):
    c.x(bob)
with c.if_test((alice_z, 1)):
    c.z(bob)
'''
SIFT = '''def sift(alice_bits, alice_bases, bob_bases, bob_bits):
    rows = zip(alice_bits, alice_bases, bob_bases, bob_bits)
    return "".join(bit for bit, a, b, seen in rows if a == b and seen != "-")
'''
#: What comes of something forbidden: it raises, or there is nothing.
FAILS = r"\w+Error|\w+Exception|timeout|herror|gaierror|False|\[\]|''|b''"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A hostile submission.

    ``cells`` are run behind START and FAIR, unless ``raw`` is the whole file or ``lay`` puts files into the folder of
    the student itself. ``marks`` are the points deserved (others are 0), ``says`` a pattern that the report must hold,
    ``loot`` what a try that need not fail may give.
    """

    name: str
    cells: Sequence[str] = ()
    marks: Mapping[str, float] = field(default_factory=dict)
    says: str = ""
    loot: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    lay: Callable[[Path], None] | None = None
    tags: Mapping[int, dict[str, str]] = field(default_factory=dict)
    submitted: bool = True
    folder: str = ""


BYSTANDER = Attack(name="bystander", marks=FAIR_MARK, loot={"here": r"\[\]", "shared": r"\[\]|\w+Error"}, cells=(
    'loot("here", lambda: os.listdir("."))\nloot("shared", lambda: os.listdir("/dev/shm"))', FAIR))


class Listener:
    """Somebody on this machine whom no submission may reach: a TCP port, a socket in a folder, an abstract one."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[str] = []
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.path = folder / "socket"
        self.abstract = f"qnetlab-{secrets.token_hex(4)}"
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(str(folder / "notices"))
        (folder / "notices").chmod(0o777)
        self.ends = [self.tcp, self.udp, self.notices]
        for address in (str(self.path), f"\0{self.abstract}"):
            end = socket.socket(socket.AF_UNIX)
            end.bind(address)
            end.listen()
            self.ends.append(end)
        self.path.chmod(0o777)
        for end in self.ends:
            threading.Thread(target=self._listen, args=(end,), daemon=True).start()

    def _listen(self, end: socket.socket) -> None:
        while True:
            try:
                self.heard.append(repr(end.recv(100) if end in (self.udp, self.notices) else end.accept()[1]))
            except OSError:
                return

    def close(self) -> None:
        for end in self.ends:
            end.close()


class Course:
    """Exercises, a secret, submissions and older reports, all open to everybody: only the sandbox keeps them."""

    def __init__(self, attacks: Sequence[Attack], every: int = 6) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="qnetlab-attacks-", dir="/tmp"))
        self.submitted, self.out, self.course = (self.root / name for name in ("submitted", "out", "exercises"))
        self.treasure = f"treasure-{secrets.token_hex(6)}"
        self.mark = f"was-here-{secrets.token_hex(4)}"
        self.listener = Listener(self.root)
        for name in EXERCISES:
            shutil.copytree(REPOSITORY / "exercises" / name, self.course / name)
            for path in (self.course / name).rglob("*.py"):
                path.write_text(f"{path.read_text()}\nTREASURE = {self.treasure!r}\n")
        self.secret = self.root / "secret"
        self.secret.write_text(f"{self.treasure} and more")
        self.words = {
            "SECRET": str(self.secret), "COURSE": str(self.course), "SUBMITTED": str(self.submitted),
            "OUT": str(self.out), "ROOT": str(self.root), "PORT": str(self.listener.port),
            "SOCKET": str(self.listener.path),
            "NOTICES": str(self.root / "notices"), "ABSTRACT": self.listener.abstract, "GRADER": str(os.getpid()),
            "HERE": self.mark, "TREASURE": self.treasure, "REPOSITORY": str(REPOSITORY)}
        self.attacks: dict[str, Attack] = {}
        for number, attack in enumerate(attacks):
            self._hand_in(attack.folder or f"{number:03d}-{attack.name}", attack)
            if number % every == every - 1 or number == len(attacks) - 1:
                self._hand_in(f"{number:03d}-then", BYSTANDER)
        victim = notebook(START, f"note = {self.treasure!r}", FAIR)
        self._write("victim", victim)
        self.attacks["victim"] = BYSTANDER
        for path in [self.root, *self.root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o777 if path.is_dir() else 0o666 | path.stat().st_mode)

    def _hand_in(self, student: str, attack: Attack) -> None:
        if attack.submitted:
            self.attacks[student.encode("utf-8", "backslashreplace").decode()] = attack
        if attack.lay is not None:
            (self.submitted / student).mkdir(parents=True, exist_ok=True)
            attack.lay(self.submitted / student)
            return
        cells = [START, *attack.cells]
        tags = {number + 1: tag for number, tag in attack.tags.items()}
        self._write(student, self.filled(attack.raw) if attack.raw is not None else notebook(
            *(self.filled(cell.encode()).decode() for cell in cells), tags=tags))

    def _write(self, student: str, content: bytes) -> None:
        path = self.submitted / student / "lab.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def filled(self, text: bytes) -> bytes:
        """With the words of this course put in."""
        return re.sub(rb"@([A-Z]+)@", lambda word: self.words[word[1].decode()].encode(), text)

    def grade(self, rung: Rung, limits: Limits = LIMITS) -> Outcome:
        """One batch; what it says is kept."""
        folder = self.root / "tmp"
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
        kept, tempfile.tempdir = tempfile.tempdir, str(folder)
        named = os.environ.get("QNETLAB_EXERCISES")
        os.environ["QNETLAB_EXERCISES"] = str(self.course)
        try:
            self.outcome = grade(Batch(
                submissions=self.submitted, out=self.out, rung=rung, limits=limits, jobs=3, only=EXERCISES,
                seed=self.secret.read_bytes(), say=lambda _: None))
        finally:
            tempfile.tempdir = kept
            if named is None:
                del os.environ["QNETLAB_EXERCISES"]
            else:
                os.environ["QNETLAB_EXERCISES"] = named
        return self.outcome

    def records(self) -> dict[str, dict[str, Any]]:
        """Student -> the record in the ledger."""
        lines = (json.loads(line) for line in (self.out / "ledger.jsonl").read_text().splitlines())
        return {line["record"]["student"]: line["record"] for line in lines if "record" in line}

    def close(self) -> None:
        self.listener.close()
        shutil.rmtree(self.root, ignore_errors=True)

    # ------------------------------------------------------------------------------------------- what must not change

    def snapshot(self) -> dict[str, str]:
        """Every file of the course but the reports, with what is in it; and traces of attackers anywhere."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            if self.out in path.parents or path.is_dir() or path.is_socket() or path.is_fifo():
                continue
            content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            found[str(path.relative_to(self.root))] = hashlib.sha256(content).hexdigest()
        places = [Path(place) for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/etc", "/usr/lib", "/usr/bin",
                                            Path.home(), Path.cwd(), REPOSITORY, REPOSITORY / "qnetlab")]
        for place in places:
            found |= {str(path): "" for path in place.glob(f"*{self.mark}*")}
        return found


def descendants() -> set[int]:
    """Processes below this one."""
    return {process for process, _ in family(os.getpid())}
