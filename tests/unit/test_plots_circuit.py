"""A circuit drawn and told: every gate, marker, measurement and decision is in the picture and in the words."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, qpy
from qiskit.circuit import Clbit, Parameter, Qubit
from qiskit.circuit.classical import expr
from qiskit.circuit.random import random_circuit

from qnetlab import BellPair, Fiber, Link, Marker, Teleportation, bind, plots, unmark
from qnetlab.plots.columns import GAP, columns_of, span_of, staves
from qnetlab.plots.steps import sheet_of

SVG = "{http://www.w3.org/2000/svg}"
TELEPORTATION = Teleportation(message="+", link=Link(fiber=Fiber(length_km=50)))


def marked() -> QuantumCircuit:
    return TELEPORTATION.circuits()["message"]


def texts(drawing) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")]


def test_teleportation_is_told_step_by_step():
    assert plots.circuit(marked()).words == (
        "H on message",
        "H on alice",
        "CNOT: control alice, target bob",
        "the link alice-bob acts on alice and bob",
        "alice waits 245 µs in the memory of alice",
        "bob waits 245 µs in the memory of bob",
        "CNOT: control message, target alice, with gate noise of alice",
        "H on message, with gate noise of alice",
        "measure message into alice_z, with readout errors of alice",
        "measure alice into alice_x, with readout errors of alice",
        "bob waits 245 µs in the memory of bob",
        "if alice_x = 1: X on bob, with gate noise of bob",
        "if alice_z = 1: Z on bob, with gate noise of bob",
        "H on bob",
        "measure bob into bob_wrong, with readout errors of bob",
    )


def test_teleportation_is_drawn_with_names_conditions_and_icons():
    drawing = plots.circuit(marked())
    seen = texts(drawing)
    assert {"message |0⟩", "alice |0⟩", "bob |0⟩", "alice_z", "alice_x", "bob_wrong"} <= set(seen)
    assert {"if alice_x = 1", "if alice_z = 1", "link"} <= set(seen)
    assert [seen.count(word) for word in ("H", "X", "Z", "245 µs", "noise", "readout")] == [4, 1, 1, 3, 4, 3]


def test_the_words_are_the_alternative_text():
    drawing = plots.circuit(marked())
    root = ElementTree.fromstring(drawing.svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == drawing.title
    for told in (drawing.title, *drawing.words):
        assert told in root.get("aria-label")
    html = drawing._repr_html_()
    assert re.findall(r"<li>(.*?)</li>", html) == list(drawing.words)
    assert drawing.title == "Circuit message: qubits message, alice and bob; bits alice_z, alice_x and bob_wrong"
    assert repr(drawing).splitlines()[1] == "1. H on message"
    assert drawing._repr_svg_() == drawing.svg


@pytest.mark.parametrize("circuit", [
    *BellPair(state="psi_minus").circuits().values(), marked(), unmark(marked()),
    bind(marked(), TELEPORTATION.devices()), QuantumCircuit(), QuantumCircuit(1), QuantumCircuit(0, 2),
])
def test_every_drawing_is_well_formed_self_contained_and_readable(circuit):
    svg = plots.circuit(circuit).svg
    root = ElementTree.fromstring(svg)
    assert float(root.get("width")) > 0 and float(root.get("height")) > 0
    assert not re.search(r"\b(href|src|url|id)=|https?:(?!//www\.w3\.org/2000/svg)", svg)
    assert min(map(float, re.findall(r"font-size[=:]\"?([\d.]+)", svg))) >= 12


def test_an_unmarked_circuit_shows_no_devices():
    drawing = plots.circuit(unmark(marked()))
    assert not {"link", "noise", "readout"} & set(texts(drawing))
    assert len(drawing.words) == 11


def test_noise_that_was_bound_is_called_noise():
    words = plots.circuit(bind(marked(), TELEPORTATION.devices())).words
    assert "noise on alice and bob" in words and "if alice_x = 1: X on bob; noise on bob" in words


def test_a_circuit_read_back_from_a_file_is_drawn_the_same():
    file = io.BytesIO()
    qpy.dump(marked(), file)
    file.seek(0)
    assert plots.circuit(qpy.load(file)[0]).svg == plots.circuit(marked()).svg


def said(build, qubits=3, bits=2):
    circuit = QuantumCircuit(QuantumRegister(qubits, "q"), ClassicalRegister(bits, "c"))
    build(circuit)
    return plots.circuit(circuit).words


@pytest.mark.parametrize(("build", "words"), [
    (lambda c: c.sdg(0), "S† on q[0]"),
    (lambda c: c.rx(-3.141592653589793 / 2, 1), "Rx(−π/2) on q[1]"),
    (lambda c: c.rz(Parameter("phi"), 1), "Rz(phi) on q[1]"),
    (lambda c: c.u(0.1, 0.2, 0.3, 2), "U(0.1, 0.2, 0.3) on q[2]"),
    (lambda c: c.cz(2, 0), "controlled Z: control q[2], target q[0]"),
    (lambda c: c.cx(0, 1, ctrl_state=0), "controlled X: control q[0] being 0, target q[1]"),
    (lambda c: c.ccx(0, 1, 2), "controlled X: control q[0] and q[1], target q[2]"),
    (lambda c: c.cswap(0, 1, 2), "controlled SWAP: control q[0], target q[1] and q[2]"),
    (lambda c: c.rzz(0.5, 0, 2), "Rzz(0.5) on q[0] and q[2]"),
    (lambda c: c.measure(1, 0), "measure q[1] into c[0]"),
    (lambda c: c.reset(0), "reset q[0] to 0"),
    (lambda c: c.delay(5, 0, unit="us"), "q[0] waits 5.0 us"),
    (lambda c: c.append(Marker("memory:bob", duration_s=0.0), [0]), "q[0] waits 0 s in the memory of bob"),
    (lambda c: c.append(Marker("processor:eve", 2), [0, 1]), "gate noise of eve on q[0] and q[1]"),
    (lambda c: c.append(Marker("readout:eve"), [0]), "readout errors of eve on q[0]"),
    (lambda c: c.append(Marker("tower:eve"), [0]), "the place tower:eve acts on q[0]"),
])
def test_gates_and_markers_in_words(build, words):
    assert said(build) == (words,)


def test_decisions_of_every_kind_in_words():
    def build(c):
        with c.if_test((c.cregs[0], 2)) as otherwise:
            c.x(0)
        with otherwise:
            c.y(1)
        with c.if_test(expr.logic_and(c.clbits[0], expr.logic_not(c.clbits[1]))), c.if_test((c.clbits[1], 0)):
            c.h(2)
        with c.while_loop((c.clbits[0], 1)):
            c.z(0)
        with c.for_loop(range(3)):
            c.s(0)
        with c.switch(c.cregs[0]) as case:
            with case(0, 1):
                c.t(0)
            with case(case.DEFAULT):
                c.sx(0)

    assert said(build) == (
        "if c = 2: X on q[0]; else: Y on q[1]",
        "if c[0] and not c[1]: if c[1] = 0: H on q[2]",
        "while c[0] = 1: Z on q[0]",
        "repeat 3 times: S on q[0]",
        "if c = 0 or 1: T on q[0]; else: √X on q[0]",
    )


def test_bits_and_qubits_without_a_register_have_names():
    circuit = QuantumCircuit([Qubit(), Qubit()], [Clbit()])
    circuit.measure(1, 0)
    drawing = plots.circuit(circuit)
    assert drawing.words == ("measure qubit 1 into bit 0",)
    assert {"qubit 0 |0⟩", "qubit 1 |0⟩", "bit 0"} <= set(texts(drawing))


def test_noise_belongs_to_a_gate_only_where_it_acts_on_the_same_qubits():
    def build(c):
        c.h(0)
        c.append(Marker("processor:eve"), [1])
        c.append(Marker("readout:eve"), [1])
        c.measure(2, 0)
        c.x(0)
        c.append(Marker("processor:eve"), [0])
        c.append(Marker("processor:bob"), [0])

    assert said(build) == ("H on q[0]", "gate noise of eve on q[1]", "readout errors of eve on q[1]",
                           "measure q[2] into c[0]", "X on q[0], with gate noise of eve", "gate noise of bob on q[0]")


def test_the_story_can_be_told_in_other_words():
    drawing = plots.circuit(marked(), steps=["share a pair", "measure & send"])
    assert drawing.words == ("share a pair", "measure & send")
    assert "<li>measure &amp; send</li>" in drawing._repr_html_()


@pytest.mark.parametrize("wrong", [None, "circuit", TELEPORTATION, TELEPORTATION.circuits()])
def test_what_is_no_circuit_is_refused(wrong):
    with pytest.raises(TypeError, match="qc must be a QuantumCircuit; got qc=.*Try plots.circuit"):
        plots.circuit(wrong)


@pytest.mark.parametrize("seed", range(6))
def test_columns_keep_the_order_and_let_nothing_overlap(seed):
    circuit = random_circuit(5, 8, max_operands=3, measure=True, conditional=True, reset=True, seed=seed)
    steps = sheet_of(circuit).steps
    columns = columns_of(steps)
    placed = [step for column in columns for step in column.steps]
    assert sorted(map(id, placed)) == sorted(map(id, steps))
    order = {id(step): i for i, column in enumerate(columns) for step in column.steps}
    assert [order[id(step)] for step in steps] == sorted(order.values())
    for column in columns:
        rows = [row for step in column.steps for row in span_of(step)]
        assert len(rows) == len(set(rows))
    lines = staves(columns, 400)
    assert [column for line in lines for column in line] == columns
    assert all(sum(column.width + GAP for column in line) <= 400 + GAP for line in lines if len(line) > 1)
    ElementTree.fromstring(plots.circuit(circuit).svg)


def test_a_long_circuit_goes_on_below_and_stays_as_wide_as_a_page():
    short, long = QuantumCircuit(2), QuantumCircuit(2)
    short.x(0)
    for _ in range(60):
        long.x(0)
    sizes = [ElementTree.fromstring(plots.circuit(circuit).svg) for circuit in (short, long)]
    assert float(sizes[1].get("width")) < 1200
    assert float(sizes[1].get("height")) == 3 * float(sizes[0].get("height"))
    assert texts(plots.circuit(long)).count("q[0]") == 2  # in |0⟩ on the first line only
