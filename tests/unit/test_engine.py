"""run: its modes, its seeds, and what it says to a wrong call."""

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.primitives import BackendSamplerV2, StatevectorSampler
from qiskit.providers.fake_provider import GenericBackendV2
from qiskit.transpiler import generate_preset_pass_manager
from qiskit_aer import AerSimulator
from qiskit_aer.primitives import SamplerV2
from scipy.stats import binom

from qnetlab import (
    BellPair,
    Estimate,
    Fiber,
    GateErrors,
    Link,
    Marker,
    Memory,
    Outcomes,
    PhotonPairSource,
    Readout,
    Result,
    Teleportation,
    bind,
    run,
    sweep,
)
from tests.agreement import FALSE_FAIL_RATE

NOISY = Teleportation(
    message="+",
    link=Link(source=PhotonPairSource(fidelity=0.9), fiber=Fiber(length_km=50), bob_memory=Memory(t2_s=1e-3)),
    gates=GateErrors(two_qubit=0.02), alice_readout=Readout(error_0=0.01, error_1=0.03),
)


class Custom:
    """A protocol made of one circuit, as a newcomer would write it."""

    def __init__(self, circuit, devices=None):
        self.circuit, self.places = circuit, devices or {}

    def circuits(self):
        return {"only": self.circuit}

    def devices(self):
        return self.places

    def estimates(self, outcomes):
        return {"zeros": outcomes["only"].share(lambda key: set(key) <= {"0", " "})}

    def theory(self):
        return {}


# ---------------------------------------------------------------------------------------------- modes


@pytest.mark.parametrize(("kwargs", "mode"), [({}, "exact"), ({"shots": 50}, "sampled"),
                                               ({"shots": 50, "mode": "shots"}, "shots")])
def test_the_mode_is_told(kwargs, mode):
    result = run(NOISY, **kwargs)
    assert result.mode == mode and result.protocol == NOISY
    assert all(seen.n == kwargs.get("shots") for _, seen in result.outcomes)


SAMPLERS = {
    "aer": lambda: (SamplerV2(seed=3), None),
    "backend": lambda: (lambda b: (BackendSamplerV2(backend=b), generate_preset_pass_manager(1, backend=b)))(
        GenericBackendV2(5, control_flow=True, noise_info=False, seed=2)),
}


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize("protocol", [BellPair(), BellPair(state="psi_minus"), Teleportation(),
                                      Teleportation(corrections="x"), Teleportation(message=(0.7, 2.1))], ids=str)
def test_samplers_run_the_ideal_circuits(name, protocol):
    """Also for a noisy protocol: the markers are taken out, and only the sampler's own noise would remain."""
    sampler, pass_manager = SAMPLERS[name]()
    result = run(protocol, 400, sampler=sampler, pass_manager=pass_manager)
    assert result.mode == "sampler" and result.seed == ""
    assert repr(result).splitlines()[0].endswith("without our noise") and "theory  " not in repr(result)
    tests = sum(len(seen.registers) for _, seen in result.outcomes)
    exact = dict(run(protocol).outcomes)
    for setting, seen in result.outcomes:
        for register, _ in seen.registers:
            p = exact[setting].marginal(register)["1"]
            count = int(seen.marginal(register)["1"])
            two_sided = 2 * min(binom.cdf(count, 400, p), binom.sf(count - 1, 400, p))
            assert two_sided > FALSE_FAIL_RATE / tests, (setting, register, count, p)


def test_a_sampler_ignores_our_noise():
    result = run(Teleportation(message="+", link=Link(source=PhotonPairSource(fidelity=0.25))), 200,
                 sampler=SamplerV2(seed=1))
    assert result["fidelity"].value == 1.0


def test_a_sampler_without_feed_forward_answers_in_our_words():
    with pytest.raises(RuntimeError, match="needs a sampler that can do feed-forward; got sampler=StatevectorSampler"):
        run(Teleportation(message="+"), 100, sampler=StatevectorSampler())
    no_control = GenericBackendV2(5, noise_info=False, seed=2)
    with pytest.raises(RuntimeError, match="feed-forward.*Try qiskit_aer.primitives.SamplerV2"):
        run(Teleportation(message="+"), 100, sampler=BackendSamplerV2(backend=no_control),
            pass_manager=generate_preset_pass_manager(1, backend=no_control))
    assert run(BellPair(), 100, sampler=StatevectorSampler(seed=1))["xx"].value == 1.0


# ---------------------------------------------------------------------------------------------- seeds


