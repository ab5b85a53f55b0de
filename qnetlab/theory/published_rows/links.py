"""Published pairs over links."""

from __future__ import annotations

from ..chsh import LOCAL_LIMIT, QUANTUM_LIMIT
from ..records import Published, Quantity, WrongModel

_COINS = WrongModel("matched coins, no entanglement", 0.5)
_AGREED = WrongModel("agreed beforehand", LOCAL_LIMIT)

ROWS: tuple[Published, ...] = (
    Published(
        id="ENT03",
        authors="M. Sena et al.",
        year=2025,
        journal="arXiv:2504.08927",
        doi="10.48550/arXiv.2504.08927",
        title="High-fidelity quantum entanglement distribution in metropolitan fiber networks with co-propagating "
        "classical traffic",
        inputs=(
            Quantity(name="lowest_pair_fidelity", value=0.85, confirmed=True, where="abstract"),
            Quantity(name="highest_pair_fidelity", value=0.99, confirmed=True, where="abstract"),
            Quantity(name="longest_km", value=60, unit="km", confirmed=True, where="abstract of version 2"),
        ),
        outputs=(
            Quantity(name="lowest_chsh_s", value=2.36, confirmed=True, where="abstract"),
            Quantity(name="highest_chsh_s", value=2.74, confirmed=True, where="abstract"),
        ),
        wrong_models=(_AGREED, WrongModel("fidelity taken for visibility", QUANTUM_LIMIT * 0.85)),
        note="Ranges over days, without uncertainties; lowest F and lowest S need not belong to the same pairs. "
        "Version 2 calls the fidelities bounds.",
    ),
    Published(
        id="LINK01",
        authors="V. Krutyanskiy et al.",
        year=2023,
        journal="Physical Review Letters 130, 050803",
        doi="10.1103/PhysRevLett.130.050803",
        title="Entanglement of trapped-ion qubits separated by 230 meters",
        inputs=(
            Quantity(name="distance_m", value=230, unit="m", confirmed=True, where="abstract"),
            Quantity(
                name="fiber_m",
                value=520,
                uncertainty_low=2,
                uncertainty_high=2,
                unit="m",
                confirmed=True,
                where="abstract",
            ),
        ),
        outputs=(
            Quantity(
                name="pair_fidelity",
                value=0.882,
                uncertainty_low=0.060,
                uncertainty_high=0.023,
                confirmed=True,
                where="abstract",
            ),
            Quantity(name="success_probability", value=4e-5, confirmed=True, where="abstract"),
        ),
        wrong_models=(_COINS,),
        note="The abstract says 'up to' this fidelity.",
    ),
    Published(
        id="LINK02",
        authors="V. Krutyanskiy et al.",
        year=2023,
        journal="Physical Review Letters 130, 213601",
        doi="10.1103/PhysRevLett.130.213601",
        title="Telecom-wavelength quantum repeater node based on a trapped-ion processor",
        inputs=(Quantity(name="segment_km", value=25, unit="km", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(name="rate", value=9.2, unit="Hz", where="not found; the abstract gives no rate"),
            Quantity(name="fidelity", value=0.72, uncertainty_low=0.02, uncertainty_high=0.02,
                     where="not found; the abstract gives no fidelity"),
        ),
        wrong_models=(WrongModel("both links in the same attempt, no memory", 0.04658),),
        note="Two ions, a photon of each over its own 25 km of fiber; the node then swaps. The rate is from memory, "
        "without an uncertainty.",
    ),
    Published(
        id="LINK05",
        authors="C. M. Knaut et al.",
        year=2024,
        journal="Nature 629, 573",
        doi="10.1038/s41586-024-07252-z",
        title="Entanglement of nanophotonic quantum memory nodes in a telecom network",
        inputs=(
            Quantity(name="fiber_km", value=35, unit="km", confirmed=True, where="abstract"),
            Quantity(name="loss_db", value=17, unit="dB", where="main text; not seen again"),
        ),
        outputs=(
            Quantity(
                name="pair_fidelity_35km",
                value=0.69,
                uncertainty_low=0.07,
                uncertainty_high=0.07,
                confirmed=True,
                where="main text; the abstract gives no fidelity",
            ),
            Quantity(
                name="pair_fidelity_20m",
                value=0.86,
                uncertainty_low=0.03,
                uncertainty_high=0.03,
                confirmed=True,
                where="main text; the abstract gives no fidelity",
            ),
            Quantity(name="highest_rate_hz", value=1, unit="Hz", where="main text, 'up to'; not seen again"),
        ),
        wrong_models=(_COINS,),
        note="35 km: two nuclear spins over fiber deployed in Boston. 20 m: two electron spins. One photon visits both "
        "nodes, one after the other, and is then measured.",
    ),
    Published(
        id="LINK06",
        authors="M. K. Bhaskar et al.",
        year=2020,
        journal="Nature 580, 60",
        doi="10.1038/s41586-020-2103-5",
        title="Experimental demonstration of memory-enhanced quantum communication",
        inputs=(),
        outputs=(
            Quantity(name="gain_over_direct", value=4, confirmed=True,
                     where="abstract of arXiv:1909.01323 ('four-fold'); the journal's abstract gives no number"),
        ),
        wrong_models=(WrongModel("a station that keeps nothing", 1.0),),
        note="One silicon vacancy in the middle; secret key over that of the loss-equivalent direct transmission.",
    ),
    Published(
        id="LINK07",
        authors="M. Pompili et al.",
        year=2021,
        journal="Science 372, 259",
        doi="10.1126/science.abg1919",
        title="Realization of a multinode quantum network of remote solid-state qubits",
        inputs=(
            Quantity(name="first_pair_fidelity", value=0.82, where="not found"),
            Quantity(name="second_pair_fidelity", value=0.79, where="not found"),
        ),
        outputs=(
            Quantity(name="swapped_fidelity", value=0.551, uncertainty_low=0.013, uncertainty_high=0.013,
                     where="not found; the abstract gives no fidelity"),
            Quantity(name="heralded_fidelity", value=0.587, uncertainty_low=0.028, uncertainty_high=0.028,
                     where="not found; the abstract gives no fidelity"),
            Quantity(name="ghz_fidelity", value=0.538, uncertainty_low=0.018, uncertainty_high=0.018,
                     where="not found; the abstract gives no fidelity"),
        ),
        wrong_models=(_COINS, WrongModel("fidelities average", 0.805), WrongModel("swapping is free", 0.79)),
        note="Three nodes with nitrogen-vacancy centers. Heralded: only the runs in which the middle reports its more "
        "reliable readout results.",
    ),
    Published(
        id="LINK09",
        authors="P. C. Humphreys et al.",
        year=2018,
        journal="Nature 558, 268",
        doi="10.1038/s41586-018-0200-5",
        title="Deterministic delivery of remote entanglement on a quantum network",
        inputs=(
            Quantity(name="rate_hz", value=39, unit="Hz", confirmed=True, where="abstract, 'up to'"),
            Quantity(name="decoherence_hz", value=5, unit="Hz", confirmed=True, where="abstract"),
            Quantity(name="clock_s", value=0.1, unit="s", confirmed=True, where="abstract"),
            Quantity(name="distance_m", value=2, unit="m", confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(name="delivered_fidelity", value=0.5, confirmed=True, where="abstract, 'exceeding'"),
        ),
        wrong_models=(WrongModel("nothing delivered: two mixed qubits", 0.25),),
        note="Two nitrogen-vacancy centers, one click. A pair at every tick of a clock, without looking whether there "
        "is one: an average over all ticks. The rate and the fidelity need not belong to the same brightness.",
    ),
    Published(
        id="LINK13",
        authors="L. J. Stephenson et al.",
        year=2020,
        journal="Physical Review Letters 124, 110501",
        doi="10.1103/PhysRevLett.124.110501",
        title="High-rate, high-fidelity entanglement of qubits across an elementary quantum network",
        inputs=(
            Quantity(name="attempt_rate_hz", value=833e3, unit="Hz", where="from memory"),
            Quantity(name="success_probability", value=2.18e-4, where="from memory"),
        ),
        outputs=(
            Quantity(name="pair_fidelity", value=0.94, uncertainty_low=0.005, uncertainty_high=0.005,
                     where="abstract, from memory"),
            Quantity(name="rate_hz", value=182, unit="Hz", where="abstract, from memory"),
        ),
        wrong_models=(_COINS, WrongModel("every attempt succeeds", 0.25)),
        note="Two strontium ions in one laboratory, two clicks.",
    ),
    Published(
        id="LINK16",
        authors="Y. Yu et al.",
        year=2020,
        journal="Nature 578, 240",
        doi="10.1038/s41586-020-1976-7",
        title="Entanglement of two quantum memories via fibres over dozens of kilometres",
        inputs=(),
        outputs=(
            Quantity(name="two_photon_km", value=22, unit="km", confirmed=True, where="abstract"),
            Quantity(name="single_photon_km", value=50, unit="km", confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("no farther than before", 1.3),),
        note="Two atomic ensembles in one laboratory; 22 km of fiber in the field, 50 km on spools. The abstract gives "
        "no rate and no fidelity.",
    ),
)
