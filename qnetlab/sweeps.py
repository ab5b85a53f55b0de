"""Run many protocols: one after the other, or side by side on any executor; and go on where an earlier try stopped.

    sweep(grid(protocol, {"link.fiber.length_km": range(0, 101, 10)}))
    sweep(protocols, shots=1000, rng=7, executor=ProcessPoolExecutor(2))
    sweep(protocols, shots=1000, rng=7, executor=client.get_executor())       a Dask cluster
    sweep(protocols, shots=1000, rng=7, save="runs.jsonl")                    each finished run is kept at once
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from typing import Any

import numpy as np

from .checks import require
from .codec import encode
from .engine import run
from .fields import leaves, rebuilt
from .protocols.contract import QuantumProtocol
from .result import Result
from .saved_runs import SavedRuns, content_key
from .seeds import Rng, root_seed


def grid(protocol: QuantumProtocol, axes: Mapping[str, Iterable[Any]]) -> tuple[Any, ...]:
    """A protocol at every combination of some of its fields.

    Parameters
    ----------
    protocol : a protocol
    axes : mapping
        Path of a field, such as ``"link.fiber.length_km"`` -> its values. The last one changes fastest.

    Returns
    -------
    tuple of protocols

    Raises
    ------
    ValueError, TypeError
        If there is no such field, an axis is empty, or the protocol refuses a value.

    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> [p.state for p in grid(BellPair(), {"state": ("phi_plus", "psi_minus")})]
    ['phi_plus', 'psi_minus']
    """
    known = leaves(protocol)
    values = {path: tuple(along) for path, along in axes.items()}
    for path, along in values.items():
        require(path in known, f"an axis must be a field of {type(protocol).__name__}", got={"axis": path},
                why=f"The fields are {', '.join(known)}", fix=f'{{"{next(iter(known))}": (...)}}')
        require(len(along) > 0, "an axis must hold at least one value", got={path: (along, "")},
                why="A grid without values has no points", fix=f'{{"{path}": ({known[path]!r},)}}')
    points = itertools.product(*values.values())
    return tuple(rebuilt(protocol, dict(zip(values, point, strict=True))) for point in points)


class Sweep(tuple[Result, ...]):
    """The results of a sweep, in the order of its protocols; a tuple that also knows itself as a table."""

    __slots__ = ()

    def table(self) -> dict[str, np.ndarray[Any, Any]]:
        """One row per result: the fields in which the protocols differ, each estimate, and its standard error.

        Returns
        -------
        dict of str to array
            ``pandas.DataFrame(results.table())`` makes it a data frame.

        >>> from qnetlab.protocols.bell_pair import BellPair
        >>> table = sweep(grid(BellPair(), {"state": ("phi_plus", "psi_minus")})).table()
        >>> table["state"].tolist(), table["zz"].tolist()
        (['phi_plus', 'psi_minus'], [1.0, -1.0])
        """
        fields = [leaves(result.protocol) for result in self]
        paths = dict.fromkeys(path for mine in fields for path in mine)
        varied = [path for path in paths if len({repr(mine.get(path)) for mine in fields}) > 1]
        columns = {path: _column([mine.get(path) for mine in fields]) for path in varied}
        estimates = [result.estimates for result in self]
        for name in dict.fromkeys(name for mine in estimates for name in mine):
            found = [mine.get(name) for mine in estimates]
            columns[name] = np.array([np.nan if one is None else one.value for one in found])
            columns[f"{name}_std_error"] = np.array([np.nan if one is None else one.std_error for one in found])
        return columns


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    if all(isinstance(value, (int, float, str)) for value in values) and len({isinstance(v, str) for v in values}) == 1:
        return np.array(values)
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def sweep(
    protocols: Iterable[QuantumProtocol], shots: int | None = None, *, rng: Rng = None, mode: str = "exact",
    executor: Executor | None = None, save: Any = None,
) -> Sweep:
    """Run each protocol; interrupting keeps what is already done.

    Parameters
    ----------
    protocols : iterable of protocols
        For example a :func:`grid`.
    shots, rng, mode
        As in :func:`qnetlab.engine.run`. Each protocol gets its own stream of random numbers from ``rng`` by what it
        is, not by its place in the list: more points, another order or another computer change nothing.
    executor : a concurrent.futures.Executor, or None
        Where to run them: a pool of processes, or a cluster's executor. None: here, one after the other.
    save : str or Path, or None
        A ``.jsonl`` file to which each finished run is added at once. Runs that it holds already are not run again.

    Returns
    -------
    Sweep
        A tuple of Result, in the order given; interrupted, those that are done.

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit, or the saved file cannot be read; and what ``run`` raises.

    >>> from qnetlab.protocols.teleportation import Teleportation
    >>> [round(r["fidelity"].value, 4) for r in sweep([Teleportation(corrections=c) for c in ("both", "x", "none")])]
    [1.0, 0.6667, 0.5]
    """
    __tracebackhide__ = True
    todo = list(protocols)
    require(len(todo) > 0, "a sweep needs at least one protocol", got={"protocols": (todo, "")},
            why="There is nothing to run", fix="[Teleportation(message=m) for m in '01+-']")
    require(executor is None or callable(getattr(executor, "submit", None)), "executor must have a method submit",
            got={"executor": (executor, "")}, why="Runs are handed to it", error=TypeError,
            fix="concurrent.futures.ProcessPoolExecutor(2)")
    require(save is None or shots is None or rng is not None, "a saved sweep with shots needs rng",
            got={"save": (str(save), ""), "rng": (rng, "")}, fix="rng=7",
            why="Without it every try would draw other rounds, and none could be gone on with")
    root = root_seed(rng) if shots is not None else 0
    keys = _keys(todo, shots, mode, root)
    saved = None if save is None else SavedRuns(save)
    done = {i: kept for i, key in enumerate(keys) if saved is not None and (kept := saved.get(key)) is not None}
    open_points = {i: (todo[i], shots, None if shots is None else _seed(root, keys[i]), mode)
                   for i in range(len(todo)) if i not in done}
    with _interruptible(len(todo), len(done)) as bar:
        # What is saved comes back one by one, so that a stop loses nothing; else several travel together.
        together = 1 if saved is not None else max(1, min(16, len(open_points) // 64))
        for i, result in _results(open_points, executor, together):
            done[i] = result
            if saved is not None:
                saved.add(keys[i], result)
            bar.update()
    return Sweep(done[i] for i in sorted(done))


def _keys(todo: list[Any], shots: int | None, mode: str, root: int) -> list[str]:
    """What each point is, as a hash; a protocol that is listed again is another point, with rounds of its own."""
    seen: Counter[str] = Counter()
    keys = []
    for protocol in todo:
        try:
            written = encode(protocol)
        except TypeError:  # a protocol of the reader's own, with fields that no JSON knows
            written = repr(protocol)
        content = content_key(written, shots, mode, str(root))
        seen[content] += 1
        keys.append(content if seen[content] == 1 else content_key(content, seen[content]))
    return keys


def _seed(root: int, key: str) -> int:
    """One number for one point, from the sweep's seed and what the point is."""
    sequence = np.random.SeedSequence(root, spawn_key=(int(key, 16),))
    return int.from_bytes(sequence.generate_state(4).tobytes(), "little")


