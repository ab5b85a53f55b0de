"""Every closed form of an attack, found again by a calculation of another kind: density matrices or enumeration."""

import itertools
import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import poisson

from qnetlab.theory.attacks import (
    INDIVIDUAL_THRESHOLD,
    bell_diagonal_holevo,
    cloner_angle_rad,
    collective_information,
    intercept_resend,
    optimal_guess,
    optimal_individual,
    unambiguous_success,
    unseen_probability,
)
from qnetlab.theory.detector_attacks import (
    blinding,
    double_clicks,
    faked_states,
    forgery_probability,
    time_shift_information,
)
from qnetlab.theory.entropy import binary_entropy
from qnetlab.theory.splitting import (
    beam_splitting_known,
    honest_gain,
    kept_to_hide,
    multiphoton_probability,
    multiphotons_per_click,
    split_clicks,
    splitting_gain,
    splitting_known,
    unambiguous_gain,
)

I2, X, Y, Z = np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1.0, -1.0])


def along(angle, bit):
    """The state with Bloch vector at ``angle`` from Z toward X, or opposite for bit 1."""
    return np.array([math.cos(angle / 2), math.sin(angle / 2)]) if bit == 0 else np.array(
        [-math.sin(angle / 2), math.cos(angle / 2)])


def projector(state):
    return np.outer(state, state.conj())


def turn(pauli, angle):
    return math.cos(angle / 2) * I2 - 1j * math.sin(angle / 2) * pauli


def mutual_information(joint):
    """Of a table of joint probabilities, in bits."""
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    kept = joint > 1e-15
    return float(np.sum(joint[kept] * np.log2(joint[kept] / product[kept])))


def entropy(rho):
    values = np.linalg.eigvalsh(rho)
    values = values[values > 1e-14]
    return float(-np.sum(values * np.log2(values)))


# ---------------------------------------------------------------------------------------- on the photon itself


