"""Published memories: how long a spin stays coherent, and how long light was stored, which is another thing."""

from __future__ import annotations

import math

from ..records import Published, Quantity, WrongModel

_ALL_BACK = WrongModel("every photon comes back", 1.0)

ROWS: tuple[Published, ...] = (
    Published(
        id="MEM01", authors="P. Wang et al.", year=2021, journal="Nature Communications 12, 233",
        doi="10.1038/s41467-020-20330-w", title="Single ion qubit with estimated coherence time exceeding one hour",
        outputs=(
            Quantity(name="coherence_time_s", value=5500, uncertainty_low=670, uncertainty_high=670, unit="s",
                     where="fit of the decay"),
            Quantity(name="at_least_s", value=3600, unit="s", confirmed=True, where="title"),
            Quantity(name="record_before_s", value=660, unit="s", confirmed=True, where="introduction"),
        ),
        wrong_models=(WrongModel("no better than the record before", 660.0),),
        note="Extrapolated: the ion was watched for less than the time that is estimated.",
    ),
    Published(
        id="MEM02", authors="M. Zhong et al.", year=2015, journal="Nature 517, 177", doi="10.1038/nature14025",
        title="Optically addressable nuclear spins in a solid with a six-hour coherence time",
        outputs=(
            Quantity(name="coherence_time_min", value=370, uncertainty_low=60, uncertainty_high=60, unit="min",
                     confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("as long as light had been stored, one minute", 1.0),),
        note="Coherence of spins that were driven by radio waves; no light was stored.",
    ),
    Published(
        id="MEM03", authors="F. Wang et al.", year=2025, journal="PRX Quantum 6, 010302",
        doi="10.1103/PRXQuantum.6.010302",
        title="Nuclear spins in a solid exceeding 10-hour coherence times for ultra-long-term quantum storage",
        inputs=(
            Quantity(name="coldest_k", value=0.125, unit="K", confirmed=True, where="abstract"),
            Quantity(name="warmest_k", value=6, unit="K", confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(name="coherence_time_h", value=13, unit="h", confirmed=True, where="abstract"),
            Quantity(name="chosen_ions_h", value=18, unit="h", confirmed=True, where="abstract"),
            Quantity(name="at_6_k_h", value=6, unit="h", confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("the cold buys nothing: six hours as at 6 K", 6.0),),
        note="Lower bounds ('over 13 h'), without uncertainties.",
    ),
    Published(
        id="MEM04", authors="Y. Ma et al.", year=2021, journal="Nature Communications 12, 2381",
        doi="10.1038/s41467-021-22706-y", title="One-hour coherent optical storage in an atomic frequency comb memory",
        inputs=(Quantity(name="stored_min", value=60, unit="min", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(name="visibility", value=0.929, uncertainty_low=0.049, uncertainty_high=0.049, confirmed=True,
                     where="caption of Fig. 4"),
            Quantity(name="longest_before_min", value=1, unit="min", confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("a memory whose phase lasts a minute, after an hour", math.exp(-60)),),
        note="Bright pulses; the visibility is of the light that came back and counts nothing that was lost.",
    ),
    Published(
        id="MEM05", authors="M. H. Abobeih et al.", year=2018, journal="Nature Communications 9, 2552",
        doi="10.1038/s41467-018-04916-z",
        title="One-second coherence for a single electron spin coupled to a multi-qubit nuclear-spin environment",
        outputs=(
            Quantity(name="coherence_time_s", value=1.58, uncertainty_low=0.07, uncertainty_high=0.07, unit="s",
                     where="fit of the decay"),
            Quantity(name="at_least_s", value=1, unit="s", confirmed=True, where="abstract"),
            Quantity(name="record_before_s", value=0.56, unit="s", confirmed=True, where="introduction"),
        ),
        wrong_models=(WrongModel("no better than the record before", 0.56),),
    ),
    Published(
        id="MEM06", authors="N. Bar-Gill et al.", year=2013, journal="Nature Communications 4, 1743",
        doi="10.1038/ncomms2771", title="Solid-state electronic spin coherence time approaching one second",
        inputs=(Quantity(name="temperature_k", value=77, unit="K", confirmed=True, where="abstract"),),
        outputs=(
            Quantity(name="t2_over_t1", value=0.5, confirmed=True, where="abstract"),
            Quantity(name="coherence_time_s", value=0.6, unit="s", confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("nothing but relaxation: T2 = 2 T1", 2.0),),
        note="'Approximately half', over a wide range of temperatures; an ensemble. The preprint says 0.5 s.",
    ),
    Published(
        id="MEM08", authors="O. Katz, O. Firstenberg", year=2018, journal="Nature Communications 9, 2074",
        doi="10.1038/s41467-018-04458-4", title="Light storage for one second at room temperature",
        outputs=(
            Quantity(name="lifetime_s", value=0.15, unit="s", confirmed=True,
                     where="abstract of the preprint, arXiv:1710.06844v1"),
            Quantity(name="longest_s", value=1, unit="s", confirmed=True, where="abstract"),
        ),
        wrong_models=(WrongModel("the longest storage taken for the lifetime", 1.0),),
        note="The preprint gives the 1/e time; the article the longest time at which light was still seen.",
    ),
    Published(
        id="MEM09", authors="S.-J. Yang et al.", year=2016, journal="Nature Photonics 10, 381",
        doi="10.1038/nphoton.2016.51", title="An efficient quantum light-matter interface with sub-second lifetime",
        outputs=(
            Quantity(name="efficiency", value=0.76, uncertainty_low=0.05, uncertainty_high=0.05, confirmed=True,
                     where="abstract"),
            Quantity(name="lifetime_s", value=0.22, uncertainty_low=0.01, uncertainty_high=0.01, unit="s",
                     confirmed=True, where="abstract"),
        ),
        wrong_models=(_ALL_BACK,),
    ),
    Published(
        id="MEM10", authors="Y. O. Dudin, L. Li, A. Kuzmich", year=2013, journal="Physical Review A 87, 031801",
        doi="10.1103/PhysRevA.87.031801", title="Light storage on the time scale of a minute",
        outputs=(Quantity(name="lifetime_s", value=16, unit="s", where="abstract"),),
        wrong_models=(WrongModel("the title's minute taken for the lifetime", 60.0),),
    ),
)
