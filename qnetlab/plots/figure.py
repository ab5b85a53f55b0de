"""An ordinary plotly figure that everyone can read: live where plotly is, drawn elsewhere, with its numbers beside.

JupyterLab shows the live figure through plotly's own renderer, which is on the student's computer; nothing is fetched.
What plotly's ``show()`` would load to find a renderer takes seconds, and is not needed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from .look import INK, template
from .numbers import summary_of, table_of
from .reading import Reading, plain, read
from .static import chart
from .svg import folded, picture

LIVE = "application/vnd.plotly.v1+json"
_CONFIG = {"displaylogo": False, "responsive": True}

#: Text of our gray takes the page's own color in JupyterLab, light or dark. Other figures have another gray.
_PAGE_INK = "".join(
    f'.jp-RenderedPlotly {what}[style*="{paint}: {INK}"]{{{paint}:var(--jp-content-font-color1,{INK})!important}}'
    for what, paint in (("text", "fill"), ("path", "stroke"))
)


class Figure(go.Figure):  # type: ignore[misc]  # plotly ships no types
    """A plotly figure with one look, a drawing for where nothing is live, and a table of its numbers.

    Parameters
    ----------
    data, layout, frames, skip_invalid, **kwargs
        As in ``plotly.graph_objects.Figure``; all that it can do, this can.

    Notes
    -----
    Displayed in a notebook it is the figure, and below it, folded, its table. ``plots.table(figure)`` gives the table
    alone. Traces of other types than scatter and bar are shown live only.

    >>> figure = Figure().add_scatter(x=[0, 1], y=[1.0, 0.5], name="run")
    >>> isinstance(figure, go.Figure), sorted(figure._repr_mimebundle_())
    (True, ['application/vnd.plotly.v1+json', 'text/html', 'text/plain'])
    """

    def __init__(
        self, data: Any = None, layout: Any = None, frames: Any = None, skip_invalid: bool = False, **kwargs: Any
    ) -> None:
        if layout is None or (isinstance(layout, Mapping) and "template" not in layout):
            layout = {"template": template(), **(layout or {})}
        super().__init__(data, layout, frames, skip_invalid, **kwargs)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """Live, drawn with the table, and in words."""
        reading = read(self)
        return {**_bundle(self, reading), "text/html": _drawn(reading) + _numbers(reading)}

    def _repr_html_(self) -> str:
        return str(self._repr_mimebundle_()["text/html"])

    def _ipython_display_(self) -> None:
        """Two outputs, since a page shows one kind of each: the figure, and its table right below it."""
        from IPython.display import display

        reading = read(self)
        beside = table_of(reading)
        display(_bundle(self, reading), raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": _numbers(reading), "text/plain": repr(beside)}, raw=True)  # type: ignore[no-untyped-call]

    def show(self, *args: Any, **kwargs: Any) -> None:
        """Display here; with arguments, as plotly does."""
        if args or kwargs:
            super().show(*args, **kwargs)
        else:
            self._ipython_display_()


def _bundle(figure: Figure, reading: Reading) -> dict[str, Any]:
    written = plain(figure.to_plotly_json())
    live = {"data": written.get("data", []), "layout": written.get("layout", {}), "config": _CONFIG}
    for name, axis in live["layout"].items():
        if name.startswith(("xaxis", "yaxis")) and axis.get("type") == "log":
            axis.setdefault("exponentformat", "power")  # as the still picture writes it, and not 1n beside 0.001
            axis.setdefault("tickfont", {}).setdefault("size", 16)  # digits between powers of ten have 3/4 of it
    if written.get("frames"):
        live["frames"] = written["frames"]
    return {LIVE: live, "text/html": _drawn(reading), "text/plain": summary_of(reading)}


def _drawn(reading: Reading) -> str:
    title, words = reading.title or "Figure", summary_of(reading)
    svg = chart(reading.series, x=reading.x, y=reading.y, title=title, description=words, height=reading.height)
    return picture(svg, words)


def _numbers(reading: Reading) -> str:
    numbers = table_of(reading)
    return f"<style>{_PAGE_INK}</style>" + folded("Numbers of this figure", numbers._repr_html_())