@pytest.mark.parametrize("fraction", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(("basis", "angles"), [
    ("Z", [0.0]), ("X", [math.pi / 2]), ("random", [0.0, math.pi / 2]), ("breidbart", [math.pi / 4])])
def test_intercept_resend_by_enumeration(fraction, basis, angles):
    theory = intercept_resend(fraction, basis)
    for which, alice in (("z", 0.0), ("x", math.pi / 2)):
        wrong = 0.0
        seen = np.zeros((2, 1 + 2 * len(angles)))  # Alice's bit, and what Eve holds: nothing, or basis and result
        for bit in (0, 1):
            seen[bit, 0] += (1 - fraction) / 2
            for k, angle in enumerate(angles):
                for result in (0, 1):
                    p = fraction / 2 / len(angles) * (along(alice, bit) @ along(angle, result)) ** 2
                    seen[bit, 1 + 2 * k + result] += p
                    wrong += p * (along(angle, result) @ along(alice, 1 - bit)) ** 2
        assert getattr(theory, f"qber_{which}") == pytest.approx(wrong, abs=1e-12)
        assert getattr(theory, f"guess_{which}") == pytest.approx(np.max(seen, axis=0).sum(), abs=1e-12)
        assert getattr(theory, f"information_{which}") == pytest.approx(mutual_information(seen), abs=1e-12)


def test_the_landmarks_of_intercept_resend():
    for fraction in (0.1, 0.5, 1.0):
        assert intercept_resend(fraction).qber == pytest.approx(fraction / 4, abs=1e-15)
        assert intercept_resend(fraction).information == pytest.approx(fraction / 2, abs=1e-15)
    breidbart = intercept_resend(1.0, "breidbart")
    assert breidbart.qber == pytest.approx(0.25, abs=1e-15)
    assert breidbart.guess == pytest.approx(0.853553, abs=5e-7)
    assert breidbart.information == pytest.approx(0.399124, abs=5e-7)
    assert unseen_probability(intercept_resend(0.4).qber, 20) == pytest.approx(0.122, abs=5e-4)


def test_no_tilted_basis_costs_less_than_a_quarter():
    for angle in np.linspace(0, math.pi, 9):
        mean = np.mean([sum((along(a, 0) @ along(angle, e)) ** 2 * (along(a, 1) @ along(angle, e)) ** 2 for e in (0, 1))
                        for a in (0, math.pi / 2)])
        assert mean == pytest.approx(0.25, abs=1e-12)


def test_an_unknown_basis_is_refused_in_words():
    with pytest.raises(ValueError, match="basis must be one of .*Try basis='random'"):
        intercept_resend(1.0, "Y")


def cloned(state, disturbance):
    """Photon and Eve's qubit after the phase-covariant cloner; index 2 photon + eve."""
    theta = float(cloner_angle_rad(disturbance))
    lift = np.kron(turn(X, math.pi / 2), I2)
    controlled = np.kron(np.diag([1, 0]), I2) + np.kron(np.diag([0, 1]), turn(Y, 2 * theta))
    swap_back = np.kron(I2, np.diag([1, 0])) + np.kron(X, np.diag([0, 1]))  # cx with eve as control
    return np.kron(turn(X, -math.pi / 2), I2) @ swap_back @ controlled @ lift @ np.kron(state, [1, 0])


@pytest.mark.parametrize("disturbance", [0.0, 0.01, 0.05, 0.11, 0.146447, 0.3, 0.5])
def test_the_optimal_individual_attack_by_state_vectors(disturbance):
    """The circuit reaches the closed form in both bases, and no measurement of Eve's reaches more (Helstrom)."""
    theory = optimal_individual(disturbance)
    for angle in (0.0, math.pi / 2):
        wrong, rho = 0.0, []
        for bit in (0, 1):
            both = cloned(along(angle, bit), disturbance).reshape(2, 2)
            wrong += np.linalg.norm(along(angle, 1 - bit) @ both) ** 2 / 2
            rho.append(both.T @ both.conj())
        helstrom = 0.5 + np.abs(np.linalg.eigvalsh(rho[0] - rho[1])).sum() / 4
        assert wrong == pytest.approx(disturbance, abs=1e-7)
        assert helstrom == pytest.approx(theory.guess, abs=1e-7)
        measured = [[np.real(np.trace(r @ projector(turn(X, -math.pi / 2) @ along(angle, e)))) / 2 for e in (0, 1)]
                    for r in rho]
        assert mutual_information(np.array(measured)) == pytest.approx(float(theory.information), abs=1e-7)


@pytest.mark.parametrize(("disturbance", "information"), [(0.05, 0.141764), (0.14644660940672624, 0.399124)])
def test_the_landmarks_of_the_optimal_attack(disturbance, information):
    assert float(optimal_individual(disturbance).information) == pytest.approx(information, abs=5e-7)


def test_eve_has_as_much_as_bob_at_the_threshold():
    gap = lambda d: 1 - binary_entropy(d) - optimal_individual(d).information  # noqa: E731
    assert brentq(gap, 0.05, 0.3) == pytest.approx(INDIVIDUAL_THRESHOLD, abs=1e-12)
    assert pytest.approx(0.146447, abs=5e-7) == INDIVIDUAL_THRESHOLD


def test_measuring_later_and_together_tells_more_than_photon_by_photon():
    for d in np.linspace(0.005, 0.2, 20):
        assert collective_information(d) > optimal_individual(d).information
        assert optimal_individual(d).information > 0.49 * intercept_resend(4 * d).information
        assert optimal_individual(d).guess >= optimal_guess(d) - 1e-15


@pytest.mark.parametrize(("qz", "qx"), [(0.0, 0.0), (0.03, 0.05), (0.11, 0.11), (0.02, 0.25)])
def test_the_holevo_quantity_by_density_matrices(qz, qx):
    """Eve holds the purification of a Bell-diagonal pair; Alice's Z measurement leaves her two states."""
    bell = [np.array(v) / math.sqrt(2) for v in ([1, 0, 0, 1], [1, 0, 0, -1], [0, 1, 1, 0], [0, 1, -1, 0])]
    weights = [(1 - qz) * (1 - qx), (1 - qz) * qx, qz * (1 - qx), qz * qx]
    whole = sum(math.sqrt(w) * np.kron(b, e) for w, b, e in zip(weights, bell, np.eye(4), strict=True)).reshape(2, 2, 4)
    eve = [np.einsum("be,bf->ef", whole[a], whole[a].conj()) for a in (0, 1)]
    holevo = entropy(eve[0] + eve[1]) - sum(0.5 * entropy(e / 0.5) for e in eve)
    assert holevo == pytest.approx(bell_diagonal_holevo(qz, qx), abs=1e-9)
    assert holevo == pytest.approx(float(collective_information(qx)), abs=1e-9)


def test_the_collective_threshold_is_the_one_of_the_key():
    threshold = brentq(lambda q: 1 - binary_entropy(q) - collective_information(q), 0.05, 0.2)
    assert threshold == pytest.approx(0.110027864, abs=1e-9)


@pytest.mark.parametrize("photons", range(8))
def test_unambiguous_discrimination_by_its_measurement(photons):
    """The largest common weight of the four conclusive outcomes that still leaves a positive remainder."""
    states = []
    for angle in np.arange(4) * math.pi / 4:
        state = np.ones(1)
        for _ in range(photons):
            state = np.kron(state, [math.cos(angle), math.sin(angle)])
        states.append(state)
    frame = np.array(states).T
    if np.linalg.matrix_rank(frame, tol=1e-9) < 4:
        assert unambiguous_success(photons) == 0  # dependent: nothing is orthogonal to the other three only
        return
    reciprocal = np.linalg.pinv(frame).T
    assert np.allclose(reciprocal.T @ frame, np.eye(4))
    largest = 1 / np.linalg.eigvalsh(reciprocal @ reciprocal.T)[-1]
    assert unambiguous_success(photons) == pytest.approx(largest, abs=1e-9)


def test_the_landmarks_of_unambiguous_discrimination():
    assert [unambiguous_success(n) for n in range(1, 8)] == [0, 0, 0.5, 0.5, 0.75, 0.75, 0.875]
    with pytest.raises(ValueError, match="0 <= photons"):
        unambiguous_success(-1)


# ---------------------------------------------------------------------------------------- on weak pulses


@pytest.mark.parametrize(("single", "rest"), [(0.0, 1.0), (0.05, 1.0), (0.05, 0.05), (0.0, 0.05), (0.3, 0.7)])
@pytest.mark.parametrize(("mu", "kept", "background"), [(0.1, 1.0, 0.0), (0.5, 1.0, 0.0), (0.8, 0.4, 1e-3)])
def test_splitting_photon_by_photon(single, rest, mu, kept, background):
    yields = [background, background + (1 - background) * single]
    yields += [background + (1 - background) * kept * (1 - (1 - rest) ** (n - 1)) for n in range(2, 60)]
    weights = poisson.pmf(np.arange(60), mu)
    gain = float(weights @ yields)
    ways = {"single_transmittance": single, "rest_transmittance": rest, "kept": kept, "background": background}
    assert float(splitting_gain(mu, **ways)) == pytest.approx(gain, abs=1e-12)
    split = float(weights[2:] @ [(y - background) for y in yields[2:]])
    assert float(splitting_known(mu, **ways)) == pytest.approx(split / gain, abs=1e-12)


@pytest.mark.parametrize(("single", "rest", "ratio"), [
    (0.0, 1.0, 0.051870), (0.05, 1.0, 0.087342), (0.05, 0.05, 0.233109), (0.0, 0.05, 0.045726)])
def test_what_the_decoys_see(single, rest, ratio):
    """mu = 0.5, nu = 0.1, eta = 0.05; an honest line gives 0.202005."""
    nu, mu = (splitting_gain(m, single_transmittance=single, rest_transmittance=rest) for m in (0.1, 0.5))
    assert float(nu / mu) == pytest.approx(ratio, abs=5e-7)
    assert float(honest_gain(0.1, 0.05) / honest_gain(0.5, 0.05)) == pytest.approx(0.202005, abs=5e-7)


def test_dropping_pulses_hides_the_gain_and_not_the_ratio():
    kept = kept_to_hide(0.5, 0.05)
    ways = {"single_transmittance": 0.0, "rest_transmittance": 1.0, "kept": kept}
    assert float(splitting_gain(0.5, **ways)) == pytest.approx(float(honest_gain(0.5, 0.05)), abs=1e-12)
    assert float(splitting_gain(0.1, **ways) / splitting_gain(0.5, **ways)) == pytest.approx(0.051870, abs=5e-7)
    assert float(splitting_known(0.5, **ways)) == pytest.approx(1.0)
    assert kept_to_hide(0.5, 0.5) == 1.0  # a short line: too few multiphoton pulses


def test_multiphoton_pulses_outnumber_clicks():
    eta = 0.045 * 10 ** (-0.21 * 100 / 10)
    assert float(multiphotons_per_click(0.48, eta)) == pytest.approx(490.7, abs=0.1)
    assert float(multiphoton_probability(0.5)) == pytest.approx(1 - poisson.cdf(1, 0.5), abs=1e-12)
    assert float(multiphoton_probability(1e-6)) == pytest.approx(5e-13, rel=1e-3)
    assert float(split_clicks(0.5, 0.0)) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(("mu", "eta"), [(0.5, 0.01), (0.1, 0.6), (1.2, 0.3)])
def test_beam_splitting_photon_by_photon(mu, eta):
    """Each photon goes to Bob with eta, to Eve otherwise; her share does not depend on whether Bob clicks."""
    both = bob = 0.0
    for n in range(40):
        for to_bob in range(1, n + 1):
            p = poisson.pmf(n, mu) * math.comb(n, to_bob) * eta**to_bob * (1 - eta) ** (n - to_bob)
            bob += p
            both += p if n > to_bob else 0.0
    assert float(beam_splitting_known(mu, eta)) == pytest.approx(both / bob, abs=1e-12)


def test_certainty_is_for_three_photons_and_more():
    expected = sum(poisson.pmf(n, 0.5) * unambiguous_success(n) for n in range(1, 30))
    assert unambiguous_gain(0.5) == pytest.approx(expected, abs=1e-12)
    assert unambiguous_gain(0.5) < multiphoton_probability(0.5) / 10


# ---------------------------------------------------------------------------------------- on the receiver


@pytest.mark.parametrize("ratio", [0.0, 0.05, 0.25, 0.7, 1.0])
def test_time_shift_by_enumeration(ratio):
    joint = np.zeros((2, 2))  # shift, bit that Bob reads
    for shift, bit in itertools.product((0, 1), repeat=2):
        joint[bit, shift] = 0.25 * (1.0 if shift == bit else ratio)
    assert float(time_shift_information(ratio)) == pytest.approx(mutual_information(joint / joint.sum()), abs=1e-12)


@pytest.mark.parametrize("ratio", [0.0, 0.05, 0.25, 0.7, 1.0])
def test_faked_states_by_enumeration(ratio):
    """Alice's bit and basis, Eve's basis and result, Bob's basis (as Alice's) and detector."""
    clicks = wrong = 0.0
    known = {}
    for bit, eve_same, result, click in itertools.product((0, 1), repeat=4):
        read = (1.0 if result == bit else 0.0) if eve_same else 0.5
        lit = 0.5 if eve_same else (1.0 if click == 1 - result else 0.0)  # the opposite bit in the opposite basis
        p = 0.25 * read * lit * (1.0 if click == result else ratio)
        clicks += p
        wrong += p if click != bit else 0.0
        joint = known.setdefault(eve_same, np.zeros((2, 2)))
        joint[result, click] += p
    theory = faked_states(ratio)
    assert theory.detected == pytest.approx(clicks, abs=1e-12)
    assert theory.qber == pytest.approx(wrong / clicks, abs=1e-12)
    information = sum(joint.sum() / clicks * mutual_information(joint / joint.sum())
                      for joint in known.values() if joint.sum() > 0)
    assert float(theory.information) == pytest.approx(information, abs=1e-12)


def test_blinding_by_enumeration():
    """Bob's detector clicks above a threshold: with Eve's basis it gets all of the light, with the other one half."""
    clicks = wrong = double = 0.0
    power, threshold = 1.0, 0.75
    for bit, alice, eve, bob, result in itertools.product((0, 1), repeat=5):
        read = (1.0 if result == bit else 0.0) if alice == eve else 0.5
        lit = [power * (share if bob == eve else 0.5) for share in (float(result == 0), float(result == 1))]
        fired = [light > threshold for light in lit]
        p = read / 16
        clicks += p * any(fired)
        double += p * all(fired)
        wrong += p * (fired[1 - bit] and alice == bob)
    seen = blinding(1.0)
    assert (seen.gain, seen.double_clicks) == (clicks, double) == (0.5, 0.0)
    assert seen.qber == wrong == 0.0


@pytest.mark.parametrize(("mean", "dark", "same", "error"), [
    (0.025, 0.0, False, 0.0), (0.5, 1e-3, False, 0.0), (0.5, 1e-3, True, 0.03)])
def test_double_clicks_photon_by_photon(mean, dark, same, error):
    share = error if same else 0.5
    expected = sum(
        poisson.pmf(n, mean) * (1 - (1 - dark) * ((1 - share) ** n + share**n) + (1 - dark) ** 2 * (0.0**n))
        for n in range(40))
    # inclusion and exclusion: neither silent = 1 - P(first silent) - P(second silent) + P(both silent)
    assert float(double_clicks(mean, dark, same_basis=same, error=error)) == pytest.approx(expected, abs=1e-12)


def test_guessing_a_tag():
    assert float(forgery_probability(64)) == 2.0**-64
