"""A backbone of trusted relays in time: keys are made on every hop, stored, spent by what is asked for, and run out."""

from __future__ import annotations

import itertools
import math
import numbers
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import choice, custom, number, refuse, require, value
from ..theory.trusted_relays import end_to_end_rate, hop_rate_bps, leak_probability, split_leak_probability
from .flow import Edge, Flow, disjoint_paths, fewest_hops, maximum_flow
from .key_days import Day, made_bits, spend, wanted_bits

if TYPE_CHECKING:
    from .graph import Network

DAY_S = 86_400.0


def _name(name: str, got: Any) -> str:
    __tracebackhide__ = True
    require(isinstance(got, str) and bool(got), f"{name} must be the name of a node", got={name: (got, "")},
            error=TypeError, why="A path is a list of names", fix=f"{name}='alice'")
    return str(got)


def _arrivals(name: str, got: Any) -> tuple[tuple[float, int], ...]:
    __tracebackhide__ = True
    fits = isinstance(got, Sequence) and not isinstance(got, str) and all(
        isinstance(item, Sequence) and not isinstance(item, str) and len(item) == 2
        and all(isinstance(x, numbers.Real) and not isinstance(x, bool) and 0 <= float(x) < 1e15 for x in item)
        and item[1] == int(item[1]) for item in got)
    if not fits:
        refuse(f"{name} must be pairs of a time in s and a whole number of bits, each >= 0", got={name: (got, "")},
               why="A pass of a satellite leaves a key at one moment", fix=f"{name}=((3600, 180_000),)",
               error=TypeError)
    return tuple(sorted((float(when), int(bits)) for when, bits in got))


def _many(kind: type, fix: str) -> Any:
    def coerce(name: str, got: Any) -> tuple[Any, ...]:
        __tracebackhide__ = True
        fits = isinstance(got, (tuple, list)) and all(isinstance(item, kind) for item in got)
        require(fits, f"{name} must be a tuple of {kind.__name__}", got={name: (got, "")}, error=TypeError,
                why="A network is a list of them", fix=fix)
        return tuple(got)

    return coerce


@value
class KeyLink:
    """One hop of a backbone: two neighbors who make keys and store them.

    Parameters
    ----------
    a, b : str
        The names of its two ends.
    rate_bps : float
        Secret bits made per second.
    stored_bits : int
        What is in store at the beginning.
    buffer_bits : float
        What the store holds at most; more is thrown away.
    arrivals : tuple of (time in s, bits)
        Keys that come at one moment, such as those of a satellite's pass.

    Raises
    ------
    TypeError, ValueError
        If a field is out of its range, or both ends are the same.

    >>> KeyLink(a="alice", b="relay", rate_bps=12_000).buffer_bits
    inf
    """

    a: str = custom(default="alice", coerce=_name, doc="one end")
    b: str = custom(default="bob", coerce=_name, doc="the other end")
    rate_bps: float = number(default=1000.0, unit="bit/s", low=0, high=1e12, why="A link makes keys or none",
                             fix="rate_bps=1000", doc="secret bits made per second")
    stored_bits: int = number(default=0, unit="bit", low=0, high=10**15, integer=True, why="Bits are counted",
                              fix="stored_bits=100_000", doc="in store at the beginning")
    buffer_bits: float = number(default=math.inf, unit="bit", low=0, why="A store holds something or nothing",
                                fix="buffer_bits=1e9", doc="what the store holds at most")
    arrivals: tuple[tuple[float, int], ...] = custom(default=(), coerce=_arrivals, doc="keys that come at one moment")

    def _check(self) -> None:
        require(self.a != self.b, "a and b must differ", got={"a": (self.a, ""), "b": (self.b, "")},
                why="Nobody shares a key with themselves", fix="b='relay'" if self.a == "bob" else "b='bob'")
        require(self.stored_bits <= self.buffer_bits, "stored_bits must satisfy stored_bits <= buffer_bits",
                got={"stored_bits": (self.stored_bits, "bit"), "buffer_bits": (self.buffer_bits, "bit")},
                why="The store holds no more", fix=f"buffer_bits={self.stored_bits}")


