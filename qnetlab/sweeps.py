"""Run several protocols, one after the other, with a progress bar."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .checks import require
from .engine import run
from .protocols.contract import QuantumProtocol
from .result import Result
from .seeds import Rng, root_seed


def sweep(
    protocols: Iterable[QuantumProtocol], shots: int | None = None, *, rng: Rng = None, mode: str = "exact"
) -> tuple[Result, ...]:
    """Run each protocol; interrupting keeps what is already done.

    Parameters
    ----------
    protocols : iterable of protocols
    shots, rng, mode
        As in :func:`qnetlab.engine.run`. Each protocol gets its own stream of random numbers from ``rng``, by its place
        in the list.

    Returns
    -------
    tuple of Result
        In the order given.

    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> [round(r["fidelity"].value, 4) for r in sweep([Teleportation(corrections=c) for c in ("both", "x", "none")])]
    [1.0, 0.6667, 0.5]
    """
    from tqdm import tqdm

    todo = list(protocols)
    require(len(todo) > 0, "a sweep needs at least one protocol", got={"protocols": (todo, "")},
            why="There is nothing to run", fix="[Teleportation(message=m) for m in '01+-']")
    root = root_seed(rng)
    done: list[Result] = []
    # The bar appears only if it takes longer than a breath.
    with tqdm(todo, desc="sweep", unit="run", delay=2) as bar:
        try:
            for index, protocol in enumerate(bar):
                own = np.random.SeedSequence(root, spawn_key=(index,))
                done.append(run(protocol, shots, rng=own, mode=mode))
        except KeyboardInterrupt:
            bar.write(f"interrupted: {len(done)} of {len(todo)} runs are kept")
    return tuple(done)
