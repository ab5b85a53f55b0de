"""Numbers in, the same numbers out: in the figure, and in the table beside it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import plotly.graph_objects as go
import pytest

from qnetlab import (
    BellPair,
    Estimate,
    Fiber,
    Link,
    Memory,
    PhotonPairSource,
    Readout,
    Teleportation,
    plots,
    published,
    run,
    sweep,
)
from qnetlab.plots.numbers import Measured

LENGTHS_KM = (200.0, 0.0, 50.0, 100.0)
REFERENCE = {"measure and phone": 2 / 3}


def over(length_km: float, t2_s: float = 0.01) -> Teleportation:
    memory = Memory(t2_s=t2_s)
    link = Link(source=PhotonPairSource(fidelity=0.95), fiber=Fiber(length_km=length_km),
                alice_memory=memory, bob_memory=memory)
    return Teleportation(link=link)


@pytest.fixture(scope="module")
def results():
    return sweep([over(km) for km in LENGTHS_KM], shots=200, rng=5)


@pytest.fixture(scope="module")
def length_figure(results):
    return plots.fidelity_vs_length(results, reference=REFERENCE)


def named(figure: go.Figure, name: str):
    (found,) = [trace for trace in figure.data if trace.name == name]
    return found


def test_points_are_the_estimates_with_their_errors(results, length_figure):
    trace = named(length_figure, "run, 200 shots per setting")
    expected = {r.protocol.link.fiber.length_km: r["fidelity"] for r in results}
    assert list(trace.x) == sorted(LENGTHS_KM)
    assert list(trace.y) == [expected[km].value for km in trace.x]
    assert list(trace.error_y.array) == [expected[km].std_error for km in trace.x]
    assert all(error > 0 for error in trace.error_y.array)


def test_the_line_is_the_closed_form_everywhere_on_it(length_figure):
    line = named(length_figure, "closed form")
    assert set(LENGTHS_KM) <= set(line.x) and len(line.x) > 50
    assert list(line.x) == sorted(line.x)
    assert list(line.y) == pytest.approx([over(km).theory()["fidelity"] for km in line.x], abs=1e-12)


def test_the_reference_lies_where_it_was_put(length_figure):
    line = named(length_figure, "measure and phone")
    assert set(line.y) == {2 / 3} and (min(line.x), max(line.x)) == (0, 200)


def test_an_exact_sweep_has_no_error_bars():
    figure = plots.fidelity_vs_length(sweep([over(km) for km in (0, 10)]))
    assert named(figure, "run, exact").error_y.array is None


def test_everything_is_inside_the_axes():
    lost = replace(over(10, t2_s=1e-9), bob_readout=Readout(error_0=0.9))
    figure = plots.fidelity_vs_length([run(over(0)), run(lost)][1:], reference={"nothing": 0.01})
    low, high = figure.layout.yaxis.range
    assert all(low < value < high for trace in figure.data for value in trace.y)


def test_what_differs_besides_x_makes_a_series_of_its_own():
    protocols = [over(km, t2_s) for t2_s in (0.01, 0.1) for km in (0, 100)]
    figure = plots.sweep(sweep(protocols))
    assert [trace.name for trace in figure.data] == [
        "T2 0.01 s: closed form", "T2 0.01 s: run, exact", "T2 0.1 s: closed form", "T2 0.1 s: run, exact"]
    short, long = named(figure, "T2 0.01 s: run, exact"), named(figure, "T2 0.1 s: run, exact")
    for trace, t2_s in ((short, 0.01), (long, 0.1)):
        assert list(trace.y) == pytest.approx([over(km, t2_s).theory()["fidelity"] for km in (0, 100)], abs=1e-9)
    assert long.y[1] > short.y[1] + 0.01
    assert short.marker.symbol != long.marker.symbol
    assert named(figure, "T2 0.01 s: closed form").line.dash != named(figure, "T2 0.1 s: closed form").line.dash


def test_series_are_named_by_all_that_differs():
    there = [replace(over(km), link=replace(over(km).link, source=PhotonPairSource(fidelity=f), bob_memory=memory))
             for f, memory in ((0.9, Memory()), (0.8, Memory(t1_s=1.0))) for km in (0, 100)]
    names = [trace.name for trace in plots.sweep(sweep(there)).data]
    assert names[::2] == ["source fidelity 0.9, bob memory T1 ∞, bob memory T2 ∞: closed form",
                          "source fidelity 0.8, bob memory T1 1 s, bob memory T2 2 s: closed form"]


def test_a_sweep_over_names_joins_no_points():
    messages = ("0", "+", "+i")
    figure = plots.sweep([run(Teleportation(message=m, corrections="x")) for m in messages], x="message")
    assert all(trace.mode == "markers" and list(trace.x) == list(messages) for trace in figure.data)
    assert figure.layout.xaxis.type == "category"


def test_any_estimate_against_any_field():
    fidelities = (0.5, 0.8, 1.0)
    pairs = [BellPair(link=Link(source=PhotonPairSource(fidelity=f))) for f in fidelities]
    figure = plots.sweep(sweep(pairs), x="link.source.fidelity", y="yy")
    assert figure.layout.xaxis.title.text == "source fidelity"
    assert list(named(figure, "run, exact").y) == pytest.approx([-(4 * f - 1) / 3 for f in fidelities])


@pytest.mark.parametrize(("make", "error", "words"), [
    (lambda r: plots.sweep([]), ValueError, "results must hold at least one Result; got results=.* Try"),
    (lambda r: plots.sweep(over(0)), TypeError, "results must be a sequence of Result; got results=Teleportation"),
    (lambda r: plots.sweep([r, run(BellPair())]), ValueError, "one kind of protocol; got protocols=.'BellPair', 'Tele"),
    (lambda r: plots.sweep([r], x="link.fibre.length_km"), ValueError, "Try x='link.fiber.length_km'"),
    (lambda r: plots.sweep([r], y="fidelty"), KeyError, "an estimate must be one of fidelity"),
    (lambda r: plots.sweep([r], reference=0.66), TypeError, "reference must map names to numbers; got reference=0.66"),
    (lambda r: plots.correlators(r), KeyError, "an estimate must be one of fidelity, .*xx"),
    (lambda r: plots.correlators(r.protocol), TypeError, "result must be a Result"),
    (lambda r: plots.outcomes(r), ValueError, "setting must be one of '0', '1'.*; got setting=None"),
    (lambda r: plots.outcomes("+", "+"), TypeError, "result must be a Result; got result='\\+'"),
    (lambda r: plots.comparison([]), ValueError, "rows must hold at least one row"),
    (lambda r: plots.comparison(7), TypeError, "rows must be comparisons, forecasts or inversions; got rows=7"),
    (lambda r: plots.comparison([r]), TypeError, "rows must be comparisons"),
])
def test_what_cannot_be_drawn_is_refused_in_words(results, make, error, words):
    with pytest.raises(error, match=words):
        make(results[0])


def test_correlators_are_the_estimates_beside_the_closed_form():
    pair = BellPair(state="psi_minus", link=Link(source=PhotonPairSource(fidelity=0.9, noise="dephasing")))
    result = run(pair, shots=300, rng=2)
    figure = plots.correlators(result)
    bars, marks = figure.data
    assert (list(bars.x), list(marks.x)) == (["XX", "YY", "ZZ"],) * 2
    assert list(bars.y) == [result[name].value for name in ("xx", "yy", "zz")]
    assert list(bars.error_y.array) == [result[name].std_error for name in ("xx", "yy", "zz")]
    assert list(marks.y) == [pair.theory()[name] for name in ("xx", "yy", "zz")]


def test_outcomes_show_also_what_never_came():
    result = run(BellPair(), shots=500, rng=1)
    seen = dict(result.outcomes)["ZZ"]
    (bars,) = plots.outcomes(result, "ZZ").data
    assert list(bars.x) == ["0 0", "0 1", "1 0", "1 1"]
    assert list(bars.y) == [seen[key] / 500 for key in bars.x] and bars.y[1] == 0
    assert list(bars.error_y.array) == [Estimate.proportion(seen[key], 500).std_error for key in bars.x]


def test_the_only_setting_needs_no_name():
    (bars,) = plots.outcomes(run(Teleportation(message="0"))).data
    assert sum(bars.y) == pytest.approx(1) and len(bars.x) == 8


@pytest.mark.parametrize(("rows", "fields"), [
    (published.teleportation_forecasts(), ("pair_fidelity", "average_fidelity")),
    (published.teleportation_inversions(), ("average_fidelity", "pair_fidelity")),
    ((published.chsh_comparison(),), ("measured", "predicted")),
])
def test_a_comparison_holds_published_and_computed_with_their_uncertainties(rows, fields):
    figure = plots.comparison(rows)
    drawn = {(name, x): (trace.name, up, down, str(trace.marker.symbol))
             for trace in figure.data
             for x, name, up, down in zip(trace.x, trace.y, trace.error_x.array or [None] * len(trace.x),
                                          trace.error_x.arrayminus or [None] * len(trace.x), strict=True)}
    quantities = [(row, getattr(row, field)) for row in rows for field in fields]
    assert len(drawn) == len(quantities)
    for row, quantity in quantities:
        name, up, down, symbol = drawn[f"{row.id}, {row.link}" if hasattr(row, "link") else row.id, quantity.value]
        assert (up or None, down or None) == (quantity.uncertainty_high or None, quantity.uncertainty_low or None)
        assert symbol.endswith("-open") == ("unconfirmed" in name) == (not quantity.confirmed)
    assert list(figure.layout.yaxis.categoryarray) == list(dict.fromkeys(name for name, _ in drawn)) or len(rows) > 1
    assert [row for row, *_ in plots.table(figure).rows] == list(figure.layout.yaxis.categoryarray)


def test_what_is_no_measurement_says_so():
    names = [trace.name for trace in plots.comparison(published.teleportation_forecasts()).data]
    assert any("forecast, not measured there" in name for name in names)
    names = [trace.name for trace in plots.comparison(published.teleportation_inversions()).data]
    assert any("inversion, not a prediction" in name for name in names)


# ------------------------------------------------------------------------------------------------------------ table


def all_figures():
    noisy = run(BellPair(link=over(50).link), shots=100, rng=3)
    yield plots.correlators(noisy)
    yield plots.outcomes(noisy, "XX")
    yield plots.fidelity_vs_length(sweep([over(km) for km in LENGTHS_KM], shots=50, rng=1), reference=REFERENCE)
    yield plots.comparison(published.teleportation_forecasts())
    yield plots.sweep([run(Teleportation(message=m)) for m in "01+"], x="message")


@pytest.mark.parametrize("figure", tuple(all_figures()), ids=lambda figure: figure.layout.title.text)
def test_the_table_holds_every_number_of_points_and_bars(figure):
    table = plots.table(figure)
    assert table.header[1:] == tuple(trace.name for trace in figure.data)
    for column, trace in enumerate(figure.data, start=1):
        sideways = trace.orientation == "h"
        places, values, bars = (trace.y, trace.x, trace.error_x) if sideways else (trace.x, trace.y, trace.error_y)
        up = bars.array if bars.array is not None else [0.0] * len(values)
        down = bars.arrayminus if bars.arrayminus is not None else up
        told = {row[0]: row[column] for row in table.rows if row[column] is not None}
        cells = [Measured(value, d or 0.0, u or 0.0) for value, d, u in zip(values, down, up, strict=True)]
        names = [place if isinstance(place, str) else Measured(place) for place in places]
        drawn = dict(zip(names, cells, strict=True))
        assert told.items() <= drawn.items()
        if trace.type == "bar" or trace.mode != "lines":
            assert told == drawn


def test_a_closed_form_is_listed_where_there_are_points(length_figure):
    table = plots.table(length_figure)
    column = table.header.index("closed form")
    assert [row[0].value for row in table.rows] == sorted(LENGTHS_KM)
    assert [row[column].value for row in table.rows] == [over(km).theory()["fidelity"] for km in sorted(LENGTHS_KM)]


class Cells(HTMLParser):
    """Rows of an HTML table, and the scope of its headers."""

    def __init__(self, html: str):
        super().__init__()
        self.rows, self.scopes, self.captions, self._inside = [], [], 0, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self.captions += tag == "caption"
        self._inside = tag in ("td", "th")
        if self._inside:
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_data(self, data):
        if self._inside:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag):
        self._inside = False


def test_the_html_table_is_the_table_with_headers_and_caption(length_figure):
    table = plots.table(length_figure)
    seen = Cells(table._repr_html_())
    assert seen.rows == [list(table.header), *([str(cell) for cell in row] for row in table.rows)]
    assert seen.scopes == ["col"] * len(table.header) + ["row"] * len(table.rows)
    assert seen.captions == 1
    assert all(header for header in table.header)


def test_a_table_escapes_what_a_student_wrote():
    figure = plots.Figure(layout={"title": "a < b"}).add_scatter(name="<script>x</script>", x=["&"], y=[1.0])
    html = plots.table(figure)._repr_html_()
    assert "<script" not in html and "&amp;" in html


def test_a_table_follows_what_was_added_later(length_figure):
    figure = go.Figure(length_figure).add_scatter(name="mine", x=[50, 60, 60], y=[0.1, 0.2, 0.3], mode="markers")
    table = plots.table(figure)
    mine = {(row[0].value, row[-1].value) for row in table.rows if row[-1]}
    assert mine == {(50, 0.1), (60, 0.2), (60, 0.3)}


@pytest.mark.parametrize(("cell", "shown"), [
    (Measured(0.9, 0.01, 0.01), "0.900 ± 0.010"), (Measured(0.882, 0.06, 0.023), "0.882 +0.023 −0.060"),
    (Measured(-1.0), "−1"), (Measured(2 / 3), "0.666667"), (Measured(1.0, 0.0, 0.0), "1"),
])
def test_numbers_are_written_to_two_digits_of_their_error(cell, shown):
    assert str(cell) == shown


def test_what_the_table_cannot_hold_is_named():
    figure = plots.Figure().add_scatter(x=[1], y=[2], name="run").add_heatmap(z=[[1, 2]], name="map")
    assert "Only in the live figure: map (heatmap)" in plots.table(figure).caption


def test_numpy_arrays_are_numbers_too():
    figure = plots.Figure().add_scatter(x=np.arange(3), y=np.array([1, np.nan, 3]), mode="markers", name="run")
    assert [row[1] for row in plots.table(figure).rows] == [Measured(1.0), None, Measured(3.0)]
