"""Published light in the open and from satellites, beyond what stands under Bell tests, keys and teleportation."""

from __future__ import annotations

from ..records import Published, Quantity, WrongModel

_RECALLED = "not found; recalled"
_TABLE = "table 2, as quoted; not seen in print; a last digit"
_COLORS = (("532", (0.23, 0.36)), ("850", (0.13, 0.21)), ("1064", (0.10, 0.16)), ("1550", (0.07, 0.10)))

ROWS: tuple[Published, ...] = (
    Published(
        id="FS02",
        authors="R. Ursin et al.",
        year=2007,
        journal="Nature Physics 3, 481",
        doi="10.1038/nphys629",
        title="Entanglement-based quantum communication over 144 km",
        inputs=(Quantity(name="distance_km", value=144, unit="km", confirmed=True, where="title"),),
        outputs=(
            Quantity(name="chsh_s", value=2.508, uncertainty_low=0.037, uncertainty_high=0.037, where=_RECALLED),
        ),
        wrong_models=(WrongModel("answers agreed beforehand", 2.0),),
        note="From island to island, 144 km through air near the ground: no input tells what S should be.",
    ),
    Published(
        id="FS04",
        authors="X.-S. Ma et al.",
        year=2012,
        journal="Nature 489, 269",
        doi="10.1038/nature11472",
        title="Quantum teleportation over 143 kilometres using active feed-forward",
        inputs=(Quantity(name="distance_km", value=143, unit="km", confirmed=True, where="title"),),
        outputs=(
            Quantity(name="average_fidelity", value=0.863, uncertainty_low=0.038, uncertainty_high=0.038,
                     where=_RECALLED),
        ),
        wrong_models=(WrongModel("measured and phoned, or one of the two bits used", 2 / 3),),
        note="The pair's fidelity is not an input here.",
    ),
    Published(
        id="SAT07",
        authors="Y. Li et al.",
        year=2025,
        journal="Nature",
        doi="10.1038/s41586-025-08739-z",
        title="Microsatellite-based real-time quantum key distribution",
        inputs=(
            Quantity(name="payload_kg", value=23, unit="kg", confirmed=True, where="abstract of arXiv:2408.10994v1"),
            Quantity(name="ground_station_kg", value=100, unit="kg", confirmed=True,
                     where="abstract of arXiv:2408.10994v1: about"),
            Quantity(name="signal_photons_hz", value=2.5e8, unit="1/s", where="as the press quotes it"),
        ),
        outputs=(
            Quantity(name="key_bits", value=5.9e5, unit="bit", confirmed=True,
                     where="abstract of arXiv:2408.10994v1: up to, in one pass"),
            Quantity(name="key_bits_in_print", value=1.07e6, unit="bit", where=f"{_RECALLED}; the printed version"),
        ),
        wrong_models=(WrongModel("the key of Micius, photon for photon, with nothing smaller on the ground", 1.9e6),),
        note="Jinan-1. No uncertainty, and no losses are given here: an order of magnitude.",
    ),
    Published(
        id="SAT08",
        authors="X. Han et al.",
        year=2019,
        journal="arXiv:1912.06318",
        doi="10.48550/arXiv.1912.06318",
        title="Polarization design for ground-to-satellite quantum entanglement distribution",
        inputs=(
            Quantity(name="extinction", value=887, confirmed=True, where="abstract, 887:1, by a local test"),
            Quantity(name="compensation_fidelity", value=0.995, confirmed=True, where="abstract: exceeding"),
        ),
        outputs=(
            Quantity(name="chsh_s", value=2.312, uncertainty_low=0.096, uncertainty_high=0.096, confirmed=True,
                     where="abstract"),
        ),
        wrong_models=(WrongModel("answers agreed beforehand", 2.0),),
        note="Uplink: one photon of each pair stays on the ground. What the pairs were is not an input.",
    ),
    Published(
        id="SAT10",
        authors="ITU-R",
        year=2003,
        journal="Recommendation ITU-R P.1622",
        doi="none, a Recommendation",
        title="Prediction methods required for the design of Earth-space systems operating between 20 THz and 375 THz",
        inputs=(
            Quantity(name="elevation_deg", value=75, unit="deg", where=_TABLE),
            Quantity(name="station_m", value=5.5, unit="m", where=_TABLE),
            Quantity(name="ground", value=1.7e-14, unit="m^(-2/3)", where=_TABLE),
        ),
        outputs=tuple(
            Quantity(name=f"variance_{color}_nm_{wind}_m_per_s", value=value, unit="Np^2", uncertainty_low=0.005,
                     uncertainty_high=0.005, where=_TABLE)
            for wind, column in ((21, 0), (30, 1)) for color, value in ((name, row[column]) for name, row in _COLORS)
        ),
        wrong_models=(WrongModel("75 degrees from the zenith instead of above the horizon", 2.61),),
        note="Not an experiment but a standard's own table.",
    ),
)