Point = tuple[Any, int | None, int | None, str]


def _results(
    points: Mapping[int, Point], executor: Executor | None, together: int
) -> Iterator[tuple[int, Result]]:
    """(place, result) as they are done; to an executor go ``together`` points at a time."""
    if executor is None:
        for i, point in points.items():
            yield i, _run([point])[0]
        return
    waiting: dict[Future[list[Result]], tuple[int, ...]] = {
        executor.submit(_run, [points[i] for i in places]): places for places in batched(points, together)}
    try:
        for finished in as_completed(waiting):
            yield from zip(waiting[finished], finished.result(), strict=True)
    finally:  # interrupted, or one of them failed: what has not begun is not begun
        for future in waiting:
            future.cancel()


def _run(points: list[Point]) -> list[Result]:
    """Some points; at the top of a module, so that a worker process finds it."""
    return [run(protocol, shots, rng=seed, mode=mode) for protocol, shots, seed, mode in points]


def batched(things: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Tuples of ``size`` in order, the last one shorter (itertools has it from Python 3.12 on).

    >>> list(batched(range(5), 2))
    [(0, 1), (2, 3), (4,)]
    """
    rest = iter(things)
    while some := tuple(itertools.islice(rest, size)):
        yield some


@contextmanager
def _interruptible(total: int, done: int) -> Iterator[Any]:
    """A progress bar that appears only if it takes longer than a breath, and goes when all is done; the stop button
    ends it in words. A notebook shows what goes to stderr on red, as an error: there it goes to stdout."""
    from tqdm import tqdm

    stream = sys.stdout if "ipykernel" in sys.modules else sys.stderr
    with tqdm(total=total, initial=done, desc="sweep", unit="run", delay=2, leave=False, file=stream) as bar:
        try:
            yield bar
        except KeyboardInterrupt:
            bar.write(f"interrupted: {bar.n} of {total} runs are kept")
