"""Explorers of less: no list of presets, no chart, nothing to shoot, logarithmic axes."""

from __future__ import annotations

from typing import ClassVar

import pytest

from qnetlab.checks import number, value
from qnetlab.widgets._panel import Chart, Group, Panel, slider, stops
from qnetlab.widgets.explorer import Explorer
from tests.exact.test_js_twin import ask
from tests.unit.test_widgets_js import source


@value
class Decay:
    """What is left of one, ten times less each ten kilometers."""

    length_km: float = number(default=10.0, unit="km", low=0)

    def theory(self) -> dict[str, float]:
        return {"left": 10 ** (-self.length_km / 10)}


class Plain(Explorer[Decay]):
    panel: ClassVar[Panel] = Panel(
        places={"length_km": "length_km"},
        groups=(Group(title="Fiber", controls=(slider("length_km", "Length", stops(1, 100, 1), unit="km"),)),))
    protocol_type: ClassVar[type] = Decay
    entry: ClassVar[str] = "superdense.js"
    title: ClassVar[str] = "What is left?"
    shoots: ClassVar[str | None] = None


class Logarithmic(Plain):
    chart: ClassVar[Chart | None] = Chart(quantity="left", along="length_km", x_label="length in km", y_label="share",
                                          y_range=(1e-10, 1.0), x_log=True, y_log=True)


@pytest.mark.parametrize("kind", [Plain, Logarithmic])
def test_it_needs_no_presets_and_no_points(kind, tmp_path):
    explorer = kind(length_km=20)
    assert explorer.protocol == Decay(length_km=20)
    explorer.protocol = Decay(length_km=33.3)
    assert explorer.state == {"length_km": 33.3}
    explorer.request_points()
    assert explorer.settle(1)
    assert explorer.points["items"] == [] and explorer.config["shoots"] is False
    assert explorer.config["preset_control"] is None
    page = explorer.save_html(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Qiskit Aer were" not in page
    explorer.close()


def test_what_stands_in_for_it_is_a_table_or_a_figure():
    plain, logarithmic = Plain(), Logarithmic()
    data, _ = plain._repr_mimebundle_()
    assert "<img" not in data["text/html"] and "10 km" in data["text/html"]
    data, _ = logarithmic._repr_mimebundle_()
    assert "this setting from 7.94e-01 at 1 to 1.00e-10 at 100" in data["text/html"]
    assert logarithmic.sentence(Decay(length_km=60)) == "What is left? share = 1e-06."
    plain.close()
    logarithmic.close()


def test_presets_need_a_list_of_presets():
    with pytest.raises(TypeError, match="this explorer has no list of presets"):
        Plain(presets={"mine": Decay()})


def test_a_part_given_as_a_setting_is_sent_to_the_protocol():
    with pytest.raises(TypeError, match=r"Try protocol=\.\.\., a protocol with this link\.$"):
        Plain(link=Decay())
    with pytest.raises(TypeError, match=r"Try length_km=30\.$"):
        Plain(length=30)


def run_chart(expression, *questions):
    code = source("chart.js").replace("export ", "").split("\n", 4)[4]
    return ask(f"{code}\nfunction answer(...given) {{ {expression} }}", list(questions))


def test_ticks_and_places_on_a_logarithmic_axis():
    found = run_chart("return logTicks(...given).map(powerText);", [1e-10, 1, 6], [0.5, 2000, 8])
    assert found == [["10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1"], ["1", "10", "100", "1000"]]
    assert run_chart("return scaleOf(given[0], true)(given[1]);", [[1e-10, 1], 1e-5], [[1e-10, 1], 0]) == [0.5, None]
    assert run_chart("return decimalsOf(ticks(...given));", [0, 1, 6], [0, 2000, 6], [0, 0.1, 6]) == [1, 0, 2]
