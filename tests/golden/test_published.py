"""Published experiments: which test something, which are compared, which are only turned around.

A row tests something only if its main output was seen in print and rejects a wrong model by 3 sigma; the
values of the wrong models are computed here from the theory, so that a wrong theory fails. The others are
comparisons: too wide (BELL01, BELL02, LINK05), without uncertainty (ENT03, FIB04, TEL01, SAT05, SAT06, MEM03,
MEM06, LINK06) or not seen in print (LINK02, LINK07, LINK08, MEM01, MEM05, MEM10, SAT02). An inversion
agrees by construction: of it only the arithmetic is tested.
"""

import dataclasses
import math

import numpy as np
import pytest

from qnetlab import Link, PhotonPairSource, Teleportation, published, run
from qnetlab.theory.qubit import PAULI_STATES
from qnetlab.theory.records import Published, Quantity, WrongModel
from qnetlab.theory.states import bell_fidelity, fresh_pair
from qnetlab.theory.swapping import swapped_pair
from qnetlab.theory.teleportation import average_fidelity, bob_vector, message_fidelity

ROWS = {row.id: row for row in published.ROWS}
TESTS = (
    "BELL03",
    "FS03",
    "LINK01",
    "MEM02",
    "MEM04",
    "MEM09",
    "SAT01",
    "SAT03",
    "SAT08",
    "TEL02",
)
COMPARISONS = (
    "BELL01",
    "BELL02",
    "ENT03",
    "FIB01",
    "FIB02",
    "FIB03",
    "FIB04",
    "FIB06",
    "FIB08",
    "FS01",
    "FS02",
    "FS04",
    "LINK02",
    "LINK05",
    "LINK06",
    "LINK07",
    "LINK08",
    "LINK09",
    "LINK13",
    "LINK16",
    "MEM01",
    "MEM03",
    "MEM05",
    "MEM06",
    "MEM08",
    "MEM10",
    "SAT02",
    "SAT05",
    "SAT06",
    "SAT07",
    "SAT10",
    "TEL01",
    "TF01",
)
UNCONFIRMED = {
    ("BELL01", "readout_correct"),
    ("BELL03", "pair_fidelity"),
    *(("FIB01", name) for name in ("attenuation_db_per_km", "bob_transmittance", "background", "misalignment_error",
                                   "intensity", "qber")),
    *(("FIB02", name) for name in ("error_correction", "optimal_intensity", "reach_infinite_km",
                                   "reach_vacuum_weak_km")),
    ("FIB03", "loss_421km_db"),
    *(("FIB04", name) for name in ("attenuation_db_per_km", "repetition_rate_hz", "rate")),
    ("FIB06", "intensity"),
    ("FIB06", "detector_efficiency"),
    *(("FS01", name) for name in ("repetition_rate_hz", "intensity", "detector_efficiency", "background",
                                  "misalignment_error")),
    ("LINK05", "loss_db"),
    ("LINK05", "highest_rate_hz"),
    *(("LINK13", name) for name in ("attempt_rate_hz", "success_probability", "pair_fidelity", "rate_hz")),
    ("LINK02", "rate"),
    ("LINK02", "fidelity"),
    *(("LINK07", name) for name in ("first_pair_fidelity", "second_pair_fidelity", "swapped_fidelity",
                                    "heralded_fidelity", "ghz_fidelity")),
    ("LINK08", "average_fidelity"),
    ("MEM01", "coherence_time_s"),
    ("MEM05", "coherence_time_s"),
    ("MEM10", "lifetime_s"),
    ("SAT05", "conference_min"),
    ("FS02", "chsh_s"),
    ("FS04", "average_fidelity"),
    *(("SAT01", name) for name in ("differing_bits", "pair_fidelity", "pair_rate_hz", "least_loss_db", "most_loss_db",
                                   "coincidence_rate_hz")),
    *(("SAT02", name) for name in ("polarization_contrast", "dark_count_rate_hz", "gate_s", "clock_hz", "detections",
                                   "pass_s", "error_rate", "signal_intensity", "decoy_intensity", "signal_share",
                                   "decoy_share", "sifted_bits", "sifted_fraction", "key_bits", "altitude_km",
                                   "inclination_deg", "latitude_deg", "nearest_km", "diffraction_db", "least_air_db",
                                   "most_air_db", "most_pointing_db", "receiver_efficiency", "detector_efficiency",
                                   "sifted_rate_near", "sifted_rate_far")),
    *(("SAT03", name) for name in ("from_km", "altitude_km", "loss_growth_db")),
    ("SAT07", "signal_photons_hz"),
    ("SAT07", "key_bits_in_print"),
    *(("SAT10", quantity.name) for row in published.ROWS if row.id == "SAT10"
      for quantity in (*row.inputs, *row.outputs)),
}


