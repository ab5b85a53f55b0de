"""The exercises on counting, one qubit and its copies: the package's own numbers, and the course's sentences."""

import math

import pytest

from qnetlab import Cloning, Estimate, Fiber, PrepareAndMeasure
from qnetlab.grading.exercises import find
from qnetlab.theory.counting import rounds_needed
from tests.exercises.test_folders import LIST, drawn


@pytest.mark.parametrize(("name", "sentence"), [
    ("counting.amplitude", "You divided by 20: that is amplitude. Detectors count photons: 10^(-dB/10)."),
    ("counting.no_connectors", "The fiber is right; the connectors are missing. Decibels add."),
    ("counting.percent_per_km", "0.2 dB/km is not 20 % per km; one km passes 95.5 %."),
    ("basis.no_h", "Both inputs gave 0 half the time: a Z measurement cannot see a sign. Turn X into Z first."),
    ("basis.labels_swapped", "You separate them perfectly, but |+> is reported as 1. Only the labels are wrong."),
    ("basis.own_state",
     "You got 0 for both inputs: you made a new qubit instead of measuring the one handed to you."),
    ("copies.only_poles", "You tried |0> and |1>. On |+> it makes a Bell pair; each half alone has F = 1/2."),
    ("copies.four_of_six",
     "You averaged the four BB84 states. Two of six Pauli states copy perfectly, four at 1/2."),
    ("copies.only_equator", "That is the equator only. Weight by area of the sphere."),
])
def test_the_sentences_of_the_course_stand_word_by_word(name, sentence):
    assert LIST[name].sentence == sentence


def test_the_numbers_of_counting_are_those_of_the_package():
    exercise = find("counting.decibels")
    for p in drawn(exercise):
        fiber = Fiber(length_km=p["length_km"], attenuation_db_per_km=0.2, insertion_loss_db=p["connectors_db"])
        assert exercise.reference(p) == pytest.approx(fiber.transmittance, rel=1e-12)
    exercise = find("counting.shots")
    for p in drawn(exercise):
        assert exercise.reference(p) == rounds_needed(p["p"], p["error"])
    exercise = find("counting.changed")
    for p in drawn(exercise):
        days = [Estimate.proportion(p[day], 1000) for day in ("monday", "tuesday")]
        apart = Estimate.combine([(1.0, days[1]), (-1.0, days[0])]).sigmas_from(0)
        assert exercise.reference(p) == pytest.approx(apart, abs=0.005)  # its error bars are a little wider


def test_the_numbers_of_qubits_are_those_of_the_package():
    exercise = find("basis.angle")
    for p in drawn(exercise):
        theory = PrepareAndMeasure(axis=math.radians(p["theta_deg"])).theory()
        assert exercise.reference(p) == pytest.approx(
            {"plus": theory["probability_0"], "coin": theory["coin_probability_0"]}, abs=1e-12)
    exercise = find("copies.average")
    for p in drawn(exercise):
        one = Cloning(original=(math.radians(p["theta_deg"]), 0.0)).theory()["fidelity"]
        assert exercise.reference(p) == pytest.approx(
            {"yours": one, "average": Cloning().theory()["fidelity"]}, abs=1e-12)


def test_75_km_and_1_5_db_of_the_course():
    exercise, p = find("counting.decibels"), {"length_km": 75, "connectors_db": 1.5}
    wrong = {name: answer for name, (_, answer) in exercise.wrong_answers(p).items()}
    assert exercise.reference(p) == pytest.approx(0.0224, abs=5e-5)
    assert [wrong[name] for name in ("amplitude", "percent", "no_connectors")] == pytest.approx(
        [0.150, 0.835, 0.0316], abs=5e-4)
