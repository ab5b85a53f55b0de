"""The satellite explorer: one pass, moment by moment, and the key that it leaves."""

from __future__ import annotations

from typing import Any, ClassVar

from ..checks import require
from ..devices.detector import Detector
from ..devices.photon_source import WeakCoherentSource
from ..devices.satellite import SatellitePass
from ..devices.telescopes import Telescopes
from ..network.pass_key import PassKey
from ._panel import GIVEN, Chart, Group, Panel, State, decades, slider, stops
from .explorer import Explorer

_ORBIT = ("altitude_km", "culmination_deg", "min_elevation_deg", "latitude_deg", "inclination_deg",
          "zenith_transmittance")
_SCOPES = ("wavelength_nm", "waist_m", "divergence_urad", "transmitter_diameter_m", "receiver_diameter_m",
           "pointing_urad", "receiver_efficiency")

_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **{name: f"orbit.{name}" for name in _ORBIT},
        **{name: f"orbit.telescopes.{name}" for name in _SCOPES},
        **{name: f"source.{name}" for name in ("repetition_rate_hz", "intensities", "probabilities")},
        **{name: f"detector.{name}" for name in ("efficiency", "dark_count_rate_hz", "gate_s", "dead_time_s",
                                                 "afterpulse_probability")},
        **{name: name for name in ("background_rate_hz", "misalignment_error", "basis_probability", "key_from",
                                   "eps_sec", "eps_cor", "error_correction", "step_s")},
    },
    groups=(
        Group(title="Pass", controls=(
            slider("moment", "Moment", stops(0, 100, 1), unit="%", writes=(),
                   hint="How much of the pass is over: 50 % is its highest point"),
            slider("culmination_deg", "Highest point", stops(20, 90, 1), unit="°",
                   hint="Elevation above the horizon when the satellite is highest; straight up is 90°"),
            slider("altitude_km", "Altitude", (*stops(300, 1000, 20), *stops(1100, 2000, 100)), unit="km",
                   hint="Of the circular orbit above the ground"),
        )),
        Group(title="Telescopes", controls=(
            slider("receiver_diameter_m", "Telescope", stops(0.1, 2, 0.05), unit="m", show="fixed:2",
                   hint="Diameter of the telescope on the ground"),
            slider("divergence_urad", "Divergence", stops(4, 60, 1), unit="µrad",
                   hint="Full angle by which the beam spreads; 10 µrad are 10 m per 1000 km"),
            slider("pointing_urad", "Pointing error", stops(0, 10, 0.2), unit="µrad",
                   hint="By how much the beam misses, root mean square along each axis"),
        )),
        Group(title="Sky", controls=(
            slider("zenith_transmittance", "Air lets pass", stops(0.1, 1, 0.05), show="fixed:2",
                   hint="Share of the light that the air lets through straight up; lower down it is thicker"),
            slider("background_rate_hz", "Background", (0.0, *decades(0, 6)[:-1]), unit="/s",
                   hint="Clicks per second of each detector from the sky: few on a dark night, very many by day"),
        )),
    ),
)


class SatelliteExplorer(Explorer[PassKey]):
    """Drag a satellite along its pass: distance, losses by name, and the key of the whole pass.

    Parameters
    ----------
    protocol : PassKey or None
        Where to start, with a laser and one decoy going down; None for a satellite at 500 km.
    presets, shots, rng
        Not used here: there is nothing to choose from and nothing to shoot on Aer.
    ranges : mapping or None
        Other ends for a slider, such as ``{"altitude_km": (500, 36000, 500)}``.
    **settings
        Any control: moment, culmination_deg, altitude_km, receiver_diameter_m, divergence_urad, pointing_urad,
        zenith_transmittance, background_rate_hz.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the pass refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`~qnetlab.network.pass_key.PassKey` that the controls stand for. The fiber
    beside it loses 0.2 dB/km. Twice the distance is taken at the same elevation.

    >>> explorer = SatelliteExplorer(culmination_deg=30)
    >>> explorer.protocol.orbit.culmination_deg, explorer.protocol.key_bits > 0
    (30.0, True)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = PassKey
    entry: ClassVar[str] = "satellite.js"
    title: ClassVar[str] = "A satellite goes by: what arrives, and what key is left?"
    chart: ClassVar[Chart] = Chart(
        quantity="key_bits", along="culmination_deg", x_label="highest point of the pass in degrees",
        y_label="secret bits", y_range=(1e2, 1e9), y_log=True)
    shoots: ClassVar[str | None] = None  # there is no circuit: expected counts only

    @classmethod
    def example(cls) -> PassKey:
        """A satellite at 500 km with a small telescope, and one of a meter below: an illustration, nobody's mission."""
        scopes = Telescopes(waist_m=0.15, divergence_urad=10, transmitter_diameter_m=0.6, receiver_diameter_m=1,
                            pointing_urad=1, receiver_efficiency=0.3)
        return PassKey(
            orbit=SatellitePass(telescopes=scopes, zenith_transmittance=0.7, culmination_deg=60),
            source=WeakCoherentSource(repetition_rate_hz=1e8, intensities=(0.5, 0.15), probabilities=(0.8, 0.2)),
            detector=Detector(efficiency=0.5, dark_count_rate_hz=100, gate_s=1e-9), background_rate_hz=200,
            misalignment_error=0.01)

    def start(self, name: str) -> Any:
        """The moment at first: halfway up."""
        return 25.0 if name == "moment" else super().start(name)

    def extra_config(self, given: Any) -> dict[str, Any]:
        """A second chart: the loss over the pass."""
        return {"loss_chart": vars(Chart(quantity="loss_db", along="moment", x_label="seconds from the highest point",
                                         y_label="loss in dB", y_range=(0.0, 60.0)))}

    def read(self, protocol: Any) -> State:
        """The controls for a pass with one decoy, downward; anything that they cannot say is refused."""
        plain = (isinstance(protocol.source, WeakCoherentSource) and len(protocol.source.intensities) == 2
                 and protocol.orbit.direction == "down")
        require(plain, "protocol must have a laser with one decoy, and a beam that goes down",
                got={"protocol": (protocol, "")}, why="This explorer is about that pass",
                fix="source=WeakCoherentSource(intensities=(0.5, 0.15), probabilities=(0.8, 0.2))")
        found = super().read(protocol)
        return {**found, "divergence_urad": GIVEN if found["divergence_urad"] is None else found["divergence_urad"]}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        orbit, told = protocol.orbit, protocol.theory()
        key = f"{told['key_bits']:.3g} secret bits" if told["key_bits"] > 0 else "no key"
        return (f"A pass of {told['duration_s']:.0f} s at {orbit.altitude_km:g} km loses {told['best_loss_db']:.1f} dB "
                f"at its highest point, {told['worst_loss_db']:.1f} dB at its ends, and leaves {key}.")