@value
class KeyDemand:
    """Somebody who uses end-to-end key.

    Parameters
    ----------
    source, target : str
        Two nodes.
    rate_bps : float
        End-to-end bits wanted per second, between ``begin_s`` and ``end_s``.
    begin_s, end_s : float
        When it is wanted.
    paths : "one" or "disjoint"
        The path of fewest hops, or all paths without a common relay, the key being the XOR of one key over each.

    Raises
    ------
    TypeError, ValueError
        If a field is out of its range, or source is target.

    >>> KeyDemand(source="alice", target="bob", rate_bps=5000, begin_s=8 * 3600, end_s=18 * 3600).paths
    'one'
    """

    source: str = custom(default="alice", coerce=_name, doc="who wants a key")
    target: str = custom(default="bob", coerce=_name, doc="with whom")
    rate_bps: float = number(default=1000.0, unit="bit/s", low=0, high=1e12, why="Somebody wants something or nothing",
                             fix="rate_bps=1000", doc="end-to-end bits wanted per second")
    begin_s: float = number(default=0.0, unit="s", low=0, high=1e12, why="Time begins at 0", fix="begin_s=0",
                            doc="from when on")
    end_s: float = number(default=math.inf, unit="s", low=0, why="It ends after it begins", fix="end_s=86400",
                          doc="until when")
    paths: str = choice(default="one", options=("one", "disjoint"), doc="the path of fewest hops, or disjoint ones",
                        why="One relay per path then knows a part only")

    def _check(self) -> None:
        require(self.source != self.target, "source and target must differ", got={"source": self.source},
                why="Nobody sends a key to themselves", fix="target='bob'")
        require(self.begin_s <= self.end_s, "begin_s must satisfy begin_s <= end_s",
                got={"begin_s": (self.begin_s, "s"), "end_s": (self.end_s, "s")}, why="It ends after it begins",
                fix="end_s=86400")


@value
class TrustedBackbone:
    """Nodes that trust each other with their keys, and the keys between neighbors.

    Parameters
    ----------
    links : tuple of KeyLink
        The hops.
    demands : tuple of KeyDemand
        Who uses end-to-end key; in each step they are served in this order.

    Raises
    ------
    TypeError, ValueError
        If a demand names a node that no link has, or there is no path for it.

    >>> backbone = TrustedBackbone(links=(KeyLink(a="alice", b="r1", rate_bps=12_000),
    ...     KeyLink(a="r1", b="r2", rate_bps=5000), KeyLink(a="r2", b="bob", rate_bps=8000)),
    ...     demands=(KeyDemand(rate_bps=6000),))
    >>> backbone.rate_bps("alice", "bob")
    5000.0
    >>> backbone.simulate(duration_s=3600, step_s=60)
    Day(1 h: 18000000 end-to-end bits served, 3600000 missed; 54000000 key bits spent on 3 links, 0 discarded)
    """

    links: tuple[KeyLink, ...] = custom(default=(KeyLink(b="relay"), KeyLink(a="relay")),
                                        coerce=_many(KeyLink, "links=(KeyLink(a='alice', b='bob'),)"), doc="the hops")
    demands: tuple[KeyDemand, ...] = custom(default=(), coerce=_many(KeyDemand, "demands=(KeyDemand(),)"),
                                            doc="who uses end-to-end key")

    def _check(self) -> None:
        require(len(self.links) > 0, "links must be at least one KeyLink", got={"links": (self.links, "")},
                why="Without a link there is nobody", fix="links=(KeyLink(a='alice', b='bob'),)")
        for demand in self.demands:
            if not {demand.source, demand.target} <= set(self.nodes) or not self.paths_of(demand):
                refuse("demands must be between nodes that a path joins", got={"demands": (demand, "")},
                       why=f"The nodes are {', '.join(self.nodes)[:200]}", fix="a KeyLink more")

    @property
    def nodes(self) -> tuple[str, ...]:
        """All names, in the order of the links."""
        return tuple(dict.fromkeys(end for link in self.links for end in (link.a, link.b)))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The links as (a, b, bits per second)."""
        return tuple((link.a, link.b, link.rate_bps) for link in self.links)

    def path(self, source: str, target: str) -> tuple[str, ...]:
        """The path of fewest hops, through every link that is there; empty if there is none."""
        return fewest_hops([(link.a, link.b, 1.0) for link in self.links], source, target)

    def disjoint(self, source: str, target: str) -> tuple[tuple[str, ...], ...]:
        """All paths at once that share no relay, the shortest first."""
        return disjoint_paths([(link.a, link.b, 1.0) for link in self.links], source, target)

    def rate_bps(self, source: str, target: str) -> float:
        """What the path of fewest hops carries without end: its worst hop."""
        path = self.path(source, target)
        return end_to_end_rate([self._between(a, b)[1] for a, b in itertools.pairwise(path)])

    def flow(self, source: str, target: str) -> Flow:
        """The most that all paths together carry, bits per second, and what holds it back."""
        return maximum_flow(self.edges, source, target)

    def paths_of(self, demand: KeyDemand) -> tuple[tuple[str, ...], ...]:
        """The paths that a demand uses."""
        if demand.paths == "disjoint":
            return self.disjoint(demand.source, demand.target)
        path = self.path(demand.source, demand.target)
        return (path,) if path else ()

    def leak_probability(self, demand: KeyDemand, corrupt_probability: float) -> float:
        """The chance that Eve reads a demand's key, if each relay is corrupt by itself with this chance."""
        relays = [len(path) - 2 for path in self.paths_of(demand)]
        if len(relays) == 1:
            return float(leak_probability(corrupt_probability, relays[0]))
        return float(split_leak_probability(corrupt_probability, relays))

    def read_by(self, demand: KeyDemand, corrupt: Collection[str]) -> bool:
        """Whether these nodes together know a demand's key: one on each of its paths, or one of its ends."""
        bad = {corrupt} if isinstance(corrupt, str) else set(corrupt)
        return all(bad & set(path) for path in self.paths_of(demand))

    def _between(self, a: str, b: str) -> tuple[int, float]:
        """The best link between two neighbors: its place and its rate."""
        found = [(i, link.rate_bps) for i, link in enumerate(self.links) if {link.a, link.b} == {a, b}]
        return max(found, key=lambda item: item[1])

    def simulate(self, *, duration_s: float = DAY_S, step_s: float = 60.0) -> Day:
        """Make, store and spend keys in steps; whole bits, each accounted for.

        Parameters
        ----------
        duration_s : float
            How long, > 0.
        step_s : float
            A step, > 0; the store of a hop is spent by the demands in their order, once per step.

        Returns
        -------
        Day

        Raises
        ------
        ValueError
            If a time is not positive, or there would be more than ten million steps.
        """
        for name, seconds in (("duration_s", duration_s), ("step_s", step_s)):
            require(isinstance(seconds, numbers.Real) and 0 < seconds < math.inf, f"{name} must satisfy 0 < {name}",
                    got={name: (seconds, "s")}, why="Time goes on", fix=f"{name}=60")
        steps = math.ceil(duration_s / step_s - 1e-9)
        require(steps <= 10**7, "duration_s must be at most ten million steps",
                got={"duration_s": (duration_s, "s"), "step_s": (step_s, "s")}, why="Somebody waits for the result",
                fix=f"step_s={duration_s / 1440:g}")
        times = np.minimum(np.arange(steps + 1) * step_s, duration_s)
        made = np.stack([made_bits(times, link.rate_bps, link.arrivals) for link in self.links], axis=1)
        wanted = np.zeros((steps, len(self.demands)), np.int64)
        for d, demand in enumerate(self.demands):
            wanted[:, d] = wanted_bits(times, demand.rate_bps, demand.begin_s, demand.end_s)
        return spend(times, made, wanted, used=[self._hops_of(demand) for demand in self.demands],
                     room=[int(min(link.buffer_bits, 2.0**62)) for link in self.links],
                     begin=[link.stored_bits for link in self.links])

    def _hops_of(self, demand: KeyDemand) -> list[int]:
        return [self._between(a, b)[0] for path in self.paths_of(demand)
                for a, b in itertools.pairwise(path)]


