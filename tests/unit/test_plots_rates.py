"""The figure of key rates: a line per link that ends at its cliff, below what no repeaterless link passes."""

import dataclasses
import math

import numpy as np
import pytest

from qnetlab import ChainKeyRate, Fiber, PhotonPairSource, SecretKeyRate, WeakCoherentSource, plots
from qnetlab.network.systems import gys_2004, ingaas_system, snspd_system


def test_each_line_is_the_link_and_ends_with_it():
    links = {"GYS": gys_2004(length_km=7), "SNSPD": snspd_system(length_km=0, block_bits=1e7)}
    figure = plots.key_rate_vs_length(links)
    assert [trace.name for trace in figure.data] == ["GYS", "SNSPD", "no repeaterless link passes"]
    for trace, link in zip(figure.data, links.values(), strict=False):
        assert np.allclose(trace.y, link.bits_per_pulse_at(np.array(trace.x)), rtol=1e-12)
        assert max(trace.x) == pytest.approx(link.reach_km, abs=0.2)
        assert min(trace.y) > 0
        below = np.interp(trace.x[1:], figure.data[-1].x, figure.data[-1].y)
        assert np.all(np.array(trace.y[1:]) < below)  # also over the clearer of two fibers
    assert figure.layout.yaxis.type == "log"


def test_per_second_counts_dead_time():
    link = ingaas_system(length_km=0)
    trace = plots.key_rate_vs_length({"InGaAs": link}, per="second", longest_km=50).data[0]
    assert len(plots.key_rate_vs_length({"InGaAs": link}, per="second").data) == 1
    assert trace.x[0] == 0 and trace.y[0] == pytest.approx(link.bits_per_s)
    assert max(trace.x) == 50


def test_a_link_without_key_or_without_end_is_drawn_too():
    never = SecretKeyRate(misalignment_error=0.3, fiber=Fiber(length_km=1, attenuation_db_per_km=0.2))
    endless = SecretKeyRate(fiber=Fiber(attenuation_db_per_km=0.2), source=WeakCoherentSource(intensities=(0.5,)),
                            decoys="infinite")
    figure = plots.key_rate_vs_length({"never": never, "endless": endless})
    assert len(figure.data[0].x) == 0 and max(figure.data[1].x) == 500
    assert "Numbers of this figure" in figure._repr_html_()


def test_a_chain_is_drawn_beside_a_cable():
    chain = ChainKeyRate(fiber=Fiber(attenuation_db_per_km=0.2), stations=3, efficiency=0.9, t2_s=1.0,
                         source=PhotonPairSource(fidelity=0.99))
    cable = snspd_system(length_km=0)
    figure = plots.key_rate_vs_length({"three stations": chain, "cable": cable}, per="second", longest_km=500)
    assert [trace.name for trace in figure.data] == ["three stations", "cable", "no cable passes, 1e+09 pulses"]
    drawn = figure.data[0]
    for km, key in list(zip(drawn.x, drawn.y, strict=True))[::30]:
        assert key == pytest.approx(dataclasses.replace(chain, fiber=dataclasses.replace(
            chain.fiber, length_km=km)).bits_per_s, rel=1e-9)
    assert max(drawn.x) == pytest.approx(chain.reach_km, abs=0.2) and 400 < chain.reach_km < 500
    assert dataclasses.replace(chain, t2_s=math.inf, source=PhotonPairSource()).reach_km == math.inf
    assert dataclasses.replace(chain, source=PhotonPairSource(fidelity=0.6)).reach_km == 0
    with pytest.raises(ValueError, match="per must be 'second' for a chain; got "):
        plots.key_rate_vs_length({"x": chain})


@pytest.mark.parametrize(("links", "other", "error"), [
    ({}, {}, TypeError), ([gys_2004(length_km=1)], {}, TypeError), ({"x": 3}, {}, TypeError),
    ({"x": gys_2004(length_km=1)}, {"per": "photon"}, ValueError),
    ({"x": gys_2004(length_km=1)}, {"longest_km": -1}, ValueError),
])
def test_what_cannot_be_drawn_is_refused_in_words(links, other, error):
    with pytest.raises(error, match="; got .* Try "):
        plots.key_rate_vs_length(links, **other)
