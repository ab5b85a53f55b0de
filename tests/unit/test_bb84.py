"""BB84, its sources and detectors: derived numbers, and what they say to a wrong call."""

import numpy as np
import pytest
from qiskit.transpiler import generate_preset_pass_manager
from qiskit_aer import AerSimulator
from qiskit_aer.primitives import SamplerV2

from qnetlab import BB84, Detector, Fiber, InterceptResend, SinglePhotonSource, WeakCoherentSource, bind, record, run
from qnetlab.devices.clicks import happens
from qnetlab.theory.photons import poisson


def test_there_are_eight_circuits_however_many_pulses():
    assert sorted(BB84().circuits()) == sorted(f"{a}{bit} {b}" for a in "ZX" for bit in "01" for b in "ZX")
    assert len(BB84(bases="ZXY").circuits()) == 18
    assert len(BB84(source=WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.5, 0.5))).circuits()) == 8
    assert "Z0 X eve Z" in BB84(attack=InterceptResend()).circuits()
    assert all(not name.endswith("pass") for name in BB84(attack=InterceptResend()).circuits())


def test_single_photon_source():
    source = SinglePhotonSource(brightness=0.5, g2=0.04)
    p = source.photon_number_distribution()
    assert p.sum() == pytest.approx(1) and 1 - p[0] == pytest.approx(0.5)
    assert 2 * p[2] / (p[1] + 2 * p[2]) ** 2 == pytest.approx(0.04)
    assert source.mean_photon_numbers[0] == pytest.approx(p[1] + 2 * p[2])
    assert SinglePhotonSource(brightness=1, g2=0.5).photon_number_distribution().tolist() == [0, 0, 1]
    with pytest.raises(ValueError, match=r"2\*g2\*brightness <= 1"):
        SinglePhotonSource(g2=1)
    with pytest.raises(ValueError, match="index from 0 to 0"):
        source.photon_number_distribution(1)


@pytest.mark.parametrize("mean", [0.0, 1e-5, 0.5, 4.0, 100.0])
def test_poisson(mean):
    p = poisson(mean)
    assert p.sum() == pytest.approx(1, abs=1e-12) and p @ np.arange(len(p)) == pytest.approx(mean, abs=1e-12, rel=1e-12)
    assert p[-1] < 1e-18


@pytest.mark.parametrize(("fields", "words"), [
    ({"intensities": (0.5, 0.1)}, "must be as many"),
    ({"intensities": (0.1, 0.5), "probabilities": (0.5, 0.5)}, "the strongest come first"),
    ({"intensities": (0.5, 0.1), "probabilities": (0.5, 0.4)}, "sum to 1"),
    ({"intensities": (0.5, 0.1), "probabilities": (1.0, 0.0)}, "all be > 0"),
    ({"intensities": (-0.5,)}, "from 0 to 100"),
    ({"intensities": ()}, "from 0 to 100"),
])
def test_decoys_that_make_no_sense(fields, words):
    with pytest.raises(ValueError, match=words):
        WeakCoherentSource(**fields)


def test_detector():
    assert Detector(dark_count_rate_hz=1e9).dark_count_probability == pytest.approx(1 - np.exp(-1))
    assert not Detector(efficiency=0.1, dark_count_rate_hz=5).remembers
    assert all(Detector(**{f: 1e-3}).remembers for f in ("dead_time_s", "afterpulse_probability", "jitter_s"))


def test_a_gate_longer_than_a_period():
    with pytest.raises(ValueError, match=r"gate_s \* repetition_rate_hz <= 1; got gate_s=2e-09 s"):
        BB84(detector=Detector(gate_s=2e-9))


@pytest.mark.parametrize(("call", "words"), [
    (lambda: BB84(source=Fiber()), "source must be a SinglePhotonSource or a WeakCoherentSource"),
    (lambda: BB84(attack="intercept"), "attack must be an attack"),
    (lambda: record(Fiber(), 10), "record needs a BB84"),
    (lambda: record(BB84(bases="ZXY"), 10), "record needs two bases"),
    (lambda: record(BB84(), 1.5), "pulses must be a whole number"),
    (lambda: record(BB84(), 0), "0 < pulses"),
    (lambda: run(BB84(detector=Detector(dead_time_s=1e-8))), "needs pulses that are independent"),
    (lambda: run(BB84(detector=Detector(dead_time_s=1e-8)), 10**11), "shots <= 1e"),
    (lambda: run(BB84(source=WeakCoherentSource(intensities=50)), 10**8, mode="shots"), "1e.08 photons can be shot"),
    (lambda: record(BB84(), 10**9), "can hold about 3e.07 clicks"),
    (lambda: run(BB84(detector=Detector(jitter_s=1e-10)), 10, mode="shots"), "must be independent"),
])
def test_a_wrong_call_is_answered_in_words(call, words):
    with pytest.raises((TypeError, ValueError), match=words) as caught:
        call()
    assert "Try " in str(caught.value)


def test_the_same_seed_gives_the_same_record():
    weak = BB84(source=WeakCoherentSource(), detector=Detector(efficiency=0.2, dead_time_s=3e-8))
    first, again, other = (record(weak, 100_000, rng=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.pulse, again.pulse) and np.array_equal(first.bob_bit, again.bob_bit)
    assert not np.array_equal(first.pulse, other.pulse)
    assert run(weak, 1000, rng=4) == run(weak, 1000, rng=4)


def test_a_session_longer_than_one_stretch_counts_every_pulse():
    long = record(BB84(detector=Detector(efficiency=1e-4, dark_count_rate_hz=1)), 3_000_000, rng=1)
    assert long.pulses == 3_000_000 and long.pulse[-1] > 2_900_000


def test_gaps_are_drawn_to_the_end():
    rng = np.random.default_rng(0)
    assert happens(100, 0.0, rng).size == 0 and happens(100, 1.0, rng).tolist() == list(range(100))
    assert happens(10**6, 1e-18, rng).size == 0
    found = happens(10**6, 0.01, rng)
    assert np.all(np.diff(found) > 0) and found[0] >= 0 and found[-1] < 10**6


def test_pulses_in_all_are_pulses_in_all():
    for mode in ("exact", "shots"):
        [(setting, seen)] = run(BB84(), 1000, rng=2, mode=mode).outcomes
        assert setting == "pulses" and seen.n == 1000 == sum(n for _, n in seen.weights)


def test_an_ideal_photon_on_another_sampler():
    seen = run(BB84(source=SinglePhotonSource(brightness=0.5)), 400, sampler=SamplerV2(seed=3),
               pass_manager=generate_preset_pass_manager(0, AerSimulator()))
    assert seen["qber"].value == 0 and 0.3 < seen["gain_0"].value < 0.7


def test_bound_circuits_are_for_aer():
    protocol = BB84(fiber=Fiber(length_km=10, attenuation_db_per_km=0.2))
    names = {i.operation.name for i in bind(protocol.circuits()["X1 Z"], protocol.devices()).data}
    assert "kraus" in names and not any(name.startswith("marker") for name in names)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("detector", [Detector(jitter_s=1e308), Detector(jitter_s=1e20), Detector(dead_time_s=1e308),
                                      Detector(dead_time_s=1e308, afterpulse_probability=0.9)])
def test_a_detector_that_is_late_or_dead_for_ever_is_recorded_as_that(detector):
    session = record(BB84(detector=detector), 1000, rng=1)
    assert len(session) == (0 if detector.jitter_s else 2)  # the first click of each detector
