"""One attempt of a heralded link, photon by photon on Aer, is what the closed form and the link's own channel say."""

import dataclasses
import itertools

import numpy as np
import pytest
from qiskit_aer import AerSimulator

from qnetlab import BellPair, Detector, Fiber, HeraldedAttempt, HeraldedLink, Memory, as_noise_model, run
from qnetlab.devices.herald_station import Arm, HeraldStation
from qnetlab.noise.deferral import SAVED, defer
from qnetlab.noise.heralds import station_kraus

SCHEMES = ("single_click", "two_click", "sender_receiver")
NOISY = HeraldedLink(
    bright_population=0.2, fiber=Fiber(length_km=20, attenuation_db_per_km=0.2), emission_efficiency=0.5,
    detector=Detector(efficiency=0.8, dark_count_rate_hz=2e4, gate_s=1e-6), overlap=0.9, phase_noise_rad=0.3,
    emitter_fidelity=0.97, alice_memory=Memory(t1_s=0.01, t2_s=0.004), bob_memory=Memory(t2_s=0.002),
)
FAR = dataclasses.replace(NOISY, fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), phase_noise_rad=0.0,
                          detector=Detector(efficiency=0.8, dark_count_rate_hz=1, gate_s=1e-9))


def agree(protocol):
    result = run(protocol)
    for name, wanted in protocol.theory().items():
        assert result[name].value == pytest.approx(wanted, abs=1e-9, rel=1e-9), name
    return result


@pytest.mark.parametrize("detection", ["threshold", "number_resolving"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("link", [NOISY, FAR, HeraldedLink(), HeraldedLink(overlap=0.0)],
                         ids=["noisy", "300 km", "perfect", "unlike"])
def test_photon_by_photon(link, scheme, detection):
    """d, M, sigma, loss, white noise and waiting all at once; at 300 km with a chance of 1e-7 and less per attempt."""
    agree(HeraldedAttempt(link=dataclasses.replace(link, scheme=scheme, detection=detection)))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_link_as_a_whole_gives_the_same_pair(scheme):
    link = dataclasses.replace(NOISY, scheme=scheme)
    pair, attempt = run(BellPair(link=link)), run(HeraldedAttempt(link=link))
    for name in ("xx", "yy", "zz", "fidelity"):
        assert attempt[name].value == pytest.approx(pair[name].value, abs=1e-9)


@pytest.mark.parametrize(("m", "d", "sigma", "detection"), list(itertools.product(
    (0.0, 0.6, 1.0), (0.0, 0.1, 1.0), (0.0, 0.5), ("threshold", "number_resolving"))))
def test_the_station_is_a_channel(m, d, sigma, detection):
    rate = 1e12 if d == 1 else -np.log1p(-d) * 1e9
    station = HeraldStation(detector=Detector(dark_count_rate_hz=rate), detection=detection, overlap=m,
                            phase_noise_rad=sigma)
    kraus = station_kraus(station)
    assert np.abs(sum(k.conj().T @ k for k in kraus) - np.eye(4)).max() < 1e-12


def test_other_schemes_say_why_they_have_no_circuit():
    for link in (HeraldedLink(scheme="midpoint_source"), HeraldedLink(bell_measurement="complete")):
        with pytest.raises(ValueError, match=r"link must be a HeraldedLink of linear optics.*Try BellPair\(link"):
            HeraldedAttempt(link=link)
    with pytest.raises(ValueError, match="One click comes from one photon"):
        HeraldedLink(scheme="single_click", bell_measurement="complete")
    with pytest.raises(ValueError, match="transmittance"):
        Arm(transmittance=2)


def test_without_light_no_pair_can_be_read():
    with pytest.raises(ValueError, match="some attempts must be heralded"):
        run(HeraldedAttempt(link=HeraldedLink(emission_efficiency=0.0)))["fidelity"]


@pytest.mark.parametrize("protocol", [BellPair(link=NOISY), HeraldedAttempt(link=dataclasses.replace(
    NOISY, scheme="single_click"))], ids=lambda protocol: type(protocol).__name__)
def test_the_same_noise_as_a_noise_model(protocol):
    """Labelled identities and a NoiseModel give the probabilities that binding gives."""
    circuits, model = as_noise_model(protocol)
    exact = dict(run(protocol).outcomes)
    simulator = AerSimulator(method="density_matrix", noise_model=model)
    for setting, circuit in circuits.items():
        found = simulator.run(defer(circuit)).result().data()[SAVED]
        for index, p in enumerate(found):
            key = " ".join(str(index >> i & 1) for i in range(circuit.num_clbits))
            assert p == pytest.approx(exact[setting][key], abs=1e-9)
