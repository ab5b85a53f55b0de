"""The numbers of the exercises on entanglement are those of the package and of the course."""

import math

import numpy as np
import pytest

from qnetlab import CHSH, Link, NoisyPair, PhotonPairSource, Readout
from qnetlab.grading.exercises import find, roots
from qnetlab.grading.judging import judge
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.theory.chsh import QUANTUM_LIMIT
from qnetlab.theory.states import Pair, bell_fidelity
from tests.exercises.test_folders import drawn

COURSE = [  # exercise, parameters, right answer, {wrong answer: number}
    ("bell.fidelity", {"zz": 0.94, "xx": 0.88, "yy": -0.86}, 0.92,
     {"one_basis": 0.97, "sign_of_yy": 0.49, "mean_correlation": 0.893}),
    ("chsh.readout", {"f": 0.92, "r": 0.974}, 2.271,
     {"fidelity_as_visibility": 2.602, "both_right": 2.397, "perfect_readout": 2.527}),
    ("mixed.differ", {"f": 0.90}, 0.0667,
     {"every_wrong_state": 0.10, "share_of_noise": 0.133, "fidelity_for_visibility": 0.05}),
]


@pytest.mark.parametrize(("name", "parameters", "right", "wrong"), COURSE, ids=[row[0] for row in COURSE])
def test_the_numbers_of_the_course(name, parameters, right, wrong):
    exercise = find(name)
    assert exercise.reference(parameters) == pytest.approx(right, abs=6e-4)
    given = {stem: answer for stem, (_, answer) in exercise.wrong_answers(parameters).items()}
    assert {stem: given[stem] for stem in wrong} == pytest.approx(wrong, abs=6e-4)


def test_the_references_are_what_the_package_says():
    exercise = find("bell.fidelity")
    for p in drawn(exercise):
        pair = Pair(p["xx"], p["yy"], p["zz"])
        assert exercise.reference(p) == pytest.approx(bell_fidelity(pair, "phi_plus"), abs=1e-12)
    exercise = find("chsh.readout")
    for p in drawn(exercise):
        readout = Readout(error_0=1 - p["r"], error_1=1 - p["r"])
        test = CHSH(link=Link(source=PhotonPairSource(fidelity=p["f"])), alice_readout=readout, bob_readout=readout)
        assert exercise.reference(p) == pytest.approx(test.theory()["s"], abs=1e-12)
    exercise = find("mixed.differ")
    for p in drawn(exercise):
        pair = NoisyPair(white_noise=4 * (1 - p["f"]) / 3)
        assert exercise.reference(p) == pytest.approx(pair.theory()["qber_z"], abs=1e-12)


def score(circuit):
    """S of an answer to chsh.settings, found from its state vector for each pair of questions."""
    from qiskit.quantum_info import Statevector

    s = 0.0
    for x in (0, 1):
        for y in (0, 1):
            asked = circuit.remove_final_measurements(inplace=False)
            state = Statevector.from_int(x + 2 * y, 2**asked.num_qubits).evolve(asked)
            shares = state.probabilities_dict([asked.find_bit(q).index for q in circuit.qubits[2:4]])
            correlator = sum(p if bits in ("00", "11") else -p for bits, p in shares.items())
            s += -correlator if x and y else correlator
    return s


def test_the_settings_reach_what_they_are_said_to():
    exercise = find("chsh.settings")
    assert score(exercise.reference({})) == pytest.approx(QUANTUM_LIMIT, abs=1e-9)
    found = {stem: score(answer) for stem, (_, answer) in exercise.wrong_answers({}).items()}
    assert found == pytest.approx({
        "same_setting": 2, "half_the_angle": 2.613, "half_the_angle_both": 2.389, "bobs_exchanged": 0,
        "alices_exchanged": 0, "alice_never_turns": 1.414, "bob_never_turns": 1.414, "wrong_axis": 1.414,
        "no_pair": 1.414, "no_cx": 0, "answers_reversed": -2.828, "knows_the_question": 4, "same_angles": 0,
        # 45 radians are seven full turns and 58.3 degrees: 2 (cos 45 + sin 45)
        "degrees": 2 * (math.cos(45) + math.sin(45))}, abs=1e-3)


@pytest.mark.parametrize(("name", "sentence"), [
    ("bell.one_basis", "That is the fraction equal in Z. Matched coins score 1.00 there and have F = 0.5."),
    ("bell.sign_of_yy", "For phi_plus, YY is anti-correlated: F = (1 + ZZ + XX - YY)/4."),
    ("bell.mean_correlation", "That is the mean correlation V. F = (1 + 3V)/4."),
    ("chsh.fidelity_as_visibility", "You used F as visibility. V = (4F-1)/3."),
    ("chsh.both_right", "You multiplied by the chance that both readouts are right. A wrong bit reverses the product: "
                        "contrast 2r-1 on each side."),
    ("chsh.perfect_readout", "State right, detectors perfect. Put in the readout errors."),
    ("mixed.every_wrong_state", "Of the three wrong Bell states only two flip the bit in any one basis: 2(1-F)/3."),
    ("mixed.share_of_noise", "That is 1-V, the share of white noise. Half of its bits agree by luck."),
    ("mixed.fidelity_for_visibility", "You put F where V belongs in (1-V)/2."),
])
def test_the_sentences_of_the_course_stand_word_by_word(name, sentence):
    assert read_misconceptions(roots())[name].sentence == sentence


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, -71.0])
@pytest.mark.parametrize("plane", ["zx", "xy"])
def test_settings_that_are_written_quite_differently_pass_too(turn_deg, plane):
    """At 2 sqrt(2) every circuit gives the same shares: other angles, another plane."""
    from qiskit.circuit.library import HGate, RYGate, RZGate

    exercise = find("chsh.settings")
    circuit = exercise.reference({}).copy_empty_like()
    x, y, alice, bob = circuit.qubits
    circuit.h(alice)
    circuit.cx(alice, bob)
    turn = np.radians(turn_deg)
    # In the xy plane phi_plus agrees where the two angles are opposite: bob turns the other way.
    way, gate = (1, RYGate) if plane == "zx" else (-1, RZGate)
    for question, qubit, angles in ((x, alice, (turn, turn + np.pi / 2)),
                                    (y, bob, (way * (turn + np.pi / 4), way * (turn - np.pi / 4)))):
        circuit.append(gate(-angles[0]), [qubit])
        circuit.append(gate(angles[0] - angles[1]).control(1, annotated=False), [question, qubit])
        if plane == "xy":
            circuit.append(HGate(), [qubit])
    circuit.measure(alice, circuit.clbits[0])
    circuit.measure(bob, circuit.clbits[1])
    assert score(circuit) == pytest.approx(QUANTUM_LIMIT, abs=1e-9)
    assert judge(exercise, circuit, {}, read_misconceptions(roots())).correct
