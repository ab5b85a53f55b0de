"""A circuit's behavior beside the reference's: state by state or record by record, in the mean and at worst."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .behavior import Behavior
from .cards import Table
from .kets import describe, expectations, spoken
from .observation import EQUAL, Observation
from .spec import EVERYTHING, BrokenExercise, CircuitForm

_NEVER = 1e-9
_TOLERANCE = 0.01
Array = NDArray[Any]


def compare(seen: Behavior, target: Behavior, form: CircuitForm) -> Observation:
    """What a circuit does, compared with what the reference does."""
    return _compare_states(seen, target, form) if form.output else _compare_bits(seen, target, form)


# ------------------------------------------------------------------------------------------ output qubits


def _compare_states(seen: Behavior, target: Behavior, form: CircuitForm) -> Observation:
    """Fidelity of the output qubits for every input, averaged over the records and in the worst of them."""
    measures: dict[str, float] = {}
    agreement, averages, rows, faults = {}, {}, [], []
    zero = ~seen.records.any(axis=1)  # the record in which every bit is 0: nothing is to be undone there
    unmoved = []
    for name, state in form.inputs:
        wanted = _pure(target.outputs[name].sum(axis=0))
        outputs, weights = seen.outputs[name], seen.probabilities(name)
        averages[name] = outputs.sum(axis=0)
        each = np.einsum("i,bij,j->b", wanted.conj(), outputs, wanted).real
        happens = weights > _NEVER
        fidelities = np.where(happens, each / np.where(happens, weights, 1), np.inf)
        mean, worst = float(each.sum()), int(np.argmin(fidelities))
        low = float(fidelities[worst])
        unmoved += [float(fidelity) for fidelity in fidelities[zero & happens]]
        measures |= {f"mean {name}": mean, f"worst {name}": low}
        measures |= {f"{name} -> {axes}": value for axes, value in expectations(averages[name]).items()}
        agreement[name] = low
        shown = spoken(state) if state else "the circuit's state"
        expected = np.outer(wanted, wanted.conj())
        rows.append((shown, describe(expected), describe(averages[name]), f"{mean:.2f}", f"{low:.2f}"))
        faults.append((low, _state_fault(shown, describe(expected), describe(outputs[worst]), low,
                                         seen.record(worst), float(weights[worst]))))
    if form.inputs_only:
        agreement[EVERYTHING] = min(agreement.values())
        measures["every input"] = sum(measures[f"mean {name}"] for name in averages) / len(averages)
    else:
        whole = target.choi.sum(axis=0)
        _pure(whole)  # a reference with noise would leave fidelity without its meaning
        weights = np.trace(seen.choi, axis1=1, axis2=2).real
        overlaps = np.einsum("ij,bji->b", whole, seen.choi).real
        agreement[EVERYTHING] = float(min(overlaps[weights > _NEVER] / weights[weights > _NEVER]))
        measures["every input"] = float(overlaps.sum())
    measures |= {
        "spread": max((_distance(a, b) for a, b in combinations(averages.values(), 2)), default=0.0),
        "purity": min(float(np.einsum("ij,ji->", rho, rho).real) for rho in averages.values()),
        "learned": max((float(abs(seen.probabilities(a) - seen.probabilities(b)).sum() / 2)
                        for a, b in combinations(averages, 2)), default=0.0),
        "quantum wire": float(seen.quantum_wire), "bits sent": float(seen.bits_sent),
        "output measured": float(seen.output_measured), "if_test": float(seen.asked),
        "overwritten": float(seen.overwritten), "all bits 0": sum(unmoved) / max(len(unmoved), 1),
    }
    crossed = (f"; crossed between the parties: {seen.bits_sent} measured bit{'s' * (seen.bits_sent != 1)} and "
               f"{'a quantum wire' if seen.quantum_wire else 'no quantum wire'}" if form.parties else "")
    table = Table(f"Fidelity of {', '.join(form.output)}: 1 is right in every run{crossed}. "
                  "Worst branch: the measurement results with which it comes out worst",
                  ("in", "expected out", "got, on average", "mean", "worst branch"), tuple(rows))
    lowest, fault = min(faults, key=lambda pair: pair[0])
    if lowest > 1 - EQUAL:
        fault = "" if agreement[EVERYTHING] > 1 - EQUAL else (
            "Each of these inputs comes out right by itself, but their superpositions do not: a phase between them is "
            "wrong.")
    return Observation(measures=measures, agreement=agreement, table=table, counterexample=fault,
                       tolerance=_TOLERANCE)


def _state_fault(shown: str, expected: str, got: str, fidelity: float, record: str, weight: float) -> str:
    when = f", when the bits are {record} (in {weight:.0%} of the runs)" if record and weight < 1 - EQUAL else ""
    return f"In: {shown}{when}. Expected out: {expected}. Got: {got} (F = {fidelity:.2f})."


def _pure(state: Array) -> Array:
    """The vector of a pure density matrix."""
    values, vectors = np.linalg.eigh(state)
    if values[-1] < (1 - EQUAL) * values.sum():
        raise BrokenExercise("The reference must leave a pure state for every input, "
                             "else its fidelity would not say how close an answer is.")
    return np.asarray(vectors[:, -1])


def _distance(a: Array, b: Array) -> float:
    """Trace distance: how well one could tell two states apart."""
    return float(abs(np.linalg.eigvalsh(a - b)).sum() / 2)


# ------------------------------------------------------------------------------------------ classical bits


def _compare_bits(seen: Behavior, target: Behavior, form: CircuitForm) -> Observation:
    """The distribution of the bits for every input, beside the reference's."""
    names = [name for name, _ in form.inputs]
    probes = [f"probe {state}" for state in form.probes]
    wanted = {name: _tensor(target, name) for name in names}
    width = len(form.bits)
    orders = permutations(range(width)) if form.bit_order == "any" else [tuple(range(width))]
    got = max(({name: _tensor(seen, name).transpose(order) for name in names + probes} for order in orders),
              key=lambda tried: sum(_overlap(tried[name], wanted[name]) for name in names))

    agreement = {bit: min(_overlap(_one(got[name], place), _one(wanted[name], place)) for name in names)
                 for place, bit in enumerate(form.bits)}
    agreement |= {name: _overlap(got[name], wanted[name]) for name in names}
    agreement[EVERYTHING] = min(agreement[name] for name in names)
    agreement["told apart"] = 1 - max((_overlap(got[a], got[b]) for a, b in combinations(names, 2)), default=0.0)
    measures = {f"{name} -> {_key(index)}": float(got[name][index])
                for name in names + probes for index in np.ndindex(got[name].shape)}
    measures["certainty"] = min(float(got[name].max()) for name in names)
    measures["spread"] = max((1 - _overlap(got[a], got[b]) for a, b in combinations(names, 2)), default=0.0)

    label = {name: f"{name} ({spoken(state)})" if state and name != state else spoken(name)
             for name, state in form.inputs}
    rows = [(label[name], _shares(wanted[name]), _shares(got[name]), f"{agreement[name]:.2f}") for name in names]
    table = Table("Bits " + " ".join(form.bits) + ": how often each result came",
                  ("in", "expected", "got", "overlap"), tuple(rows))
    worst = min(names, key=lambda name: agreement[name])
    fault = "" if agreement[worst] > 1 - EQUAL else (
        f"In: {label[worst]}. Expected {' '.join(form.bits)} = {_shares(wanted[worst])}. "
        f"Got: {_shares(got[worst])}.")
    return Observation(measures=measures, agreement=agreement, table=table, counterexample=fault,
                       tolerance=_TOLERANCE)


def _tensor(behavior: Behavior, name: str) -> Array:
    """Probabilities as an array with one axis per bit."""
    found = np.zeros((2,) * behavior.records.shape[1])
    for record, probability in zip(behavior.records, behavior.probabilities(name), strict=True):
        found[tuple(record)] += probability
    return found


def _overlap(a: Array, b: Array) -> float:
    """1 for equal distributions, 0 for such that never give the same."""
    return float(np.minimum(a, b).sum())


def _one(distribution: Array, place: int) -> Array:
    """The distribution of one bit alone."""
    return np.asarray(distribution.sum(axis=tuple(i for i in range(distribution.ndim) if i != place)))


def _key(index: tuple[int, ...]) -> str:
    return "".join(str(bit) for bit in index)


def _shares(distribution: Array) -> str:
    """``00 always``, or ``00 (50%), 10 (50%)``."""
    parts = [(_key(index), float(distribution[index])) for index in np.ndindex(distribution.shape)]
    likely = [(key, share) for key, share in parts if share > 5e-4]
    if len(likely) == 1:
        return f"{likely[0][0]} always"
    return ", ".join(f"{key} ({share:.0%})" for key, share in likely)
