"""What every explorer shares: the state of the controls, the protocol it stands for, and Aer's points beside it.

An explorer is a widget whose picture and closed form live in the browser, so that dragging needs no kernel. Python
keeps the state, gives it back as a protocol, and shoots points on Aer whenever it has time. Where there is nothing to
shoot, any value with ``theory()`` can stand in place of a protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import anywidget
import traitlets

from ..checks import require
from ..fields import rebuilt
from ..seeds import Rng
from ._bundle import bundle, styles
from ._fallback import Reading, as_html, read_off
from ._kernel import KernelThread
from ._page import page
from ._panel import GIVEN, Chart, Panel, State, checked_presets
from ._points import NO_POINTS, Points
from ._wire import described, from_wire, to_wire

P = TypeVar("P")


class Explorer(anywidget.AnyWidget, Generic[P]):
    """A live explorer of one protocol, or of another value with ``theory()``; a subclass says which, and what its panel
    holds.

    Parameters
    ----------
    protocol : a protocol, or None
        Where to start; None for the explorer's own example.
    presets : mapping or None
        Name -> what the preset list offers in place of the part that the explorer lets one swap, for example a Link.
    ranges : mapping or None
        Name of a slider -> (low, high, step) in the slider's unit.
    shots : int
        Rounds that Aer shoots for one point, in all and in four batches, >= 1.
    rng : int, numpy SeedSequence or Generator, or None
        Makes the points repeatable.
    **settings
        Any control by its name, such as ``length_km=50``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or the protocol refuses it.

    Notes
    -----
    ``state`` holds the controls by name; ``protocol`` is the frozen value they stand for, exactly, and may be set.

    >>> from qnetlab.widgets.teleportation import TeleportationExplorer
    >>> explorer = TeleportationExplorer(length_km=20)
    >>> explorer.protocol.link.fiber.length_km, explorer.protocol.corrections
    (20.0, 'both')
    >>> explorer.close()
    """

    panel: ClassVar[Panel]
    protocol_type: ClassVar[type]
    entry: ClassVar[str]  # the file in js/ that draws; a .css of the same name, if there is one, is its own look
    title: ClassVar[str]  # two explorers in one notebook need two titles
    preset_type: ClassVar[type | None] = None  # what the list of presets offers, if the panel has one
    chart: ClassVar[Chart | None] = None
    shoots: ClassVar[str | None] = "shots"  # how points are made: shot one by one, "exact" (drawn from it), None: not
    still: ClassVar[tuple[str, ...]] = ()  # controls that change no number

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True, to_json=to_wire, from_json=from_wire)
    config = traitlets.Dict().tag(sync=True, to_json=to_wire, from_json=from_wire)
    points = traitlets.Dict().tag(sync=True, to_json=to_wire)
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(self, *, protocol: P | None = None, presets: Mapping[str, Any] | None = None,
                 ranges: Mapping[str, tuple[float, float, float]] | None = None, shots: int = 400, rng: Rng = None,
                 **settings: Any) -> None:
        offered = self.default_presets() if presets is None else presets
        self._presets = checked_presets(offered, self.preset_type)
        self._panel = self.panel.with_ranges(ranges or {}).with_presets(tuple(self._presets))
        thread = KernelThread()
        self._shooter = Points(
            self._panel, self.chart, shots=shots, rng=rng, mode=self.shoots,
            arrived=lambda: thread.call(self._show_points),
            failed=lambda problem: thread.call(lambda: self._show_failure(problem)),
        )
        self._watched = False
        super().__init__(_esm=bundle(self.entry), _css=styles(self.entry), points=NO_POINTS)
        try:
            self._put(self._checked_protocol(self.example() if protocol is None else protocol))
            if settings:
                self.state = {**self.state, **self.completed(settings)}
        except (TypeError, ValueError):
            self.close()  # else half an explorer stays behind in the browser
            raise

    # ------------------------------------------------------------------------ what a subclass says or changes

    @classmethod
    def example(cls) -> Any:
        """The protocol to start from when none is given."""
        return cls.protocol_type()

    @classmethod
    def default_presets(cls) -> Mapping[str, Any]:
        """What the preset list offers when nothing is given."""
        return {}

    def start(self, name: str) -> Any:
        """Where a control stands at first that is no part of the protocol."""
        return self._panel.control(name).values[0]

    def read(self, protocol: Any) -> State:
        """The controls for a protocol; more than the panel's own reading only where one control is no plain field."""
        return self._panel.read(protocol)

    def build(self, base: Any, state: State) -> Any:
        """The protocol for a state."""
        return self._panel.build(base, state)

    def completed(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Settings as a caller may write them -> values of controls; a preset brings its own along."""
        place = self._panel.preset_place
        named = {self._panel.control(name, value).name: value for name, value in settings.items()}
        values = self.config["presets"].get(str(named.get(place or "")), {"values": {}})["values"]
        return {**values, **named}

    def extra_config(self, given: Any) -> dict[str, Any]:
        """What this explorer's pictures need besides the controls."""
        return {}

    def sentence(self, protocol: Any) -> str:
        """One setting in one sentence, for where nothing runs."""
        if self.chart is None:
            return self.title
        return f"{self.title} {self.chart.y_label} = {protocol.theory()[self.chart.quantity]:.3g}."

    def can_shoot(self, protocol: Any) -> bool:
        """Whether Aer can make points for this setting while a reader waits."""
        return True

    def compared(self, protocol: Any) -> dict[str, Any]:
        """Name -> the protocols that the chart draws as lines, the one set first."""
        return {"this setting": protocol}

    # --------------------------------------------------------------------------------------- state and protocol

    @property
    def protocol(self) -> P:
        """The protocol that the controls stand for now. Setting it moves the controls."""
        return self._protocol_of(self.state)  # type: ignore[no-any-return]

    @protocol.setter
    def protocol(self, wanted: P) -> None:
        self._put(self._checked_protocol(wanted))

    def _protocol_of(self, state: State) -> Any:
        place = self._panel.preset_place
        chosen = self._presets.get(state[place]) if place else None
        return self.build(rebuilt(self._given, {place: chosen}) if place and chosen is not None else self._given, state)

    def _put(self, wanted: Any) -> None:
        """Take a protocol as the given one, and keep the chosen preset if it still stands for it."""
        place = self._panel.preset_place
        self._given = wanted
        # Controls that are no part of the protocol, such as the step of a story, stay as they are.
        free = {c.name: self.state.get(c.name, self.start(c.name)) for c in self._panel.controls if not c.writes}
        state = {**free, **self.read(wanted)}
        if place:
            state[place] = GIVEN
            names = [name for name in (str(self.state.get(place)), *self._presets) if name in self._presets]
            state[place] = next((name for name in names if self._stands_for({**state, place: name}, wanted)), GIVEN)
        with self.hold_sync():
            self.config = self._config()
            self.state = state

    def _stands_for(self, state: State, wanted: Any) -> bool:
        try:
            return bool(self._protocol_of(state) == wanted)
        except ValueError:  # this preset and these controls do not go together
            return False

    def _checked_protocol(self, got: Any) -> Any:
        kind = self.protocol_type.__name__
        require(isinstance(got, self.protocol_type), f"protocol must be a {kind}", got={"protocol": (got, "")},
                error=TypeError, why="This explorer knows one protocol", fix=f"protocol={kind}()")
        return got

    @traitlets.validate("state")
    def _valid_state(self, proposal: Mapping[str, Any]) -> State:
        state = self._panel.checked(proposal["value"])
        self._protocol_of(state)  # the protocol's own checks say in their words what does not go together
        return state

    @traitlets.observe("state")
    def _state_changed(self, change: object) -> None:
        self.problem = ""
        if self._watched:
            self.request_points()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take in what the browser sent; what cannot be is answered in words, and the controls go back."""
        try:
            if "state" in sync_data:
                self._valid_state({"value": from_wire(sync_data["state"])})
        except (TypeError, ValueError) as problem:
            self.problem = str(problem)
            self.send_state("state")
        else:
            super().set_state(sync_data)

    def _config(self) -> dict[str, Any]:
        chart, unmoved = None, self.still
        if self.chart is not None:
            values = self._panel.control(self.chart.along).values
            chart, unmoved = {**vars(self.chart), "x_range": (values[0], values[-1])}, (self.chart.along, *self.still)
        return {"title": self.title, "chart": chart, "shoots": self._shooter.at_all,
                **described(self._panel, self._given, self._presets, self.read, unmoved),
                **self.extra_config(self._given)}

    # ------------------------------------------------------------------------------------------- Aer's points

    def request_points(self) -> None:
        """Ask for Aer's points at the present state; they come when they are ready, the present one first."""
        protocol = self.protocol
        self._shooter.request(self.state, protocol, possible=self.can_shoot(protocol))

    def settle(self, timeout_s: float | None = 60.0) -> bool:
        """Wait until all points that were asked for are there; False if that takes longer than ``timeout_s``."""
        done = self._shooter.settle(timeout_s)
        self._show_points()  # a kernel that waits here cannot be told
        return done

    def _show_points(self) -> None:
        if self._shooter.newest["sequence"] >= self.points["sequence"]:
            self.points = self._shooter.newest

    def _show_failure(self, problem: BaseException) -> None:
        self.problem = f"Aer gave no points: {problem}"

    def close(self) -> None:
        """Shoot no more, and take the view away."""
        if "_shooter" in vars(self):  # also half an explorer is closed
            self._shooter.close()
        super().close()

    # ---------------------------------------------------------------------------------------------- being shown

    def _reading(self) -> Reading:
        protocol = self.protocol
        return read_off(self._panel, self.chart, self.state, self.compared(protocol), self.sentence(protocol))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        self._watched = True
        self.request_points()
        reading, (data, metadata) = self._reading(), shown
        return {**data, "text/plain": reading.sentence, "text/html": as_html(self.title, reading)}, metadata

    def __repr__(self) -> str:
        return f"{type(self).__name__}(protocol={self.protocol!r})"

    def save_html(self, path: str | Path) -> Path:
        """Write one page that is live without a kernel and without a network, and say where it is.

        Parameters
        ----------
        path : str or Path
            A file in a folder that exists; its name ends in .html.

        Raises
        ------
        ValueError
            If the folder does not exist or the name has another ending.
        """
        where = Path(path)
        require(where.suffix == ".html", "the file name must end in .html", got={"path": str(path)},
                why="A browser opens it by that", fix=f'path="{where.with_suffix(".html").name}"')
        require(where.parent.is_dir(), "the folder must exist", got={"path": str(path)},
                why="A page needs a place", fix=f'path="{where.name}"')
        self.request_points()
        self.settle()
        values = {"state": self.state, "config": {**self.config, "live": False}, "points": self._shooter.newest,
                  "problem": ""}
        text = page(title=self.title, css=styles(self.entry), js=bundle(self.entry, default_as="shownExplorer"),
                    values=to_wire(values), reading=self._reading())
        where.write_text(text, encoding="utf-8")
        return where

