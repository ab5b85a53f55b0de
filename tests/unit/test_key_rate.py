"""The engineer's front door: data sheets in, bits per second out, and never without its terms."""

import dataclasses
import math

import numpy as np
import pytest

from qnetlab import (
    BB84,
    Counts,
    Detector,
    Fiber,
    SecretKeyRate,
    SinglePhotonSource,
    WeakCoherentSource,
    run,
    secret_key_length,
    sensitivity,
)
from qnetlab.fields import at, rebuilt
from qnetlab.network.systems import gys_2004, ingaas_system, snspd_system
from qnetlab.network.tuning import climb
from qnetlab.theory.decoy import decoy_rate, gllp_rate
from qnetlab.theory.decoy_bounds import one_decoy_bounds, vacuum_weak_bounds
from qnetlab.theory.key_rates import repeaterless_bound
from qnetlab.theory.pulses import seen

TWO_DECOYS = WeakCoherentSource(intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1))
FAR = Detector(efficiency=0.2, dark_count_rate_hz=500)


def link(**other):
    given = {"source": TWO_DECOYS, "fiber": Fiber(length_km=60, attenuation_db_per_km=0.2), "detector": FAR,
             "misalignment_error": 0.01}
    return SecretKeyRate(**{**given, **other})


# -------------------------------------------------------------------------------------------- agrees with theory


def test_gys_from_its_data_sheet():
    """142.0 km, and the published rate at 100 km; exact clicks move it by parts in 1e5."""
    gys = gys_2004(length_km=100)
    assert gys.reach_km == pytest.approx(142.0145, abs=0.01)
    assert gys.bits_per_pulse == pytest.approx(1.71844e-5, rel=1e-4)
    assert gys.bits_per_s == pytest.approx(2e6 * gys.bits_per_pulse)
    assert gys_2004(length_km=122).qber == pytest.approx(2.804e-6 / 6.092e-5, abs=5e-5)  # by hand
    assert gys_2004(length_km=50).tuned().source.intensities[0] == pytest.approx(0.479, abs=5e-3)
    assert gys_2004(length_km=142).tuned().source.intensities[0] == pytest.approx(0.4264, abs=5e-3)


@pytest.mark.parametrize(("source", "decoys"), [
    (TWO_DECOYS, "vacuum+weak"), (WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.8, 0.2)), "one"),
    (WeakCoherentSource(intensities=(0.01,)), "none"),
])
def test_the_number_of_intensities_says_the_method(source, decoys):
    rate = link(source=source, fiber=Fiber(length_km=10, attenuation_db_per_km=0.2))
    line = {"background": 1 - (1 - 5e-7) ** 2, "misalignment": 0.01}
    by_hand = source.probabilities[0] * decoy_rate(decoys, source.intensities[0], rate.transmittance, **line,
                                                   weak_intensity=0.1, error_correction=1.16)
    assert by_hand > 0
    if decoys == "none":
        assert rate.bits_per_pulse == pytest.approx(by_hand, rel=1e-9)
    else:  # the decoy's own bits come on top
        both = [seen(mu, rate.transmittance, **line) for mu in source.intensities]
        single = (one_decoy_bounds(*both, intensity=0.5, weak_intensity=0.1) if decoys == "one"
                  else vacuum_weak_bounds(*both[:2], intensity=0.5, weak_intensity=0.1, background=line["background"]))
        more = source.probabilities[1] * gllp_rate(both[1], single, intensity=0.1, error_correction=1.16)
        assert more > 0
        assert rate.bits_per_pulse == pytest.approx(by_hand + more, rel=1e-9)


def test_expected_clicks_are_those_of_the_protocol():
    bb84 = BB84(source=TWO_DECOYS, fiber=Fiber(length_km=60, attenuation_db_per_km=0.2), detector=FAR,
                misalignment_rad=0.1, basis_probability=0.8)
    rate, seen = SecretKeyRate.of(bb84), run(bb84)
    for k in range(3):
        assert rate.expectation.gains[k] == pytest.approx(seen[f"gain_{k}"].value, rel=1e-9)
    assert SecretKeyRate.of(bb84, block_bits=1e7).qber == pytest.approx(seen["qber"].value, rel=1e-9)
    assert SecretKeyRate.of(bb84, error_correction=1.22).error_correction == 1.22
    with pytest.raises(TypeError, match="needs a BB84 protocol; got missing=.* Try BB84"):
        SecretKeyRate.of(Fiber())


