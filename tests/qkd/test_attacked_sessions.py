"""From the photon to the key under attack: what each defense stops, and what none of them sees."""

import re
from dataclasses import replace

import pytest

from qnetlab import (
    BB84,
    Blinding,
    InterceptResend,
    NoAttack,
    OptimalIndividual,
    PhotonNumberSplitting,
    WeakCoherentSource,
    distill,
    presets,
    record,
)
from qnetlab.theory.splitting import kept_to_hide

LINE = BB84(source=WeakCoherentSource(intensities=(0.48, 0.1, 0.0), probabilities=(0.7, 0.2, 0.1)),
            fiber=presets.gys_fiber(length_km=50), detector=presets.gys_detector(), basis_probability=0.6)
ETA = LINE.fiber.transmittance * LINE.detector.efficiency
HIDDEN = PhotonNumberSplitting(kept=kept_to_hide(0.48, ETA, rest_transmittance=LINE.detector.efficiency))


def ended(attack, pulses=10**9):
    return distill(record(replace(LINE, attack=attack), pulses, rng=1), rng=2)


def test_an_honest_line_gives_a_key():
    session = ended(NoAttack())
    assert session
    assert session.key_bits > 100_000
    assert session.alice == session.bob


@pytest.mark.parametrize(("attack", "reason"), [
    (InterceptResend(fraction=0.5), "% of the test bits are wrong"),
    (OptimalIndividual(disturbance=0.05), "phase errors have to be paid for"),
    (HIDDEN, "decoys do not show that any of the .* key bits came from a single photon"),
], ids=["errors", "too many errors for this size", "decoys"])
def test_an_attack_that_is_measured_ends_in_a_reasoned_abort(attack, reason):
    session = ended(attack)
    assert not session
    assert session.key_bits == 0
    for end in (session.alice, session.bob):
        assert not end

    assert re.search(reason, f"{session.alice} {session.bob}")


def test_number_splitting_without_decoys_would_look_perfect():
    """The error rate and the signal's gain are those of the honest line: nothing else is left to look at."""
    honest, split = LINE.theory(), replace(LINE, attack=HIDDEN).theory()
    assert split["gain_0"] == pytest.approx(honest["gain_0"], rel=1e-3)
    assert split["qber_0"] == pytest.approx(honest["qber_0"], abs=1e-4)


def test_what_nobody_measures_nobody_stops():
    """Blinded detectors pass every test of the key; the record of dark counts and double clicks would tell."""
    blinded = Blinding(efficiency=2 * ETA)
    session = ended(blinded)
    assert session
    assert session.key_bits > 100_000
    theory = replace(LINE, attack=blinded).theory()
    assert (theory["eve_guess"], theory["gain_2"], theory["double_click_fraction"]) == (1, 0, 0)
