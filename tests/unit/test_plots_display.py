"""Shown in a notebook: live, drawn, in words and as a table; without loading what takes seconds, or any network."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import plotly.graph_objects as go
import pytest

from qnetlab import BellPair, plots, run

LIVE = "application/vnd.plotly.v1+json"


@pytest.fixture
def figure():
    return plots.correlators(run(BellPair(), shots=100, rng=1))


def test_it_is_an_ordinary_plotly_figure(figure):
    assert isinstance(figure, go.Figure)
    changed = figure.update_layout(title="mine").add_trace(go.Scatter(x=["XX"], y=[0.5], name="guess"))
    assert changed is figure
    bundle = figure._repr_mimebundle_()
    assert bundle[LIVE]["layout"]["title"]["text"] == "mine"
    assert bundle[LIVE]["data"][-1]["name"] == "guess"
    assert "mine" in bundle["text/html"] and "guess" in bundle["text/html"] and "guess: XX: 0.5" in bundle["text/plain"]


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda f: pickle.loads(pickle.dumps(f)), plots.Figure])
def test_a_copy_is_the_same_figure(figure, twin):
    same = twin(figure)
    assert type(same) is type(figure)
    assert same._repr_mimebundle_() == figure._repr_mimebundle_()


def test_the_look_is_ours_unless_another_is_wanted():
    assert plots.Figure().layout.template.layout.font.size == 13
    assert plots.Figure(layout={"title": "t"}).layout.template.layout.font.size == 13
    assert plots.Figure(layout={"template": {"layout": {"font": {"size": 20}}}}).layout.template.layout.font.size == 20
    assert plots.template() is plots.template()


def test_what_is_shown_live_is_strict_json_with_the_same_numbers(figure):
    figure.add_scatter(x=["XX", "YY"], y=[float("nan"), float("inf")], name="broken")
    live = figure._repr_mimebundle_()[LIVE]
    read = json.loads(json.dumps(live, allow_nan=False))
    assert read == live
    assert read["data"][0]["y"] == list(figure.data[0].y)
    assert read["data"][-1]["y"] == [None, None]
    assert read["config"] == {"displaylogo": False, "responsive": True}


def test_nothing_points_to_another_computer(figure):
    text = json.dumps(figure._repr_mimebundle_())
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_small_digits_of_a_logarithmic_axis_stay_readable():
    logarithmic = plots.Figure(layout={"xaxis": {"type": "log"}})._repr_mimebundle_()[LIVE]["layout"]
    assert 0.75 * logarithmic["xaxis"]["tickfont"]["size"] >= 12
    assert logarithmic["xaxis"]["exponentformat"] == "power"  # 10⁻⁹, not 1n


def test_one_html_holds_drawing_and_folded_table(figure):
    html = figure._repr_html_()
    assert html.count("<svg") > 0 and html.count("<details>") == html.count("<table>") == 1
    assert html.index("<svg") < html.index("<details>") < html.index("<table>")
    assert f'alt="{figure._repr_mimebundle_()["text/plain"]}"' in html


def in_fresh_python(program: str, folder: Path) -> list:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False,
                          env={**os.environ, "IPYTHONDIR": str(folder)})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_importing_plots_loads_no_plotly_and_drawing_a_circuit_neither(tmp_path):
    loaded = in_fresh_python("""
import json, sys
import qnetlab.plots as plots
import qnetlab.plots.static
early = sorted({name.split('.')[0] for name in sys.modules} & {'plotly', 'qiskit', 'matplotlib', 'IPython'})
from qiskit import QuantumCircuit
circuit = QuantumCircuit(2, 2); circuit.h(0); circuit.measure([0, 1], [0, 1])
plots.circuit(circuit)._repr_html_()
print(json.dumps([early, sorted({name.split('.')[0] for name in sys.modules} & {'plotly', 'matplotlib'})]))
""", tmp_path)
    assert loaded == [[], []]


def test_display_gives_figure_and_table_and_loads_no_renderers(tmp_path):
    seen = in_fresh_python("""
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
assert shell.run_cell("from qnetlab import BellPair, plots, run").success
with capture_output() as captured:
    assert shell.run_cell("figure = plots.correlators(run(BellPair())); figure").success
    assert shell.run_cell("display(figure)").success
    assert shell.run_cell("figure.show()").success
slow = [name for name in sys.modules if name.startswith('plotly.io.') and name != 'plotly.io._templates']
print(json.dumps([[output.data for output in captured.outputs], slow + [m for m in sys.modules if m == 'kaleido']]))
""", tmp_path)
    outputs, slow = seen
    assert slow == []
    assert len(outputs) == 6 and outputs[:2] == outputs[2:4] == outputs[4:]
    figure, table = outputs[:2]
    assert set(figure) == {LIVE, "text/html", "text/plain"} and set(table) == {"text/html", "text/plain"}
    assert "<svg" in figure["text/html"] and "<table" not in figure["text/html"]
    assert "<details>" in table["text/html"] and "<table" in table["text/html"] and "<svg" not in table["text/html"]
    assert figure["text/plain"].startswith("BellPair: do the two agree? correlator against both measured along.")


def test_show_with_arguments_is_plotly_s_own(figure, monkeypatch):
    asked = []
    monkeypatch.setattr(go.Figure, "show", lambda self, *args, **kwargs: asked.append((args, kwargs)))
    figure.show(renderer="browser")
    assert asked == [((), {"renderer": "browser"})]


def test_every_public_name_is_there():
    assert sorted(plots.__all__) == sorted(plots._MODULES)
    assert all(getattr(plots, name).__doc__ for name in plots.__all__)
    assert set(plots.__all__) <= set(dir(plots))
    with pytest.raises(AttributeError, match="no attribute 'fidelity'"):
        _ = plots.fidelity
