"""Geometry, beams and air: numbers worked out by hand or by another program."""

import math

import numpy as np
import pytest

from qnetlab import FreeSpacePath, SatellitePass, Telescopes
from qnetlab.theory import free_space, orbits, turbulence

OVERHEAD = SatellitePass(
    altitude_km=500, zenith_transmittance=0.7, min_elevation_deg=10,
    telescopes=Telescopes(wavelength_nm=850, waist_m=0.10, transmitter_diameter_m=0.3, receiver_diameter_m=1,
                          pointing_urad=1))


@pytest.mark.parametrize(("elevation", "km"), [(90, 500), (30, 909.424938), (10, 1694.567221)])
def test_slant_range(elevation, km):
    assert orbits.slant_range_km(500, elevation) == pytest.approx(km, abs=1e-6)


@pytest.mark.parametrize(("t_s", "km", "elevation"), [(60, 666.013800, 46.712729), (-120, 1011.652875, 25.736924)])
def test_where_the_satellite_is(t_s, km, elevation):
    assert OVERHEAD.range_km(t_s) == pytest.approx(km, abs=1e-6)
    assert OVERHEAD.elevation_deg(t_s) == pytest.approx(elevation, abs=1e-6)


def test_period_and_duration():
    assert orbits.period_s(500) == pytest.approx(5668.144369, abs=1e-6)
    assert OVERHEAD.duration_s == pytest.approx(442.635950, abs=1e-6)
    assert orbits.pass_duration_s(500, 90, 20) == pytest.approx(295.643796, abs=1e-6)


def test_the_pass_agrees_with_points_in_space():
    """The same by vectors: a circle in a plane that misses the station by psi."""
    t = np.linspace(-200, 200, 41)
    beside = orbits.ground_angle_rad(500, 60)
    angle = 2 * math.pi * t / orbits.period_s(500)
    orbit = orbits.EARTH_RADIUS_KM + 500
    satellite = orbit * np.array([np.cos(angle) * math.cos(beside), np.sin(angle), np.cos(angle) * math.sin(beside)])
    station = np.array([orbits.EARTH_RADIUS_KM, 0.0, 0.0])
    away = satellite - station[:, None]
    distance = np.linalg.norm(away, axis=0)
    seen = orbits.pass_sight(500, 60, t)
    assert seen.range_km == pytest.approx(distance, rel=1e-12)
    assert seen.elevation_deg == pytest.approx(np.degrees(np.arcsin(away[0] / distance)), abs=1e-9)
    assert seen.elevation_deg.max() == pytest.approx(60, abs=1e-9)


@pytest.mark.parametrize(("elevation", "radius", "losses"), [
    (90, 1.356508, (0.048516, 6.235432, 1.684905, 1.549020, 9.517872)),
    (30, 2.462602, (0.048516, 11.015990, 1.828249, 3.098039, 15.990793)),
])
def test_a_budget_by_hand(elevation, radius, losses):
    t = 0.0 if elevation == 90 else orbits.pass_duration_s(500, 90, elevation) / 2
    path = OVERHEAD.at(t)
    assert path.telescopes.beam_radius_m(path.length_km) == pytest.approx(radius, abs=1e-6)
    assert free_space.beam_radius_m(path.length_km, 0.10, 850) == pytest.approx(radius, abs=1e-6)
    found = [path.budget[name] for name in ("truncation", "diffraction", "pointing", "atmosphere")]
    assert [*found, path.loss_db] == pytest.approx(losses, abs=1e-6)
    assert OVERHEAD.loss_db(t) == pytest.approx(path.loss_db, abs=1e-12)
    assert path.budget["wander"] == path.budget["receiver"] == 0


def test_the_convention_alone_is_worth_3_db():
    gaussian = -10 * math.log10(free_space.gaussian_capture(1.0, 6.0))
    disc = -10 * math.log10(free_space.disc_capture(1.0, 1200, 10))
    assert (gaussian, disc) == (pytest.approx(18.6034, abs=1e-4), pytest.approx(21.5836, abs=1e-4))
    assert disc - gaussian == pytest.approx(10 * math.log10(2), abs=0.04)
    scopes = Telescopes(wavelength_nm=848.6, waist_m=0.15, receiver_diameter_m=1)  # 300 mm, as sharp as can be
    assert FreeSpacePath(length_km=1200, telescopes=scopes).loss_db == pytest.approx(9.93, abs=0.03)


