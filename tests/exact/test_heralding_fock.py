"""Heralded links, counted photon by photon: every closed form equals a small simulation in Fock space.

The simulation knows no formula. A state is a sum of terms: amplitude, the two memories' levels, and one creation
operator per photon. A lossy way, a beam splitter and a packet that overlaps only in part are replacements of creation
operators; what is left is expanded in photon numbers, and the detectors look at those.
"""

import itertools
import math

import numpy as np
import pytest

from qnetlab.theory import heralding
from qnetlab.theory.states import Pair

ETAS = [(1.0, 1.0), (0.6, 0.6), (0.3, 0.8)]
CASES = [{"dark": d, "overlap": m, "number_resolving": n}
         for d, m, n in itertools.product([0.0, 0.04], [1.0, 0.7, 0.0], [False, True])]


def photon(mode, eta, internal):
    """A photon that may be lost (mode, "lost") and whose packet is a superposition of orthogonal ones."""
    found = [(math.sqrt(eta) * amplitude, (*mode, packet)) for packet, amplitude in internal.items()]
    return [*found, (math.sqrt(1 - eta), (*mode, "lost"))]


def split(operator, pairs):
    """A balanced beam splitter between two places: a -> (c + d)/sqrt2, b -> (c - d)/sqrt2; the lost stay lost."""
    out = []
    for amplitude, mode in operator:
        place, half, packet = mode
        for a, b, c, d in pairs:
            if packet != "lost" and place in (a, b):
                out += [(amplitude / math.sqrt(2), (c, half, packet)),
                        ((1 if place == a else -1) * amplitude / math.sqrt(2), (d, half, packet))]
                break
        else:
            out.append((amplitude, mode))
    return out


def expanded(terms):
    """{photon numbers: {levels: amplitude}}; n photons in one mode come with sqrt(n!)."""
    found = {}
    for amplitude, levels, operators in terms:
        for chosen in itertools.product(*operators):
            modes = sorted(mode for _, mode in chosen)
            size = math.prod(math.factorial(modes.count(mode)) for mode in set(modes))
            one = amplitude * math.prod(factor for factor, _ in chosen) * math.sqrt(size)
            inner = found.setdefault(tuple(modes), {})
            inner[levels] = inner.get(levels, 0.0) + one
    return found


def says(n, d, number_resolving):
    """Probability that a detector with n photons on it says "one": clicks, or counts exactly one."""
    if number_resolving:
        return {0: d, 1: 1 - d}.get(n, 0.0)
    return d if n == 0 else 1.0


def quiet(n, d):
    return 1 - d if n == 0 else 0.0


def heralded(terms, groups, *, dark, number_resolving):
    """(p, rho): in each group of two detectors exactly one must click; each second one that does turns a sign."""
    rho = np.zeros((4, 4), dtype=complex)
    for modes, inner in expanded(terms).items():
        seen = [[sum(mode[:2] == detector for mode in modes if mode[2] != "lost") for detector in group]
                for group in groups]
        vector = np.zeros(4, dtype=complex)
        for (a, b), amplitude in inner.items():
            vector[2 * a + b] += amplitude
        for clicks in itertools.product((0, 1), repeat=len(groups)):
            weight = math.prod(says(counts[k], dark, number_resolving) * quiet(counts[1 - k], dark)
                               for counts, k in zip(seen, clicks, strict=True))
            turned = vector * np.array([1, (-1) ** sum(clicks), 1, (-1) ** sum(clicks)])
            rho += weight * np.outer(turned, turned.conj())
    return float(np.trace(rho).real), rho


def as_pair(p, rho, renamed=True):
    """The five numbers, with bob's levels named the other way round; everything else must vanish."""
    x, y, z, one = np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1]), np.eye(2)
    flip = np.kron(one, x) if renamed else np.eye(4)
    rho = flip @ (rho / p) @ flip
    paulis = {"x": x, "y": y, "z": z, "i": one}

    def mean(a, b):
        return float(np.trace(rho @ np.kron(paulis[a], paulis[b])).real)

    for a, b in ("xy", "yx", "xz", "zx", "yz", "zy", "xi", "ix", "yi", "iy"):
        assert mean(a, b) == pytest.approx(0.0, abs=1e-12), a + b
    return Pair(mean("x", "x"), mean("y", "y"), mean("z", "z"), mean("z", "i"), mean("i", "z"))


def packets(overlap):
    return {"alike": overlap, "other": math.sqrt(1 - overlap**2)}


