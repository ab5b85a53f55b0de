"""What a revealed sample says: against scipy's binomial distribution, by brute force, and the course's own numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from qnetlab.grading.exercises import find
from qnetlab.theory.attacks import intercept_resend, unseen_probability
from qnetlab.theory.revealing import (
    alarm_from,
    bits_to_reveal,
    chance_below,
    error_distribution,
    missed_probability,
    with_eve,
)

RATES = (0.0, 0.003, 0.025, 0.11, 0.25, 0.5, 1.0)


@pytest.mark.parametrize("qber", RATES)
@pytest.mark.parametrize("revealed", [0, 1, 20, 733, 2000])
def test_errors_are_binomial(qber, revealed):
    found = error_distribution(qber, revealed)
    assert found == pytest.approx(binom.pmf(np.arange(revealed + 1), revealed, qber), abs=1e-11)
    assert found.sum() == pytest.approx(1, abs=1e-11)
    for errors in {0, 1, revealed // 2, revealed, revealed + 1}:
        assert chance_below(errors, qber, revealed) == pytest.approx(binom.cdf(errors - 1, revealed, qber), abs=1e-11)


@pytest.mark.parametrize("revealed", [0, 1, 20, 400])
@pytest.mark.parametrize("quiet", [0.0, 0.01, 0.11])
@pytest.mark.parametrize("risk", [0.3, 0.01, 1e-6])
def test_the_alarm_is_the_first_that_quiet_lines_seldom_reach(quiet, revealed, risk):
    alarm = alarm_from(quiet, revealed, risk)
    assert 1 <= alarm <= revealed + 1
    assert binom.sf(alarm - 1, revealed, quiet) <= risk
    assert alarm == 1 or binom.sf(alarm - 2, revealed, quiet) > risk * (1 - 1e-9)
    missed = missed_probability(quiet, with_eve(quiet, 0.3), revealed, risk)
    assert missed == pytest.approx(binom.cdf(alarm - 1, revealed, with_eve(quiet, 0.3)), abs=1e-11)


@pytest.mark.parametrize("quiet", [0.0, 0.01, 0.05])
@pytest.mark.parametrize("fraction", [0.2, 0.5, 1.0])
@pytest.mark.parametrize("risk", [0.1, 0.01])
def test_no_smaller_sample_does(quiet, fraction, risk):
    """Every number of bits and every alarm tried, one by one."""
    attacked = with_eve(quiet, fraction)
    plan = bits_to_reveal(quiet, attacked, false_alarm=risk, missed=risk)

    def does(n):
        alarm = int(binom.isf(risk, n, quiet)) + 1
        while alarm > 0 and binom.sf(alarm - 2, n, quiet) <= risk:
            alarm -= 1
        return binom.cdf(alarm - 1, n, attacked) <= risk

    assert does(plan.revealed)
    assert not any(does(n) for n in range(1, plan.revealed))
    assert binom.sf(plan.alarm - 1, plan.revealed, quiet) <= risk
    assert binom.cdf(plan.alarm - 1, plan.revealed, attacked) <= risk


def test_many_bits_are_about_what_the_normal_distribution_says():
    quiet, attacked = 0.01, with_eve(0.01, 0.01)
    plan = bits_to_reveal(quiet, attacked)
    z = 2.326347874
    about = ((z * np.sqrt(quiet * (1 - quiet)) + z * np.sqrt(attacked * (1 - attacked))) / (attacked - quiet)) ** 2
    assert plan.revealed == pytest.approx(about, rel=0.02)


def test_eves_errors_are_those_of_the_attack():
    for fraction in (0.0, 0.1, 0.4, 1.0):
        assert with_eve(0.0, fraction) == pytest.approx(intercept_resend(fraction).qber, abs=1e-15)
        assert unseen_probability(with_eve(0.0, fraction), 20) == pytest.approx(
            error_distribution(with_eve(0.0, fraction), 20)[0], abs=1e-14)


@pytest.mark.parametrize("call", [
    lambda: error_distribution(1.2, 20), lambda: error_distribution(0.1, -1), lambda: error_distribution(0.1, 2.5),
    lambda: alarm_from(0.1, 20, 0.0), lambda: bits_to_reveal(0.1, 0.1), lambda: bits_to_reveal(0.1, 0.2, missed=1.0),
    lambda: bits_to_reveal(0.01, 0.01001), lambda: chance_below(-1, 0.1, 20),
])
def test_what_cannot_be_is_refused_in_words(call):
    with pytest.raises(ValueError, match=r"; got .*\. .*\. Try "):
        call()


def test_the_course_s_own_numbers():
    """40 % and 20 bits: 0.122, and the four numbers that the mistakes give."""
    exercise, numbers = find("bb84.unseen"), {"p": 0.4, "k": 20}
    assert exercise.reference(numbers) == pytest.approx(0.122, abs=5e-4)
    wrong = {name: answer for name, (_, answer) in exercise.wrong_answers(numbers).items()}
    assert wrong["intercepts_everything"] == pytest.approx(0.0032, abs=5e-5)
    assert wrong["every_intercepted_errs"] == pytest.approx(3.7e-5, abs=5e-7)
    assert wrong["sifted_twice"] == pytest.approx(0.349, abs=5e-4)
    assert exercise.reference(numbers) == pytest.approx(chance_below(1, with_eve(0.0, 0.4), 20), abs=1e-12)