def average(corrections, pair_fidelity=1.0):
    pair = fresh_pair("phi_plus", pair_fidelity, "white")
    return float(
        np.mean(
            [message_fidelity(s, bob_vector(s, pair, corrections=corrections)) for s in PAULI_STATES.values()]
        )
    )


# ----------------------------------------------------------------------------------------- what the rows are


def test_every_row_is_a_test_or_a_comparison():
    assert sorted((*TESTS, *COMPARISONS)) == [row.id for row in published.ROWS]
    assert tuple(row.id for row in published.ROWS if published.is_test(row)) == TESTS
    for row in published.ROWS:
        assert row.wrong_models, f"{row.id} lists no wrong model"


def test_a_row_says_where_its_numbers_stand():
    for row in published.ROWS:
        assert row.doi.startswith("10.") or row.id == "SAT10"  # a standard
        assert row.source.endswith(f"({row.year}), doi:{row.doi}") or row.id == "SAT10"
        for quantity in (*row.inputs, *row.outputs):
            assert quantity.where, f"{row.id} does not say where {quantity.name} stands"


def test_unconfirmed_numbers():
    everything = [(row.id, q) for row in published.ROWS for q in (*row.inputs, *row.outputs)]
    unconfirmed = {(row_id, quantity.name) for row_id, quantity in everything if not quantity.confirmed}
    assert unconfirmed == UNCONFIRMED


# ----------------------------------------------------------------------------------------------------- tests


@pytest.mark.parametrize("row_id", ["FS03", "SAT03"])
@pytest.mark.parametrize(("corrections", "listed"), [("x", 2 / 3), ("z", 2 / 3), ("none", 1 / 2)])
def test_a_measured_teleportation_needed_both_bits(row_id, corrections, listed):
    """With a perfect pair and one bit, or none, theory stays below what was measured by more than 3 sigma."""
    assert average(corrections) == pytest.approx(listed, abs=1e-12)
    assert published.rejects(ROWS[row_id], average(corrections), sigmas=10)
    assert average("both") > ROWS[row_id].outputs[0].value


@pytest.mark.parametrize("row_id", ["FS03", "SAT03"])
def test_a_measured_teleportation_needed_entanglement(row_id):
    """The best unentangled pair gives 2/3, whichever bits are used."""
    assert average("both", pair_fidelity=0.5) == pytest.approx(2 / 3, abs=1e-12)
    assert published.rejects(ROWS[row_id], average("both", pair_fidelity=0.5))


def test_bell03_tells_fidelity_from_visibility_and_from_agreement():
    row = ROWS["BELL03"]
    fidelity, measured = row["pair_fidelity"].value, row["chsh_s"].value
    assert dict(row.wrong_models)["fidelity taken for visibility"] == pytest.approx(
        2 * math.sqrt(2) * fidelity
    )
    assert published.excluded(row) == ("agreed beforehand", "fidelity taken for visibility")
    assert published.werner_chsh(fidelity) == pytest.approx(measured, rel=0.01)
    assert 2 * math.sqrt(2) * fidelity > 1.09 * measured


def test_bell03_is_not_an_errorless_werner_state():
    """4.4 sigma apart, unless the pair fidelity, which could not be looked up, is 0.0039 too high."""
    found = published.chsh_comparison()
    assert found.predicted.value == pytest.approx(2.0893, abs=5e-5)
    assert found.sigmas == pytest.approx(4.4, abs=0.05)
    assert not found.predicted.confirmed
    assert found.measured.confirmed
    assert published.werner_chsh(0.804 - 0.0039) == pytest.approx(2.0747, abs=0.0033)