def averaged(sigma, at_phase):
    """The mean over a Gaussian phase, by quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    found = [at_phase(sigma * node) for node in nodes]
    p = sum(w * f[0] for w, f in zip(weights, found, strict=True)) / weights.sum()
    return p, sum(w * f[1] for w, f in zip(weights, found, strict=True)) / weights.sum()


def one_click(a, b, ea, eb, *, dark, overlap, number_resolving, sigma=0.0):
    ports = [("a", "b", "c", "d")]
    alice = split(photon(("a", 0), ea, {"alike": 1.0}), ports)
    bob = split(photon(("b", 0), eb, packets(overlap)), ports)

    def at_phase(phase):
        terms = [(math.sqrt((1 - a) * (1 - b)), (0, 0), []), (math.sqrt(a * (1 - b)), (1, 0), [alice]),
                 (math.sqrt((1 - a) * b) * np.exp(1j * phase), (0, 1), [bob]),
                 (math.sqrt(a * b) * np.exp(1j * phase), (1, 1), [alice, bob])]
        return heralded(terms, [[("c", 0), ("d", 0)]], dark=dark, number_resolving=number_resolving)

    return averaged(sigma, at_phase) if sigma else at_phase(0.0)


def two_clicks(ea, eb, *, dark, overlap, number_resolving, phase=0.0):
    ports = [("a", "b", "c", "d")]
    terms = [(0.5 * np.exp(1j * phase), (i, j), [split(photon(("a", i), ea, {"alike": 1.0}), ports),
                                                 split(photon(("b", j), eb, packets(overlap)), ports)])
             for i in (0, 1) for j in (0, 1)]
    return heralded(terms, [[("c", 0), ("d", 0)], [("c", 1), ("d", 1)]], dark=dark, number_resolving=number_resolving)


def same(found, herald, tolerance=1e-9):
    p, rho = found
    assert float(herald.probability) == pytest.approx(p, abs=tolerance)
    assert [float(number) for number in herald.pair] == pytest.approx(list(as_pair(p, rho)), abs=tolerance)
    meant = np.array([0, 1, 1, 0]) / math.sqrt(2)
    assert float(herald.fidelity) == pytest.approx(float((meant @ rho @ meant).real) / p, abs=tolerance)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize(("ea", "eb"), ETAS)
@pytest.mark.parametrize(("a", "b"), [(0.1, 0.1), (0.2, 0.45)])
@pytest.mark.parametrize("sigma", [0.0, 0.5])
def test_single_click(a, b, ea, eb, sigma, case):
    found = one_click(a, b, ea, eb, sigma=sigma, **case)
    same(found, heralding.single_click(a, ea, bright_b=b, efficiency_b=eb, phase_noise_rad=sigma, **case))


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize(("ea", "eb"), ETAS)
def test_two_click(ea, eb, case):
    same(two_clicks(ea, eb, **case), heralding.two_click(ea, efficiency_b=eb, **case))
    same(two_clicks(ea, eb, phase=1.0, **case), heralding.sender_receiver(ea, own_efficiency=eb, **case))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_midpoint_source(case):
    """Four photons: each node's own, and the source's two, which are emitted early or late together."""
    ea, eb, own = 0.4, 0.7, 0.9
    ports = [("a", "l", "c", "d"), ("b", "r", "e", "f")]
    terms = [(1 / math.sqrt(8), (i, j), [split(photon(("a", i), own, {"alike": 1.0}), ports),
                                         split(photon(("l", k), ea, packets(case["overlap"])), ports),
                                         split(photon(("r", k), eb, packets(case["overlap"])), ports),
                                         split(photon(("b", j), own, {"alike": 1.0}), ports)])
             for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    groups = [[("c", 0), ("d", 0)], [("c", 1), ("d", 1)], [("e", 0), ("f", 0)], [("e", 1), ("f", 1)]]
    herald = heralding.midpoint_source(ea, efficiency_b=eb, own_efficiency=own, **case)
    p, rho = heralded(terms, groups, **{k: case[k] for k in ("dark", "number_resolving")})
    assert float(herald.probability) == pytest.approx(p, abs=1e-9)
    # twice renamed: each Bell measurement turns early and late, so that nothing is left to rename
    assert [float(number) for number in herald.pair] == pytest.approx(list(as_pair(p, rho, renamed=False)), abs=1e-9)


def test_white_noise_on_a_memory_and_its_photon_is_white_noise_on_the_memory():
    """A fresh pair of fidelity F is the perfect one with a Pauli on the memory; averaged over what they may be."""
    case = {"dark": 0.02, "overlap": 0.8, "number_resolving": False}
    fidelity, paulis = 0.94, [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])]
    chances = [fidelity, *[(1 - fidelity) / 3] * 3]
    for (p, rho), herald in [
        (one_click(0.2, 0.2, 0.5, 0.5, **case), heralding.single_click(0.2, 0.5, **case)),
        (two_clicks(0.5, 0.5, **case), heralding.two_click(0.5, **case)),
    ]:
        noisy = sum(pa * pb * np.kron(a, b) @ rho @ np.kron(a, b).conj().T
                    for pa, a in zip(chances, paulis, strict=True) for pb, b in zip(chances, paulis, strict=True))
        same((p, noisy), heralding.with_fresh_pairs(herald, fidelity))


def test_the_simulation_rejects_what_students_believe():
    """Twins: F = 1 - a at every loss, p = eta^2, overlap that enters once for two clicks, darks that cost rate only."""
    perfect = {"dark": 0.0, "overlap": 1.0, "number_resolving": False}
    p, rho = one_click(0.1, 0.1, 0.6, 0.6, **perfect)
    good = np.array([0, 1, 1, 0]) / math.sqrt(2)
    assert abs(float((good @ rho @ good).real) / p - (1 - 0.1)) > 0.01
    p, rho = two_clicks(0.6, 0.6, dark=0.0, overlap=0.7, number_resolving=False)
    assert p == pytest.approx(0.18) and abs(p - 0.36) > 0.1
    assert abs(float((good @ rho @ good).real) / p - (1 + 0.7) / 2) > 0.05
    p, rho = one_click(0.1, 0.1, 0.01, 0.01, **{**perfect, "dark": 1e-3})
    assert float((good @ rho @ good).real) / p < 0.6