def test_single_photons():
    perfect = SecretKeyRate(source=SinglePhotonSource())
    assert perfect.bits_per_pulse == pytest.approx(0.5) and perfect.qber == 0 and perfect.reach_km == math.inf
    assert str(perfect.reach_km) == "inf"
    dim = link(source=SinglePhotonSource(brightness=0.5, g2=0.01), fiber=Fiber())
    assert 0 < dim.bits_per_pulse < link(source=SinglePhotonSource(brightness=0.5), fiber=Fiber()).bits_per_pulse
    finite = link(source=SinglePhotonSource(), block_bits=1e6)
    assert 0 < finite.key_bits < 1e6
    assert finite.bits_per_pulse < link(source=SinglePhotonSource()).bits_per_pulse


@pytest.mark.parametrize(("rate", "what"), [
    (snspd_system(length_km=80, block_bits=1e7), "laser pulses"),
    (link(block_bits=1e7, basis_probability=0.8), "laser pulses"),
    (link(source=SinglePhotonSource(), block_bits=1e6, basis_probability=0.8), "single photons"),
])
def test_the_expected_record_has_the_expected_key(rate, what):
    """What a session is expected to count, rounded, distills to the length that the rate says."""
    expected, z = rate.expectation, rate.basis_probability
    shares = np.array(rate.source.choice_probabilities)
    sent = float(expected.pulses) * shares[:, None] * np.array([[z, 1 - z]])
    sifted = sent * np.array(expected.gains)[:, None] * np.array([[z, 1 - z]])
    line = {"background": 1 - (1 - rate.detector.dark_count_probability) ** 2, "misalignment": rate.misalignment_error}
    wrong = np.array([rate.qber if what == "single photons" else float(seen(mu, rate.transmittance, **line).qber)
                      for mu in rate.source.mean_photon_numbers])
    counts = Counts(intensities=rate.source.mean_photon_numbers, probabilities=tuple(shares),
                    **{name: np.rint(table).astype(int) for name, table in
                       (("sent", sent), ("sifted", sifted), ("errors", sifted * wrong[:, None]))})
    found = secret_key_length(counts, source=what, error_correction=rate.error_correction)
    assert found.bits == pytest.approx(rate.key_bits, rel=1e-3)


def test_longer_blocks_come_closer_to_no_end():
    rates = [link(block_bits=n, basis_probability=0.8).bits_per_pulse for n in (1e4, 1e5, 1e6, 1e7, 1e8, 1e10)]
    assert rates[0] == 0 < rates[3]
    assert rates == sorted(rates)
    assert link(block_bits=1e4).key_bits == 0
    one_decoy = WeakCoherentSource(intensities=(0.5, 0.1), probabilities=(0.8, 0.2))
    for source in (TWO_DECOYS, one_decoy, SinglePhotonSource()):
        for z in (0.5, 0.7, 0.9):
            ends = [link(source=source, basis_probability=z, block_bits=n).bits_per_pulse for n in (1e12, math.inf)]
            assert 0.4 * ends[1] < ends[0] < ends[1]


def test_nothing_passes_the_repeaterless_bound():
    for system in (gys_2004, ingaas_system, snspd_system):
        fiber = system(length_km=1).fiber
        km = np.linspace(0.5, 400, 100)
        eta = 10 ** (-(fiber.attenuation_db_per_km * km + fiber.insertion_loss_db) / 10)
        assert np.all(system(length_km=1).bits_per_pulse_at(km) < repeaterless_bound(eta))


def test_a_curve_is_its_points():
    rate = link(block_bits=1e7)
    km = np.array([0.0, 30.0, 60.0])
    at_once = rate.bits_per_pulse_at(km)
    for here, length in zip(at_once, km, strict=True):
        one = dataclasses.replace(rate, fiber=dataclasses.replace(rate.fiber, length_km=length))
        assert max(0.0, here) == pytest.approx(one.bits_per_pulse, rel=1e-12)
    end = rate.reach_km
    assert rate.bits_per_pulse_at(end - 1e-6) > 0 >= rate.bits_per_pulse_at(end + 1e-6)


def test_dead_time_and_afterpulses_cost():
    quick = link(fiber=Fiber(length_km=5, attenuation_db_per_km=0.2))
    slow = dataclasses.replace(quick, detector=dataclasses.replace(FAR, dead_time_s=1e-6))
    clicks = float(quick.expectation.clicks)
    assert slow.bits_per_s == pytest.approx(quick.bits_per_s / (1 + 1e9 * clicks * 1e-6))
    assert slow.bits_per_pulse == quick.bits_per_pulse
    ringing = dataclasses.replace(quick, detector=dataclasses.replace(FAR, afterpulse_probability=0.02))
    assert ringing.qber == pytest.approx(quick.qber + 0.02 / 2 * clicks / float(quick.expectation.gains[0]), rel=0.1)
    assert ringing.bits_per_pulse < quick.bits_per_pulse


