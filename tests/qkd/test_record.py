"""The record of a session: what it holds, what each party sees of it, and what it refuses."""

import dataclasses

import numpy as np
import pytest

from qnetlab.qkd.record import Record
from tests.qkd.makers import honest

GOOD = {"pulse": [3, 8], "alice_bit": [0, 1], "alice_basis": [0, 1], "intensity": [0, 0], "bob_basis": [0, 0],
        "bob_bit": [0, 1], "intensities": (1.0,), "sent": [[5, 5]], "repetition_rate_hz": 1e6}


def test_a_record_counts_pulses_and_time():
    record = honest(10_000, transmittance=0.1)
    assert record.pulses == 10_000 and record.duration_s == pytest.approx(0.01) and 800 < len(record) < 1200
    assert "of 10000 pulses" in repr(record)


def test_each_party_sees_its_own_columns_only():
    record = honest(1000, intensities=(0.5, 0.1), probabilities=(0.7, 0.3))
    alice, bob = record.alice(), record.bob()
    assert {f.name for f in dataclasses.fields(bob)} == {"pulse", "bit", "basis"}
    assert np.array_equal(alice.bit, record.alice_bit) and np.array_equal(bob.bit, record.bob_bit)
    assert not any(f.name.startswith("bob") for f in dataclasses.fields(alice))


def test_an_empty_record_is_a_record():
    columns = ("pulse", "alice_bit", "alice_basis", "intensity", "bob_basis", "bob_bit")
    empty = Record(**{**GOOD, **{name: [] for name in columns}})
    assert len(empty) == 0 and empty.pulses == 10


def test_nothing_in_it_changes():
    source = np.array([3, 8])
    record = Record(**{**GOOD, "pulse": source})
    source[0] = 5
    assert record.pulse[0] == 3
    with pytest.raises(ValueError, match="read-only"):
        record.alice_bit[0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.pulse = source


@pytest.mark.parametrize(("change", "words"), [
    ({"pulse": [8, 3]}, "pulse must increase"),
    ({"pulse": [3, 10]}, "below the number of pulses"),
    ({"pulse": [-1, 3]}, "0 <= pulse"),
    ({"alice_bit": [0, 2]}, "0 <= alice_bit <= 1"),
    ({"bob_bit": [0]}, "bob_bit must have the shape"),
    ({"bob_basis": [0.0, 1.0]}, "bob_basis must be an array of whole numbers"),
    ({"alice_basis": "ZX"}, "alice_basis must be an array of whole numbers"),
    ({"intensity": [0, 1]}, "0 <= intensity <= 0"),
    ({"intensities": ()}, "intensities must be"),
    ({"intensities": (-1.0,)}, "intensities must be"),
    ({"intensities": None}, "intensities must be"),
    ({"sent": [[5, 0]]}, "sent must be at least"),
    ({"sent": [5, 5]}, "sent must have the shape"),
    ({"sent": [[5], [5, 5]]}, "sent must be an array"),
    ({"repetition_rate_hz": 0}, "0 < repetition_rate_hz"),
    ({"repetition_rate_hz": "fast"}, "0 < repetition_rate_hz"),
])
def test_what_cannot_be_is_refused_in_words(change, words):
    with pytest.raises((ValueError, TypeError), match=words) as caught:
        Record(**{**GOOD, **change})
    assert "; got " in str(caught.value)


def test_a_source_of_many_intensities_is_counted_rightly():
    """More than 127: their numbers, doubled, no longer fit into a byte."""
    count = 200
    record = Record(pulse=[0, 1], alice_bit=[0, 1], alice_basis=[0, 1], intensity=[199, 150], bob_basis=[0, 1],
                    bob_bit=[0, 1], intensities=tuple(i / 1000 for i in range(count)), sent=[[1, 1]] * count,
                    repetition_rate_hz=1e6)
    sifted = record.counts().sifted
    assert sifted[199][0] == sifted[150][1] == 1 and sifted.sum() == 2
