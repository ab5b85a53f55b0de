"""The drawing for where nothing is live: its marks stand where the numbers are, and it carries its own words."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from qnetlab.plots.look import CLEAR, COLORS, DASHES, INK, SYMBOLS
from qnetlab.plots.marks import dash_array
from qnetlab.plots.static import Axis, Series, chart
from qnetlab.plots.svg import folded, picture

SVG = "{http://www.w3.org/2000/svg}"
RUN = Series(name="run", x=[0, 10, 40, 100], y=[0.95, 0.9, 0.7, 0.55],
             y_error=[(0.01, 0.02), (0.05, 0.05), None, (0, 0)])


def drawn(*series, x=None, y=None, title="Fidelity", description="Falls.") -> ElementTree.Element:
    svg = chart(series, x=x or Axis(label="length (km)"), y=y or Axis(label="fidelity"), title=title,
                description=description)
    return ElementTree.fromstring(svg)


def having(root, name):
    return [part for part in root.iter() if part.get("class") == name]


def centers(root):
    return [(float(mark.get("cx")), float(mark.get("cy"))) for mark in having(root, "qnl-mark")]


def straight(numbers, places):
    """Whether places follow numbers along a straight line, to the hundredth of a pixel that is written."""
    slope = (places[-1] - places[0]) / (numbers[-1] - numbers[0])
    return all(abs(places[0] + slope * (n - numbers[0]) - p) < 0.02 for n, p in zip(numbers, places, strict=True))


def test_marks_stand_where_the_numbers_are():
    places = centers(drawn(RUN))
    across, up = zip(*places, strict=True)
    assert straight(RUN.x, across) and across[-1] > across[0] + 400
    assert straight(RUN.y, up) and up[-1] > up[0] + 200  # the smaller number stands lower


def test_ticks_stand_on_the_same_scale_as_the_marks():
    root = drawn(RUN)
    (x, y), *_, (far, low) = centers(root)
    labels = {text.text: text for text in root.iter(f"{SVG}text")}
    assert float(labels["40"].get("x")) == pytest.approx(x + 0.4 * (far - x), abs=0.02)
    height = y + (0.95 - 0.6) / (0.95 - 0.55) * (low - y)
    assert float(labels["0.6"].get("y")) - 4.5 == pytest.approx(height, abs=0.02)


def test_error_bars_reach_as_far_as_the_errors():
    root = drawn(RUN)
    bars = having(root, "qnl-error")
    assert len(bars) == 2  # none for an exact number
    (_, y), *_, (_, low) = centers(root)
    a_unit = (low - y) / (0.95 - 0.55)
    number = r"(-?[\d.]+)"
    for bar, value, (down, up) in zip(bars, RUN.y, RUN.y_error, strict=False):
        below, above = map(float, re.search(rf"M{number} {number}V{number}", bar.get("d")).groups()[1:])
        assert below == pytest.approx(y + (0.95 - value + down) * a_unit, abs=0.06)
        assert above == pytest.approx(y + (0.95 - value - up) * a_unit, abs=0.06)


def test_error_bars_end_inside_the_axes():
    root = drawn(Series(name="s", x=[0, 1], y=[0.5, 0.6], y_error=[(0.4, 0.01), (0.01, 0.3)]))
    (_, low), (_, high) = centers(root)
    paths = " ".join(bar.get("d") for bar in having(root, "qnl-error"))
    ends = [float(end) for end in re.findall(r"V([\d.]+)", paths)]
    ends += [float(end) for end in re.findall(r"([\d.]+)V", paths)]
    clip = next(part for part in root.iter(f"{SVG}svg") if part is not root)
    top, room = float(clip.get("y")), float(clip.get("height"))
    assert min(ends) < high - 100 and max(ends) > low + 100
    assert top + 8 < min(ends) and max(ends) < top + room - 8


def test_a_logarithmic_axis_goes_by_factors():
    series = Series(name="p", x=[1, 10, 1000, 0], y=[1e-6, 1e-4, 1e-2, 1e-3])
    places = centers(drawn(series, x=Axis(log=True), y=Axis(log=True)))
    assert len(places) == 3  # zero has no place on it
    assert straight([0, 1, 3], [x for x, _ in places]) and straight([-6, -4, -2], [y for _, y in places])


def test_bars_stand_on_zero_and_are_as_long_as_their_numbers():
    bars = having(drawn(Series(name="n", x=["a", "b", "c"], y=[0.2, -0.4, 0.8], kind="bars")), "qnl-bar")
    tops = [(float(bar.get("y")), float(bar.get("height"))) for bar in bars]
    zero = tops[0][0] + tops[0][1]
    assert [height / tops[0][1] for _, height in tops] == pytest.approx([1, 2, 4], rel=1e-3)
    assert tops[1][0] == pytest.approx(zero, abs=0.02) and tops[2][0] + tops[2][1] == pytest.approx(zero, abs=0.02)


def test_bars_side_by_side_do_not_overlap():
    pair = [Series(name=name, x=["a", "b"], y=[1, 2], kind="bars", look=i) for i, name in enumerate("pq")]
    edges = sorted((float(bar.get("x")), float(bar.get("x")) + float(bar.get("width")))
                   for bar in having(drawn(*pair), "qnl-bar"))
    assert all(left[1] <= right[0] + 0.02 for left, right in pairwise(edges))


def test_a_line_breaks_where_a_number_is_missing():
    lines = having(drawn(Series(name="l", x=[0, 1, 2, 3, 4], y=[1, 2, None, 2, 1], kind="line")), "qnl-line")
    assert [len(line.get("points").split()) for line in lines] == [2, 2]


def test_names_stand_as_the_axis_lists_them_and_may_go_downward():
    series = Series(name="f", x=[1, 2, 3], y=["b", "a", "c"])
    places = centers(drawn(series, y=Axis(names=("a", "b", "c"), reverse=True)))
    (_, b), (_, a), (_, c) = places
    assert a < b < c


@pytest.mark.parametrize("values", [[], [5.0], [2.0, 2.0], [None, math.nan], [math.inf, 1.0]])
def test_few_numbers_still_make_a_figure(values):
    root = drawn(Series(name="s", x=list(range(len(values))), y=values))
    finite = [v for v in values if v is not None and math.isfinite(v)]
    assert len(having(root, "qnl-mark")) == len(finite)


def test_it_says_what_it_is():
    root = drawn(RUN, title="Fidelity & length", description="From <high> to low.")
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Fidelity & length. From <high> to low."
    assert root.find(f"{SVG}title").text == "Fidelity & length"
    assert root.find(f"{SVG}desc").text == "From <high> to low."


def test_it_needs_nothing_from_elsewhere_and_has_no_small_text():
    svg = chart([RUN, Series(name="<b>&", x=[1], y=[1], look=1)], x=Axis(label="x"), y=Axis(label="y"), title="t")
    assert not re.search(r"\b(href|src|url|id)\b", svg.replace("http://www.w3.org/2000/svg", "")) and "http" not in (
        svg.replace("http://www.w3.org/2000/svg", ""))
    assert min(map(float, re.findall(r"font-size[=:]\"?([\d.]+)", svg))) >= 12


def test_series_differ_by_more_than_color():
    looks = [Series(name=str(i), x=[0], y=[0], look=i) for i in range(12)]
    assert len({(s.ink, s.stroke_dash, s.symbol_at(0)) for s in looks}) == 12
    for ink in COLORS:  # within one color, and between neighbors, dash and marker differ
        same = [s for s in looks if s.ink == ink]
        assert len({s.stroke_dash for s in same}) == len({s.symbol_at(0) for s in same}) == len(same)
    assert len({dash_array(name) for name in DASHES}) == len(DASHES)
    shapes = [having(drawn(Series(name="s", x=[0], y=[0], symbols=[name])), "qnl-mark")[0] for name in SYMBOLS]
    assert len({(shape.tag, len((shape.get("points") or "").split())) for shape in shapes}) >= len(SYMBOLS) - 1


def luminance(color: str) -> float:
    if color.startswith("#"):
        parts = [int(color[i:i + 2], 16) for i in (1, 3, 5)]
    else:
        parts = [int(part) for part in re.findall(r"\d+", color)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in parts)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
def test_colors_can_be_seen_on_light_and_on_dark(paper):
    assert all(contrast(color, paper) >= 3 for color in COLORS)
    assert contrast(INK, paper) >= 4.2  # the best one gray can do on both; a page that lets us replaces it


def test_where_style_sheets_are_dropped_the_image_remains():
    html = picture("<svg/>", 'a "quoted" alt')
    bare = re.sub(r"<style>.*?</style>", "", html)
    assert '<div class="qnl-live" style="display:none"><svg/></div>' in bare
    assert 'alt="a &quot;quoted&quot; alt"' in bare and 'src="data:image/svg+xml;base64,' in bare
    assert ".qnl-live{display:block!important" in html and ".qnl-live+.qnl-still{display:none}" in html


def test_what_is_folded_says_what_it_holds():
    assert folded("a < b", "<p>x</p>").endswith("a &lt; b</summary><p>x</p></details>")


def test_nothing_is_painted_behind_the_live_figure():
    assert CLEAR.endswith("0)")
