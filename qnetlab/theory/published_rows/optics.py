"""Published losses and error floors: what light does on its way."""

from __future__ import annotations

from ..counting import contrast_error
from ..records import Published, Quantity, WrongModel

_RECALLED = "not found; recalled"
_QUOTED = "main text, as others quote it word for word; not seen in print"
_KM = 307

ROWS: tuple[Published, ...] = (
    Published(
        id="FIB04",
        authors="B. Korzh et al.",
        year=2015,
        journal="Nature Photonics 9, 163",
        doi="10.1038/nphoton.2014.327",
        title="Provably secure and practical quantum key distribution over 307 km of optical fibre",
        inputs=(
            Quantity(name="fiber_km", value=_KM, unit="km", confirmed=True, where="abstract"),
            Quantity(
                name="attenuation_db_per_km",
                value=0.17,
                unit="dB/km",
                where="highest in the data sheet of such a fiber (Corning PI1470); that it was this type is a guess",
            ),
            Quantity(
                name="repetition_rate_hz",
                value=6.25e8,
                unit="Hz",
                where="not found; that of the paper on its detectors",
            ),
        ),
        outputs=(
            Quantity(name="loss_db", value=51.9, unit="dB", confirmed=True, where="abstract of arXiv:1407.7427"),
            Quantity(name="rate", value=3.18, unit="bit/s", where=_RECALLED),
        ),
        wrong_models=(
            WrongModel("ordinary fiber, 0.2 dB/km", 0.2 * _KM),
            WrongModel("half of the decibels, as for an amplitude", 51.9 / 2),
        ),
        note="No uncertainty is given: a comparison. The abstract calls the fiber ultra-low-loss.",
    ),
    Published(
        id="SAT02",
        authors="S.-K. Liao et al.",
        year=2017,
        journal="Nature 549, 43",
        doi="10.1038/nature23655",
        title="Satellite-to-ground quantum key distribution",
        inputs=(
            Quantity(name="polarization_contrast", value=280, where=_RECALLED),
            Quantity(name="dark_count_rate_hz", value=25, unit="Hz", where=f"{_RECALLED}, an upper bound"),
            Quantity(name="gate_s", value=2e-9, unit="s", where=_RECALLED),
            Quantity(name="clock_hz", value=1e8, unit="Hz", where=_RECALLED),
            Quantity(name="detections", value=3_551_136, where=_QUOTED),
            Quantity(name="sifted_bits", value=1_671_072, where=_QUOTED),
            Quantity(name="pass_s", value=273, unit="s", where=_RECALLED),
            Quantity(name="signal_intensity", value=0.8, where=_RECALLED),
            Quantity(name="decoy_intensity", value=0.1, where=_RECALLED),
            Quantity(name="signal_share", value=0.5, where=_RECALLED),
            Quantity(name="decoy_share", value=0.25, where=f"{_RECALLED}; the rest is empty pulses"),
            Quantity(name="altitude_km", value=500, unit="km", where="as others quote it, about"),
            Quantity(name="inclination_deg", value=97.4, unit="deg", where="not found; a sun-synchronous orbit"),
            Quantity(name="latitude_deg", value=40.4, unit="deg", where="of Xinglong; recalled"),
            Quantity(name="nearest_km", value=645, unit="km", where=_QUOTED),
            Quantity(name="furthest_km", value=1200, unit="km", confirmed=True, where="abstract: up to"),
            Quantity(name="diffraction_db", value=22, unit="dB", where=f"{_QUOTED}; at 1200 km"),
            Quantity(name="least_air_db", value=3, unit="dB", where=f"{_QUOTED}; at 1200 km, with turbulence"),
            Quantity(name="most_air_db", value=8, unit="dB", where=f"{_QUOTED}; at 1200 km, with turbulence"),
            Quantity(name="most_pointing_db", value=3, unit="dB", where=f"{_QUOTED}, an upper bound"),
            Quantity(name="receiver_efficiency", value=0.16, where=_RECALLED),
            Quantity(name="detector_efficiency", value=0.5, where=_RECALLED),
        ),
        outputs=(
            Quantity(name="error_rate", value=0.011, where=_RECALLED),
            Quantity(
                name="sifted_fraction",
                value=0.470574,
                uncertainty_low=0.000265,
                uncertainty_high=0.000265,
                where="sifted bits over detections, both only quoted; counting statistics",
            ),
            Quantity(name="key_bits", value=300_939, where=f"{_RECALLED}, for epsilon 1e-9"),
            Quantity(name="sifted_rate_near", value=12_000, unit="bit/s", where=f"{_QUOTED}; about, at 645 km"),
            Quantity(name="sifted_rate_far", value=1000, unit="bit/s", where=f"{_QUOTED}; about, at 1200 km"),
            Quantity(name="orders_over_fiber", value=20, confirmed=True, where="abstract: around, at the same length"),
        ),
        wrong_models=(WrongModel("the contrast of the optics is all", contrast_error(280)),),
        note="Micius to the ground, decoy-state BB84; the mean error rate of one pass.",
    ),
)
