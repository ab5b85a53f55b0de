"""The audit complains where a check is wrong, and its numbers are those of simulations."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from qnetlab.cli import main
from qnetlab.grading.exercises import find, read_exercise, roots
from qnetlab.grading.misconceptions import read_misconceptions
from qnetlab.marking.audit import audit, every_set, missed, text

LIST = read_misconceptions(roots())


def with_number(name, **changes):
    exercise = find(name)
    return replace(exercise, spec=replace(exercise.spec, number=replace(exercise.spec.number, **changes)))


def test_the_audit_of_an_exercise_in_order():
    found = audit(find("teleport.fidelity"), LIST)
    assert found.complaints == () and found.false_fail == 0.0
    assert len(found.mistakes) == 6 and {mistake.power for mistake in found.mistakes} == {1.0}
    assert min(mistake.margin for mistake in found.mistakes) > 1
    assert "all in order" in text(found)


def test_a_tolerance_that_is_too_wide_lets_mistakes_pass_and_is_found():
    found = audit(with_number("teleport.fidelity", tolerance=0.05), LIST)
    assert any("keeps all points" in complaint for complaint in found.complaints)
    assert any("tolerances to" in complaint for complaint in found.complaints)
    assert min(mistake.power for mistake in found.mistakes) < 1
    assert "WRONG" in text(found)


def test_a_fraction_that_may_be_counted_fails_as_often_as_it_is_computed():
    """At 1000 rounds and a tolerance of 0.02 about a fifth of the right answers near 1/2 is refused."""
    rounds, tolerance = 1000, 0.02
    for p in (0.5, 0.83):
        counted = np.random.default_rng(1).binomial(rounds, p, 200_000) / rounds
        often = float(np.mean(np.abs(counted - p) > tolerance))
        assert missed(p, rounds, tolerance) == pytest.approx(often, abs=5 * np.sqrt(often / 200_000))
    assert missed(1.0, 10, 0.1) == missed(0.0, 10, 0.1) == 0.0
    assert missed(0.5, 1000, 0.078) < 1e-6 < missed(0.5, 1000, 0.070)
    assert missed(0.5, 8192, 0.0275) < 1e-6
    wide = audit(with_number("teleport.fidelity", rounds=1000), LIST)
    assert any("counted fails" in complaint for complaint in wide.complaints)
    enough = audit(with_number("teleport.fidelity", rounds=400_000), LIST)
    assert 0 < enough.false_fail < 1e-6 and enough.complaints == ()


def test_few_draws_of_a_function_do_not_show_its_power():
    few = audit(find("bb84.sift_code"), LIST, draws=50)
    assert any("draws show a power of" in complaint for complaint in few.complaints)
    assert all(0.9 < mistake.power < 0.999 for mistake in few.mistakes)


def test_every_set_is_looked_at_where_there_are_few(monkeypatch):
    sets, every = every_set(find("chsh.readout"))
    assert every and len(sets) == 24 and len({tuple(sorted(one.items())) for one in sets}) == 24
    monkeypatch.setattr("qnetlab.marking.audit.FEW", 10)
    sets, every = every_set(find("chsh.readout"))
    assert not every and len(sets) == 24  # those of two hundred students, each set once


def test_rounds_are_for_fractions(tmp_path):
    folder = tmp_path / "a.b"
    shutil.copytree(find("chsh.readout").folder, folder)
    spec = folder / "spec.toml"
    spec.write_text(spec.read_text().replace("tolerance = 0.01", "tolerance = 0.01\nrounds = 100"))
    with pytest.raises(ValueError, match="rounds must be a whole number, for fractions"):
        read_exercise(folder)


def test_the_command_prints_and_says_by_its_exit_code(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("QNETLAB_EXERCISES", "")
    assert main(["exercise", "audit", "teleport.fidelity", "bell.make"]) == 0
    said = capsys.readouterr().out
    assert said.count("all in order") == 2 and "false fail 0" in said
    shutil.copytree(find("teleport.fidelity").folder, tmp_path / "my.pair")
    spec = tmp_path / "my.pair" / "spec.toml"
    spec.write_text(spec.read_text().replace("tolerance = 0.004", "tolerance = 0.05"))
    assert main(["exercise", "audit", "my.pair", "--exercises", str(tmp_path)]) == 1
    assert "WRONG" in capsys.readouterr().out
