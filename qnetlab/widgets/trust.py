"""The explorer of entanglement-based keys: whom must I trust?"""

from __future__ import annotations

from typing import Any, ClassVar

from ..devices.link import Link
from ..devices.source import PhotonPairSource
from ..protocols.e91 import E91
from ..theory.pair_keys import PairKeys, pair_keys
from ..theory.states import read_correlators
from ._link import ERROR_STOPS, LINK_PLACES
from ._panel import Chart, Group, Panel, choices, slider, stops
from .explorer import Explorer

_PANEL = Panel(
    # Everything that the closed form needs, by the name it has in the browser.
    places={
        **LINK_PLACES,
        **{f"{who}_{what}": f"{who}_readout.{what}" for who in ("alice", "bob") for what in ("error_0", "error_1")},
    },
    groups=(
        Group(title="Pairs, from anybody", controls=(
            slider("pair_fidelity", "Pair fidelity", stops(0.7, 1, 0.0025), show="fixed:4",
                   hint="Fidelity of the pairs to the Bell state that was ordered"),
            choices("noise", "Pair noise", {"white": "white", "dephasing": "dephasing"}, kind="radio",
                    hint="What the rest is: all three other Bell states, or only the one with the opposite sign"),
        )),
        Group(title="Alice's and Bob's side", controls=(
            slider("readout_error", "Readout error", ERROR_STOPS, show="fixed:3",
                   writes=("alice_error_0", "alice_error_1", "bob_error_0", "bob_error_1"),
                   hint="How often each side reads a bit wrongly, 0 for 1 and 1 for 0 alike"),
            slider("error_correction", "Correction, f", stops(1, 1.3, 0.01), writes=(), show="fixed:2",
                   hint="Bits disclosed by error correction, over the least possible"),
        )),
    ),
)


class TrustExplorer(Explorer[E91]):
    """Drag the fidelity of shared pairs: errors, the Bell test, and the key by what is trusted.

    Parameters
    ----------
    protocol : E91 or None
        Where to start; None for pairs that violate Bell and yield no device-independent key.
    ranges : mapping or None
        Other ends for a slider, such as ``{"pair_fidelity": (0.5, 1, 0.01)}``.
    shots : int
        Rounds that Aer's answer is drawn for in one point, in four batches.
    rng : int, numpy SeedSequence or Generator, or None
        Makes Aer's points repeatable.
    **settings
        Any control: pair_fidelity, noise ("white" or "dephasing"), readout_error, error_correction.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``explorer.protocol`` is the :class:`E91` that the controls stand for; setting it moves them. ``readout_error``
    writes all four errors of the two readouts; where they differ the control says "as given" and leaves them alone. The
    keys are those of :func:`qnetlab.theory.pair_keys.pair_keys`, without end; none is shown as 0.

    >>> explorer = TrustExplorer(pair_fidelity=0.92)
    >>> round(explorer.protocol.theory()["s"], 6)
    2.526728
    >>> explorer.close()
    """

    panel: ClassVar[Panel] = _PANEL
    protocol_type: ClassVar[type] = E91
    entry: ClassVar[str] = "trust.js"
    title: ClassVar[str] = "A key from entangled pairs: whom must I trust?"
    chart: ClassVar[Chart] = Chart(
        quantity="s", along="pair_fidelity", x_label="fidelity of the pairs", y_label="S, Bell test",
        y_range=(1.0, 3.0), limits={"agreed before": 2.0})
    shoots: ClassVar[str | None] = "exact"
    still: ClassVar[tuple[str, ...]] = ("error_correction",)

    def __init__(self, *, shots: int = 9000, **given: Any) -> None:
        super().__init__(shots=shots, **given)

    @classmethod
    def example(cls) -> E91:
        """S = 2.39: beyond Bell, short of a key without trust."""
        return E91(link=Link(source=PhotonPairSource(fidelity=0.885)))

    def extra_config(self, given: Any) -> dict[str, Any]:
        """The second chart: bits per pair, over the same fidelities."""
        return {"keys_chart": {"x_label": self.chart.x_label, "y_label": "secret bits per pair", "y_range": (0.0, 1.0)}}

    def secret_bits(self, protocol: E91) -> PairKeys:
        """The three keys at the present setting of error correction, in bits per pair."""
        alice, bob = protocol.alice_readout, protocol.bob_readout
        xx, yy, zz = read_correlators(protocol.link.pair(), error_0_a=alice.error_0, error_1_a=alice.error_1,
                                      error_0_b=bob.error_0, error_1_b=bob.error_1)
        seen = protocol.theory()
        return pair_keys(xx, yy, zz, chsh_s=seen["s"], qber=seen["qber"],
                         error_correction=float(self.state["error_correction"]))

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        seen, keys = protocol.theory(), self.secret_bits(protocol)
        trusted, untrusted = (max(0.0, float(bits)) for bits in (keys.trusted, keys.untrusted))
        return (f"Pairs of fidelity {protocol.link.source.fidelity:g} give an error rate of {seen['qber']:.3f} and "
                f"S = {seen['s']:.3f}: {trusted:.3f} secret bits per pair for who trusts their own devices, "
                f"{untrusted:.3f} for who trusts none.")
