"""What an explorer's controls are, and how they stand for a protocol: pure functions, no widget.

A :class:`Panel` is declared once per explorer: which numbers of the protocol it knows by which name (``places``), and
which controls write them. From that come the state of the controls for a protocol, the protocol for a state, and what
the browser needs to know. The rule that joins the two is the same in ``js/settings.js``.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Mapping
from typing import Any

from ..checks import refuse, require
from ..fields import at, rebuilt

#: A control that does not speak with one voice, such as one slider for two memories that differ: each keeps its own.
GIVEN = "given"

State = dict[str, Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Control:
    """One control: a name (also of its value in the state), what it may be, and what of the protocol it writes."""

    name: str
    label: str
    kind: str  # slider, select, radio or steps
    values: tuple[Any, ...]
    labels: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()  # names of places
    unit: str = ""
    show: str = "plain"  # how js/numbers.js writes the value
    hint: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Group:
    """Controls under one heading. ``title=None``: they stand with the pictures. Folded: opened when wanted."""

    title: str | None
    controls: tuple[Control, ...]
    folded: bool = False


def slider(name: str, label: str, values: tuple[float, ...], **more: Any) -> Control:
    """A slider over exact stops; by default it writes the place of its own name."""
    return Control(name=name, label=label, kind="slider", values=values, **{"writes": (name,), **more})


def choices(name: str, label: str, options: Mapping[Any, str], kind: str = "select", **more: Any) -> Control:
    """A list, radio buttons or steps: value -> what is written beside it."""
    return Control(name=name, label=label, kind=kind, values=tuple(options), labels=tuple(options.values()),
                   **{"writes": (name,), **more})


MAX_STOPS = 10_000


def stops(low: float, high: float, step: float) -> tuple[float, ...]:
    """From ``low`` to ``high`` in equal steps, each the number one would write: 0.07, not 0.07000000000000001.

    >>> stops(0, 0.3, 0.1)
    (0.0, 0.1, 0.2, 0.3)
    """
    require(step > 0 and high > low, "a range must be (low, high, step) with low < high and step > 0",
            got={"range": ((low, high, step), "")}, why="A slider goes from one end to the other", fix="(0, 100, 1)")
    count = (high - low) / step
    require(count <= MAX_STOPS, f"a range must have at most {MAX_STOPS} steps", got={"range": ((low, high, step), "")},
            why="A slider is a few hundred pixels wide", fix=f"({low:g}, {high:g}, {(high - low) / 100:g})")
    return tuple(float(f"{low + i * step:.12g}") for i in range(round((high - low) / step) + 1))


def _is_number(got: Any) -> bool:
    return isinstance(got, (int, float)) and not isinstance(got, bool)


def _is_range(got: Any) -> bool:
    return isinstance(got, (tuple, list)) and len(got) == 3 and all(map(_is_number, got))


def decades(low: int, high: int) -> tuple[float, ...]:
    """Ten stops per decade from 10^low to 10^high, equal on a logarithmic scale, and then infinity."""
    rounded = ("1", "1.25", "1.6", "2", "2.5", "3.2", "4", "5", "6.3", "8")
    return (*(float(f"{m}e{k}") for k in range(low, high) for m in rounded), float(f"1e{high}"), math.inf)


def spoken(control: Control, value: Any) -> str:
    """A control's value in words.

    >>> spoken(slider("t2_s", "Memory T2", decades(-3, 0), unit="s"), 0.01)
    '0.01 s'
    """
    if value == GIVEN:
        return "as given"
    if control.labels:
        return control.labels[control.values.index(value)]
    if control.show == "degrees":
        return f"{math.degrees(value):g}°"
    return f"{value:g} {control.unit}".strip() if math.isfinite(value) else "∞"


def checked_presets(got: Any, part: type | None) -> dict[str, Any]:
    """Presets, if each is a name with a ``part``; none where the explorer has no list of them."""
    if part is None:
        require(not got, "this explorer has no list of presets", got={"presets": (got, "")}, error=TypeError,
                why="Its controls say everything", fix="leaving presets out")
        return {}
    fits = isinstance(got, Mapping) and all(
        isinstance(name, str) and name != GIVEN and isinstance(value, part) for name, value in got.items()
    )
    require(fits, f"presets must map names to a {part.__name__} each", got={"presets": (got, "")}, error=TypeError,
            why="The list shows the names", fix=f'presets={{"mine": {part.__name__}()}}')
    return dict(got)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chart:
    """What the explorer draws over what: a quantity of the protocol along one of its sliders."""

    quantity: str  # a name in theory(), and in estimates() where Aer shoots points
    along: str  # the name of the slider
    x_label: str
    y_label: str
    y_range: tuple[float, float]
    limits: Mapping[str, float] = dataclasses.field(default_factory=dict)  # levels to compare with, by name
    x_log: bool = False
    y_log: bool = False  # what is not above 0 is then not drawn


@dataclasses.dataclass(frozen=True, kw_only=True)
class Panel:
    """The controls of one kind of explorer.

    ``places``: name -> where it stands in the protocol; all that the closed form in the browser needs, and all that a
    control writes. ``preset_place``: what a preset replaces as a whole; the control of the same name chooses it. None:
    there is no list of presets.
    """

    groups: tuple[Group, ...]
    places: Mapping[str, str]
    preset_place: str | None = None

    @property
    def controls(self) -> tuple[Control, ...]:
        return tuple(control for group in self.groups for control in group.controls)

    def control(self, name: str, wanted: Any = None) -> Control:
        """The control of this name, or an error that lists them; ``wanted`` is what it should have been set to."""
        known = [control.name for control in self.controls]
        if name not in known:
            near = next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.4)), known[0])
            value = self.controls[known.index(near)].values[0] if wanted is None else wanted
            # A part, such as a link, is no slider's value: it belongs into the protocol.
            plain = isinstance(value, (bool, int, float, str))
            refuse("a setting must be one of the explorer's controls", got={"setting": name}, error=TypeError,
                   why=f"They are {', '.join(known)}",
                   fix=f"{near}={value!r}" if plain else f"protocol=..., a protocol with this {name}")
        return self.controls[known.index(name)]

    def with_ranges(self, ranges: Mapping[str, tuple[float, float, float]]) -> Panel:
        """The same panel with other ends and steps of some sliders: name -> (low, high, step)."""
        require(isinstance(ranges, Mapping), "ranges must map names to (low, high, step)", got={"ranges": (ranges, "")},
                why="Each slider has its own ends", fix='ranges={"length_km": (0, 100, 1)}', error=TypeError)
        changed = {}
        for name, wanted in ranges.items():
            require(self.control(name).kind == "slider", "a range belongs to a slider", got={"name": name},
                    why="Other controls have no ends", fix="length_km=(0, 100, 1)")
            require(_is_range(wanted), "a range must be (low, high, step)", got={name: (wanted, "")}, error=TypeError,
                    why="A slider goes from one end to the other in steps", fix=f"ranges={{{name!r}: (0, 100, 1)}}")
            changed[name] = dataclasses.replace(self.control(name), values=stops(*wanted))
        return self._changed(changed)

    def with_presets(self, names: tuple[str, ...]) -> Panel:
        """The same panel whose preset list, if it has one, offers these names, after "as given"."""
        if self.preset_place is None:
            return self
        own = dataclasses.replace(self.control(self.preset_place), values=(GIVEN, *names), labels=("as given", *names))
        return self._changed({self.preset_place: own})

    def _changed(self, controls: Mapping[str, Control]) -> Panel:
        return dataclasses.replace(self, groups=tuple(
            dataclasses.replace(group, controls=tuple(controls.get(c.name, c) for c in group.controls))
            for group in self.groups
        ))

    # ------------------------------------------------------------------------- protocol <-> state of the controls

    def _at(self, protocol: Any, name: str) -> Any:
        """What stands at a place, or words: a satellite's path, where a fiber was meant, has no connectors."""
        try:
            return at(protocol, self.places[name])
        except AttributeError:
            refuse(f"protocol must have {self.places[name]}", got={"protocol": (protocol, "")},
                   why=f"The controls show {name}, and what stands there has none", fix=f"{type(protocol).__name__}()")

    def numbers(self, protocol: Any) -> dict[str, Any]:
        """Everything by name that the closed form needs."""
        return {name: self._at(protocol, name) for name in self.places}

    def read(self, protocol: Any) -> State:
        """What the controls say for a protocol, those that write something in it."""
        state: State = {}
        for control in self.controls:
            if control.writes:
                found = {self._at(protocol, name) for name in control.writes}
                state[control.name] = found.pop() if len(found) == 1 else GIVEN
        return state

    def changes(self, state: State) -> dict[str, Any]:
        """Place -> value, for all that the controls say."""
        return {
            self.places[name]: state[control.name]
            for control in self.controls
            for name in control.writes
            if state[control.name] != GIVEN
        }

    def build(self, base: Any, state: State) -> Any:
        """The protocol for a state, starting from ``base`` for all that no control says."""
        return rebuilt(base, self.changes(state))

    def preset_follows(self) -> tuple[str, ...]:
        """The controls that a preset sets: those that write only below its place."""
        if self.preset_place is None:
            return ()
        return tuple(
            control.name for control in self.controls
            if control.writes and all(self.places[n].startswith(f"{self.preset_place}.") for n in control.writes)
        )

    def reach(self, base: Any) -> dict[str, tuple[float, float]]:
        """How far a slider may go where the rest of ``base`` forbids some of its stops: name -> (low, high)."""
        found: dict[str, tuple[float, float]] = {}
        for control in self.controls:
            if control.kind == "slider" and control.writes:
                allowed = [v for v in (control.values[0], control.values[-1]) if self._fits(base, control, v)]
                if len(allowed) < 2:
                    inside = [v for v in control.values if self._fits(base, control, v)]
                    own = [at(base, self.places[name]) for name in control.writes]
                    found[control.name] = min(inside, default=min(own)), max(inside, default=max(own))
        return found

    def _fits(self, base: Any, control: Control, value: float) -> bool:
        try:
            rebuilt(base, {self.places[name]: value for name in control.writes})
        except ValueError:
            return False
        return True

    def checked(self, state: Mapping[str, Any]) -> State:
        """The state, if every control knows its value; numbers are left to the protocol's own checks."""
        for name, value in state.items():
            control = self.control(name)
            if control.kind == "slider":
                unit = f" in {control.unit}" if control.unit else ""
                require(_is_number(value) or value == GIVEN, f"{name} must be a number{unit}", error=TypeError,
                        got={name: (value, control.unit)}, why="A slider stands somewhere",
                        fix=f"{name}={control.values[0]!r}")
            else:
                known = ", ".join(repr(v) for v in control.values)
                mixed = value == GIVEN and bool(control.writes)
                require(mixed or any(type(value) is type(v) and value == v for v in control.values),
                        f"{name} must be one of {known}", got={name: (value, "")},
                        why="These are what the control offers", fix=f"{name}={control.values[0]!r}")
        missing = [control.name for control in self.controls if control.name not in state]
        require(not missing, "a state must hold every control", got={"missing": (missing, "")},
                why="Half a state is no setting", fix="{**explorer.state, ...}")
        return {control.name: state[control.name] for control in self.controls}
