"""Swapping: circuit and composition agree, and the landmarks of the literature."""

from dataclasses import replace
from functools import reduce

import pytest

from qnetlab import Fiber, GateErrors, Link, Memory, PhotonPairSource, Readout, Swapping, run
from qnetlab.theory.states import bell_fidelity, fresh_pair
from qnetlab.theory.swapping import linear_optics_swap, retwirled_fidelity, station, swapped_pair, werner_chain_fidelity
from tests.agreement import agrees

NEAR = Link(source=PhotonPairSource(fidelity=0.93), fiber=Fiber(length_km=30, attenuation_db_per_km=0.2),
            alice_memory=Memory(t1_s=0.01, t2_s=0.003), bob_memory=Memory(t1_s=0.004, t2_s=0.002))
FAR = Link(source=PhotonPairSource(fidelity=0.9, noise="dephasing"), fiber=Fiber(length_km=70),
           alice_memory=Memory(t1_s=0.02, t2_s=0.013, dephasing="gaussian"), bob_memory=Memory(t1_s=0.002, t2_s=0.0032))
PLAIN = Link(source=PhotonPairSource(fidelity=0.96))
NOISY = {"gates": GateErrors(one_qubit=0.02, two_qubit=0.05), "station_readout": Readout(error_0=0.03, error_1=0.08),
         "alice_readout": Readout(error_0=0.02, error_1=0.05), "bob_readout": Readout(error_0=0.01, error_1=0.06)}
ALL = ("feed_forward", "pauli_frame", "none")


@pytest.mark.parametrize("corrections", ALL)
@pytest.mark.parametrize("links", [(Link(), Link()), (NEAR, FAR), (FAR, NEAR, PLAIN), (NEAR, PLAIN, FAR, NEAR)],
                         ids=["ideal", "two", "three", "four"])
@pytest.mark.parametrize("noise", [{}, NOISY], ids=["perfect stations", "noisy stations"])
def test_the_circuit_is_the_composition(links, corrections, noise):
    protocol = Swapping(links=links, corrections=corrections, **noise)
    result, theory = run(protocol), protocol.theory()
    for name, number in theory.items():
        assert result[name].value == pytest.approx(number, abs=1e-9), name


def test_a_pauli_frame_is_feed_forward_without_the_errors_of_correcting():
    noise = {**NOISY, "alice_readout": Readout(), "bob_readout": Readout(),
             "gates": GateErrors(two_qubit=0.05), "station_readout": Readout(error_0=0.03, error_1=0.03)}
    forward, frame = (Swapping(links=(NEAR, FAR, NEAR), corrections=c, **noise).theory() for c in ALL[:2])
    assert forward == pytest.approx(frame, abs=1e-12)


@pytest.mark.parametrize("count", [2, 4])
def test_who_measures_at_once_waits_for_no_bits(count):
    """As a Pauli frame over the same links whose messages take no time; the longer the messages, the more it gains."""
    at_once = Swapping(links=(NEAR,) * count, corrections="at_once", **NOISY)
    for name, number in at_once.theory().items() if count == 2 else ():
        assert run(at_once)[name].value == pytest.approx(number, abs=1e-9), name
    waits = replace(at_once, corrections="pauli_frame")
    no_time = replace(NEAR, fiber=Fiber())
    assert at_once.bits_delay_s == 0 < waits.bits_delay_s
    assert at_once.theory()["fidelity"] > waits.theory()["fidelity"]
    pair = NEAR.pair()  # what the herald leaves is the same
    assert at_once.pairs() == [pair] * count and waits.pairs()[0].xx == pytest.approx(
        pair.xx * NEAR.alice_memory.coherence(waits.bits_delay_s), abs=1e-12)
    instant = [replace(one, links=(no_time,) * count).theory() for one in (at_once, waits)]
    assert instant[0] == instant[1]


def test_quiet_stations_leave_nothing():
    assert run(Swapping(corrections="none"))["fidelity"].value == pytest.approx(0.25, abs=1e-12)


@pytest.mark.parametrize(("first", "second", "after"), [
    (0.95, 0.95, 0.903333), (0.9, 0.9, 0.813333), (0.8, 0.8, 0.653333), (0.92, 0.88, 0.812800)])
def test_two_werner_pairs(first, second, after):
    links = tuple(Link(source=PhotonPairSource(fidelity=f)) for f in (first, second))
    assert run(Swapping(links=links))["fidelity"].value == pytest.approx(after, abs=5e-7)


@pytest.mark.parametrize(("fidelity", "count", "after"), [
    (0.95, 4, 0.819126), (0.98, 8, 0.854163), (0.99, 16, 0.855046)])
