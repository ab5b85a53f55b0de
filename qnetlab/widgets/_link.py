"""What the explorers of protocols over one link share: its numbers, its controls, and links to choose from."""

from __future__ import annotations

from ..devices import presets as hardware
from ..devices.fiber import Fiber
from ..devices.link import Link
from ..devices.memory import Memory
from ..devices.source import PhotonPairSource
from ._panel import GIVEN, Control, choices, decades, slider, stops

#: By their names in js/theory_pairs.js, for a protocol whose link is called ``link``.
LINK_PLACES: dict[str, str] = {
    "length_km": "link.fiber.length_km",
    "attenuation_db_per_km": "link.fiber.attenuation_db_per_km",
    "insertion_loss_db": "link.fiber.insertion_loss_db",
    "group_index": "link.fiber.group_index",
    "herald": "link.herald",
    "pair_fidelity": "link.source.fidelity",
    "noise": "link.source.noise",
    "repetition_rate_hz": "link.source.repetition_rate_hz",
    **{f"{who}_{what}": f"link.{who}_memory.{what}"
       for who in ("alice", "bob") for what in ("t1_s", "t2_s", "dephasing", "write_efficiency", "modes")},
}

#: The list of links, and what one drags most.
LINK_CONTROLS: tuple[Control, ...] = (
    choices("link", "Link", {GIVEN: "as given"}, writes=(),
            hint="Links to start from; the sliders start where the link stands. Published pairs are as measured "
                 "between the nodes, and their rate is not modeled; presets.sources() tells who measured"),
    slider("length_km", "Fiber length", stops(0, 200, 1), unit="km"),
    slider("pair_fidelity", "Pair fidelity", stops(0.5, 1, 0.01), show="fixed:3",
           hint="Fidelity of a fresh pair, before it waits"),
    choices("noise", "Pair noise", {"white": "white", "dephasing": "dephasing"},
            hint="White: all three wrong Bell states alike. Dephasing: only the sign is lost"),
)

#: Both memories at once.
MEMORY_CONTROL = slider("t2_s", "Memory T2", decades(-4, 2), writes=("alice_t2_s", "bob_t2_s"), unit="s", show="si",
                        hint="How long both memories keep a phase")

#: Stops for an error rate.
ERROR_STOPS = stops(0, 0.1, 0.002)


def example_link() -> Link:
    """A good pair over 50 km of ordinary fiber, kept in memories of 10 ms: an illustration, nobody's experiment."""
    memory = Memory(t2_s=0.01)
    return Link(source=PhotonPairSource(fidelity=0.95), fiber=Fiber(length_km=50, attenuation_db_per_km=0.2),
                alice_memory=memory, bob_memory=memory)


def published_links() -> dict[str, Link]:
    """Two published pairs, as measured between the nodes, and two published memories under a perfect source."""
    nv, siv = hardware.nv_center(), hardware.siv_center()
    fiber = hardware.ultra_low_loss(length_km=50)
    ions, siv_pair = hardware.link_trapped_ion_230m(), hardware.link_siv_35km()
    return {
        "ion pair, 230 m (520 m of fiber)": Link(source=ions, fiber=Fiber(length_km=0.52), herald="none"),
        "SiV pair, 35 km": Link(source=siv_pair, fiber=Fiber(length_km=35), herald="none"),
        "NV memories, 50 km": Link(fiber=fiber, alice_memory=nv, bob_memory=nv),
        "SiV memories, 50 km": Link(fiber=fiber, alice_memory=siv, bob_memory=siv),
    }
