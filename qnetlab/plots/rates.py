"""Secret key against fiber length, of one link or of several."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks import require
from ..devices.fiber import Fiber
from ..network.chain_key import ChainKeyRate
from ..network.key_rate import SecretKeyRate
from ..theory.key_rates import repeaterless_bound
from .look import GRAY, color, dash

if TYPE_CHECKING:
    from .figure import Figure

_STEPS = 120
_ENDLESS_KM = 500.0  # where the axis ends if no curve does
_LEAST = 1e-12  # secret bits per pulse below which a curve is no longer drawn


def key_rate_vs_length(links: Mapping[str, SecretKeyRate | ChainKeyRate], *, longest_km: float | None = None,
                       per: str = "pulse") -> Figure:
    """Draw secret key against fiber length, on a logarithmic axis.

    Parameters
    ----------
    links : mapping of str to SecretKeyRate or ChainKeyRate
        Name -> link; its own length does not matter, each curve runs along the same kind of fiber. A chain keeps its
        number of stations, and is drawn per second only.
    longest_km : float, optional
        Where the axis ends, > 0; just beyond the last cliff if not given.
    per : "pulse" or "second"
        Of the key; per pulse with what no repeaterless link can pass over the clearest of the fibers, per second with
        the repetition rate of each and its dead time; beside chains, with what no cable can pass at their
        ``direct_rate_hz``.

    Returns
    -------
    Figure
        A line for each link; it ends where its key ends.

    Raises
    ------
    TypeError, ValueError
        If there is no link, or an argument is out of its range.

    >>> from qnetlab.network.systems import gys_2004
    >>> figure = key_rate_vs_length({"GYS 2004": gys_2004(length_km=0)})
    >>> [trace.name for trace in figure.data], float(max(figure.data[0].x))
    (['GYS 2004', 'no repeaterless link passes'], 142.0)
    """
    from .figure import Figure

    given = dict(links) if isinstance(links, Mapping) else {}
    require(bool(given) and all(isinstance(link, (SecretKeyRate, ChainKeyRate)) for link in given.values()),
            "links must map names to SecretKeyRates or ChainKeyRates", got={"links": (links, "")}, error=TypeError,
            why="Each curve needs a name", fix='key_rate_vs_length({"mine": SecretKeyRate()})')
    require(per in ("pulse", "second"), "per must be 'pulse' or 'second'", got={"per": (per, "")},
            why="Key comes per pulse or per second", fix="per='pulse'")
    chains = [link for link in given.values() if isinstance(link, ChainKeyRate)]
    require(per == "second" or not chains, "per must be 'second' for a chain", got={"per": (per, "")},
            why="Its attempts are no pulses", fix="per='second'")
    furthest = max(link.reach_km for link in given.values())
    shown = 1.1 * furthest if 0 < furthest < np.inf else _ENDLESS_KM
    end = shown if longest_km is None else longest_km
    require(isinstance(end, (int, float)) and not isinstance(end, bool) and 0 < end < np.inf, "longest_km must be > 0",
            got={"longest_km": (longest_km, "km")}, why="A curve needs a length to run along", fix="longest_km=300")
    glass = all(isinstance(link.fiber, Fiber) for link in given.values())
    length = "fiber length" if glass else "length"
    figure = Figure(layout={
        "title": f"Secret key against {length}",
        "xaxis": {"title": f"{length} in km"},
        "yaxis": {"title": f"secret bits per {per}", "type": "log"},
    })
    for i, (name, link) in enumerate(given.items()):
        last = min(end, link.reach_km)
        km = np.linspace(0.0, last, _STEPS + 1) if last > 0 else np.zeros(0)
        # The cliff is steep: a few places more, ever closer to it.
        km = np.unique(np.round([*km, *(last - 0.5 ** np.arange(1, 10))], 1)) if last > 1 else km
        key, kept = _key(link, km, per)
        figure.add_scatter(name=name, x=km[kept].tolist(), y=key[kept].tolist(), mode="lines",
                           line={"color": color(i), "dash": dash(i)})
    if per == "pulse" or chains:
        clearest, fiber = min(((name, link.fiber) for name, link in given.items()),
                              key=lambda named: float(named[1].loss_db_at(end)))
        km = np.linspace(0.0, end, _STEPS + 1)[1:]
        eta = 10 ** (-np.asarray(fiber.loss_db_at(km)) / 10)
        rate_hz = max((chain.direct_rate_hz for chain in chains), default=1.0)
        bound = np.asarray(repeaterless_bound(eta)) * rate_hz
        kept = np.isfinite(bound) & (bound > _LEAST * rate_hz)
        name = f"no cable passes, {rate_hz:g} pulses" if chains else "no repeaterless link passes"
        name = name if glass else f"{name} over {clearest}"
        figure.add_scatter(name=name, x=km[kept].tolist(), y=bound[kept].tolist(),
                           mode="lines", line={"color": GRAY, "dash": "dot"})
    return figure


def _key(link: SecretKeyRate | ChainKeyRate, km: Any, per: str) -> tuple[Any, Any]:
    """The key at these lengths, and which of it is worth drawing."""
    if isinstance(link, ChainKeyRate):
        fibers = (dataclasses.replace(link.fiber, length_km=float(length_km)) for length_km in km)
        key = np.array([dataclasses.replace(link, fiber=fiber).bits_per_s for fiber in fibers])
        return key, key > _LEAST * link.direct_rate_hz
    key = np.asarray(link.bits_per_pulse_at(km), dtype=float)
    kept = key > _LEAST
    return (key * link.source.repetition_rate_hz * link.live_at(km) if per == "second" else key), kept