def test_a_chain_of_werner_pairs(fidelity, count, after):
    pairs = [fresh_pair("phi_plus", fidelity, "white")] * count
    assert bell_fidelity(swapped_pair(pairs), "phi_plus") == pytest.approx(after, abs=5e-7)
    assert werner_chain_fidelity(fidelity, count) == pytest.approx(after, abs=5e-7)


@pytest.mark.parametrize(("fidelity", "count", "p2", "right", "exact", "retwirled"), [
    (0.96, 4, 0.99, 0.99, 0.789306, 0.789161), (0.98, 8, 0.995, 0.995, 0.781391, 0.781143),
    (0.9, 2, 0.98, 0.97, 0.758564, 0.758564)])
def test_imperfect_stations_and_the_published_approximation(fidelity, count, p2, right, exact, retwirled):
    at = station(two_qubit_error=0.75 * (1 - p2), error_0=1 - right, error_1=1 - right)
    chain = swapped_pair([fresh_pair("phi_plus", fidelity, "white")] * count, at)
    assert bell_fidelity(chain, "phi_plus") == pytest.approx(exact, abs=5e-7)
    assert retwirled_fidelity(fidelity, count, two_qubit=p2, right=right) == pytest.approx(retwirled, abs=5e-7)


def test_swapping_one_after_the_other_is_swapping_all():
    """Without readout offsets the order does not matter."""
    pairs = [link.pair() for link in (NEAR, FAR, PLAIN, NEAR)]
    at = station(two_qubit_error=0.03, one_qubit_error=0.01, error_0=0.02, error_1=0.02, corrects=False)
    folded = reduce(lambda left, right: swapped_pair([left, right], at), pairs)
    assert tuple(map(float, folded)) == pytest.approx(tuple(map(float, swapped_pair(pairs, at))), abs=1e-12)


def test_long_chains_are_cheap():
    """A hundred links: no circuit could, the composition does."""
    chain = Swapping(links=(Link(source=PhotonPairSource(fidelity=0.999)),) * 100)
    assert chain.theory()["fidelity"] == pytest.approx(werner_chain_fidelity(0.999, 100), abs=1e-12)


@pytest.mark.parametrize("mode", ["exact", "shots"])
@pytest.mark.parametrize("wrong", [{"corrections": "none"}, {"gates": GateErrors()}, {"station_readout": Readout()}],
                         ids=["nobody tells", "perfect gates", "perfect readout"])
def test_sampled(mode, wrong):
    protocol = Swapping(links=(PLAIN, PLAIN), gates=GateErrors(one_qubit=0.05, two_qubit=0.3),
                        station_readout=Readout(error_0=0.15, error_1=0.25))
    agrees(protocol, 20000, mode=mode, wrong=replace(protocol, **wrong))


@pytest.mark.parametrize(("links", "error", "words"), [
    ((Link(),), ValueError, "at least two links"), (Link(), TypeError, "a tuple of Link"),
    ((Link(), "fiber"), TypeError, "a tuple of Link")])
def test_a_chain_that_is_none_says_why(links, error, words):
    with pytest.raises(error, match=words):
        Swapping(links=links)


@pytest.mark.parametrize(("retrieval", "detection", "success"), [
    (1.0, 1.0, 0.5), (0.9, 0.8, 0.259200), (0.482400, 0.9, 0.094247)])
def test_without_a_cnot_half_of_the_swaps_fail(retrieval, detection, success):
    assert linear_optics_swap(retrieval, detection) == pytest.approx(success, abs=1e-6)


def test_the_half_that_linear_optics_sees_is_as_good_as_the_rest():
    """psi_plus and psi_minus are x = 1 in the station's bits: half of the rounds, of the same fidelity."""
    protocol = Swapping(links=(PLAIN, PLAIN))
    told = {}
    for setting, outcomes in run(protocol).outcomes:
        seen = [(key.split(" "), weight) for key, weight in outcomes.weights]
        names = [name for name, _ in outcomes.registers]
        kept = [(dict(zip(names, bits, strict=True)), weight) for bits, weight in seen]
        kept = [(bits, weight) for bits, weight in kept if bits["x1"] == "1"]
        share = sum(weight for _, weight in kept)
        assert share == pytest.approx(linear_optics_swap(), abs=1e-12)
        even = sum(weight for bits, weight in kept if bits["alice_bit"] == bits["bob_bit"])
        told[setting] = 2 * even / share - 1
    fidelity = (1 + told["XX"] - told["YY"] + told["ZZ"]) / 4
    assert fidelity == pytest.approx(protocol.theory()["fidelity"], abs=1e-9)
