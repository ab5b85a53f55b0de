"""HTML and script in every text that reaches a report: names, code, errors, answers, predictions."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, Attack

#: Whatever a browser might run or load; HOOK is asked for, or the title is changed, if one works.
HOOK = "http://127.0.0.1:@PORT@/"
PAYLOADS = (
    "<script>document.title='owned'</script>",
    f"<img src={HOOK}a onerror=document.title='owned'>",
    f"</style></title></script><svg onload=document.title='owned'><image href={HOOK}b>",
    f"'\"><iframe srcdoc='<script>top.document.title=1</script>' src={HOOK}c>",
    f"<meta http-equiv=refresh content='0;url={HOOK}d'><link rel=stylesheet href={HOOK}e>",
    f"<a href=javascript:document.title='owned' autofocus onfocus=document.title='owned'>x</a><base href={HOOK}>",
    f"{{{{7*7}}}} ${{7*7}} `{HOOK}` <!-- ]]> \u202e \u0000 &lt;script&gt;",
)
_ALL = repr(list(PAYLOADS))


def _text(name: str, code: str, **more: object) -> Attack:
    return Attack(name=name, marks=FAIR_MARK, cells=(f"payloads = {_ALL}\n{code}", FAIR), **more)


ATTACKS = [
    _text("in-answers", "for p in payloads: check('teleport.correct', p)", says="text"),
    _text("in-errors", "raise ValueError(payloads[0] + payloads[1] + payloads[2])", says="ValueError"),
    _text("in-more-errors", "raise ValueError(payloads[3] + payloads[4] + payloads[5] + payloads[6])"),
    _text("in-the-kind-of-error", "raise type(payloads[0], (Exception,), {})(payloads[4])"),
    _text("in-predictions", "for p in payloads: predict('x', 'False'); predict(p, 'False')"),
    _text("in-names-of-gates", "from qiskit import QuantumCircuit\nfrom qiskit.circuit import Instruction\n"
                               "c = exercise('teleport.correct').stub()\n"
                               "c.append(Instruction(payloads[1], 1, 0, []), [0])\ncheck('teleport.correct', c)",
          says="is no gate"),
    _text("in-names-of-registers", "from qiskit import QuantumCircuit, QuantumRegister\n"
                                   "check('teleport.correct', QuantumCircuit(QuantumRegister(3, payloads[1])))"),
    _text("in-names-of-functions", "f = lambda *_: payloads[1]\nf.__name__ = payloads[2]\ncheck('bb84.sift_code', f)\n"
                                   "check('teleport.correct', f)"),
    _text("in-names-of-classes", "check('teleport.correct', type(payloads[1], (), {})())"),
    _text("in-dictionaries", "check('teleport.correct', {p: p for p in payloads})"),
    _text("in-exercises", "for p in payloads: check(p, p); exercise.__self__.send({'at': 'answer', 'exercise': p, "
                          "'data': {'is': p}})"),
    Attack(name="in-the-first-line", marks=FAIR_MARK, cells=(f"{PAYLOADS[1]}\n1/0", FAIR)),
    Attack(name="in-the-folder", folder="<img src=x onerror=alert(1)>' \" & {{7*7}}", marks=FAIR_MARK, cells=(FAIR,)),
    Attack(name="in-the-spreadsheet", folder="=cmd|' calc'!A0", marks=FAIR_MARK, cells=(FAIR,)),
    Attack(name="in-the-terminal", folder="\x1b]0;owned\x07\x1b[31mred", marks=FAIR_MARK, cells=(FAIR,)),
    Attack(name="named-like-the-summary", folder="summary", marks=FAIR_MARK, cells=(FAIR,)),
    Attack(name="named-in-bytes", folder="\udcff\udcfe", marks=FAIR_MARK, cells=(FAIR,)),
]
