"""Aer's points beside the closed form: shot on a thread of their own, newest setting first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..checks import require
from ..engine import MAX_DRAWN, run
from ..fields import at, rebuilt
from ..result import Result
from ..seeds import Rng, root_seed
from ._latest import Latest
from ._panel import Chart, Panel

_KEPT = 512
_BREATH_S = 0.15  # who is still dragging wants the next first point, not the rest of this one
_BATCHES = 4  # a first answer soon, then a surer one: the error bars halve before the reader's eyes
NO_POINTS: dict[str, Any] = {"sequence": 0, "items": []}


class Points:
    """Points of one estimate along one place of a protocol, such as its fidelity along its length.

    ``arrived()`` is called on the working thread whenever ``newest`` holds more than before; ``failed(problem)`` when
    Aer could not. ``mode``: as in ``run``; None, or no chart: nothing is shot. What was shot is remembered, so that
    coming back to a setting shows the same points. ``newest``: the sequence number of the request, the state it was
    for, and items with x, y, std_error and n.
    """

    def __init__(self, panel: Panel, chart: Chart | None, *, shots: int, rng: Rng, arrived: Callable[[], None],
                 failed: Callable[[BaseException], None], mode: str | None = "shots") -> None:
        self.at_all = chart is not None and mode is not None
        self._mode = mode or "exact"
        if chart is not None:
            values = panel.control(chart.along).values
            self._along = tuple(values[round(i * (len(values) - 1) / 5)] for i in range(6))
            self._place = panel.places[chart.along]
            self._quantity = chart.quantity
        self._shots = _checked_shots(shots, MAX_DRAWN if mode == "exact" else MAX_SHOTS)
        self._rng = np.random.default_rng(root_seed(rng))
        self._arrived = arrived
        self._kept: OrderedDict[Any, Result] = OrderedDict()
        self._latest = Latest(self._shoot, failed)
        self._sequence = 0
        self.newest: dict[str, Any] = NO_POINTS

    def request(self, state: Mapping[str, Any], protocol: Any, possible: bool = True) -> None:
        """Ask for the point of this protocol, then for those along the range; an older request is forgotten.

        Not ``possible``: too large to be shot. Then there are no points, and nobody waits for them.
        """
        if not self.at_all:
            return
        self._sequence += 1
        if possible:
            self._latest.submit((self._sequence, dict(state), protocol))
        else:
            self.newest = {"sequence": self._sequence, "state": dict(state), "items": []}
            self._arrived()

    def settle(self, timeout_s: float | None = None) -> bool:
        """Wait until all that was asked for is there; False if that took longer than ``timeout_s``."""
        return self._latest.settle(timeout_s)

    def close(self) -> None:
        """Ask no more."""
        self._latest.close()

    def _shoot(self, request: tuple[int, dict[str, Any], Any], outdated: Callable[..., bool]) -> None:
        sequence, state, protocol = request
        here = float(at(protocol, self._place))
        places = tuple(dict.fromkeys((here, *self._along)))  # first of all where the reader is
        items: dict[float, dict[str, float]] = {}
        for batch in range(1, _BATCHES + 1):
            for x in places:
                point = self._point(rebuilt(protocol, {self._place: x}), batch)
                if point is not None:
                    items[x] = {"x": x, **point}
                if batch == 1 or x == places[-1]:  # every first point at once, later only what a whole batch changed
                    self.newest = {"sequence": sequence, "state": state, "items": [items[k] for k in sorted(items)]}
                    self._arrived()
                if outdated(_BREATH_S if batch == 1 and x == here else 0.0):
                    return

    def _point(self, protocol: Any, batch: int) -> dict[str, float] | None:
        """One point; None where nothing was counted that the estimate could be made of."""
        settings = 1 if hasattr(protocol, "detect") else len(protocol.circuits())  # else shots are rounds in all
        rounds = max(1, self._shots // _BATCHES // settings)
        known = self._kept.get(protocol)
        if known is None or (known.shots or 0) < batch * rounds:
            more = run(protocol, rounds, mode=self._mode, rng=self._rng)
            self._kept[protocol] = known = more if known is None else known + more
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(protocol)
        estimate = known.estimates.get(self._quantity)
        if estimate is None:
            return None
        return {"y": estimate.value, "std_error": estimate.std_error, "n": estimate.n or 0}


#: Beyond this a point would take minutes.
MAX_SHOTS = 1_000_000


def _checked_shots(got: Any, most: int) -> int:
    whole = isinstance(got, int) and not isinstance(got, bool)
    require(whole and 1 <= got <= most, f"shots must be a whole number, 1 <= shots <= {most}",
            got={"shots": (got, "")}, why="Each round of a point is really shot, while the reader waits",
            fix="shots=400", error=ValueError if whole else TypeError)
    return int(got)
