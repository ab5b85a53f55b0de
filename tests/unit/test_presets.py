"""Presets: every number that is not ideal has a record, and every record is what the preset holds."""

import dataclasses
import math
import re

import pytest

from qnetlab import (
    Detector,
    Fiber,
    Link,
    Memory,
    PhotonPairSource,
    Teleportation,
    WeakCoherentSource,
    from_json,
    presets,
    published,
    to_json,
)
from qnetlab.checks import field_notes

FIBERS = ("smf_28", "ultra_low_loss", "gys_fiber")
DETECTORS = ("gys_detector", "ingaas", "snspd")
LASERS = ("gys_laser", "laser_625_mhz", "laser_2500_mhz")
MEMORIES = ("trapped_ion", "nv_center", "siv_center", "rare_earth", "cold_atoms", "nv_carbon", "siv_nuclear",
            "rare_earth_photons", "rare_earth_modes", "cold_atoms_cells", "warm_vapor")
LINKS = ("link_trapped_ion_230m", "link_siv_35km", "link_siv_20m", "link_transmon_30m")


def build(name, length_km=3.0):
    make = getattr(presets, name)
    return make(length_km=length_km) if name in FIBERS else make()


def test_these_are_the_presets():
    assert set(presets.NAMES) == {*FIBERS, *DETECTORS, *LASERS, *MEMORIES, *LINKS}
    others = {"NAMES", "Cited", "Platform", "Platforms", "Sources", "costs", "platforms", "sources", "unconfirmed"}
    assert {*presets.NAMES, *others} == set(presets.__all__)


@pytest.mark.parametrize(("names", "kind"), [(FIBERS, Fiber), (MEMORIES, Memory), (LINKS, PhotonPairSource),
                                             (DETECTORS, Detector), (LASERS, WeakCoherentSource)])
def test_a_preset_is_a_device(names, kind):
    assert {type(build(name)) for name in names} == {kind}


@pytest.mark.parametrize("name", presets.NAMES)
def test_what_is_not_ideal_is_cited_and_what_is_cited_is_held(name):
    device = build(name)
    ideal = type(device)(length_km=3.0) if name in FIBERS else type(device)()
    cited = {record.field: record.value for record in presets.sources(name)}
    filled_in = {"t2_s"} if isinstance(device, Memory) and device.t2_s == 2 * device.t1_s else set()
    changed = {
        f.name for f in dataclasses.fields(device) if getattr(device, f.name) != getattr(ideal, f.name)
    }
    assert changed - filled_in <= set(cited)
    assert {field: getattr(device, field) for field in cited} == cited


@pytest.mark.parametrize("record", presets.sources(), ids=lambda record: f"{record.preset}.{record.field}")
def test_a_record_says_where_to_look(record):
    assert record.unit == field_notes(type(build(record.preset)))[record.field]["unit"]
    maker = record.source.startswith("Corning Incorporated")
    assert maker or re.search(r"\(\d{4}\), doi:10\.\d{4,}/\S+$", record.source)
    assert record.where
    assert from_json(to_json(record)) == record


def test_the_values():
    assert build("smf_28").attenuation_db_per_km == 0.2
    assert build("smf_28").group_index == 1.4682
    assert build("ultra_low_loss").attenuation_db_per_km == 0.17
    assert [build(name).t2_s for name in MEMORIES[:7]] == [3600, 1, 0.013, 370 * 60, math.inf, 75, 2.1]
    assert [build(name).t1_s for name in MEMORIES[:5]] == [math.inf, math.inf, 1, math.inf, math.inf]
    assert [build(name).modes for name in MEMORIES[5:]] == [1, 1, 1, 62, 225, 1]
    assert [build(name).retrieval_lifetime_s for name in ("rare_earth_photons", "warm_vapor")] == [27.6, 0.15]
    assert build("cold_atoms").retrieval_efficiency(0.22) == pytest.approx(0.76 / math.e, abs=1e-12)
    assert [build(name).fidelity for name in LINKS] == [0.882, 0.69, 0.86, 0.804]
    assert [build(name).efficiency for name in DETECTORS] == [0.045, 0.1, 0.93]
    assert [build(name).repetition_rate_hz for name in LASERS] == [2e6, 6.25e8, 2.5e9]
    assert 2 * build("gys_detector").dark_count_probability == pytest.approx(1.7e-6, rel=1e-6)


def test_unconfirmed_ones_are_listed_and_only_those():
    assert {(record.preset, record.field) for record in presets.unconfirmed()} == {
        ("smf_28", "attenuation_db_per_km"),
        ("smf_28", "group_index"),
        ("gys_fiber", "attenuation_db_per_km"),
        ("gys_detector", "efficiency"),
        ("gys_detector", "dark_count_rate_hz"),
        ("gys_laser", "repetition_rate_hz"),
        ("link_transmon_30m", "fidelity"),
        ("nv_carbon", "t2_s"),
        ("cold_atoms_cells", "modes"),
        ("trapped_ion", "rate_hz"),
        ("siv_center", "rate_hz"),
        ("nv_center", "temperature_k"),
        ("nv_carbon", "temperature_k"),
    }
    everything = (*presets.sources(), *presets.costs())
    assert len(presets.unconfirmed()) + sum(record.confirmed for record in everything) == len(everything)