def test_link01_is_entangled_and_would_beat_the_phone():
    coins = bell_fidelity(fresh_pair("phi_plus", 0.5, "dephasing"), "phi_plus")
    assert coins == 0.5
    assert published.rejects(ROWS["LINK01"], coins, sigmas=6)
    forecast = {f.id: f for f in published.teleportation_forecasts()}["LINK01"]
    assert forecast.average_fidelity.sigmas_from(2 / 3) > 6


# ----------------------------------------------------------------------------------------------- comparisons


def test_link05_at_35km_cannot_exclude_the_phone_by_3_sigma():
    forecasts = {f.link: f for f in published.teleportation_forecasts() if f.id == "LINK05"}
    far, near = (next(f for link, f in forecasts.items() if end in link) for end in ("35 km", "20 m"))
    assert far.average_fidelity.sigmas_from(2 / 3) == pytest.approx(2.714, abs=1e-3)
    assert near.average_fidelity.sigmas_from(2 / 3) == pytest.approx(12.0, abs=1e-6)
    assert published.excluded(ROWS["LINK05"]) == ()


def test_link08_would_be_a_test_if_it_had_been_seen():
    row = ROWS["LINK08"]
    assert published.excluded(row) == tuple(model.name for model in row.wrong_models)
    assert not published.is_test(row)
    seen = dataclasses.replace(row.outputs[0], confirmed=True)
    assert published.is_test(dataclasses.replace(row, outputs=(seen,)))


# ----------------------------------------------------------------------------------------- forward, backward


FORECASTS = [  # row, pair, average, down, up
    ("BELL03", 0.804, 0.869333, None, None),
    ("LINK01", 0.882, 0.921333, 0.040, 0.015333),
    ("LINK05", 0.69, 0.793333, 0.046667, 0.046667),
    ("LINK05", 0.86, 0.906667, 0.020, 0.020),
]
INVERSIONS = [  # row, average, needed pair, uncertainty
    ("FS03", 0.82, 0.730, 0.015),
    ("FS04", 0.863, 0.7945, 0.057),
    ("LINK08", 0.702, 0.553, 0.0165),
    ("SAT03", 0.80, 0.700, 0.015),
]


@pytest.mark.parametrize(
    ("forecast", "wanted"), list(zip(published.teleportation_forecasts(), FORECASTS, strict=True))
)
def test_forecast(forecast, wanted):
    row_id, pair, mean, low, high = wanted
    got = forecast.average_fidelity
    assert (forecast.id, forecast.pair_fidelity.value) == (row_id, pair)
    assert got.value == pytest.approx(mean, abs=1e-6)
    assert [got.uncertainty_low, got.uncertainty_high] == pytest.approx([low, high], abs=1e-6)
    assert got.confirmed == forecast.pair_fidelity.confirmed
    assert "not measured there" in str(forecast)


@pytest.mark.parametrize(
    "forecast", published.teleportation_forecasts(), ids=lambda f: f"{f.id}-{f.link[-5:]}"
)
def test_forecast_is_what_the_protocol_does(forecast):
    """The whole machine, run exactly: nothing but the pair is imperfect."""
    link = Link(source=PhotonPairSource(fidelity=forecast.pair_fidelity.value))
    result = run(Teleportation(link=link))
    assert result["fidelity"].value == pytest.approx(forecast.average_fidelity.value, abs=1e-9)


@pytest.mark.parametrize(
    ("inversion", "wanted"), list(zip(published.teleportation_inversions(), INVERSIONS, strict=True))
)
def test_inversion(inversion, wanted):
    row_id, mean, pair, error = wanted
    assert (inversion.id, inversion.average_fidelity.value) == (row_id, mean)
    assert inversion.pair_fidelity.value == pytest.approx(pair, abs=1e-12)
    assert inversion.pair_fidelity.uncertainty_low == pytest.approx(error, abs=1e-12)
    assert inversion.pair_fidelity.confirmed == inversion.average_fidelity.confirmed
    assert average_fidelity(inversion.pair_fidelity.value) == pytest.approx(mean, abs=1e-12)
    assert "not a prediction" in str(inversion)