@pytest.mark.parametrize("mode", ["exact", "shots"])
def test_a_result_is_repeated_by_its_seed(mode):
    first = run(NOISY, 300, mode=mode)
    again = run(NOISY, 300, mode=mode, rng=int(first.seed))
    assert again == first
    assert run(NOISY, 300, mode=mode, rng=int(first.seed) + 1).outcomes != first.outcomes


def test_every_kind_of_rng():
    sequence = np.random.SeedSequence(5)
    a, b = run(NOISY, 100, rng=sequence), run(NOISY, 100, rng=sequence)
    assert a == b and sequence.n_children_spawned == 0
    generator = np.random.default_rng(5)
    assert run(NOISY, 100, rng=generator).seed != run(NOISY, 100, rng=generator).seed
    assert run(NOISY, 100, rng=np.int64(7)) == run(NOISY, 100, rng=7)


def test_a_setting_keeps_its_stream_whatever_stands_beside_it():
    alone = Teleportation(message="average")
    reverse = dict(reversed(list(run(alone, 200, rng=3).outcomes)))
    assert dict(run(alone, 200, rng=3).outcomes) == reverse
    assert len({seen.marginal("alice_z").weights for seen in reverse.values()}) > 1  # streams differ


def test_no_global_random_state_is_touched():
    before = np.random.get_state()[1].tobytes()  # noqa: NPY002 - looking at it is the test
    run(NOISY, 100), run(NOISY, 100, mode="shots")
    assert np.random.get_state()[1].tobytes() == before  # noqa: NPY002 - looking at it is the test


# --------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(("call", "words"), [
    (lambda: run("teleport"), "run needs a protocol; got protocol='teleport'"),
    (lambda: run(Teleportation), r"run needs a protocol; got .*Try run\(Teleportation\(\)\)"),
    (lambda: run(NOISY, shots=10**19), "shots <= 1e\\+12"),
    (lambda: run(NOISY, shots=10**9, mode="shots"), "shots <= 1e\\+08"),
    (lambda: run(NOISY, 10, sampler=SamplerV2(), rng=3), "a sampler has its own seed; got rng=3"),
    (lambda: run(NOISY, 10, sampler=SamplerV2), "sampler must be a Qiskit SamplerV2; got sampler=<class"),
    (lambda: run(NOISY, 10, sampler=AerSimulator()), "sampler must be a Qiskit SamplerV2"),
    (lambda: Marker("bob"), "place must say kind and owner; got place='bob'"),
    (lambda: Marker(3), "place must say kind and owner; got place=3"),
    (lambda: Marker("memory:bob", 0), "1 <= num_qubits; got num_qubits=0"),
    (lambda: Marker("memory:bob", duration_s=-1.0), "0 <= duration_s; got duration_s=-1.0 s"),
    (lambda: bind(None, {}), "bind needs a QuantumCircuit; got circuit=None"),
    (lambda: run(NOISY, shots=0), "0 < shots; got shots=0"),
    (lambda: run(NOISY, shots=1.5), "whole number or None; got shots=1.5"),
    (lambda: run(NOISY, shots=True), "whole number or None"),
    (lambda: run(NOISY, mode="exakt"), "mode must be 'exact' or 'shots'"),
    (lambda: run(NOISY, mode="shots"), "needs a number of shots"),
    (lambda: run(NOISY, 10, rng="seven"), "rng must be a whole number"),
    (lambda: run(NOISY, 10, rng=-1), "0 <= rng"),
    (lambda: run(NOISY, 10, sampler=3), "sampler must be a Qiskit SamplerV2"),
    (lambda: run(NOISY, 10, pass_manager=3), "a pass_manager needs a sampler"),
    (lambda: sweep([]), "at least one protocol"),
    (lambda: run(NOISY)["fidelty"], "must be one of fidelity"),
])
def test_wrong_calls_are_answered_in_words(call, words):
    with pytest.raises((ValueError, TypeError, KeyError), match=words):
        call()


def test_places_and_devices_must_match():
    circuit = QuantumCircuit(QuantumRegister(1, "q"), ClassicalRegister(1, "c"))
    circuit.append(Marker("memory:bob"), [0])
    circuit.measure(0, 0)
    with pytest.raises(ValueError, match="every marked place needs a device; got place='memory:bob'"):
        run(Custom(circuit))
    with pytest.raises(ValueError, match=r"every device needs a marked place.*got devices without a place=\['x:y'\]"):
        run(Custom(circuit, {"memory:bob": Memory(), "x:y": Memory()}))
    with pytest.raises(ValueError, match="must stand on 2 qubits"):
        run(Custom(circuit, {"memory:bob": PhotonPairSource()}))
    with pytest.raises(TypeError, match="must hold a device with a channel"):
        run(Custom(circuit, {"memory:bob": Link()}))