@pytest.mark.parametrize("system", [ingaas_system, snspd_system])
def test_the_modern_systems_work(system):
    rate = system(length_km=80, block_bits=1e7)
    assert rate.bits_per_s > 100 and 0.009 < rate.qber < 0.03
    assert rate.reach_km > 150
    assert rate.block_time_s > 0 and rate.key_bits > 1e6


# ------------------------------------------------------------------------------------------------------- its terms


def test_epsilon_and_terms_stand_beside_the_rate():
    for shown in (str(link(block_bits=1e7)), link(block_bits=1e7)._repr_html_()):
        for words in ("bit/s", "per pulse", "eps_sec = 1e-09", "eps_cor = 1e-15", "1e+07 sifted bits", "Lim 2014",
                      "1.16 times the Shannon limit", "trusted", "authenticated", "unknown phase", "scatters"):
            assert words in shown
    assert "no epsilon" in str(link()) and "infinitely many decoys" in str(gys_2004(length_km=10))
    assert "may be Eve's" in str(SecretKeyRate())
    assert "No pulse holds two" in str(SecretKeyRate(source=SinglePhotonSource()))
    assert str(gys_2004(length_km=200)).startswith("secret key            none")
    assert link(block_bits=1e7).assumptions[0].startswith("Secret but for eps_sec")


def test_the_numbers_by_name():
    named = link().theory()
    assert set(named) == {"transmittance", "qber", "bits_per_pulse", "bits_per_s", "reach_km", "repeaterless_bound"}
    assert all(type(x) is float for x in named.values())


@pytest.mark.parametrize(("other", "says"), [
    ({"source": WeakCoherentSource(intensities=(0.5,)), "block_bits": 1e6}, "must be inf without decoys"),
    ({"decoys": "infinite", "block_bits": 1e6}, "must be inf with infinite decoys"),
    ({"source": SinglePhotonSource(g2=0.1), "block_bits": 1e6}, "must be inf for a source with g2 > 0"),
    ({"source": WeakCoherentSource(intensities=(0.5, 0.0), probabilities=(0.5, 0.5))}, "a decoy that holds some light"),
    ({"source": WeakCoherentSource(intensities=(0.5, 0.3, 0.25), probabilities=(0.4, 0.3, 0.3))}, "mu1 > mu2 \\+ mu3"),
    ({"source": WeakCoherentSource(intensities=(0.5, 0.3, 0.1, 0), probabilities=(0.25,) * 4)}, "at most three"),
    ({"source": WeakCoherentSource(intensities=(0.0,))}, "some light"),
    ({"source": SinglePhotonSource(brightness=0)}, "some light"),
])
def test_what_no_bound_covers_is_refused_in_words(other, says):
    with pytest.raises(ValueError, match=f"{says}.*; got .* Try "):
        link(**other)


# -------------------------------------------------------------------------------------------- tuned, and sensitive


def test_tuning_never_loses():
    lossy = SecretKeyRate(fiber=Fiber(length_km=10, attenuation_db_per_km=1))
    for rate in (link(block_bits=1e6, basis_probability=0.9), link(), lossy,
                 ingaas_system(length_km=100, block_bits=1e6)):
        best = rate.tuned()
        assert best.bits_per_s >= rate.bits_per_s
        assert best.fiber == rate.fiber and best.detector == rate.detector
        assert best.tuned().bits_per_s == pytest.approx(best.bits_per_s, rel=1e-3)
    with pytest.raises(TypeError, match="can be tuned; got .* Try"):
        SecretKeyRate(source=SinglePhotonSource()).tuned()


def test_tuning_finds_a_key_where_there_was_none():
    lost = SecretKeyRate(fiber=Fiber(length_km=50, attenuation_db_per_km=0.2))
    assert lost.bits_per_pulse == 0 < lost.tuned().bits_per_pulse


def test_where_no_setting_helps_the_link_stays():
    hopeless = link(fiber=Fiber(length_km=300, attenuation_db_per_km=0.2), block_bits=1e6)
    assert hopeless.tuned() == hopeless


def test_small_blocks_get_the_bases_they_need():
    small = ingaas_system(length_km=50, block_bits=1e5)
    assert small.bits_per_s == 0 < small.tuned().bits_per_s
    assert small.tuned().basis_probability < ingaas_system(length_km=50, block_bits=1e8).tuned().basis_probability


def test_climbing():
    x, y = climb(lambda at: -((math.log(at[0]) - math.log(at[1])) ** 2) - (at[0] - 2) ** 2, (1.0, 7.0))
    assert (x, y) == pytest.approx((2, 2), rel=1e-3)


