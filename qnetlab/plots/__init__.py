"""Figures: data in, plotly figure out, with a drawing and a table for where nothing is live. Plots compute nothing.

Nothing is imported before it is used. A figure of your own gets the same look and the same table:
``plots.Figure(data=[...])`` is an ordinary plotly figure.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .changes import before_after
    from .comparisons import comparison
    from .curves import fidelity_vs_length, sweep
    from .drawing import Drawing, circuit
    from .figure import Figure
    from .histograms import correlators, outcomes
    from .look import template
    from .networks import network, space_time
    from .numbers import Table, table
    from .passes import losses_over_pass
    from .rates import key_rate_vs_length
    from .stores import key_stores

# Name -> module that holds it. No module is called like a name, which it would hide once imported.
_MODULES = {
    "Drawing": "drawing",
    "Figure": "figure",
    "Table": "numbers",
    "before_after": "changes",
    "circuit": "drawing",
    "comparison": "comparisons",
    "correlators": "histograms",
    "fidelity_vs_length": "curves",
    "key_rate_vs_length": "rates",
    "key_stores": "stores",
    "losses_over_pass": "passes",
    "network": "networks",
    "outcomes": "histograms",
    "space_time": "networks",
    "sweep": "curves",
    "table": "numbers",
    "template": "look",
}

__all__ = [
    "Drawing",
    "Figure",
    "Table",
    "before_after",
    "circuit",
    "comparison",
    "correlators",
    "fidelity_vs_length",
    "key_rate_vs_length",
    "key_stores",
    "losses_over_pass",
    "network",
    "outcomes",
    "space_time",
    "sweep",
    "table",
    "template",
]

if not TYPE_CHECKING:  # else a type checker would accept every misspelling

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = found
        return found

    def __dir__():
        return sorted(set(globals()) | set(__all__))
