"""Published Bell tests."""

from __future__ import annotations

from ..chsh import LOCAL_LIMIT, QUANTUM_LIMIT
from ..records import Published, Quantity, WrongModel

_AGREED = WrongModel("agreed beforehand", LOCAL_LIMIT)

ROWS: tuple[Published, ...] = (
    Published(
        id="BELL01",
        authors="B. Hensen et al.",
        year=2015,
        journal="Nature 526, 682",
        doi="10.1038/nature15759",
        title="Loophole-free Bell inequality violation using electron spins separated by 1.3 kilometres",
        inputs=(
            Quantity(
                name="pair_fidelity", value=0.92,
                uncertainty_low=0.03, uncertainty_high=0.03, confirmed=True, where="abstract",
            ),
            Quantity(name="readout_correct", value=0.974, where="not found; recalled, the mean of both nodes"),
            Quantity(name="trials", value=245, confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(
                name="chsh_s", value=2.42,
                uncertainty_low=0.2, uncertainty_high=0.2, confirmed=True, where="abstract",
            ),
        ),
        wrong_models=(_AGREED, WrongModel("fidelity taken for visibility", QUANTUM_LIMIT * 0.92)),
        note="245 trials: neither wrong model is 3 sigma away. Its own test of prior agreement is P = 0.039.",
    ),
    Published(
        id="BELL02",
        authors="B. Hensen et al.",
        year=2016,
        journal="Scientific Reports 6, 30289",
        doi="10.1038/srep30289",
        title="Loophole-free Bell test using electron spins in diamond: second experiment and additional analysis",
        inputs=(
            Quantity(name="trials", value=300, confirmed=True, where="caption of figure 2"),
        ),
        outputs=(
            Quantity(
                name="chsh_s", value=2.35,
                uncertainty_low=0.18, uncertainty_high=0.18, confirmed=True, where="abstract",
            ),
            Quantity(
                name="chsh_s_both_runs", value=2.38,
                uncertainty_low=0.14, uncertainty_high=0.14, confirmed=True, where="abstract",
            ),
        ),
        wrong_models=(_AGREED, WrongModel("fidelity taken for visibility", QUANTUM_LIMIT * 0.92)),
        note="The same setup as BELL01 with small changes; the value of both runs combines data and is no prediction.",
    ),
    Published(
        id="BELL03",
        authors="S. Storz et al.",
        year=2023,
        journal="Nature 617, 265",
        doi="10.1038/s41586-023-05885-0",
        title="Loophole-free Bell inequality violation with superconducting circuits",
        inputs=(
            Quantity(
                name="pair_fidelity", value=0.804, where="not found; recalled, and without an uncertainty"
            ),
            Quantity(name="distance_m", value=30, unit="m", confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(
                name="chsh_s",
                value=2.0747,
                uncertainty_low=0.0033,
                uncertainty_high=0.0033,
                confirmed=True,
                where="abstract",
            ),
        ),
        wrong_models=(
            _AGREED,
            WrongModel("fidelity taken for visibility", QUANTUM_LIMIT * 0.804),
        ),
        note="The pair fidelity could not be looked up; what is computed from it is as uncertain as that.",
    ),
    Published(
        id="SAT01",
        authors="J. Yin et al.",
        year=2017,
        journal="Science 356, 1140",
        doi="10.1126/science.aan3211",
        title="Satellite-based entanglement distribution over 1200 kilometers",
        inputs=(
            Quantity(name="differing_bits", value=0.081, where="not found; recalled, reported later"),
            Quantity(name="distance_km", value=1203, unit="km", confirmed=True, where="abstract"),
            Quantity(
                name="fiber_db_per_km", value=0.16,
                unit="dB/km", confirmed=True, where="abstract, for comparison",
            ),
            Quantity(name="shortest_km", value=1600, unit="km", confirmed=True, where="abstract, both downlinks"),
            Quantity(name="longest_km", value=2400, unit="km", confirmed=True, where="abstract, both downlinks"),
            Quantity(name="pair_rate_hz", value=5.9e6, unit="1/s", where="not found; recalled"),
            Quantity(name="least_loss_db", value=64, unit="dB", where="as others quote it, both downlinks"),
            Quantity(name="most_loss_db", value=82, unit="dB", where="as others quote it, both downlinks"),
        ),
        outputs=(
            Quantity(
                name="chsh_s", value=2.37,
                uncertainty_low=0.09, uncertainty_high=0.09, confirmed=True, where="abstract",
            ),
            Quantity(
                name="pair_fidelity", value=0.869,
                uncertainty_low=0.085, uncertainty_high=0.085, where="not found; recalled",
            ),
            Quantity(name="coincidence_rate_hz", value=1.1, unit="Hz", where="not found; recalled"),
            Quantity(name="orders_over_fiber", value=12, confirmed=True, where="abstract of arXiv:1707.01339: over"),
        ),
        wrong_models=(_AGREED,),
        note="Two downlinks from one satellite. The share of differing bits is taken as the same in both bases.",
    ),
)