def test_sensitivity_is_the_slope():
    rate = gys_2004(length_km=80)
    found = {row.name: row for row in sensitivity(rate).influences}
    assert found["source.repetition_rate_hz"].elasticity == pytest.approx(1, abs=1e-6)
    for name in ("detector.efficiency", "detector.dark_count_rate_hz", "misalignment_error", "fiber.length_km"):
        up, down = (rebuilt(rate, {name: at(rate, name) * k}).bits_per_s for k in (1.01, 1 / 1.01))
        assert found[name].elasticity == pytest.approx(math.log(up / down) / (2 * math.log(1.01)), rel=2e-3)
    assert found["detector.dead_time_s"].elasticity is None
    assert "fiber.group_index" not in found and "block_bits" not in found
    order = [abs(row.elasticity) for row in sensitivity(rate).influences if row.elasticity is not None]
    assert order == sorted(order, reverse=True)


def test_uncertain_numbers_leave_an_interval():
    rate = gys_2004(length_km=120)
    widths = {"detector.dark_count_rate_hz": 100.0, "detector.efficiency": 0.002}
    found = sensitivity(rate, widths)
    alone = [sensitivity(rate, {name: width}) for name, width in widths.items()]
    assert found.bits_per_s - found.low == pytest.approx(math.hypot(*(a.bits_per_s - a.low for a in alone)))
    assert found.high - found.bits_per_s == pytest.approx(math.hypot(*(a.high - a.bits_per_s for a in alone)))
    more_dark = dataclasses.replace(rate, detector=dataclasses.replace(rate.detector, dark_count_rate_hz=950))
    assert alone[0].low == pytest.approx(more_dark.bits_per_s)
    assert sensitivity(rate).low == sensitivity(rate).high == rate.bits_per_s
    assert sensitivity(gys_2004(length_km=141), {"detector.dark_count_rate_hz": 400}).low == 0
    assert "bit/s, between" in str(found) and "no epsilon" in str(found)
    assert "percent of rate" in found._repr_html_()


@pytest.mark.parametrize(("rate", "widths", "error", "says"), [
    (gys_2004(length_km=200), None, ValueError, "a link with a key; got bits_per_s=0.0.*Try a length below 142"),
    (Fiber(), None, TypeError, "needs a SecretKeyRate; got"),
    (gys_2004(length_km=1), {"detector.color": 1}, KeyError, "must be of one of .*; got name='detector.color'"),
    (gys_2004(length_km=1), {"detector.efficiency": -1}, ValueError, "a number >= 0; got detector.eff"),
    (gys_2004(length_km=1), {"detector.efficiency": "1"}, ValueError, "a number >= 0"),
    (gys_2004(length_km=1), {"detector.efficiency": 10**400}, ValueError, "a number >= 0"),
    (gys_2004(length_km=1), 0.1, TypeError, "must be a mapping; got uncertainties=0.1.*Try"),
    (gys_2004(length_km=1), [1], TypeError, "must be a mapping"),
])
def test_bad_questions_are_answered_in_words(rate, widths, error, says):
    with pytest.raises(error, match=says):
        sensitivity(rate, widths)


@pytest.mark.parametrize("length_km", [-1, math.nan, math.inf, 10**400, "far", None, [1, -1], 1j])
def test_a_length_that_is_none(length_km):
    for ask in (link().bits_per_pulse_at, link().live_at):
        with pytest.raises(ValueError, match="length_km must be one or more finite lengths >= 0; got.*Try"):
            ask(length_km)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("source", [SinglePhotonSource(), WeakCoherentSource()])
@pytest.mark.parametrize("km", [0, 50, 1e6])
def test_a_detector_that_always_clicks_or_is_dead_for_ever_gives_no_key_and_no_warning(source, km):
    for detector in (Detector(dark_count_rate_hz=1e308), Detector(dead_time_s=1e308),
                     Detector(dark_count_rate_hz=1e308, dead_time_s=1e308)):
        rate = SecretKeyRate(source=source, detector=detector, fiber=Fiber(length_km=km, attenuation_db_per_km=0.2))
        assert rate.bits_per_s < 1e-290 and 0 <= rate.qber <= 0.5 and rate.block_time_s == math.inf
        assert str(rate)


def test_jitter_that_the_rate_does_not_count_is_said():
    late = str(SecretKeyRate(detector=Detector(jitter_s=5e-10)))
    assert "Jitter counts as none: 0.32 of the clicks would fall outside" in late  # one standard deviation
    assert "Jitter" not in str(SecretKeyRate()) + str(SecretKeyRate(detector=Detector(jitter_s=5e-11)))
