"""A repeater chain in time: links that try until they succeed, memories that wait, stations that swap and tell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from qiskit import QuantumCircuit

from ..checks import choice, custom, number, part, require, value
from ..devices.any_link import AnyLink
from ..devices.chain import coerce_links
from ..devices.gates import GateErrors
from ..devices.link import Link
from ..devices.readout import Readout
from ..estimate import Estimate, Outcomes
from ..network.chain_exact import Plan
from ..network.chain_records import PAIR_REGISTERS, WAIT_REGISTERS, read_waits, wait_weights
from ..network.chain_states import Nodes, Read, read_ends
from ..network.histories import POLICIES, Histories, histories
from ..seeds import Rng, root_seed, sequence_of
from ..theory.key_rates import bb84_secret_fraction
from ..theory.purification import METHODS

_AXES = ("xx", "yy", "zz")
#: Runs that are followed together: more at once gain nothing and fill the memory.
_BATCH = 2_000_000
#: Most links times runs that are followed: some seconds, and what a memory holds.
MAX_FOLLOWED = 2 * 10**7


class Followed(NamedTuple):
    """Runs of a chain, one number or column per run; times in s since the run began."""

    waiting_time_s: Any
    fidelity: Any
    #: By link and by station; None where pairs are purified, as there are several of each.
    herald_s: Any
    swap_s: Any


class _Seen(NamedTuple):
    """Runs with their correlators."""

    ended_s: Any
    read: Read
    history: Histories | None


def _rounds(name: str, got: Any) -> tuple[int, ...]:
    __tracebackhide__ = True
    kept = tuple(got) if isinstance(got, (tuple, list)) else None
    whole = kept is not None and all(isinstance(k, (int, np.integer)) and not isinstance(k, bool) for k in kept)
    require(whole, f"{name} must be a tuple of whole numbers", got={name: (got, "")}, error=TypeError,
            why="At each level some rounds of purification are done", fix=f"{name}=(1, 0, 1)")
    rounds = tuple(int(k) for k in kept or ())
    require(len(rounds) <= 12 and all(0 <= k <= 6 for k in rounds), f"{name} must hold at most 12 numbers, each 0 to 6",
            got={name: (rounds, "")}, why="Each round doubles the number of pairs", fix=f"{name}=(1, 0, 1)")
    return rounds


@value
class RepeaterChain:
    """Alice and bob share pairs through a chain of stations whose links succeed by chance, and whose memories wait.

    Parameters
    ----------
    links : tuple of Link
        From alice to bob, 2 to 1000; between two of them stands a station.
    policy : "swap_asap" or "nested"
        A station swaps as soon as it knows of pairs on both of its sides; or the halves of the chain are joined
        first, and the swap between them is done when both are known at all their ends.
    measure : "keep" or "at_once"
        Both ends keep their halves until they know all results, and bob turns his qubit by them; or each end measures
        as soon as it knows of its own link's pair, as for a key, and the results turn the signs of what was read.
    cutoff_s : float
        A pair that has waited longer at a station for its partner is thrown away, with all that it was joined to.
    swap_success : float
        Probability that a station's Bell measurement works, 0 < ps <= 1: 1/2 for linear optics. A failure costs all
        pairs that were joined there.
    purify : tuple of int
        Rounds of purification, for "nested" and "keep": of the links' own pairs, of pairs over two links, over four,
        ...; each round makes two pairs side by side and gives one up. (): none.
    purification : "dejmps" or "bbpssw"
    gates : GateErrors
        Of every node.
    station_readout, alice_readout, bob_readout : Readout
    error_correction : float
        Disclosed bits over the Shannon limit of the key, f >= 1.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong class or out of its range, a link can never succeed, or pairs are to be purified
        that nobody keeps.

    Notes
    -----
    There is no circuit: what happens when is drawn from the links' chances, and each pair follows exactly, in closed
    form, from how long every half waited. ``run(chain, shots=1000)`` makes 1000 pairs from end to end, one after the
    other, and measures each along X, Y or Z on both sides, by chance. Estimates: ``waiting_time_s`` and ``rate_hz`` =
    1/wait; ``xx``, ``yy``, ``zz`` and ``fidelity`` to phi_plus; ``qber_x``, ``qber_z``; and ``secret_key_rate_hz`` =
    rate x (1 - h(qber_x) - f h(qber_z)), at least 0: BBM92 without end, all pairs used, own devices trusted. An axis
    that no pair was measured along is left out.

    A run starts with all memories empty, and ends with the last swap ("at_once": the links may begin anew) or when both
    ends have heard of it ("keep"). Each link attempts by its own clock; a pair that was lost is begun anew at the next
    tick after its ends have heard, and until then no station uses it in vain. How many pairs a busier chain could make
    at the same time is not counted.

    What ``theory()`` and ``run`` without shots know exactly: waits need one clock for all links (equal
    ``attempt_time_s``). Swaps as soon as possible that never fail (no cutoff, ps = 1): up to eight links, more if the
    ends measure at once or (p >= 5e-6) messages take whole steps. Nested swaps: two links; more without cutoff, if p
    and messages are so and waits stay below 1e7 steps. Two links that swap as soon as possible and may fail: if the
    station is as many steps from either end, and with a cutoff only if messages take no time. The pair: two links on
    one clock; or swaps as soon as possible that never fail, with memories that dephase exponentially and do not relax,
    up to eight links, more if the ends measure at once and both memories of a station are alike; or memories that keep
    everything (purified only these); or links sure to succeed. ``run`` needs p >= 5e-6 and messages in whole steps.

    References
    ----------
    H.-J. Briegel et al., Physical Review Letters 81, 5932 (1998), doi:10.1103/PhysRevLett.81.5932.
    O. A. Collins et al., Physical Review Letters 98, 060502 (2007), doi:10.1103/PhysRevLett.98.060502 (cutoffs).

    >>> from qnetlab.devices.memory import Memory
    >>> half = Link(alice_memory=Memory(write_efficiency=0.5))
    >>> round(RepeaterChain(links=(half, half)).theory()["waiting_time_s"] * 1e6, 6)  # 2 2/3 attempts of 1 us
    2.666667
    """

    links: tuple[AnyLink, ...] = custom(default=(Link(), Link()), coerce=coerce_links, doc="from alice to bob")
    policy: str = choice(default="swap_asap", options=POLICIES, doc="when a station swaps")
    measure: str = choice(default="keep", options=("keep", "at_once"), doc="when both ends measure",
                          why="A key can be measured before the bits are there, a qubit that is needed cannot")
    cutoff_s: float = number(default=math.inf, unit="s", low=0, doc="how long a pair may wait for its partner",
                             why="A pair waits for a time", fix="cutoff_s=0.01")
    swap_success: float = number(default=1.0, low=0, low_open=True, high=1, doc="how often a Bell measurement works",
                                 why="A station that never swaps joins nothing", fix="swap_success=0.5")
    purify: tuple[int, ...] = custom(default=(), coerce=_rounds, doc="rounds of purification at each level")
    purification: str = choice(default="dejmps", options=METHODS, doc="how pairs are purified")
    gates: GateErrors = part(default_factory=GateErrors, doc="errors of the gates in every node")
    station_readout: Readout = part(default_factory=Readout, doc="the stations' readout")
    alice_readout: Readout = part(default_factory=Readout, doc="alice's readout")
    bob_readout: Readout = part(default_factory=Readout, doc="bob's readout")
    error_correction: float = number(default=1.0, low=1, high=10, doc="disclosed bits over the Shannon limit",
                                     why="Nobody corrects errors for less", fix="error_correction=1.16")

    def _check(self) -> None:
        require(not any(self.purify) or (self.policy == "nested" and self.measure == "keep"),
                "purify needs policy='nested' and measure='keep'",
                got={"purify": (self.purify, ""), "policy": self.policy, "measure": self.measure},
                why="Both ends of a pair must hold it, and know of it", fix="policy='nested', measure='keep'")
        for link in self.links:
            require(link.success_probability > 0, "links must all succeed at times",
                    got={"links": (f"one with success_probability={link.success_probability:g}", "")},
                    why="A link that never succeeds never ends", fix="a shorter fiber")

    # ------------------------------------------------------------------------------------------------ the contract

    def circuits(self) -> dict[str, QuantumCircuit]:
        """None: what takes time by chance is no circuit. :class:`Swapping` draws one chain whose pairs are there
        at once."""
        return {}

    def devices(self) -> dict[str, Any]:
        """None, as there are no circuits to place them in."""
        return {}

    def detect(self, probabilities: Mapping[str, Outcomes]) -> dict[str, Outcomes]:
        """The exact answer, where there is one."""
        plan = self._plan()
        waits, pair = plan.waits(), plan.pair()
        known = waits is not None and pair is not None
        require(known, "an exact answer needs waits and a pair with an exact form",
                got={"policy": self.policy, "links": len(self.links), "measure": self.measure}, fix="shots=1000",
                why="Long chains that wait and decay are followed run by run; theory() tells what is known of them")
        steps, offset_s = waits  # type: ignore[misc]
        times = offset_s + plan.step_s * np.arange(len(steps))
        kept = steps > 0
        return {"pairs": Outcomes(registers=PAIR_REGISTERS, weights=_shares(pair)),  # type: ignore[arg-type]
                "waits": Outcomes(registers=WAIT_REGISTERS, weights=wait_weights(times[kept], steps[kept]))}

    def sample(self, probabilities: Mapping[str, Outcomes], shots: int,
               rng: np.random.Generator) -> dict[str, Outcomes]:
        """``shots`` pairs from end to end, one after the other."""
        most = MAX_FOLLOWED // len(self.links)
        require(shots <= most, f"shots must satisfy shots <= {most}", fix=f"shots={min(most, 100_000)}",
                got={"shots": shots, "links": len(self.links)}, why="Each link of each pair is followed")
        counts, waits, batch = np.zeros(6, dtype=int), [], max(1000, _BATCH // len(self.links))
        for start in range(0, shots, batch):
            seen = self._follow(min(batch, shots - start), rng)
            axis = rng.integers(0, 3, len(seen.ended_s))
            read = np.choose(axis, [np.broadcast_to(mean, axis.shape) for mean in seen.read])
            differ = rng.random(len(axis)) < (1 - read) / 2
            counts += np.bincount(2 * axis + differ, minlength=6)
            waits.append(seen.ended_s)
        weights = {f"{k >> 1:02b} {k & 1}": int(count) for k, count in enumerate(counts) if count}
        return {"pairs": Outcomes(registers=PAIR_REGISTERS, weights=tuple(weights.items()), n=shots),
                "waits": Outcomes(registers=WAIT_REGISTERS, weights=wait_weights(np.concatenate(waits)), n=shots)}

    def estimates(self, outcomes: Mapping[str, Outcomes]) -> dict[str, Estimate]:
        """Waits, correlators, fidelity, error rates and key."""
        wait, pairs = read_waits(outcomes["waits"]), outcomes["pairs"]
        rate = Estimate(value=1 / wait.value, std_error=wait.std_error / wait.value**2, n=wait.n)
        found = {"waiting_time_s": wait, "rate_hz": rate}
        seen = {}
        for k, axis in enumerate(_AXES):
            right, wrong = (pairs[f"{k:02b} {differ}"] for differ in (0, 1))
            among = right + wrong
            if among > 0:
                seen[axis] = (Estimate.exact(wrong / among) if pairs.n is None
                              else Estimate.proportion(wrong, round(among)))
                found[axis] = Estimate.combine([(-2.0, seen[axis])], constant=1.0)
        if len(seen) == 3:
            found["fidelity"] = Estimate.combine([(0.25, found["xx"]), (-0.25, found["yy"]), (0.25, found["zz"])],
                                                 constant=0.25)
        found |= {f"qber_{axis[0]}": seen[axis] for axis in ("xx", "zz") if axis in seen}
        if "qber_x" in found and "qber_z" in found:
            found["secret_key_rate_hz"] = self._key(rate, found["qber_x"], found["qber_z"])
        return found

    def theory(self) -> dict[str, float]:
        """What of it has an exact form (see above)."""
        plan = self._plan()
        wait, pair = plan.mean_wait_s(), plan.pair()
        told = {} if wait is None else {"waiting_time_s": wait, "rate_hz": 1 / wait}
        if pair is not None:
            told |= {"xx": pair.xx, "yy": pair.yy, "zz": pair.zz, "fidelity": pair.fidelity,
                     "qber_x": (1 - pair.xx) / 2, "qber_z": (1 - pair.zz) / 2}
        if wait is not None and pair is not None:
            exact = (Estimate.exact(told[name]) for name in ("rate_hz", "qber_x", "qber_z"))
            told["secret_key_rate_hz"] = self._key(*exact).value
        return told

    # ---------------------------------------------------------------------------------------------------- the parts

    def follow(self, runs: int, rng: Rng = None) -> Followed:
        """Run after run in detail: when it was done, the fidelity of its pair, and when each link and station was.

        Parameters
        ----------
        runs : int
            How many: at least one, and at most 2 * 10^7 over the number of links.
        rng : int, numpy SeedSequence or Generator, or None
            Makes them repeatable.

        Returns
        -------
        Followed
            ``waiting_time_s`` and ``fidelity`` (as the readouts report it) by run; ``herald_s`` by link and run,
            ``swap_s`` by station and run, None with purification.

        >>> seen = RepeaterChain().follow(5, rng=7)
        >>> seen.fidelity.tolist(), seen.herald_s.shape
        ([1.0, 1.0, 1.0, 1.0, 1.0], (2, 5))
        """
        whole = isinstance(runs, (int, np.integer)) and not isinstance(runs, bool)
        most = MAX_FOLLOWED // len(self.links)
        require(whole and 1 <= runs <= most, f"runs must be a whole number, 1 <= runs <= {most}",
                got={"runs": (runs, "")}, why="Each is kept", fix="runs=1000", error=ValueError if whole else TypeError)
        seen = self._follow(int(runs), np.random.default_rng(sequence_of(root_seed(rng), "chain")))
        at = (None, None) if seen.history is None else (seen.history.herald_s, seen.history.swap_s)
        return Followed(seen.ended_s, seen.read.fidelity, *at)

    def _follow(self, runs: int, rng: np.random.Generator) -> _Seen:
        plan, keep = self._plan(), self.measure == "keep"
        if plan.purifier is not None:
            return _Seen(*plan.purifier.follow(runs, rng, self.swap_success, self.cutoff_s), None)
        seen = histories(plan.timing, runs, rng, policy=self.policy, swap_success=self.swap_success,
                         cutoff_s=self.cutoff_s)
        return _Seen(seen.known_s if keep else seen.swapped_s, read_ends(self.links, seen, plan.nodes, keep=keep), seen)

    def _plan(self) -> Plan:
        nodes = Nodes(self.gates, self.station_readout, self.alice_readout, self.bob_readout)
        return Plan(self.links, policy=self.policy, swap_success=self.swap_success, cutoff_s=self.cutoff_s,
                    keep=self.measure == "keep", nodes=nodes, purify=self.purify, purification=self.purification)

    def _key(self, rate: Estimate, qber_x: Estimate, qber_z: Estimate) -> Estimate:
        """Secret bits per second, 0 where there is no key; its error from those of its parts."""
        f = self.error_correction
        fraction = float(bb84_secret_fraction(qber_z.value, phase_error=qber_x.value, error_correction=f))
        slopes = [-weight * math.log2((1 - q) / q) for weight, q in (
            (1.0, _inside(qber_x)), (f, _inside(qber_z)))]
        error = math.hypot(rate.std_error * max(fraction, 0.0), rate.value * slopes[0] * qber_x.std_error,
                           rate.value * slopes[1] * qber_z.std_error)
        return Estimate(value=rate.value * max(fraction, 0.0), std_error=error, n=rate.n)


def _inside(qber: Estimate) -> float:
    """An error rate at which the slope of its entropy is finite: that of the posterior's mean, if none was seen."""
    half = 0.5 / ((qber.n or 0) + 1) if qber.n else 1e-12
    return min(max(qber.value, half), 1 - half)


def _shares(pair: Read) -> tuple[tuple[str, float], ...]:
    """Of each axis and whether the two bits differ."""
    return tuple((f"{k:02b} {differ}", (1 + (-1) ** differ * mean) / 6)
                 for k, mean in enumerate(pair) for differ in (0, 1))
