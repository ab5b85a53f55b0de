"""A quantum memory: how long a qubit keeps, and how often one gets it in and out."""

from __future__ import annotations

import math

from ..checks import number, require, value


@value
class Memory:
    """A memory qubit. The default keeps everything forever.

    Parameters
    ----------
    t1_s : float
        Lifetime of the excited state in s, > 0; ``math.inf`` for none.
    t2_s : float or None
        Coherence time in s, 0 < t2_s <= 2 t1_s. None: no dephasing beyond T1, filled in as 2 t1_s.
    write_efficiency, read_efficiency : float
        Probability that a photon is stored, and that it is read out again, 0 to 1.
    retrieval_lifetime_s : float
        1/e time after which a stored excitation can no longer be read out, in s, > 0.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    After t the populations have relaxed toward |0> by gamma = 1 - exp(-t/T1) and the coherence by exp(-t/T2):
    |+> is left with fidelity (1 + exp(-t/T2))/2. That is what is *wrong*; what is *lost* is counted by
    ``retrieval_efficiency(t) = write * read * exp(-t/retrieval_lifetime)``. Decay is toward |0> (no thermal
    excitation), and dephasing is exponential.

    References
    ----------
    M. A. Nielsen, I. L. Chuang, Quantum Computation and Quantum Information (2010), section 8.3.

    >>> Memory(t1_s=0.01).t2_s
    0.02
    """

    t1_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="lifetime T1",
                         why="A lifetime is a time", fix="t1_s=0.01")
    t2_s: float | None = number(default=None, unit="s", low=0, low_open=True, optional=True, doc="coherence time T2",
                                why="A coherence time is a time", fix="t2_s=0.01")
    write_efficiency: float = number(default=1.0, low=0, high=1, doc="probability to store a photon",
                                     why="An efficiency is a probability")
    read_efficiency: float = number(default=1.0, low=0, high=1, doc="probability to read it out",
                                    why="An efficiency is a probability")
    retrieval_lifetime_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="1/e time of read-out",
                                         why="A lifetime is a time", fix="retrieval_lifetime_s=0.2")

    def _check(self) -> dict[str, float]:
        limit = 2 * self.t1_s
        t2_s = limit if self.t2_s is None else self.t2_s
        require(t2_s <= limit, "t2_s must satisfy 0 < t2_s <= 2*t1_s",
                got={"t2_s": (t2_s, "s"), "t1_s": (self.t1_s, "s")},
                why="A qubit cannot stay coherent longer than twice its lifetime", fix=f"t2_s={limit:g}")
        return {"t2_s": t2_s}

    def retrieval_efficiency(self, t_s: float) -> float:
        """Probability that a photon sent in comes out after ``t_s`` seconds, 0 to 1.

        >>> round(Memory(write_efficiency=0.76, retrieval_lifetime_s=0.22).retrieval_efficiency(0.1), 6)
        0.4824
        """
        require(t_s >= 0, "t_s must satisfy 0 <= t_s", got={"t_s": (t_s, "s")}, why="One reads after one writes",
                fix="t_s=0.1")
        return self.write_efficiency * self.read_efficiency * math.exp(-t_s / self.retrieval_lifetime_s)