def reuse():
    circuit = QuantumCircuit(QuantumRegister(1, "q"), ClassicalRegister(1, "a"), ClassicalRegister(1, "b"))
    circuit.h(0)
    circuit.measure(0, 0)
    circuit.h(0)
    circuit.measure(0, 1)
    return circuit


def whole_register():
    circuit = QuantumCircuit(QuantumRegister(3, "q"), ClassicalRegister(2, "a"), ClassicalRegister(1, "b"))
    circuit.h([0, 1])
    circuit.measure([0, 1], [0, 1])
    with circuit.if_test((circuit.cregs[0], 3)):
        circuit.x(2)
    circuit.measure(2, 2)
    return circuit


@pytest.mark.parametrize("make", [reuse, whole_register])
def test_what_can_only_be_sampled_says_so_and_is_sampled(make):
    with pytest.raises(ValueError, match='can only be sampled. Try shots=1000, mode="shots"'):
        run(Custom(make()))
    assert run(Custom(make()), 100, mode="shots").outcomes[0][1].n == 100


def test_deferral_knows_else_unwritten_bits_and_two_bit_registers():
    circuit = QuantumCircuit(QuantumRegister(2, "q"), ClassicalRegister(2, "a"), ClassicalRegister(1, "b"))
    circuit.ry(1.0, 0)
    circuit.measure(0, 1)
    with circuit.if_test((circuit.clbits[1], 0)) as otherwise:
        circuit.ry(0.4, 1)
    with otherwise:
        circuit.h(1)
    with circuit.if_test((circuit.clbits[0], 1)):  # nothing was written there: never
        circuit.x(1)
    circuit.measure(1, 2)
    [(_, exact)] = run(Custom(circuit)).outcomes
    one = np.sin(0.5) ** 2
    assert exact["10 1"] == pytest.approx(one / 2, abs=1e-12)
    assert exact["00 1"] == pytest.approx((1 - one) * np.sin(0.2) ** 2, abs=1e-12)
    assert set(dict(exact.weights)) == {"00 0", "00 1", "10 0", "10 1"}


def test_a_large_clifford_circuit_is_shot_on_stabilizer():
    circuit = QuantumCircuit(QuantumRegister(40, "q"), ClassicalRegister(40, "c"))
    circuit.h(0)
    for i in range(39):
        circuit.cx(i, i + 1)
    circuit.append(Marker("memory:bob", duration_s=1.0), [3])
    circuit.measure(range(40), range(40))
    [(_, seen)] = run(Custom(circuit, {"memory:bob": Memory(t2_s=1.0)}), 50, mode="shots", rng=1).outcomes
    assert {key for key, _ in seen.weights} == {"0" * 40, "1" * 40}
    with pytest.raises(ValueError, match="at most 10 qubits; got num_qubits=40"):
        run(Custom(circuit, {"memory:bob": Memory()}))


# --------------------------------------------------------------------------------------------- result


def test_results_survive_json_and_add():
    one, two = run(NOISY, 100, rng=1), run(NOISY, 200, rng=2)
    assert Result.from_json(one.to_json()) == one
    both = one + two
    assert both.shots == 300 and both.seed == "1+2" and both["fidelity"].n == 300
    assert Result.from_json(both.to_json()) == both
    for wrong in (run(NOISY), one, run(BellPair(), 100, rng=5), run(NOISY, 100, rng=3, mode="shots")):
        with pytest.raises(ValueError, match="; got .*Try "):
            one + wrong


def test_a_result_reads_well():
    result = run(NOISY, 1000, rng=1)
    assert repr(result).startswith("Teleportation: 1000 shots per setting, sampled, seed 1\n  fidelity  0.")
    html = result._repr_html_()
    assert "<caption>Teleportation: 1000 shots" in html and "<th scope='row'>fidelity</th>" in html
    assert "equal" in run(NOISY)._repr_html_()


def test_sweep_keeps_order_and_repeats():
    protocols = [Teleportation(message=m) for m in ("0", "+")]
    results = sweep(protocols, 100, rng=4)
    assert [r.protocol for r in results] == protocols
    assert sweep(protocols, 100, rng=4) == results
    assert results[0].seed != results[1].seed


def test_sweep_keeps_what_is_done_when_interrupted(capsys):
    class Stop(Custom):
        def circuits(self):
            raise KeyboardInterrupt

    results = sweep([BellPair(), Stop(QuantumCircuit(1)), BellPair()])
    assert len(results) == 1


def test_an_estimate_of_nothing_is_refused():
    with pytest.raises(TypeError, match="Estimate needs value"):
        Estimate()
    assert Outcomes().weights == ()
