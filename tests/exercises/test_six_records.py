"""The six records can be told apart from their numbers alone, for every student."""

from __future__ import annotations

import math

import pytest

from qnetlab.grading.exercises import exercise, find
from qnetlab.grading.parameters import parameters_for
from qnetlab.theory.key_rates import qber_threshold

SESSIONS = 10**9
TASK = find("eve.six_records")
STUDENTS = [parameters_for(TASK.id, TASK.spec, f"student {n}") for n in range(12)]


def verdict(record: dict, honest: dict[str, float]) -> str:
    """What a careful reader concludes, who knows nothing of how the record came about."""

    def off(seen: float, expected: float, pulses: float) -> float:
        return (seen - expected) / math.sqrt(max(expected, 1 / pulses) / pulses)

    if record["tags_verified"] == 0:
        return "impostor"
    if off(record["vacuum_gain"], honest["gain_2"], 0.1 * SESSIONS) < -5 and record["double_clicks"] == 0:
        return "blinded"
    if off(record["decoy_gain"], honest["gain_1"], 0.2 * SESSIONS) < -5 and (
            record["decoy_gain"] / record["signal_gain"] < 0.06):
        return "split"
    if record["qber"] > qber_threshold("bb84"):
        return "listened"
    sifted = 0.7 * SESSIONS * record["signal_gain"] / 2
    assert abs(record["qber"] - honest["qber_0"]) < 5 * math.sqrt(honest["qber_0"] / sifted)
    return "dark" if record["qber"] > 0.03 else "quiet"


@pytest.mark.parametrize("parameters", STUDENTS, ids=range(len(STUDENTS)))
def test_the_numbers_tell(parameters):
    given = TASK.given(parameters)
    found = {name: verdict(record, given["honest"][name].theory()) for name, record in given["records"].items()}
    assert found == TASK.reference(parameters)
    assert 0.045 < given["records"][next(n for n, v in found.items() if v == "dark")]["qber"] < 0.055


def test_the_sentences_of_the_course_hold():
    """Decoys at 0.05 of the signal, honest lines at 0.20, and 5 % from dark counts."""
    for parameters in STUDENTS[:4]:
        given, kinds = TASK.given(parameters), TASK.reference(parameters)
        for name, record in given["records"].items():
            ratio, honest = record["decoy_gain"] / record["signal_gain"], given["honest"][name].theory()
            if kinds[name] == "split":
                assert f"{ratio:.2f}" == "0.05"
                assert f"{honest['gain_1'] / honest['gain_0']:.2f}" == "0.20"
            if kinds[name] == "dark":
                assert f"{100 * honest['qber_0']:.0f}" == "5"


def test_everyone_gets_the_same_records_again():
    assert TASK.given(STUDENTS[0])["records"] == TASK.given(STUDENTS[0])["records"]
    assert len({str(TASK.reference(parameters)) for parameters in STUDENTS}) > 4


def test_the_task_shows_the_table():
    task = exercise("eve.six_records")
    assert "{table}" not in task.prompt
    assert task.prompt.count(" of 6 |") == 6
    assert set(task.given["records"]) == set("ABCDEF")
