"""A figure of one pass: what is lost where, against time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..checks import require
from ..devices.satellite import SatellitePass
from .look import color, dash

if TYPE_CHECKING:
    from .figure import Figure

_MOMENTS = 81
_NOTHING_DB = 5e-3  # what would lie on the axis is not drawn


def losses_over_pass(flight: SatellitePass) -> Figure:
    """Draw every loss of a pass by its name, in decibels, and all together, against time.

    Parameters
    ----------
    flight : SatellitePass

    Returns
    -------
    Figure
        A line for each loss that there is, the sum first.

    Raises
    ------
    TypeError
        If it is no SatellitePass.

    >>> from qnetlab.devices.telescopes import Telescopes
    >>> one = SatellitePass(telescopes=Telescopes(receiver_diameter_m=1), zenith_transmittance=0.7)
    >>> [line.name for line in losses_over_pass(one).data]
    ['together', 'diffraction', 'atmosphere']
    """
    from .figure import Figure

    require(isinstance(flight, SatellitePass), "flight must be a SatellitePass", got={"flight": (flight, "")},
            error=TypeError, why="Losses change while it passes", fix="SatellitePass()")
    half = flight.duration_s / 2 * (1 - 1e-12)
    times = np.linspace(-half, half, _MOMENTS) if half > 0 else np.zeros(1)
    losses = {name: np.broadcast_to(loss, times.shape) for name, loss in flight.losses_db(times).items()}
    lines = {"together": sum(losses.values()), **{n: loss for n, loss in losses.items() if np.max(loss) > _NOTHING_DB}}
    figure = Figure(layout={
        "title": f"Losses over a pass, {flight.altitude_km:g} km up, at most {flight.culmination_deg:g}° high",
        "xaxis": {"title": "seconds after the highest point"},
        "yaxis": {"title": "loss in dB", "rangemode": "tozero"},
    })
    for i, (name, loss) in enumerate(lines.items()):
        figure.add_scatter(name=name, x=np.round(times, 1).tolist(), y=np.round(loss, 4).tolist(), mode="lines",
                           line={"color": color(i), "dash": dash(i)})
    return figure
