"""A quantum memory: how long a qubit keeps, and how often one gets it in and out."""

from __future__ import annotations

import math

from ..checks import choice, number, require, value
from ..theory.memories import DEPHASINGS, Decay, coherence_exponent


@value
class Memory:
    """A memory qubit. The default keeps everything forever.

    Parameters
    ----------
    t1_s : float
        Lifetime of the excited state in s, > 0; ``math.inf`` for none.
    t2_s : float or None
        Coherence time in s, 0 < t2_s <= 2 t1_s: when the coherence has fallen to 1/e. None: no dephasing beyond T1,
        filled in as 2 t1_s.
    dephasing : "exponential" or "gaussian"
        How the coherence falls: alike at every moment, as in noise that changes quickly; or slowly at first, as in
        noise that hardly changes while one waits.
    write_efficiency, read_efficiency : float
        Probability that a photon is stored, and that it is read out again, 0 to 1.
    retrieval_lifetime_s : float
        1/e time after which a stored excitation can no longer be read out, in s, > 0.
    modes : int
        How many qubits it holds at once, in different colors, moments or places, >= 1. A link then makes that many
        attempts while it waits for one herald (:class:`~qnetlab.devices.link.Link`); each qubit decays as if alone.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number or out of its range.

    Notes
    -----
    After t the populations have relaxed toward |0> by 1 - exp(-t/T1), and the coherence is down to C(t): exp(-t/T2),
    or in the Gaussian case exp(-t/(2 T1)) exp(-(t/Tphi)^2) with (T2/Tphi)^2 = 1 - T2/(2 T1), which is exp(-(t/T2)^2)
    without relaxation. So T2 is the 1/e time either way, and T2 <= 2 T1 is the same bound: dephasing only ever takes.
    |+> is left with fidelity (1 + C)/2. That is what is *wrong*; what is *lost* is counted by
    ``retrieval_efficiency(t) = write * read * exp(-t/retrieval_lifetime)``. Decay is toward |0> (no thermal
    excitation).
    Gaussian dephasing remembers when it began: a wait that starts at age ``since_s`` multiplies the coherence by
    C(since + t)/C(since). A gate in between does not turn back what has dephased (no echo), nor start the clock anew.

    References
    ----------
    M. A. Nielsen, I. L. Chuang, Quantum Computation and Quantum Information (2010), section 8.3.
    G. Ithier et al., Physical Review B 72, 134519 (2005), doi:10.1103/PhysRevB.72.134519 (relaxation times a Gaussian;
    from memory).

    >>> Memory(t1_s=0.01).t2_s
    0.02
    """

    t1_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="lifetime T1",
                         why="A lifetime is a time", fix="t1_s=0.01")
    t2_s: float | None = number(default=None, unit="s", low=0, low_open=True, optional=True, doc="coherence time T2",
                                why="A coherence time is a time", fix="t2_s=0.01")
    dephasing: str = choice(default="exponential", options=DEPHASINGS, doc="how the coherence falls",
                            why="Noise that changes quickly dephases exponentially, noise that stays, like a Gaussian")
    write_efficiency: float = number(default=1.0, low=0, high=1, doc="probability to store a photon",
                                     why="An efficiency is a probability")
    read_efficiency: float = number(default=1.0, low=0, high=1, doc="probability to read it out",
                                    why="An efficiency is a probability")
    retrieval_lifetime_s: float = number(default=math.inf, unit="s", low=0, low_open=True, doc="1/e time of read-out",
                                         why="A lifetime is a time", fix="retrieval_lifetime_s=0.2")
    modes: int = number(default=1, low=1, high=10**9, integer=True, doc="qubits held at once",
                        why="A memory holds at least one qubit", fix="modes=10")

    def _check(self) -> dict[str, float]:
        limit = 2 * self.t1_s
        t2_s = limit if self.t2_s is None else self.t2_s
        require(t2_s <= limit, "t2_s must satisfy 0 < t2_s <= 2*t1_s",
                got={"t2_s": (t2_s, "s"), "t1_s": (self.t1_s, "s")},
                why="A qubit cannot stay coherent longer than twice its lifetime", fix=f"t2_s={limit:g}")
        return {"t2_s": t2_s}

    def coherence_exponent(self, t_s: float, since_s: float = 0.0) -> float:
        """How many e-foldings the coherence falls by in a wait of ``t_s`` that begins at age ``since_s``, in s."""
        for name, time_s in (("t_s", t_s), ("since_s", since_s)):
            require(time_s >= 0, f"{name} must satisfy 0 <= {name}", got={name: (time_s, "s")},
                    why="A wait is not negative", fix=f"{name}=0.1")
        return float(coherence_exponent(t_s, t1_s=self.t1_s, t2_s=self.t2_s, dephasing=self.dephasing,
                                        since_s=since_s))

    def coherence(self, t_s: float, since_s: float = 0.0) -> float:
        """The factor on a qubit's X and Y after a wait of ``t_s`` that begins at age ``since_s``, in s; 0 to 1.

        >>> [round(Memory(t2_s=0.01, dephasing=how).coherence(0.005), 6) for how in ("exponential", "gaussian")]
        [0.606531, 0.778801]
        """
        return math.exp(-self.coherence_exponent(t_s, since_s))

    def decay(self, t_s: float, since_s: float = 0.0) -> Decay:
        """What such a wait does to one qubit, for :func:`~qnetlab.theory.states.store_pair`.

        >>> Memory(t1_s=0.01).decay(0.0)
        Decay(relaxed=0.0, coherence=1.0)
        """
        return Decay(relaxed=-math.expm1(-t_s / self.t1_s), coherence=self.coherence(t_s, since_s))

    def retrieval_efficiency(self, t_s: float) -> float:
        """Probability that a photon sent in comes out after ``t_s`` seconds, 0 to 1.

        >>> round(Memory(write_efficiency=0.76, retrieval_lifetime_s=0.22).retrieval_efficiency(0.1), 6)
        0.4824
        """
        require(t_s >= 0, "t_s must satisfy 0 <= t_s", got={"t_s": (t_s, "s")}, why="One reads after one writes",
                fix="t_s=0.1")
        return self.write_efficiency * self.read_efficiency * math.exp(-t_s / self.retrieval_lifetime_s)
