"""One run of a route in space and time: what happened where and when, from the first attempt to the pair."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from ..checks import require
from ..seeds import Rng, root_seed, sequence_of
from .histories import POLICIES, histories, timing_of
from .routes import Route

#: What may happen, in words.
HAPPENINGS = {
    "pair": "both halves are in their memories",
    "herald": "both ends of the link know of their pair",
    "swap": "the station measures its two halves",
    "message": "the station's bits are on their way",
    "known": "both ends know that they share a pair",
}


class Event(NamedTuple):
    """Something that happened: when it began and ended, in s, what (:data:`HAPPENINGS`), and from where to where."""

    time_s: float
    what: str
    start: str
    end: str
    until_s: float

    def __str__(self) -> str:
        """One line."""
        way = self.start if self.start == self.end else f"{self.start}-{self.end}"
        late = f", there {1e3 * self.until_s:.4g} ms" if self.what == "message" else ""
        return f"{1e3 * self.time_s:10.4g} ms  {way}: {HAPPENINGS[self.what]}{late}"


class RunRecord(NamedTuple):
    """One run of a route: its nodes, where they stand along it in km, how often each link tried, and all events."""

    nodes: tuple[str, ...]
    at_km: tuple[float, ...]
    attempts: tuple[int, ...]
    events: tuple[Event, ...]

    @property
    def ended_s(self) -> float:
        """When both ends knew, in s."""
        return self.events[-1].until_s

    def of(self, what: str) -> tuple[Event, ...]:
        """All events of a kind, in order of time."""
        return tuple(event for event in self.events if event.what == what)

    def __str__(self) -> str:
        """A line for each event."""
        return "\n".join(map(str, self.events))


def one_run(route: Route, rng: Rng = None, *, policy: str = "swap_asap") -> RunRecord:
    """Play one run of a route and write down what happens.

    Parameters
    ----------
    route : Route
        From :func:`qnetlab.best_route` or :func:`qnetlab.route_along`.
    rng : int, numpy SeedSequence or Generator, or None
        The same number gives the same run.
    policy : "swap_asap" or "nested"
        When a station swaps, as in :class:`qnetlab.RepeaterChain`.

    Returns
    -------
    RunRecord
        Its events in order of time; the last one is that both ends know.

    Raises
    ------
    TypeError, ValueError
        If it is no route, or one of its links never succeeds.

    Notes
    -----
    The same model as :class:`qnetlab.RepeaterChain` with ``measure="keep"``: every link tries by its own clock, a pair
    is known at the tick that ends its attempt, and a station's bits go to both ends at the speed of light in the fiber.
    Attempts that fail are counted and not listed.

    >>> from qnetlab.devices.link import Link
    >>> from qnetlab.network.graph import Network
    >>> from qnetlab.network.routes import route_along
    >>> record = one_run(route_along(Network.chain(nodes=3, link=Link()), "ABC"), rng=7)
    >>> [event.what for event in record.events]
    ['pair', 'pair', 'herald', 'herald', 'swap', 'message', 'message', 'known']
    """
    require(isinstance(route, Route), "route must be a Route", got={"route": (route, "")}, error=TypeError,
            why="A run follows one", fix="best_route(network, 'A', 'B')")
    require(policy in POLICIES, f"policy must be one of {', '.join(POLICIES)}", got={"policy": (policy, "")},
            why="Stations swap at once, or by halves", fix="policy='swap_asap'")
    for link in route.links:
        require(link.success_probability > 0, "every link of a route must succeed at times", fix="a shorter fiber",
                got={"route": "-".join(route.nodes)}, why="A link that never succeeds never ends")
    timing = timing_of(route.links)
    drawn = np.random.default_rng(sequence_of(root_seed(rng), "one run"))
    nodes, events = route.nodes, []
    if len(route.links) == 1:  # no station: known with the herald
        known = float(drawn.geometric(timing.chance[0]) * timing.step_s[0])
        heralds, swaps = [known], []
    else:
        seen = histories(timing, 1, drawn, policy=policy)
        heralds, swaps = seen.herald_s[:, 0].tolist(), seen.swap_s[:, 0].tolist()
        known = float(seen.known_s[0])
    for link, herald, (a, b) in zip(route.links, heralds, itertools.pairwise(nodes), strict=True):
        events += [Event(max(0.0, herald - link.wait_s), "pair", a, b, herald), Event(herald, "herald", a, b, herald)]
    for k, swap in enumerate(swaps, 1):
        events.append(Event(swap, "swap", nodes[k], nodes[k], swap))
        for end in (0, len(nodes) - 1):
            way = abs(float(timing.at_s[end] - timing.at_s[k]))
            events.append(Event(swap, "message", nodes[k], nodes[end], swap + way))
    events.append(Event(known, "known", nodes[0], nodes[-1], known))
    order = {what: i for i, what in enumerate(HAPPENINGS)}
    place = np.concatenate([[0.0], np.cumsum([link.fiber.length_km for link in route.links])])
    return RunRecord(nodes=nodes, at_km=tuple(place.tolist()),
                     attempts=tuple(max(1, round(h / step)) for h, step in zip(heralds, timing.step_s, strict=True)),
                     events=tuple(sorted(events, key=lambda event: (event.time_s, order[event.what]))))
