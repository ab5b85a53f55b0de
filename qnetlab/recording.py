"""``record``: a session of QKD, click by click, for the two parties to make a key of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .checks import require
from .devices.clicks import streams
from .devices.detector import Detector
from .engine import run
from .protocols.bb84 import BB84
from .qkd.record import Record
from .seeds import Rng, root_seed, sequence_of
from .theory.sifting import read_keys

#: Most pulses of one session, and most clicks, which are kept: about 40 bytes each.
MAX_PULSES, MAX_CLICKS = 10**10, 3 * 10**7


def record(protocol: BB84, pulses: int, *, rng: Rng = None) -> Record:
    """Send ``pulses`` pulses and write down every click, in the order of time.

    Parameters
    ----------
    protocol : BB84
        With two bases.
    pulses : int
        Pulses sent, 1 to 10^10. Only clicks are kept, at most about 3 * 10^7.
    rng : int, numpy SeedSequence or Generator, or None
        Makes the record repeatable.

    Returns
    -------
    Record
        A double click already is a random bit.

    Raises
    ------
    TypeError, ValueError
        If there is no BB84 with two bases, or the number of pulses is out of range.

    Notes
    -----
    Where one photon goes is computed once, exactly, on Aer; pulses are then drawn from it and dark counts, jitter,
    dead time and afterpulses act on each detector's clicks in their order. A detector that is still deaf misses its
    click while the other one hears.

    >>> from qnetlab.devices.fiber import Fiber
    >>> session = record(BB84(fiber=Fiber(length_km=50, attenuation_db_per_km=0.2)), 10**6, rng=7)
    >>> session.pulses, abs(len(session) - 100_000) < 1500
    (1000000, True)
    """
    require(isinstance(protocol, BB84), "record needs a BB84", got={"protocol": (protocol, "")}, error=TypeError,
            why="Its clicks are written down", fix="record(BB84(), pulses=1000000)")
    require(protocol.bases == "ZX", "record needs two bases", got={"bases": protocol.bases}, fix='bases="ZX"',
            why="The key is made from two; the six-state protocol is for run()")
    whole = isinstance(pulses, (int, np.integer)) and not isinstance(pulses, bool)
    require(whole, "pulses must be a whole number", got={"pulses": (pulses, "")}, error=TypeError,
            why="Pulses are counted", fix="pulses=1000000")
    require(0 < pulses <= MAX_PULSES, f"pulses must satisfy 0 < pulses <= {MAX_PULSES:.0e}", got={"pulses": pulses},
            why="Pulses are counted, and their clicks kept", fix="pulses=1000000")

    only_light = replace(protocol, detector=Detector(efficiency=protocol.detector.efficiency,
                                                     gate_s=protocol.detector.gate_s))
    at, weight = read_keys(dict(run(only_light).outcomes)["pulses"])
    means = protocol.source.mean_photon_numbers
    # A class of pulses: intensity, alice's basis and bit, bob's basis.
    kind = ((at["intensity"] * 2 + at["alice_basis"]) * 2 + at["alice_bit"]) * 2 + at["bob_basis"]
    table = np.zeros((len(means) * 8, 4))
    np.add.at(table, (kind, at["d0"] + 2 * at["d1"]), weight)
    chance = float(table[:, 1:].sum()) + 2 * protocol.receiver.dark_count_probability
    require(pulses * chance <= MAX_CLICKS, f"a record can hold about {MAX_CLICKS:.0e} clicks",
            got={"pulses": pulses, "clicks": f"{pulses * chance:.2g}"}, why="Every click is kept",
            fix=f"pulses={int(MAX_CLICKS / max(chance, 1e-12)):.0e}, or run(protocol, shots=pulses), which keeps none")

    generator = np.random.default_rng(sequence_of(root_seed(rng), "record"))
    kept = list(streams(table, protocol.receiver, protocol.source.repetition_rate_hz, int(pulses), generator))
    clicked = np.concatenate([stretch.kind for stretch in kept])
    pattern = np.concatenate([stretch.pattern for stretch in kept])
    counts = np.sum([stretch.counts for stretch in kept], axis=0)
    double = pattern == 3
    bit = np.where(double, generator.integers(0, 2, len(pattern), dtype=np.uint8), pattern >> 1)
    return Record(
        pulse=np.concatenate([stretch.pulse for stretch in kept]),
        **{name: (clicked >> place & mask).astype(np.uint8) for name, place, mask in (
            ("bob_basis", 0, 1), ("alice_bit", 1, 1), ("alice_basis", 2, 1), ("intensity", 3, 255))},
        bob_bit=bit, intensities=means, sent=counts.sum(axis=1).reshape(len(means), 2, 4).sum(axis=2),
        repetition_rate_hz=protocol.source.repetition_rate_hz,
    )
