"""Purification: circuit, exact rounds and closed forms agree, and the landmarks of the literature."""

from dataclasses import replace

import numpy as np
import pytest

from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Purification, Readout, run
from qnetlab.theory.noisy_rounds import Side, as_state, compare_round, phi_plus_fidelity, rotated, twirled
from qnetlab.theory.purification import (
    STANDSTILL,
    Weights,
    bbpssw,
    bell_weights,
    best_order,
    dejmps,
    noisy_bbpssw,
    rounds_to,
    staircase,
    werner_weights,
)
from qnetlab.theory.states import fresh_pair
from tests.agreement import agrees

WHITE = Link(source=PhotonPairSource(fidelity=0.8))
DECAYED = Link(source=PhotonPairSource(fidelity=0.85), fiber=Fiber(length_km=40),
               alice_memory=Memory(t1_s=0.004, t2_s=0.002), bob_memory=Memory(t1_s=0.002, t2_s=0.003))
AGED = Link(source=PhotonPairSource(fidelity=0.85), fiber=Fiber(length_km=40),
            alice_memory=Memory(t1_s=0.002, t2_s=0.001, dephasing="gaussian"),
            bob_memory=Memory(t2_s=0.0015, dephasing="gaussian"))
DEPHASED = Link(source=PhotonPairSource(fidelity=0.8, noise="dephasing"))
NOISY = {"gates": GateErrors(one_qubit=0.02, two_qubit=0.05), "alice_readout": Readout(error_0=0.02, error_1=0.07),
         "bob_readout": Readout(error_0=0.05, error_1=0.01)}
WAYS = [(m, s) for m in ("bbpssw", "dejmps") for s in ("recurrence", "pumping")]


@pytest.mark.parametrize("noise", [{}, NOISY], ids=["perfect nodes", "noisy nodes"])
@pytest.mark.parametrize("link", [WHITE, DECAYED, AGED, DEPHASED], ids=["white", "decayed", "aged", "dephased"])
@pytest.mark.parametrize(("method", "schedule"), [*WAYS, ("plain", "recurrence")])
@pytest.mark.parametrize("rounds", [1, 2])
def test_the_circuit_is_the_closed_form(method, schedule, rounds, link, noise):
    protocol = Purification(link=link, method=method, schedule=schedule, rounds=rounds, **noise)
    result, theory = run(protocol), protocol.theory()
    assert len(theory) == 5 + rounds
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


@pytest.mark.parametrize(("method", "schedule"), WAYS)
def test_many_perfect_rounds_are_the_recurrence(method, schedule):
    stairs = staircase(werner_weights(0.8), method, 8, pumping=schedule == "pumping")
    for k, stair in enumerate(stairs, 1):
        theory = Purification(link=WHITE, method=method, schedule=schedule, rounds=k).theory()
        assert [theory["fidelity"], theory[f"success_{k}"], theory["raw_pairs"]] == pytest.approx(list(stair), rel=1e-9)


def test_a_dephased_pair_needs_no_twirl():
    """DEJMPS sees that only the sign is lost; twirling throws that away."""
    known, forgotten = (Purification(link=DEPHASED, method=m).theory()["fidelity"] for m in ("dejmps", "bbpssw"))
    assert known == pytest.approx(0.64 / 0.68, abs=1e-12) and forgotten == pytest.approx(bbpssw(0.8)[0], abs=1e-12)


def test_cnots_alone_never_see_a_sign():
    """Signs go from the pair that is given up to the one that is kept: dephased pairs become worse."""
    seen = Purification(link=DEPHASED, method="plain").theory()
    assert seen["fidelity"] == pytest.approx(0.8**2 + 0.2**2, abs=1e-12) and seen["success_1"] == pytest.approx(1.0)


@pytest.mark.parametrize(("before", "after", "success"), [
    (0.60, 0.620438, 0.608889), (0.70, 0.735294, 0.680000), (0.75, 0.788462, 0.722222), (0.80, 0.838150, 0.768889),
    (0.90, 0.926396, 0.875556)])
def test_bbpssw_landmarks(before, after, success):
    assert bbpssw(before) == pytest.approx((after, success), abs=5e-7)
    assert dejmps(werner_weights(before))[0].phi_plus == pytest.approx(after, abs=5e-7)


@pytest.mark.parametrize(("fidelity", "p2", "right", "after", "success"), [
    (0.8, 0.99, 0.99, 0.826877, 0.753102), (0.9, 0.98, 0.97, 0.904291, 0.818700)])
