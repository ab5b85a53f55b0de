"""Memories side by side: how long each keeps, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import NamedTuple

from . import preset_memories as hardware
from .cited import Cited, Sources
from .memory import Memory

#: Preset, its name in words, and the apparatus that it needs.
_PLATFORMS: tuple[tuple[Callable[[], Memory], str, str], ...] = (
    (hardware.trapped_ion, "trapped ion", "ultra-high vacuum, lasers"),
    (hardware.nv_center, "NV, electron", "helium cryostat"),
    (hardware.nv_carbon, "NV, carbon-13", "helium cryostat"),
    (hardware.siv_center, "SiV, electron", "dilution refrigerator"),
    (hardware.siv_nuclear, "SiV, nucleus", "dilution refrigerator"),
    (hardware.cold_atoms, "cold atoms", "ultra-high vacuum, lasers"),
    (hardware.cold_atoms_cells, "cold atoms, cells", "ultra-high vacuum, lasers"),
    (hardware.rare_earth, "Eu crystal, spins", "helium cryostat"),
    (hardware.rare_earth_photons, "Eu crystal, light", "helium cryostat"),
    (hardware.rare_earth_modes, "Pr crystal, light", "helium cryostat"),
    (hardware.warm_vapor, "warm vapor", "a warm glass cell"),
)


class Platform(NamedTuple):
    """One kind of memory: its preset, its name in words, the device, all cited numbers, and the apparatus in words."""

    preset: str
    name: str
    memory: Memory
    cited: Sources
    needs: str

    def value(self, field: str) -> Cited | None:
        """The cited number of a field or cost, such as ``"t2_s"`` or ``"rate_hz"``; None if nobody cited it."""
        return next((cited for cited in self.cited if cited.field == field), None)


def _seconds(seconds: float) -> str:
    unit, name = next((pair for pair in ((3600.0, "h"), (1.0, "s")) if seconds >= pair[0]), (1e-3, "ms"))
    return f"{seconds / unit:.3g} {name}"


def _in(unit: str) -> Callable[[float], str]:
    return lambda number: f"{number:g} {unit}".rstrip()


def _share(number: float) -> str:
    return f"{100 * number:.3g} %"


_COLUMNS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("T2", "t2_s", _seconds),
    ("light, 1/e", "retrieval_lifetime_s", _seconds),
    ("light, at first", "read_efficiency", _share),
    ("photon seen", "photon_seen", _share),
    ("modes", "modes", _in("")),
    ("pairs", "rate_hz", _in("/s")),
    ("at", "temperature_k", _in("K")),
)


class Platforms(tuple[Platform, ...]):
    """Some :class:`Platform`; shows itself as a table. A dash: nobody cited it. A question mark: unconfirmed."""

    __slots__ = ()

    def rows(self) -> list[list[str]]:
        """The cells of the table, a list for each platform."""
        return [[platform.name, *(_cell(platform.value(field), shown) for _, field, shown in _COLUMNS), platform.needs]
                for platform in self]

    @property
    def columns(self) -> list[str]:
        """The titles of the table's columns."""
        return ["memory", *(title for title, _, _ in _COLUMNS), "needs"]

    def __repr__(self) -> str:
        table = [self.columns, *self.rows()]
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                         for row in table)

    def _repr_html_(self) -> str:
        head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in self.columns)
        body = "".join(
            f"<tr><th scope='row'>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
            for first, *cells in self.rows())
        return ("<table><caption>Memories: each number is its own laboratory's. ? was not seen in print, "
                f"– is not known here</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _cell(cited: Cited | None, shown: Callable[[float], str]) -> str:
    return "–" if cited is None else shown(cited.value) + ("" if cited.confirmed else " ?")


def platforms() -> Platforms:
    """Published memories side by side: coherence, light that comes back, modes, pairs per second, temperature.

    Returns
    -------
    Platforms
        A tuple of :class:`Platform` that shows itself as a table.

    Notes
    -----
    Each row mixes records of several laboratories; no machine holds all numbers of a row. What is not cited is a dash,
    also where the preset's field is ideal.

    >>> crystal = next(platform for platform in platforms() if platform.preset == "rare_earth")
    >>> crystal.value("rate_hz") is None, crystal.value("t2_s").value
    (True, 22200.0)
    """
    everything = (*hardware.MEMORIES, *hardware.COSTS)
    return Platforms(
        Platform(preset=make.__name__, name=name, memory=make(), needs=needs,
                 cited=Sources(cited for cited in everything if cited.preset == make.__name__))
        for make, name, needs in _PLATFORMS)