def test_what_a_memory_costs_is_cited_and_no_field_of_it():
    for record in presets.costs():
        assert record.preset in MEMORIES and record.field not in field_notes(Memory)
        assert re.search(r"\(\d{4}\), doi:10\.\d{4,}/\S+$", record.source) and record.where
    assert [record.field for record in presets.costs(presets.nv_center)] == ["rate_hz", "temperature_k"]
    assert presets.costs("smf_28") == ()
    with pytest.raises(KeyError, match=r"Try sources\(.nv_center.\)"):
        presets.costs("nv_centre")


def test_the_platforms_are_the_memories_with_what_is_cited_of_them():
    shown = presets.platforms()
    assert {platform.preset for platform in shown} == set(MEMORIES)
    for platform in shown:
        assert platform.memory == build(platform.preset)
        assert list(platform.cited) == [*presets.sources(platform.preset), *presets.costs(platform.preset)]
    ion, crystal = (next(p for p in shown if p.preset == name) for name in ("trapped_ion", "rare_earth"))
    assert ion.value("rate_hz").value == 182 and crystal.value("rate_hz") is None
    rows = {row[0]: dict(zip(shown.columns, row, strict=True)) for row in shown.rows()}
    assert rows["trapped ion"]["pairs"] == "182 /s ?" and rows["trapped ion"]["T2"] == "1 h"
    assert rows["Eu crystal, spins"]["T2"] == "6.17 h" and rows["Eu crystal, spins"]["pairs"] == "–"
    assert rows["SiV, electron"]["T2"] == "13 ms" and rows["cold atoms"]["light, at first"] == "76 %"
    html = shown._repr_html_()
    assert html.count("<tr>") == 1 + len(MEMORIES) and "<th scope='row'>NV, electron</th>" in html
    assert repr(shown).splitlines()[0].startswith("memory") and repr(type(shown)(())).startswith("memory")


def test_link_presets_are_the_published_rows():
    rows = {
        "link_trapped_ion_230m": ("LINK01", "pair_fidelity"),
        "link_siv_35km": ("LINK05", "pair_fidelity_35km"),
        "link_siv_20m": ("LINK05", "pair_fidelity_20m"),
        "link_transmon_30m": ("BELL03", "pair_fidelity"),
    }
    for name, (row_id, quantity) in rows.items():
        (record,) = presets.sources(name)
        row = published.row(row_id)
        seen = row[quantity]
        assert (record.value, record.confirmed, record.source) == (seen.value, seen.confirmed, row.source)


def test_a_link_preset_used_as_told_teleports_as_forecast():
    forecasts = {f.pair_fidelity.value: f.average_fidelity.value for f in published.teleportation_forecasts()}
    for name in LINKS:
        protocol = Teleportation(link=Link(source=build(name), herald="none"))
        forecast = forecasts[build(name).fidelity]
        assert protocol.theory()["fidelity"] == pytest.approx(forecast, abs=1e-12)


def test_sources_by_name_or_by_the_preset_itself():
    assert presets.sources(presets.siv_center) == presets.sources("siv_center")
    assert sum(len(presets.sources(name)) for name in presets.NAMES) == len(presets.sources())


def test_unknown_preset():
    with pytest.raises(
        KeyError, match=r"one of smf_28, .*; got preset=.*nv_centre.*Try sources\(.nv_center.\)"
    ):
        presets.sources("nv_centre")


def test_a_fiber_needs_a_possible_length():
    with pytest.raises(ValueError, match=r"0 <= length_km.*; got length_km=-1 km"):
        presets.smf_28(length_km=-1)


def test_the_table_can_be_read():
    html = presets.sources()._repr_html_()
    assert html.count("<tr>") == 1 + len(presets.sources())
    assert "<th scope='col'>where in it</th>" in html
    assert "<th scope='row'>rare_earth</th><td>t2_s</td><td>22200 s</td><td>confirmed</td>" in html
    text = repr(presets.unconfirmed())
    assert "link_transmon_30m.fidelity = 0.804, unconfirmed" in text
    assert repr(presets.Sources()) == "none"


def test_the_table_shows_text_as_text():
    odd = presets.Cited(preset="<b>mine</b>", field="t2_s", value=1, source="me & you", where="p. 1")
    assert "<b>" not in presets.Sources([odd])._repr_html_()
    assert "me &amp; you" in presets.Sources([odd])._repr_html_()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("preset", 1), ("source", None), ("value", "0.5"), ("value", True), ("confirmed", 1), ("unit", 0)],
)
def test_a_record_refuses_the_wrong_type(field, wrong):
    good = {"preset": "p", "field": "f", "value": 1.0, "source": "s"}
    with pytest.raises(TypeError, match=f"{field} must be .*; got {field}="):
        presets.Cited(**{**good, field: wrong})


def test_a_record_never_changes():
    with pytest.raises(dataclasses.FrozenInstanceError, match="a Cited never changes; got value=2"):
        presets.sources()[0].value = 2
