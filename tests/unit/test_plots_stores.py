"""The figure of stores: what a backbone held, and what it could not serve."""

import numpy as np
import pytest

from qnetlab import KeyDemand, TrustedBackbone, plots
from qnetlab.network.backbone import chain

DAY = TrustedBackbone(links=chain([1000, 500]), demands=(KeyDemand(rate_bps=600),)).simulate(duration_s=7200)


def test_the_lines_are_the_stores():
    figure = plots.key_stores(DAY, {"first": 0, "second": 1})
    assert [trace.name for trace in figure.data] == ["first", "second", "missed so far"]
    for trace, place in zip(figure.data, (0, 1), strict=False):
        assert np.allclose(trace.y, DAY.stored_bits[:, place] / 1e6)
        assert (trace.x[0], trace.x[-1]) == (0, 2)
    assert figure.data[2].y[-1] == DAY.missed.sum() / 1e6 == 0.72


def test_a_long_day_keeps_its_end_and_nothing_missed_is_not_drawn():
    day = TrustedBackbone(demands=(KeyDemand(rate_bps=10),)).simulate(step_s=50)
    [trace] = plots.key_stores(day, {"one": 1}).data
    assert len(trace.x) < 110
    assert (trace.x[-1], trace.y[-1]) == (24, day.stored_bits[-1, 1] / 1e6)


@pytest.mark.parametrize(("day", "links", "error"), [
    (3, {"x": 0}, TypeError), (DAY, {}, TypeError), (DAY, [0], TypeError), (DAY, {"x": 2}, ValueError),
    (DAY, {"x": "a"}, ValueError)])
def test_what_cannot_be_drawn_is_refused_in_words(day, links, error):
    with pytest.raises(error, match="; got .*Try "):
        plots.key_stores(day, links)