def links_of(network: Network, *, rate_bps: Callable[[float], float] = hop_rate_bps,
             **more: Any) -> tuple[KeyLink, ...]:
    """A link of a backbone for each edge of a network, its rate by its fiber's length; ``more`` are fields of each.

    >>> from qnetlab.network.graph import Network
    >>> backbone = TrustedBackbone(links=links_of(Network.ring(nodes=5), stored_bits=1000))
    >>> backbone.disjoint("A", "C")
    (('A', 'B', 'C'), ('A', 'E', 'D', 'C'))
    """
    return tuple(KeyLink(a=edge.a, b=edge.b, rate_bps=float(rate_bps(edge.length_km)), **more)
                 for edge in network.edges)


def chain(rates_bps: Sequence[float], *, names: Sequence[str] = (), **more: Any) -> tuple[KeyLink, ...]:
    """A line of links with these rates, from alice over r1, r2, ... to bob; ``more`` are fields of every link.

    >>> [link.b for link in chain([12_000, 5000, 8000])]
    ['r1', 'r2', 'bob']
    """
    known = tuple(names) or ("alice", *(f"r{i}" for i in range(1, len(rates_bps))), "bob")
    require(len(known) == len(rates_bps) + 1, "names must be one more than rates_bps",
            got={"names": (len(known), ""), "rates_bps": (len(rates_bps), "")}, why="A hop has two ends",
            fix="leaving names out")
    return tuple(KeyLink(a=a, b=b, rate_bps=rate, **more)
                 for a, b, rate in zip(known, known[1:], rates_bps, strict=False))
