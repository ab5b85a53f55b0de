"""The memory explorer: how long is long enough?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

from ..devices.fiber import Fiber
from ..devices.memory import Memory
from ..devices.platforms import Platform, platforms
from ..protocols.storage import Storage
from ._panel import Chart, Group, Panel, State, choices, decades, slider, stops
from .explorer import Explorer

#: What is left of a phase that nobody knows.
COIN = 0.5
#: Around the Earth: no herald has farther to go.
AROUND_KM = 40_000
#: Where the upper axis has its numbers, in km.
_TWIN_KM = (1, 10, 100, 1000, AROUND_KM)
_DELAY_S_PER_KM = Fiber(length_km=1).delay_s

_FIELDS = ("t1_s", "t2_s", "dephasing", "write_efficiency", "read_efficiency", "retrieval_lifetime_s")
_SHAPES = {"exponential": "at once", "gaussian": "slowly at first"}

_PANEL = Panel(
    preset_place="memory",
    places={
        "wait_s": "wait_s",
        "state": "state",
        **{f"memory_{name}": f"memory.{name}" for name in _FIELDS},
        **{f"memory_{name}": f"memory_readout.{name}" for name in ("error_0", "error_1")},
    },
    groups=(
        Group(title="How long", controls=(
            slider("wait_s", "It waits", decades(-6, 5)[:-1], unit="s", show="si",
                   hint="The herald of 100 km takes 0.49 ms, that around the Earth 0.2 s"),
        )),
        Group(title="Memory", controls=(
            choices("memory", "Kind", {"given": "as given"}, writes=(),
                    hint="Published memories; what is not cited of one stays ideal. presets.platforms() tells who "
                         "measured"),
            slider("t2_s", "T2", decades(-6, 5), writes=("memory_t2_s",), unit="s", show="si",
                   hint="After this time the coherence is down to 1/e"),
            choices("dephasing", "It falls", _SHAPES, kind="radio", writes=("memory_dephasing",),
                    hint="Exponentially, alike at every moment; or like a Gaussian, slowly at first"),
        )),
        Group(title="Getting it back", controls=(
            slider("efficiency", "At first", stops(0.05, 1, 0.05), writes=("memory_read_efficiency",), show="fixed:2",
                   hint="Share of the photons that comes out if asked for at once"),
            slider("lifetime_s", "1/e after", decades(-6, 5), writes=("memory_retrieval_lifetime_s",), unit="s",
                   show="si", hint="After this time 1/e of that comes out"),
        )),
    ),
)


class MemoryExplorer(Explorer[Storage]):
    """Let a qubit wait: what it keeps against what comes back, in seconds and in kilometers of herald.

    Parameters
    ----------
    protocol : Storage or None
        Where to start; None for |+> in a memory of 1 ms that waits for the herald of 100 km.
    presets : mapping or None
        Name -> Memory, in place of the published ones.
    ranges : mapping or None
        Other ends for a slider, such as ``{"wait_s": (0.0001, 0.01, 0.0001)}``.
    shots : int
        Rounds that Aer shoots for one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: wait_s, memory (a name of the list), t2_s, dephasing ("exponential" or "gaussian"), efficiency,
        lifetime_s.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`Storage` that the controls stand for; setting it moves them. ``efficiency``
    writes the read efficiency; a write efficiency stays as given.

    >>> explorer = MemoryExplorer(memory="SiV, electron", wait_s=0.001)
    >>> explorer.protocol.memory.t2_s, round(explorer.protocol.theory()["fidelity"], 4)
    (0.013, 0.963)
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = Storage
    preset_type: ClassVar[type | None] = Memory
    entry: ClassVar[str] = "memory.js"
    title: ClassVar[str] = "Memories: how long is long enough?"
    chart: ClassVar[Chart] = Chart(
        quantity="fidelity", along="wait_s", x_label="waits, in s", y_label="share",
        y_range=(0.0, 1.0), limits={"a coin": COIN}, x_log=True)

    @classmethod
    def example(cls) -> Storage:
        """The herald of 100 km, and a memory of a millisecond: an illustration, nobody's experiment."""
        return Storage(memory=Memory(t2_s=0.001), wait_s=0.0005)

    @classmethod
    def default_presets(cls) -> Mapping[str, Memory]:
        """The published memories, by their names."""
        return {platform.name: platform.memory for platform in platforms()}

    def _stands_for(self, state: State, wanted: Any) -> bool:
        # The controls reach every field: each memory could be any other one, changed.
        return bool(self._presets[state["memory"]] == wanted.memory)

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The upper axis, and the published memories side by side."""
        return {
            "twin": {"label": "km of herald; 40 000 is around the Earth",
                     "at": [[km * _DELAY_S_PER_KM, f"{km:,}".replace(",", " ")] for km in _TWIN_KM]},
            "seconds_per_km": _DELAY_S_PER_KM, "around_s": AROUND_KM * _DELAY_S_PER_KM,
            "platforms": [_told(platform) for platform in platforms()],
        }

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen = protocol.theory()
        return (f"After {protocol.wait_s:.3g} s, the herald of {protocol.wait_s / _DELAY_S_PER_KM:.3g} km, F = "
                f"{seen['fidelity']:.3f}, and {100 * seen['returned']:.3g} of 100 photons come back.")


def _told(platform: Platform) -> dict[str, Any]:
    """A published memory as the table in the browser needs it: None where nobody cited a number."""
    def cited(field: str) -> float | None:
        found = platform.value(field)
        return None if found is None else float(found.value)

    def words(field: str, unit: str) -> str:
        found = platform.value(field)
        return "–" if found is None else f"{found.value:g}{unit}{'' if found.confirmed else ' ?'}"

    unsure = [field for field in ("t2_s", "read_efficiency", "retrieval_lifetime_s")
              if (found := platform.value(field)) is not None and not found.confirmed]
    return {
        "name": platform.name, "keeps": cited("t2_s") is not None, "unsure": bool(unsure),
        "gives": cited("retrieval_lifetime_s") is not None or cited("read_efficiency") is not None,
        "from": cited("read_efficiency") is not None,  # else what comes back at first is not known, at most all
        "pairs": words("rate_hz", ""), "modes": words("modes", ""), "kelvin": words("temperature_k", ""),
        **{f"memory_{name}": getattr(platform.memory, name) for name in _FIELDS},
    }


def herald_km(wait_s: float) -> float:
    """How much fiber a herald crosses in this time, in km.

    >>> round(herald_km(0.4897386e-3), 3)
    100.0
    """
    return wait_s / _DELAY_S_PER_KM if math.isfinite(wait_s) else math.inf