def test_an_inversion_is_no_forecast():
    for inversion in published.teleportation_inversions():
        assert not isinstance(inversion, published.Forecast)
    forward = {f.id for f in published.teleportation_forecasts()}
    assert forward.isdisjoint(inversion.id for inversion in published.teleportation_inversions())


# ----------------------------------------------------------------------------------------------- the helpers


def a_row(value, low, high, **more):
    output = Quantity(name="x", value=value, uncertainty_low=low, uncertainty_high=high, confirmed=True)
    return Published(
        id="X", authors="A", year=2020, title="T", journal="J", doi="10.1/x", outputs=(output,), **more
    )


def test_rejects_looks_at_the_side_of_the_wrong_model():
    lopsided = a_row(0.5, low=0.1, high=0.01)
    assert published.rejects(lopsided, 0.53)
    assert not published.rejects(lopsided, 0.529)
    assert not published.rejects(lopsided, 0.21)
    assert published.rejects(lopsided, 0.2)
    assert not published.rejects(lopsided, 0.2, sigmas=3.1)


def test_without_an_uncertainty_nothing_is_rejected():
    bare = a_row(0.5, None, None, wrong_models=(WrongModel("far off", 1e6),))
    assert not published.rejects(bare, 1e6)
    assert bare.outputs[0].sigmas_from(1e6) is None
    assert not published.is_test(bare)


def test_an_exact_number_rejects_all_but_itself():
    exact = a_row(0.5, 0.0, 0.0)
    assert exact.outputs[0].sigmas_from(0.5) == 0.0
    assert published.rejects(exact, 0.5 + 1e-9)


def test_a_quantity_shows_its_uncertainty_and_its_doubt():
    def shown(**fields):
        return str(Quantity(name="f", **fields))

    lopsided = shown(value=0.882, uncertainty_low=0.06, uncertainty_high=0.023, confirmed=True)
    assert lopsided == "0.882 +0.023 -0.060"
    even = shown(value=2.0747, uncertainty_low=0.0033, uncertainty_high=0.0033, confirmed=True)
    assert even == "2.0747 ± 0.0033"
    assert shown(value=1400, unit="km", confirmed=True) == "1400 km"
    with_unit = shown(value=520, uncertainty_low=2, uncertainty_high=2, unit="m", confirmed=True)
    assert with_unit == "520.0 ± 2.0 m"
    assert shown(value=4e-5, confirmed=True) == "4e-05"
    assert shown(value=0.5, uncertainty_low=0, uncertainty_high=0, confirmed=True) == "0.5"
    assert shown(value=0.804) == "0.804 (unconfirmed)"


def test_unknown_names():
    with pytest.raises(KeyError, match=r"one of BELL01, .*; got id=.*SAT3.*Try row\(.SAT03.\)"):
        published.row("SAT3")
    with pytest.raises(KeyError, match=r"of LINK01 must be one of pair_fidelity, .*; got name=.*fidelity"):
        published.row("LINK01")["fidelity"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("outputs", 1), ("outputs", ("x",)), ("wrong_models", [0.5]), ("doi", 10), ("year", "2020")],
)
def test_a_row_refuses_the_wrong_type(field, wrong):
    with pytest.raises(TypeError, match=f"{field} must be .*; got {field}="):
        dataclasses.replace(a_row(0.5, 0.1, 0.1), **{field: wrong})


def test_the_repeater_node_turned_around():
    """An inversion: only its arithmetic is tested, and what the wrong model of the row says of the same links."""
    found, = published.needed_links()
    p, cycle_s = found.success_probability.value, 2 * 25e3 * 1.4682 / 299_792_458
    assert (3 - 2 * p) / (p * (2 - p)) * cycle_s * found.rate.value == pytest.approx(1, abs=1e-9)
    assert found.rate_without_memory.value == pytest.approx(p**2 / cycle_s, rel=1e-9)
    assert ROWS["LINK02"].wrong_models[0].value == pytest.approx(found.rate_without_memory.value, rel=1e-3)
    pair = fresh_pair("phi_plus", found.pair_fidelity.value, "white")
    assert bell_fidelity(swapped_pair([pair, pair]), "phi_plus") == pytest.approx(0.72, abs=1e-12)
    assert not found.success_probability.confirmed and not found.pair_fidelity.confirmed
