"""Poisoned objects: they lie when they are looked at, compared, measured or printed."""

from __future__ import annotations

from tests.attacks.arena import CIRCUIT, FAIR, FAIR_MARK, SIFT, Attack

_ALWAYS = "__eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True\n    __hash__ = None"


def _answer(name: str, code: str, exercise: str = "teleport.fidelity", **more: object) -> Attack:
    return Attack(name=name, cells=(f"{code}\ncheck({exercise!r}, answer)",), **more)


ATTACKS = [
    _answer("equal-to-all", f"class Yes(float):\n    {_ALWAYS}\nanswer = Yes(0.1)"),
    _answer("no-number-but-equal", f"class Yes:\n    {_ALWAYS}\nanswer = Yes()", says="Yes"),
    _answer("two-faced-float", "class Two(float):\n    n = 0\n    def __float__(self):\n"
                               "        Two.n += 1\n        return 0.1 * Two.n\nanswer = Two(0.1)"),
    _answer("class-that-lies", "class Lie:\n    __class__ = property(lambda self: float)\nanswer = Lie()"),
    _answer("raises-everything", "class No:\n    def __getattribute__(self, name):\n        raise SystemExit\n"
                                 "answer = No()"),
    _answer("kills-when-looked-at", "class No(float):\n    def __float__(self): os._exit(0)\nanswer = No(1)",
            says="ended Python"),
    _answer("loops-when-looked-at", "class No(float):\n    def __float__(self):\n        while True: pass\n"
                                    "answer = No(1)", says="longer than 1 s"),
    _answer("text-with-methods", "class Text(str):\n    def __len__(self): return 10**9\n"
                                 "    def __eq__(self, other): return True\n    __hash__ = str.__hash__\n"
                                 "answer = Text('0.5')", says="longer than any task"),
    _answer("dictionary-without-end", "class Many(dict):\n    def items(self):\n        while True: yield 'f', 1\n"
                                      "    def __len__(self): return 1\nanswer = Many(f=1)"),
    _answer("list-in-itself", "answer = []\nanswer.append(answer)"),
    _answer("deep-list", "answer = 1\nfor _ in range(100000): answer = [answer]"),
    _answer("nan", "answer = float('nan')", says="nan"),
    _answer("infinity", "answer = -float('inf')", says="inf"),
    _answer("huge", "answer = 10**400"),
    _answer("more-digits-than-text-may-have", "answer = 10**100000"),
    _answer("complex-nan", "answer = complex('nan+nanj')", says="should be a number"),
    _answer("true", "answer = True", says="True"),
    _answer("fraction", "from fractions import Fraction\nanswer = Fraction(10**300, 3)"),
    _answer("decimal", "from decimal import Decimal\nanswer = Decimal('0.9')"),
    _answer("lying-array", "import numpy as np\nclass Lie(np.ndarray):\n    size = 1\n"
                           "    def tolist(self): return [[1] * 100] * 100\n    def __float__(self): return 0.9\n"
                           "answer = np.zeros(3).view(Lie)", says="numpy array"),
    _answer("array-of-objects", "import numpy as np\nanswer = np.array([object(), exercise], dtype=object)"),
    _answer("array-of-long-texts", "import numpy as np\nanswer = np.array(['x' * 5000] + [''] * 5000, dtype=object)"),
    _answer("lying-estimate", "from qnetlab import Estimate\nanswer = Estimate(value=0.5, std_error=0.0)\n"
                              "object.__setattr__(answer, 'value', answer)"),
    _answer("long-text", "answer = 'x' * 10**7"),
    _answer("million-entries", "answer = dict.fromkeys(range(10**6))"),
    _answer("generator", "answer = (i for i in iter(int, 1))", says="generator"),
    _answer("module", "answer = os", says="module"),
    _answer("circuit-that-lies", CIRCUIT + """
from qiskit import QuantumCircuit
class Lie(QuantumCircuit):
    def __eq__(self, other): return True
    num_qubits = 3
answer = Lie(*exercise("teleport.correct").stub().qregs)""", "teleport.correct"),
    _answer("data-that-lies", CIRCUIT + """
from qiskit import QuantumCircuit
class Lie(QuantumCircuit):
    data = property(lambda self: iter(c.data))
answer = Lie(c.qubits, c.clbits, *c.cregs)""", "teleport.correct", marks={"teleport.correct": 4.0}),
    _answer("gate-that-lies", CIRCUIT + """
from qiskit.circuit import Gate
import numpy as np
class Lie(Gate):
    def to_matrix(self): return np.full((2, 2), 7.0)
c.append(Lie("lie", 1, []), [0])
answer = c""", "teleport.correct", says="not unitary"),
    _answer("gate-in-itself", CIRCUIT + """
from qiskit import QuantumCircuit
from qiskit.circuit import Gate
class Loop(Gate):
    def _define(self):
        self.definition = QuantumCircuit(3); self.definition.append(Loop("loop", 3, []), range(3))
c.append(Loop("loop", 3, []), range(3))
answer = c""", "teleport.correct"),
    _answer("named-like-a-gate", CIRCUIT + """
from qiskit.circuit import Gate
class H(Gate):
    def to_matrix(self): return [[1, 0], [0, 1]]
c.append(H("teleport", 1, []), [2])
answer = c""", "teleport.correct", marks={"teleport.correct": 4.0}),
    _answer("hundred-thousand-gates", CIRCUIT + "for _ in range(50_000): c.x(0)\nanswer = c", "teleport.correct",
            says="too long to follow"),
    _answer("hundred-qubits", "from qiskit import QuantumCircuit\nanswer = QuantumCircuit(100, 2)", "teleport.correct",
            says="more than any task asks for"),
    _answer("blocks-in-blocks", CIRCUIT + """
from qiskit import QuantumCircuit
for _ in range(40):
    outer = c.copy_empty_like(); outer.if_test((outer.clbits[0], 1), c, outer.qubits, outer.clbits); c = outer
answer = c""", "teleport.correct"),
    _answer("angle-not-a-number", CIRCUIT + "c.rx(float('nan'), 0)\nanswer = c", "teleport.correct",
            says="finite number"),
    _answer("free-angle", CIRCUIT + "from qiskit.circuit import Parameter\nc.rx(Parameter('<b>x'), 0)\nanswer = c",
            "teleport.correct", says="free parameters"),
    _answer("function-with-a-memory", SIFT + """
calls = []
def answer(*rows):
    calls.append(rows)
    return sift(*rows) if len(calls) % 2 else "1" * len(calls)""", "bb84.sift_code"),
    _answer("function-of-poison", "class Yes(str):\n    __eq__ = lambda *_: True\n    __hash__ = None\n"
                                  "answer = lambda *_: Yes('01')", "bb84.sift_code"),
    _answer("function-of-itself", "def answer(*_): return answer", "bb84.sift_code", says="the function"),
    _answer("object-called", "class Call:\n    def __call__(self, *_): return '0' * 10**6\nanswer = Call()",
            "bb84.sift_code"),
    _answer("name-of-a-function", SIFT + "sift.__name__ = type('N', (str,), {'__str__': lambda s: 'x' * 10**6})('y')\n"
                                         "answer = sift", "bb84.sift_code", marks={"bb84.sift_code": 3.0}),
    Attack(name="exercise-without-a-name", marks=FAIR_MARK, cells=(
        "check(object(), 1); check(None); check('x' * 10**6, 1); check(['teleport.correct'], 1)", FAIR)),
]
