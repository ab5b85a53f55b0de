"""Numbers of the literature and of the hand, for photons, clicks and BB84."""

import math
from dataclasses import replace

import pytest

from qnetlab import BB84, Detector, Fiber, SinglePhotonSource, WeakCoherentSource, presets, published, run
from qnetlab.theory.photons import click_origins, dead_time_rate, mean_wait_s, misalignment_error, poisson, yield_of

GYS = BB84(source=replace(presets.gys_laser(), intensities=(0.1,)), fiber=presets.gys_fiber(length_km=122),
           detector=presets.gys_detector(), misalignment_rad=math.asin(math.sqrt(0.033)))


@pytest.mark.parametrize(("rate_hz", "dead_time_s", "seen"), [(1e6, 1e-6, 500_000), (5e5, 50e-9, 487_804.878)])
def test_dead_time(rate_hz, dead_time_s, seen):
    assert dead_time_rate(rate_hz, dead_time_s) == pytest.approx(seen, abs=1e-3)


@pytest.mark.parametrize(("degrees", "error"), [(5, 0.00759612), (10.467, 0.0330037)])
def test_misalignment(degrees, error):
    angle = math.radians(degrees)
    assert misalignment_error(angle) == pytest.approx(error, abs=1e-7)
    assert run(BB84(misalignment_rad=angle))["qber"].value == pytest.approx(error, abs=1e-7)


@pytest.mark.parametrize(("length_km", "wait_s"), [(500, 10.0), (600, 1000.0), (1000, 1e11)])
def test_the_wait_for_a_photon(length_km, wait_s):
    fiber = Fiber(length_km=length_km, attenuation_db_per_km=0.2)
    assert mean_wait_s(1e9, fiber.transmittance) == pytest.approx(wait_s, rel=1e-9)
    far = BB84(fiber=fiber, source=SinglePhotonSource(repetition_rate_hz=1e9))
    assert 1 / (run(far)["gain_0"].value * 1e9) == pytest.approx(wait_s, rel=1e-9)


@pytest.mark.parametrize(("length_km", "percent"), [(60, 3.6), (122, 9.0), (150, 19.5)])
def test_a_plateau_and_then_a_cliff(length_km, percent):
    line = replace(GYS, fiber=presets.gys_fiber(length_km=length_km))
    assert 100 * run(line)["qber"].value == pytest.approx(percent, abs=0.06)


def test_the_published_error_rate_of_122_km():
    """8.9 % were published; what students expect instead lies far away."""
    measured = published.row("FIB01")["qber"].value
    assert run(GYS)["qber"].value == pytest.approx(0.0895576, abs=1e-6)
    assert abs(run(GYS)["qber"].value - measured) < 0.001
    for wrong in (replace(GYS, detector=replace(GYS.detector, dark_count_rate_hz=0)),
                  replace(GYS, fiber=Fiber(length_km=122, attenuation_db_per_km=0.105))):
        assert abs(run(wrong)["qber"].value - measured) > 0.05


def test_twelve_percent_of_the_clicks_at_122_km_are_dark():
    eta = GYS.fiber.transmittance * GYS.detector.efficiency
    one, many, dark = click_origins(0.1, eta, GYS.detector.dark_count_probability)
    assert dark / (one + many + dark) == pytest.approx(0.121, abs=1e-3)


def test_photon_numbers():
    p = poisson(0.1)
    assert [round(100 * share, 2) for share in p[:2]] == [90.48, 9.05]
    assert round(100 * float(p[2:].sum()), 2) == 0.47
    assert round(float(p[2:].sum() / (1 - p[0])), 3) == 0.049


def test_yields_sum_up_to_the_gain():
    """Q = sum P(n) Y_n, with Y_0 = 1 - (1-d)^2: what decoys rest on."""
    d, eta, mu = 8.5e-7, 0.045, 0.48
    assert yield_of(0, eta, d) == pytest.approx(1.7e-6, rel=1e-6)
    gain = sum(p * yield_of(n, eta, d) for n, p in enumerate(poisson(mu)))
    assert gain == pytest.approx(2.137005426e-2, rel=1e-9)
    protocol = BB84(source=WeakCoherentSource(intensities=(mu,)), misalignment_rad=math.asin(math.sqrt(0.033)),
                    detector=Detector(efficiency=eta, dark_count_rate_hz=-math.log1p(-d) / 1e-9))
    assert run(protocol)["gain_0"].value == pytest.approx(gain, rel=1e-9)
    assert run(protocol)["qber"].value == pytest.approx(0.033037912, abs=1e-9)


@pytest.mark.parametrize(("probability", "kept"), [(0.5, 0.5), (0.9, 0.82), (0.99, 0.9802)])
def test_biased_bases_keep_more(probability, kept):
    assert run(BB84(basis_probability=probability))["sifted_fraction"].value == pytest.approx(kept, abs=1e-9)