def test_noisy_nodes_as_published_and_as_a_circuit(fidelity, p2, right, after, success):
    assert noisy_bbpssw(fidelity, two_qubit=p2, right=right) == pytest.approx((after, success), abs=5e-7)
    wrong = Readout(error_0=1 - right, error_1=1 - right)
    protocol = Purification(link=Link(source=PhotonPairSource(fidelity=fidelity)), alice_readout=wrong,
                            bob_readout=wrong, gates=GateErrors(two_qubit=0.75 * (1 - p2)))
    assert protocol.final_fidelity == pytest.approx(after, abs=5e-7)
    assert run(protocol)["success_1"].value == pytest.approx(success, abs=5e-7)


@pytest.mark.parametrize(("start", "goal", "method", "rounds", "pairs"), [
    (0.8, 0.99, "bbpssw", 10, 2916.86), (0.8, 0.99, "dejmps", 4, 31.6665),
    (0.7, 0.95, "bbpssw", 8, 1590.66), (0.7, 0.95, "dejmps", 4, 53.3952)])
def test_what_a_better_pair_costs(start, goal, method, rounds, pairs):
    stairs = rounds_to(goal, werner_weights(start), method)
    assert len(stairs) == rounds and stairs[-1].raw_pairs == pytest.approx(pairs, rel=2e-6)


def test_which_wrong_state_should_be_the_rarest():
    """b, the share that a round turns into d, should be the smallest; the order of the other two does not matter."""
    state = Weights(0.7, 0.15, 0.1, 0.05)
    as_it_is, turned = staircase(state, "dejmps", 5)[-1], staircase(best_order(state), "dejmps", 5)[-1]
    assert (as_it_is.fidelity, as_it_is.raw_pairs) == pytest.approx((0.994431, 123.6), rel=1e-3)
    assert (turned.fidelity, turned.raw_pairs) == pytest.approx((0.997533, 102.5), rel=1e-3)
    other = Weights(0.7, 0.05, 0.15, 0.1)
    assert list(staircase(other, "dejmps", 5)[-1]) == pytest.approx(list(turned), rel=1e-12)


def test_a_half_stands_still_and_below_it_sinks():
    assert bbpssw(STANDSTILL) == pytest.approx((0.5, 5 / 9), abs=1e-12)
    grid = np.linspace(0.26, 0.99, 74)
    better = bbpssw(grid)[0] - grid
    assert (better[grid < 0.499] < 0).all() and (better[grid > 0.501] > 0).all()
    with pytest.raises(ValueError, match="stands still"):
        rounds_to(0.6, werner_weights(0.5), "dejmps")


def test_the_exact_round_is_the_recurrence_for_bell_diagonal_pairs():
    rng = np.random.default_rng(6)
    for _ in range(20):
        kept, given = (Weights(*rng.dirichlet([3, 1, 1, 1])) for _ in range(2))
        state, success = compare_round(*(rotated(as_state(pair_of(weights))) for weights in (kept, given)))
        after, norm = dejmps(kept, given)
        assert success == pytest.approx(norm, abs=1e-12)
        assert state == pytest.approx(as_state(pair_of(after)), abs=1e-12)


def pair_of(weights):
    from qnetlab.theory.states import BELL_CORRELATORS, Pair
    return Pair(*(sum(w * BELL_CORRELATORS[name][i] for name, w in weights._asdict().items()) for i in range(3)))


def test_weights_and_twirl():
    assert bell_weights(fresh_pair("phi_plus", 0.7, "white")) == pytest.approx(werner_weights(0.7))
    state = as_state(fresh_pair("phi_plus", 0.7, "dephasing"))
    assert phi_plus_fidelity(twirled(state)) == pytest.approx(0.7) and twirled(state)[3, 3] == pytest.approx(0.6)
    assert compare_round(state, state, Side(contrast=0.0))[1] == pytest.approx(0.5)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [{"method": "dejmps"}, {"gates": GateErrors()}, {"alice_readout": Readout()}],
                         ids=["no twirl", "perfect gates", "perfect readout"])
def test_sampled(mode, wrong):
    protocol = Purification(link=DEPHASED, gates=GateErrors(one_qubit=0.05, two_qubit=0.2),
                            alice_readout=Readout(error_0=0.15, error_1=0.2))
    agrees(protocol, 20000, mode=mode, wrong=replace(protocol, **wrong))


def test_two_rounds_sampled():
    protocol = Purification(link=WHITE, method="dejmps", rounds=2)
    agrees(protocol, 20000, wrong=replace(protocol, link=DEPHASED))


def test_what_cannot_be_is_said_in_words():
    with pytest.raises(ValueError, match="at most 4 rounds of recurrence; got rounds=5"):
        Purification(rounds=5).circuits()
    with pytest.raises(ValueError, match="noise is known here for BBPSSW"):
        staircase(werner_weights(0.8), "dejmps", 2, right=0.99)
    with pytest.raises(ValueError, match="rounds must satisfy 0 <= rounds <= 200"):
        staircase(werner_weights(0.8), "dejmps", 201)
    assert Purification(rounds=12).pairs == 4096
