"""Tampering with checks, judge, builtins, shell and recorder, which all stand in the student's own process."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, WRONG, Attack

_FEEDBACK = "Feedback(id='x', correct=True, points=99.0, out_of=2.0)"

ATTACKS = [
    Attack(name="check-says-yes", cells=(
        "import qnetlab\nqnetlab.check = lambda *_, **__: 'correct, 2 of 2 points'\ncheck = qnetlab.check", WRONG)),
    Attack(name="judge-says-yes", cells=(
        "import qnetlab.grading.judging as judging, qnetlab.grading.practice as practice\n"
        f"from qnetlab.grading.feedback import Feedback\njudging.judge = practice.judge = lambda *_: {_FEEDBACK}",
        WRONG)),
    Attack(name="builtins-agree", cells=(
        "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.max = lambda *_, **__: 0\nbuiltins.all = lambda _: True",
        WRONG)),
    Attack(name="numpy-agrees", cells=(
        "import numpy as np\nnp.allclose = np.isclose = np.array_equal = lambda *_, **__: True\n"
        "import math\nmath.isclose = lambda *_, **__: True", WRONG)),
    Attack(name="shell", marks=FAIR_MARK, cells=(
        "get_ipython().run_cell = get_ipython().run_cell_magic = lambda *_: 1\nget_ipython = None", FAIR)),
    Attack(name="recorder", marks=FAIR_MARK, cells=(
        FAIR, "recorder = check.__self__\nrecorder.send({'at': 'points', 'exercise': 'teleport.correct', 'points': 4})",
        "import qnetlab.marking.sandbox.recorder as r\nr.Recorder.check = lambda *_: None")),
    Attack(name="encoder", says="not an answer in the form", cells=(
        "import qnetlab.marking.sandbox.recorder as r\nr.encode = lambda _: {'points': 2, 'correct': True}", WRONG)),
    Attack(name="json", cells=(
        "import json\njson.dumps = lambda *_, **__: '{\"at\": \"done\"}'", WRONG)),
    Attack(name="frames", marks=FAIR_MARK, cells=(FAIR, """
import sys
frame = sys._getframe()
while frame.f_back:
    frame = frame.f_back
    for value in frame.f_locals.values():
        if isinstance(value, dict) and "cells" in value:
            value["cells"].clear(); value["cell_seconds"] = 10**9""", "while True: pass")),
    Attack(name="easier-numbers", cells=(
        "exercise('teleport.fidelity').parameters['f'] = 1.0\ncheck('teleport.fidelity', 1.0)",)),
    Attack(name="modules", marks=FAIR_MARK, cells=(
        "import sys\nfor name in list(sys.modules):\n    if name.startswith(('qiskit', 'qnetlab.grading')):\n"
        "        del sys.modules[name]\nsys.modules['qiskit'] = None\nsys.path.clear(); sys.meta_path.clear()", FAIR)),
]
