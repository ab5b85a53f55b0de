"""What ``run`` gives back: the outcomes, what they estimate, and all that is needed to repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from .checks import UnknownName, choice, custom, number, refuse, require, value
from .estimate import Estimate, Outcomes
from .protocols.contract import QuantumProtocol

Settings = tuple[tuple[str, Outcomes], ...]


def _coerce_outcomes(name: str, got: Any) -> Settings:
    pairs = tuple(got.items() if isinstance(got, Mapping) else got)
    for pair in pairs:
        require(len(pair) == 2 and isinstance(pair[1], Outcomes), f"{name} must map each setting to its Outcomes",
                got={name: (got, "")}, error=TypeError, why="A result keeps what each setting gave", fix="run(...)")
    return tuple((str(setting), seen) for setting, seen in pairs)


def _coerce_versions(name: str, got: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in (got.items() if isinstance(got, Mapping) else got))


def _coerce_protocol(name: str, got: Any) -> Any:
    require(isinstance(got, QuantumProtocol), f"{name} must be a protocol", got={name: (got, "")}, error=TypeError,
            why="It must have circuits, devices, estimates and theory", fix="Teleportation()")
    return got


@value
class Result:
    """The answer to one run.

    Parameters
    ----------
    protocol : protocol
        What was run.
    outcomes : mapping
        Setting -> :class:`Outcomes`.
    shots : int or None
        Rounds per setting; None for an exact answer.
    mode : "exact", "sampled", "shots" or "sampler"
    seed : str
        Decimal; ``run(protocol, shots, rng=int(seed))`` repeats the result. Empty where there is none.
    versions : mapping
        Package -> version.

    >>> from qnetlab.protocols.bell_pair import BellPair
    >>> from qnetlab.engine import run
    >>> run(BellPair())["fidelity"]
    1.000000 (exact)
    """

    protocol: Any = custom(default=None, coerce=_coerce_protocol, doc="what was run")
    outcomes: Settings = custom(default=(), coerce=_coerce_outcomes, doc="setting -> what it gave")
    shots: int | None = number(default=None, integer=True, optional=True, low=1, doc="rounds per setting")
    mode: str = choice(default="exact", options=("exact", "sampled", "shots", "sampler"), doc="how it was computed")
    seed: str = custom(default="", coerce=lambda name, got: str(got), doc="repeats the result")
    versions: tuple[tuple[str, str], ...] = custom(default=(), coerce=_coerce_versions, doc="package -> version")

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Name -> :class:`Estimate`."""
        return dict(self.protocol.estimates(dict(self.outcomes)))

    def __getitem__(self, name: str) -> Estimate:
        """One estimate by name, such as ``result["fidelity"]``."""
        __tracebackhide__ = True
        known = self.estimates
        require(name in known, f"an estimate must be one of {', '.join(known)}", got={"name": (name, "")},
                why="These are what this protocol measures", fix=f'result["{next(iter(known))}"]', error=UnknownName)
        return known[name]

    def __add__(self, other: Result) -> Result:
        """The rounds of two runs of the same protocol together."""
        if not isinstance(other, Result):
            return NotImplemented
        if self.protocol != other.protocol or self.shots is None or other.shots is None or self.mode != other.mode:
            refuse("only shots of the same protocol and mode add",
                   got={"mode": self.mode, "other mode": other.mode, "same protocol": self.protocol == other.protocol},
                   why="An exact answer has no rounds, and different protocols measure different things",
                   fix="run(protocol, shots=..., rng=...) twice with different rng")
        require(not self.seed or self.seed != other.seed, "two runs that add must have different seeds",
                got={"seed": self.seed}, why="The same seed gives the same rounds, counted twice",
                fix="run(protocol, shots=..., rng=another number)")
        theirs = dict(other.outcomes)
        return Result(
            protocol=self.protocol,
            outcomes=tuple((setting, seen + theirs[setting]) for setting, seen in self.outcomes),
            shots=self.shots + other.shots, mode=self.mode, versions=self.versions,
            seed=f"{self.seed}+{other.seed}" if self.seed else "",
        )

    def to_json(self) -> str:
        """The whole result as one line of strict JSON."""
        from .codec import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that :meth:`to_json` wrote."""
        from .codec import from_json

        read = from_json(text)
        require(isinstance(read, cls), "the saved value must be a Result", got={"type": type(read).__name__},
                why="from_json gives back what was saved", fix="codec.from_json(text)", error=TypeError)
        return read  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        lines = [self._title()]
        theory = self._theory()
        width = max((len(name) for name in self.estimates), default=0)
        for name, estimate in self.estimates.items():
            beside = f"   theory {_digits(theory[name], estimate)}" if name in theory else ""
            lines.append(f"  {name:<{width}}  {estimate!r}{beside}")
        return "\n".join(lines)

    @property
    def rounds(self) -> str:
        """How many rounds there were, in words: "exact", "1000 shots per setting", "1000000 pulses"."""
        if self.shots is None:
            return "exact"
        settings = [setting for setting, _ in self.outcomes]
        # A protocol that chooses its settings by chance has an outcome named by what it counts, the first one.
        return f"{self.shots} {settings[0] if settings[:1] in (['pulses'], ['pairs']) else 'shots per setting'}"

    def _title(self) -> str:
        rounds = "exact" if self.shots is None else f"{self.rounds}, {self.mode}"
        seed = f", seed {self.seed}" if self.seed else ""
        ideal = "; link, memories, gates and readout without our noise" if self.mode == "sampler" else ""
        return f"{type(self.protocol).__name__}: {rounds}{seed}{ideal}"

    def _theory(self) -> dict[str, float]:
        """What to compare with; nothing for a sampler, which ran the circuits without the protocol's noise."""
        return {} if self.mode == "sampler" else dict(self.protocol.theory())

    def _repr_html_(self) -> str:
        theory = self._theory()
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{escape(repr(got))}</td>"
            f"<td>{_digits(theory[name], got) if name in theory else '–'}</td>"
            f"<td>{_apart(got, theory.get(name))}</td></tr>"
            for name, got in self.estimates.items()
        )
        caption = escape(self._title())
        return (f"<table><caption>{caption}</caption><thead><tr><th scope='col'>quantity</th>"
                f"<th scope='col'>run</th><th scope='col'>theory</th><th scope='col'>sigmas apart</th></tr></thead>"
                f"<tbody>{rows}</tbody></table>")


def _digits(theory: float, beside: Estimate) -> str:
    """A number of theory with as many digits as the estimate beside it shows, six at least."""
    shown = repr(beside).partition(" ")[0]
    return f"{theory:.5e}" if "e" in shown else f"{theory:.{max(6, len(shown.partition('.')[2]))}f}"


def _apart(got: Estimate, theory: float | None) -> str:
    if theory is None:
        return "–"
    if got.std_error == 0:
        return "equal" if abs(got.value - theory) < 1e-9 else "differs"
    return f"{got.sigmas_from(theory):.1f}"
