"""What holds for every attack, whatever its strength."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qnetlab import (
    BB84,
    BBM92,
    E91,
    Blinding,
    Detector,
    Fiber,
    InterceptResend,
    Link,
    NoAttack,
    OptimalIndividual,
    PhotonNumberSplitting,
    PhotonPairSource,
    WeakCoherentSource,
)
from qnetlab.theory.attacks import collective_information, intercept_resend, optimal_individual
from qnetlab.theory.detector_attacks import faked_states, time_shift_information
from qnetlab.theory.splitting import (
    beam_splitting_known,
    split_clicks,
    splitting_gain,
    splitting_known,
    unambiguous_gain,
)

SHARES = st.floats(0, 1)
MEANS = st.floats(0.01, 2)
ATTACKS = st.one_of(
    st.just(NoAttack()),
    st.builds(InterceptResend, fraction=SHARES, basis=st.sampled_from(("random", "Z", "breidbart"))),
    st.builds(OptimalIndividual, disturbance=st.floats(0, 0.5)),
    st.builds(PhotonNumberSplitting, singles=SHARES, kept=SHARES, line=st.sampled_from(("lossless", "same"))),
    st.builds(Blinding, efficiency=SHARES))


@given(fraction=SHARES, basis=st.sampled_from(("random", "Z", "X", "breidbart")))
def test_no_measuring_beats_the_cloner_and_no_cloner_the_bound(fraction, basis):
    """At the same error rates: photon by photon, and then all together."""
    seen = intercept_resend(fraction, basis)
    assert 0 <= seen.information <= 1
    if basis in ("random", "breidbart"):
        best = optimal_individual(seen.qber)
        assert seen.information <= best.information + 1e-12
        assert best.information <= collective_information(seen.qber) + 1e-12
    else:  # what is learned of one basis shows in the other
        assert seen.information_z <= collective_information(seen.qber_x) + 1e-12
        assert seen.information_x <= collective_information(seen.qber_z) + 1e-12


@given(mu=MEANS, single=SHARES, rest=st.floats(0.001, 1), kept=SHARES, background=st.floats(0, 0.1))
def test_gains_and_knowledge_are_shares_and_grow_with_what_she_sends(mu, single, rest, kept, background):
    ways = {"single_transmittance": single, "rest_transmittance": rest, "background": background}
    gain, more = (float(splitting_gain(mu, kept=k, **ways)) for k in (kept, 1.0))
    assert -1e-12 <= gain <= more + 1e-12 <= 1 + 1e-9
    if gain > 1e-9:
        assert -1e-9 <= float(splitting_known(mu, kept=kept, **ways)) <= 1 + 1e-9
    assert float(split_clicks(mu, rest / 2)) <= float(split_clicks(mu, rest)) + 1e-12
    assert 0 <= float(beam_splitting_known(mu, rest)) <= 1
    assert unambiguous_gain(mu) <= float(splitting_gain(mu, single_transmittance=0.0, rest_transmittance=1.0)) + 1e-12


@given(r=SHARES)
def test_detectors_that_are_alike_give_nothing_away(r):
    assert -1e-12 <= float(time_shift_information(r)) <= 1
    assert 0 <= faked_states(r).qber <= 0.5
    assert float(faked_states(r).information) <= 1 + 1e-12
    assert float(time_shift_information(1.0)) == pytest.approx(0, abs=1e-12)


@settings(max_examples=40)
@given(attack=ATTACKS, mu=st.floats(0.2, 1), km=st.floats(0, 80), dark=st.floats(0, 1e5))
def test_every_number_of_an_attacked_line_is_a_share(attack, mu, km, dark):
    line = BB84(source=WeakCoherentSource(intensities=(mu, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)), attack=attack,
                fiber=Fiber(length_km=km, attenuation_db_per_km=0.2),
                detector=Detector(efficiency=0.3, dark_count_rate_hz=dark))
    for name, number in line.theory().items():
        assert -1e-12 <= number <= 1 + 1e-12, name
    for name in ("gain_0", "gain_1", "gain_2"):
        assert line.theory()[name] <= replace(line, attack=NoAttack(), fiber=Fiber(), detector=Detector(
            dark_count_rate_hz=dark)).theory()[name] + 1e-12  # nobody makes light


@given(f=st.floats(0.25, 1), noise=st.sampled_from(("white", "dephasing")))
def test_the_errors_of_two_bases_bound_the_bell_test(f, noise):
    """S at these settings is 2 sqrt(2) (1 - Qz - Qx), for every pair of this kind."""
    link = Link(source=PhotonPairSource(fidelity=max(f, 0.5) if noise == "dephasing" else f, noise=noise))
    errors, seen = BBM92(link=link).theory(), E91(link=link).theory()
    assert seen["s"] == pytest.approx(2 * np.sqrt(2) * (1 - errors["qber_z"] - errors["qber_x"]), abs=1e-9)