def test_scintillation_of_the_table():
    """ITU-R P.1622, table 2, as printed to two digits; each of the listed mistakes falls out of it."""
    for wind, printed in ((21, (0.23, 0.13, 0.10, 0.07)), (30, (0.36, 0.21, 0.16, 0.10))):
        found = [float(turbulence.scintillation_variance(nm, 75, wind_m_per_s=wind)) for nm in (532, 850, 1064, 1550)]
        assert found == pytest.approx(printed, rel=0.065)
    exact = [0.233271, 0.135032, 0.103910, 0.0669941]
    found = [float(turbulence.scintillation_variance(nm, 75)) for nm in (532, 850, 1064, 1550)]
    assert found == pytest.approx(exact, abs=1e-6)
    zenith_taken_for_elevation = float(turbulence.scintillation_variance(850, 15))
    assert zenith_taken_for_elevation > 10 * 0.13
    radius_for_wavelength = float(turbulence.scintillation_variance(850 * 2 * math.pi, 75))
    assert radius_for_wavelength < 0.13 / 8


def test_the_moments_agree_with_another_way_of_integrating():
    h = np.linspace(5.5, 30_000, 600_001)
    for power in (0.0, 5 / 6, 2.0):
        by_rule = np.trapezoid(turbulence.hufnagel_valley(h) * h**power, h)
        assert turbulence._moment(power, 21.0, 1.7e-14, 5.5) == pytest.approx(by_rule, rel=1e-6)


def test_beam_wander_is_the_tilt_of_the_air():
    """From the spectrum of turbulence, term by term, and against the known form for air that is the same all along."""
    waist = 0.1
    kappa = np.geomspace(1e-4, 1e4, 400_001)
    # Mean square tilt of a Gaussian beam: 4 pi^2 0.033 int kappa^(-2/3) exp(-kappa^2 w^2/4) dkappa, both axes.
    tilt = 4 * math.pi**2 * 0.033 * np.trapezoid(kappa ** (-2 / 3) * np.exp(-(kappa * waist) ** 2 / 4), kappa)
    tilt += 4 * math.pi**2 * 0.033 * 3 * kappa[0] ** (1 / 3)
    assert tilt == pytest.approx(4.568 * waist ** (-1 / 3), rel=2e-3)
    assert 4.568 * waist ** (-1 / 3) / 3 == pytest.approx(1.90 * (2 * waist) ** (-1 / 3), rel=0.01)
    h = np.linspace(0, 30_000, 300_001)
    air = np.trapezoid(turbulence.hufnagel_valley(h) * (1 - h / 500e3) ** 2, h)
    by_hand = 1e6 * math.sqrt(4.568 * waist ** (-1 / 3) * air / 2)
    assert turbulence.beam_wander_urad(waist, 90, 500) == pytest.approx(by_hand, rel=1e-5)


def test_how_often_it_comes():
    """The earth turns under an orbit over the poles: every tenth of a degree, counted."""
    latitude, orbits_seen, high = math.radians(40), 3600, 0
    edge = float(orbits.ground_angle_rad(500, 20))
    node = 2 * math.pi * (np.arange(orbits_seen) + 0.5) / orbits_seen
    along = np.linspace(0, 2 * math.pi, 721)
    station = np.array([math.cos(latitude), 0.0, math.sin(latitude)])
    for longitude in node:
        x, z = np.cos(along) * math.cos(longitude), np.sin(along)
        high += bool(np.max(station[0] * x + station[2] * z) >= math.cos(edge))
    per_day = high / orbits_seen * 86_400 / float(orbits.period_s(500))
    assert float(orbits.passes_per_day(500, 20, 40)) == pytest.approx(per_day, rel=5e-3)


def test_chance_pairs():
    """15 true pairs for each accidental one: 3.125 % of the bits are wrong, by itself."""
    fidelity = free_space.fidelity_among_accidentals(1.0, 15.0)
    assert 2 * (1 - fidelity) / 3 == pytest.approx(0.03125, abs=1e-12)
    for error, snr in ((0.02, 15.0), (0.0, 0.0), (0.081, 1e9)):
        mixed = free_space.fidelity_among_accidentals(1 - 3 * error / 2, snr)
        assert 2 * (1 - mixed) / 3 == pytest.approx((error * snr + 0.5) / (snr + 1), abs=1e-12)
    assert free_space.accidental_rate_hz(5e3, 8e3, 2.5e-9) == pytest.approx(0.1)


def test_background_light():
    """By hand: a photon of 850 nm has 2.337e-19 J."""
    found = free_space.background_photons_hz(radiance=1.0, field_of_view_urad=100, diameter_m=1, filter_nm=1,
                                             wavelength_nm=850)
    solid, area = math.pi * (100e-6) ** 2 / 4, math.pi / 4
    assert found == pytest.approx(solid * area * 1e-3 / 2.3370e-19, rel=1e-4)
