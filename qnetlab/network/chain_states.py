"""The pair that a chain ends with, run by run: what its links made, how long each half then waited, and the swaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..devices.any_link import AnyLink
from ..devices.gates import GateErrors
from ..devices.memory import Memory
from ..devices.readout import Readout
from ..theory.memories import Decay, decay
from ..theory.states import BELL_CORRELATORS, Pair, read_correlators, store_pair
from ..theory.swapping import frame_correlators, station, swapped_pair
from .histories import Histories

Number = Any  # a float or an array of floats

#: Runs whose pairs are followed together: more would leave the processor's cache, and fill the memory.
_TOGETHER = 20_000


class Nodes(NamedTuple):
    """What all nodes of a chain are made of, besides their memories."""

    gates: GateErrors
    station_readout: Readout
    alice_readout: Readout
    bob_readout: Readout


class Read(NamedTuple):
    """<XX>, <YY>, <ZZ> as the readouts at the ends report them; floats, or arrays with one number per run."""

    xx: Number
    yy: Number
    zz: Number

    @property
    def fidelity(self) -> Number:
        """To phi_plus, (1 + xx - yy + zz)/4."""
        return (1 + self.xx - self.yy + self.zz) / 4


def read_ends(links: Sequence[AnyLink], seen: Histories, nodes: Nodes, *, keep: bool, kept: Number = 1.0) -> Read:
    """What the two ends read of every run.

    Parameters
    ----------
    links : sequence of Link
    seen : Histories
        Of the same links.
    nodes : Nodes
    keep : bool
        Both ends keep their halves until all bits are known, and bob turns his by them; or each measures its half as
        soon as it knows of its own link's pair, and the bits turn the signs of what was read.
    kept : float or array
        A further factor on XX and YY, for dephasing that is in no history.

    Returns
    -------
    Read
        With one number per run.

    Notes
    -----
    Exact in every run: each half decays for just as long as it waited, and the stations join pairs as in
    :func:`qnetlab.theory.swapping.swapped_pair`.

    >>> import numpy as np
    >>> one = Histories(np.array([[1.0], [3.0]]), np.array([[3.0]]), np.array([3.0]))
    >>> from qnetlab.devices.link import Link
    >>> links = (Link(bob_memory=Memory(t2_s=2.0)), Link())
    >>> nodes = Nodes(GateErrors(), Readout(), Readout(), Readout())
    >>> read_ends(links, one, nodes, keep=False).xx.round(6).tolist()  # waited 2 s for the other pair
    [0.367879]
    """
    runs = len(seen.known_s)
    if runs > _TOGETHER:
        parts = (Histories(*(times[..., start : start + _TOGETHER] for times in seen))
                 for start in range(0, runs, _TOGETHER))
        reads = [read_ends(links, part, nodes, keep=keep, kept=kept) for part in parts]
        return Read(*(np.concatenate(numbers) for numbers in zip(*reads, strict=True)))
    pairs = []
    last = len(links) - 1
    for i, link in enumerate(links):
        herald = seen.herald_s[i]
        idle = 0 * herald
        end = seen.known_s - herald if keep else idle
        left = end if i == 0 else seen.swap_s[i - 1] - herald
        right = end if i == last else seen.swap_s[i] - herald
        wait_a_s, wait_b_s = link.waits_s
        fresh = link.fresh(Pair(*BELL_CORRELATORS["phi_plus"]))
        if i == 0:
            fresh = fresh._replace(xx=kept * fresh.xx, yy=kept * fresh.yy)
        stored = store_pair(fresh, _waited(link.alice_memory, wait_a_s + left),
                            _waited(link.bob_memory, wait_b_s + right))
        pairs.append(Pair(*(number + idle for number in stored)))
    r = nodes.station_readout
    at = station(one_qubit_error=nodes.gates.one_qubit, two_qubit_error=nodes.gates.two_qubit, error_0=r.error_0,
                 error_1=r.error_1, corrects=keep)
    a, b = nodes.alice_readout, nodes.bob_readout
    if not keep:
        return Read(*frame_correlators(pairs, at, alice=(a.error_0, a.error_1), bob=(b.error_0, b.error_1)))
    return Read(*read_correlators(swapped_pair(pairs, at), error_0_a=a.error_0, error_1_a=a.error_1,
                                  error_0_b=b.error_0, error_1_b=b.error_1))


def _waited(memory: Memory, t_s: Number) -> Decay:
    return decay(t_s, t1_s=memory.t1_s, t2_s=memory.t2_s, dephasing=memory.dephasing)
