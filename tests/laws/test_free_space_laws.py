"""Laws of light in the open and of passes, tried on random settings."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qnetlab import (
    DoubleDownlink,
    FreeSpacePath,
    PassKey,
    SatellitePass,
    Telescopes,
    WeakCoherentSource,
    from_json,
    to_json,
)
from qnetlab.theory import orbits

scopes = st.builds(
    lambda nm, waist, worse, transmitter, receiver, pointing, optics: Telescopes(
        wavelength_nm=nm, waist_m=waist, divergence_urad=worse and 2e-3 * nm / (math.pi * waist) * worse,
        transmitter_diameter_m=transmitter, receiver_diameter_m=receiver, pointing_urad=pointing,
        receiver_efficiency=optics),
    st.floats(400, 2000), st.floats(0.01, 1), st.none() | st.floats(1.01, 50), st.floats(0.01, 5), st.floats(0.01, 5),
    st.floats(0, 50), st.floats(0.01, 1))
paths = st.builds(
    lambda km, ends, per_km, air, wander: FreeSpacePath(
        length_km=km, telescopes=ends, attenuation_db_per_km=per_km, atmosphere_db=air, wander_urad=wander),
    st.floats(0, 40_000), scopes, st.floats(0, 0.5), st.floats(0, 30), st.floats(0, 30))
flights = st.builds(
    lambda altitude, low, above, ends, air, way: SatellitePass(
        altitude_km=altitude, min_elevation_deg=low, culmination_deg=low + above * (90 - low), telescopes=ends,
        zenith_transmittance=air, direction=way),
    st.floats(200, 36_000), st.floats(1, 60), st.floats(0, 1), scopes, st.floats(0.05, 1),
    st.sampled_from(["down", "up"]))


@given(paths)
def test_losses_are_losses_and_multiply(path):
    shares = [10 ** (-loss / 10) for loss in path.budget.values()]
    assert all(0 <= share <= 1 + 1e-12 for share in shares)
    assert path.transmittance == pytest.approx(math.prod(shares), rel=1e-9, abs=1e-300)
    assert path.loss_db == pytest.approx(float(path.loss_db_at(path.length_km)), rel=1e-12)
    both = DoubleDownlink(alice=path, bob=path)
    assert both.transmittance == pytest.approx(path.transmittance**2, rel=1e-9, abs=1e-300)
    assert path.lossless.transmittance == 1 and path.lossless.delay_s == pytest.approx(path.delay_s)
    assert from_json(to_json(both)) == both


@given(paths, st.floats(1.01, 10))
def test_farther_or_smaller_or_shakier_never_helps(path, more):
    ends = path.telescopes
    assert path.loss_db_at(more * path.length_km + 1) >= path.loss_db - 1e-9
    for worse in (replace(ends, receiver_diameter_m=ends.receiver_diameter_m / more),
                  replace(ends, transmitter_diameter_m=ends.transmitter_diameter_m / more),
                  replace(ends, pointing_urad=ends.pointing_urad * more + 1),
                  replace(ends, divergence_urad=ends.full_angle_urad * more)):
        assert replace(path, telescopes=worse).loss_db >= path.loss_db - 1e-9


@given(paths)
def test_far_away_twice_the_distance_is_a_quarter_of_the_light(path):
    vacuum = replace(path, attenuation_db_per_km=0)
    assert float(vacuum.loss_db_at(2e9)) - float(vacuum.loss_db_at(1e9)) == pytest.approx(10 * math.log10(4), abs=1e-3)


@given(paths, st.floats(0, 60))
def test_the_longest_path_of_a_budget(path, more):
    budget = float(path.loss_db_at(0.0)) + more
    km = path.length_km_at(budget)
    if 0 < km < math.inf:
        assert float(path.loss_db_at(km)) == pytest.approx(budget, abs=1e-5) or km < 1e-8


@given(flights, st.floats(0, 1))
def test_a_pass_is_highest_and_nearest_in_its_middle(flight, share):
    t = share * flight.duration_s / 2
    assert flight.range_km(t) == pytest.approx(flight.range_km(-t), rel=1e-12)
    assert flight.range_km(t) >= flight.range_km(0.0) - 1e-9
    assert flight.elevation_deg(0.0) == pytest.approx(flight.culmination_deg, abs=1e-5)
    assert flight.min_elevation_deg - 1e-6 <= flight.elevation_deg(t) <= flight.culmination_deg + 1e-5
    assert flight.range_km(t) == pytest.approx(
        float(orbits.slant_range_km(flight.altitude_km, flight.elevation_deg(t))), rel=1e-6)
    assert flight.at(t).loss_db == pytest.approx(float(flight.loss_db(t)), rel=1e-9)
    assert flight.loss_db(t) >= flight.loss_db(0.0) - 1e-9
    times = flight.times_s(5.0)
    assert np.sum(times) == pytest.approx(0, abs=1e-6 * max(1, flight.duration_s) * len(times))


@given(flights, st.floats(0, 1e5))
def test_a_brighter_sky_never_makes_a_key(flight, background):
    dark = PassKey(orbit=flight, source=WeakCoherentSource(
        repetition_rate_hz=1e8, intensities=(0.5, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)),
        step_s=max(1.0, flight.duration_s / 50), misalignment_error=0.01)
    assert 0 <= dark.key_bits <= dark.sifted_bits
    assert replace(dark, background_rate_hz=background).key_bits <= dark.key_bits + 1
