"""Published experiments, and what theory says about them: forward, backward, or beside them.

Three things that must not be mixed up have three types. A :class:`Forecast` computes from a measured pair
what nobody measured there. An :class:`Inversion` asks which pair a measured teleportation needed; it can
never be wrong, and so is no prediction. A :class:`Comparison` puts a prediction beside what was measured.
"""

from __future__ import annotations

import difflib

from ..checks import UnknownName, require
from .bell_comparisons import bell_comparisons
from .chain_comparisons import needed_links
from .chsh import werner_chsh
from .key_comparisons import key_comparisons
from .link_comparisons import NeededEfficiency, link_comparisons, needed_efficiencies
from .memory_comparisons import memory_comparisons
from .published_rows import ROWS
from .qubit_comparisons import Margin, copy_margins, optics_comparisons
from .records import Comparison, Forecast, Inversion, Published, Quantity, WrongModel
from .relay_comparisons import relay_comparisons
from .satellite_comparisons import satellite_comparisons
from .swap_comparisons import ghz_comparison, swap_comparisons
from .teleportation import average_fidelity, needed_pair_fidelity

__all__ = [
    "ROWS",
    "Comparison",
    "Forecast",
    "Inversion",
    "Margin",
    "NeededEfficiency",
    "Published",
    "Quantity",
    "WrongModel",
    "bell_comparisons",
    "chsh_comparison",
    "copy_margins",
    "excluded",
    "ghz_comparison",
    "is_test",
    "key_comparisons",
    "link_comparisons",
    "memory_comparisons",
    "needed_efficiencies",
    "needed_links",
    "optics_comparisons",
    "rejects",
    "relay_comparisons",
    "row",
    "satellite_comparisons",
    "swap_comparisons",
    "teleportation_forecasts",
    "teleportation_inversions",
    "werner_chsh",
]

#: (row, quantity, link) of every pair that could teleport and was not asked to.
_PAIRS = (
    ("BELL03", "pair_fidelity", "transmons, 30 m"),
    ("LINK01", "pair_fidelity", "trapped ions, 230 m"),
    ("LINK05", "pair_fidelity_35km", "silicon-vacancy nuclear spins, 35 km of fiber"),
    ("LINK05", "pair_fidelity_20m", "silicon-vacancy electron spins, 20 m"),
)

#: (row, link) of every teleportation whose pair we do not know.
_TELEPORTATIONS = (
    ("FS03", "free space, 31 dB"),
    ("FS04", "free space, 143 km from island to island"),
    ("LINK08", "nitrogen-vacancy nodes, over a middle node"),
    ("SAT03", "ground to satellite"),
)


def row(row_id: str) -> Published:
    """One experiment by its id.

    Raises
    ------
    KeyError
        If there is no such row.

    >>> row("LINK01").doi
    '10.1103/PhysRevLett.130.050803'
    """
    known = {published.id: published for published in ROWS}
    near = difflib.get_close_matches(str(row_id).upper(), known, n=1, cutoff=0.3) or list(known)[:1]
    require(
        row_id in known,
        f"a row must be one of {', '.join(known)}",
        got={"id": (row_id, "")},
        error=UnknownName,
        why="These are the experiments with sources",
        fix=f'row("{near[0]}")',
    )
    return known[row_id]


def teleportation_forecasts() -> tuple[Forecast, ...]:
    """What teleportation over each published pair would reach, (2f + 1)/3, all else being perfect.

    Nobody measured it there: gates, readout and waiting would lower it. The uncertainty is 2/3 of the pair's.

    >>> print(teleportation_forecasts()[1])
    LINK01, trapped ions, 230 m: pair 0.882 +0.023 -0.060 -> 0.921 +0.015 -0.040; forecast, not measured there
    """
    return tuple(
        Forecast(
            id=row_id,
            link=link,
            pair_fidelity=row(row_id)[name],
            average_fidelity=row(row_id)[name].mapped("average_fidelity", average_fidelity),
        )
        for row_id, name, link in _PAIRS
    )


def teleportation_inversions() -> tuple[Inversion, ...]:
    """Which pair each published teleportation needed, (3F - 1)/2, if all else was perfect.

    An inversion agrees with the measurement by construction and therefore tests nothing.

    >>> print(teleportation_inversions()[3])
    SAT03, ground to satellite: 0.800 ± 0.010 needed a pair 0.700 ± 0.015; inversion, not a prediction
    """
    return tuple(
        Inversion(
            id=row_id,
            link=link,
            average_fidelity=row(row_id)["average_fidelity"],
            pair_fidelity=row(row_id)["average_fidelity"].mapped("pair_fidelity", needed_pair_fidelity),
        )
        for row_id, link in _TELEPORTATIONS
    )


def chsh_comparison() -> Comparison:
    """BELL03: the Bell value of a Werner state with the published pair fidelity, beside the measured one.

    >>> found = chsh_comparison()
    >>> round(found.predicted.value, 4), round(found.sigmas, 1)
    (2.0893, 4.4)
    """
    return next(found for found in bell_comparisons() if found.id == "BELL03")


def rejects(published: Published, wrong_model_value: float, sigmas: float = 3.0) -> bool:
    """Whether the row's main output lies at least ``sigmas`` standard deviations from a wrong model's value.

    False without an uncertainty: such a number rejects nothing.

    >>> rejects(row("SAT03"), 2 / 3), rejects(row("LINK05"), 1 / 2)
    (True, False)
    """
    apart = published.outputs[0].sigmas_from(wrong_model_value)
    return apart is not None and apart >= sigmas


def excluded(published: Published, sigmas: float = 3.0) -> tuple[str, ...]:
    """The listed wrong models that the row rejects, by name.

    >>> excluded(row("FS03"))
    ('measured and phoned, or one of the two bits used', 'Bob before the bits arrive')
    """
    return tuple(model.name for model in published.wrong_models if rejects(published, model.value, sigmas))


def is_test(published: Published, sigmas: float = 3.0) -> bool:
    """Whether the row can test anything: its main output was seen in print and rejects a listed wrong model.

    Every other row is a comparison, which must say what it cannot tell apart.

    >>> [published.id for published in ROWS if is_test(published)]
    ['BELL03', 'FS03', 'LINK01', 'MEM02', 'MEM04', 'MEM09', 'SAT01', 'SAT03', 'SAT08', 'TEL02']
    """
    return published.outputs[0].confirmed and bool(excluded(published, sigmas))
