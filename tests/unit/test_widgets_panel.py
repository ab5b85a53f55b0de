"""The explorer without a browser: controls, protocol, state, points, and what stands in where nothing runs."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
import math
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from qnetlab.devices.fiber import Fiber
from qnetlab.devices.gates import GateErrors
from qnetlab.devices.link import Link
from qnetlab.devices.memory import Memory
from qnetlab.devices.readout import Readout
from qnetlab.devices.source import PhotonPairSource
from qnetlab.fields import rebuilt
from qnetlab.protocols.teleportation import Teleportation
from qnetlab.widgets import TeleportationExplorer
from qnetlab.widgets._latest import Latest
from qnetlab.widgets._panel import GIVEN, decades, stops
from qnetlab.widgets._wire import from_wire, to_wire

UNEQUAL = Teleportation(
    message=(0.3, 1.2),
    link=Link(source=PhotonPairSource(fidelity=0.882, noise="white", repetition_rate_hz=12345.0),
              fiber=Fiber(length_km=33.3, attenuation_db_per_km=0.17, insertion_loss_db=1.5, group_index=1.45),
              alice_memory=Memory(t1_s=1.0, t2_s=0.013, write_efficiency=0.7), bob_memory=Memory(t2_s=0.02),
              herald="none"),
    corrections="z", gates=GateErrors(one_qubit=0.0123, two_qubit=0.0456),
    alice_readout=Readout(error_0=0.01, error_1=0.02), bob_readout=Readout(error_1=0.03),
)
PROTOCOLS = [Teleportation(), UNEQUAL, Teleportation(message="-i", corrections="none"),
             Teleportation(message=(math.pi / 2, 0.0)), Teleportation(link=Link(source=PhotonPairSource(fidelity=0.3)))]


@pytest.fixture
def explorer():
    made = TeleportationExplorer(rng=7)
    yield made
    made.close()


# ------------------------------------------------------------------------------------- protocol <-> controls


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: str(p.message))
def test_a_protocol_comes_back_exactly(explorer, protocol):
    explorer.protocol = protocol
    assert explorer.protocol == protocol
    made = TeleportationExplorer(protocol=protocol)
    assert made.protocol == protocol
    made.close()


def test_a_protocol_survives_the_way_to_the_browser_and_back(explorer):
    for protocol in PROTOCOLS:
        explorer.protocol = protocol
        explorer.set_state({"state": json.loads(json.dumps(to_wire(explorer.state), allow_nan=False))})
        assert explorer.protocol == protocol


def test_settings_are_the_names_of_the_controls(explorer):
    made = TeleportationExplorer(message="1", length_km=12.5, t2_s=0.3, readout_error=0.01, corrections="x", step=2)
    protocol = made.protocol
    assert (protocol.message, protocol.link.fiber.length_km, protocol.corrections) == ("1", 12.5, "x")
    assert protocol.link.alice_memory.t2_s == protocol.link.bob_memory.t2_s == 0.3
    assert protocol.alice_readout == Readout(error_0=0.01, error_1=0.01)
    assert protocol.bob_readout == Readout()
    assert made.state["step"] == 2
    made.close()


def test_a_control_moves_only_what_it_says(explorer):
    explorer.protocol = UNEQUAL
    assert explorer.state["t2_s"] == explorer.state["readout_error"] == GIVEN
    explorer.state = {**explorer.state, "length_km": 40}
    assert explorer.protocol == rebuilt(UNEQUAL, {"link.fiber.length_km": 40})
    explorer.state = {**explorer.state, "t2_s": 0.001}
    moved = explorer.protocol.link
    assert moved.alice_memory == dataclasses.replace(UNEQUAL.link.alice_memory, t2_s=0.001)
    assert moved.bob_memory == dataclasses.replace(UNEQUAL.link.bob_memory, t2_s=0.001)


def test_every_stop_of_every_control_is_a_protocol(explorer):
    panel = explorer._panel
    for control in panel.controls:
        if control.name == panel.preset_place:
            continue  # brings its own values, below
        low, high = explorer.config["reach"][GIVEN].get(control.name, (-math.inf, math.inf))
        for value in control.values:
            if control.kind == "slider" and not low <= value <= high:
                continue
            explorer.state = {**explorer.state, control.name: value}
            for name in control.writes:
                place = panel.places[name].split(".")
                found = explorer.protocol
                for word in place:
                    found = getattr(found, word)
                assert found == value


def test_a_stop_is_the_number_one_would_write():
    assert stops(0, 0.1, 0.002)[35] == 0.07
    assert decades(-4, 2)[0] == 1e-4 and decades(-4, 2)[-2:] == (100.0, math.inf)
    assert len(set(decades(-4, 2))) == 62


def test_messages_by_angles_keep_their_angles(explorer):
    explorer.protocol = Teleportation(message=(math.pi / 2, 0.0))
    assert explorer.state["message"] == "angles"
    assert "+" not in explorer.config["snaps"]
    made = TeleportationExplorer(message=(1.0, 2.0))
    assert made.protocol.message == (1.0, 2.0)
    turned = TeleportationExplorer(theta_rad=0.25)
    assert turned.protocol.message == (0.25, 0.0)
    made.close()
    turned.close()


# -------------------------------------------------------------------------------------------------- presets


def test_presets_replace_the_link_and_nothing_else():
    link = Link(fiber=Fiber(length_km=7), source=PhotonPairSource(fidelity=0.8), herald="none")
    explorer = TeleportationExplorer(protocol=UNEQUAL, presets={"mine": link})
    values = explorer.config["presets"]["mine"]["values"]
    explorer.state = {**explorer.state, "link": "mine", **values}
    assert explorer.protocol == dataclasses.replace(UNEQUAL, link=link)
    explorer.state = {**explorer.state, "length_km": 9}
    assert explorer.protocol.link == rebuilt(link, {"fiber.length_km": 9})
    explorer.close()


def test_a_preset_by_name_brings_its_values_and_what_is_said_beside_it_wins():
    links = TeleportationExplorer.default_presets()
    explorer = TeleportationExplorer(link="SiV pair, 35 km")
    assert explorer.protocol.link == links["SiV pair, 35 km"]
    explorer.close()
    explorer = TeleportationExplorer(link="SiV pair, 35 km", length_km=10)
    assert explorer.protocol.link == rebuilt(links["SiV pair, 35 km"], {"fiber.length_km": 10})
    explorer.close()


def test_a_preset_is_recognized():
    link = Link(fiber=Fiber(length_km=7), source=PhotonPairSource(fidelity=0.8))
    presets = {"other": Link(herald="none"), "mine": link}
    explorer = TeleportationExplorer(protocol=Teleportation(link=link), presets=presets)
    assert explorer.state["link"] == "mine"
    explorer.protocol = UNEQUAL
    assert explorer.state["link"] == GIVEN
    explorer.close()


@pytest.mark.parametrize("name", TeleportationExplorer.default_presets())
def test_every_default_preset_is_a_link_one_can_teleport_over(explorer, name):
    values = explorer.config["presets"][name]["values"]
    explorer.state = {**explorer.state, "link": name, **values}
    assert explorer.protocol.link == TeleportationExplorer.default_presets()[name]
    assert 0.5 < explorer.protocol.theory()["fidelity"] <= 1


def test_reach_ends_where_the_protocol_would_refuse():
    explorer = TeleportationExplorer(protocol=UNEQUAL)
    low, high = explorer.config["reach"][GIVEN]["t2_s"]
    assert (low, high) == (1e-4, 2.0)  # T2 <= 2 T1, and alice's T1 is 1 s
    explorer.state = {**explorer.state, "t2_s": high}
    with pytest.raises(ValueError, match="t2_s must satisfy"):
        explorer.state = {**explorer.state, "t2_s": 2.5}
    explorer.close()


def test_ranges_move_the_ends():
    explorer = TeleportationExplorer(ranges={"length_km": (0, 1, 0.25)})
    assert explorer._panel.control("length_km").values == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert explorer.config["chart"]["x_range"] == (0.0, 1.0)
    assert explorer.protocol.link.fiber.length_km == 50  # what was given stands, also beyond the end
    explorer.close()


# ------------------------------------------------------------------------------------------------ wrong input


@pytest.mark.parametrize(("given", "error", "words"), [
    ({"lenght_km": 3}, TypeError, "Try length_km=3."),
    ({"length": 50}, TypeError, "Try length_km=50."),
    ({"corection": "x"}, TypeError, "Try corrections='x'."),
    ({"message": "up"}, ValueError, "or two angles (theta_rad, phi_rad); got message='up'. A qubit"),
    ({"length_km": "far"}, TypeError, "length_km must be a number in km; got length_km='far' km"),
    ({"length_km": -1}, ValueError, "length_km must satisfy 0 <= length_km; got length_km=-1 km"),
    ({"length_km": math.nan}, ValueError, "length_km must satisfy"),
    ({"length_km": True}, TypeError, "length_km must be a number"),
    ({"t2_s": 0}, ValueError, "t2_s must satisfy 0 < t2_s"),
    ({"corrections": "y"}, ValueError, "corrections must be one of 'both', 'x', 'z', 'none'; got corrections='y'"),
    ({"message": "q"}, ValueError, "message must be one of"),
    ({"message": (0.1, math.nan)}, ValueError, "message must be one of"),
    ({"step": 9}, ValueError, "step must be one of 1, 2, 3, 4; got step=9"),
    ({"link": "nowhere"}, ValueError, "link must be one of"),
    ({"shots": 0}, ValueError, "shots must be a whole number"),
    ({"shots": 2.5}, TypeError, "shots must be a whole number"),
    ({"rng": "seven"}, TypeError, "rng must be"),
    ({"protocol": Link()}, TypeError, "protocol must be a Teleportation; got protocol=Link"),
    ({"presets": {"mine": Fiber()}}, TypeError, "presets must map names to a Link each"),
    ({"presets": [Link()]}, TypeError, "presets must map names to a Link each"),
    ({"ranges": {"noise": (0, 1, 1)}}, ValueError, "a range belongs to a slider"),
    ({"ranges": {"length_km": (0, 1)}}, TypeError, "a range must be"),
    ({"ranges": {"length_km": (5, 1, 1)}}, ValueError, "a range must be"),
])
def test_wrong_input_is_answered_in_words(given, error, words):
    with pytest.raises(error, match=re.escape(words)) as caught:
        TeleportationExplorer(**given)
    assert "; got " in str(caught.value) and " Try " in str(caught.value)


def test_what_does_not_go_together_is_refused_and_nothing_moves(explorer):
    explorer.protocol = Teleportation(link=Link(source=PhotonPairSource(fidelity=0.3)))
    before = dict(explorer.state)
    with pytest.raises(ValueError, match=r"0\.5 <= fidelity"):
        explorer.state = {**before, "noise": "dephasing"}
    assert explorer.state == before


def test_the_browser_is_told_in_words_and_put_back(explorer):
    explorer.protocol = Teleportation(link=Link(source=PhotonPairSource(fidelity=0.3)))
    before = dict(explorer.state)
    explorer.set_state({"state": {**to_wire(before), "noise": "dephasing"}})
    assert explorer.state == before
    assert explorer.problem.startswith("fidelity must satisfy 0.5 <= fidelity <= 1")
    explorer.set_state({"state": {**to_wire(before), "length_km": 3}})
    assert explorer.problem == "" and explorer.protocol.link.fiber.length_km == 3


def test_half_a_state_is_refused(explorer):
    with pytest.raises(ValueError, match=r"a state must hold every control.* Try \{\*\*explorer\.state, \.\.\.\}\."):
        explorer.state = {"length_km": 3}


def test_infinity_travels_as_a_word():
    state = {"t2_s": math.inf, "length_km": 0.1}
    assert to_wire(state) == {"t2_s": "inf", "length_km": 0.1}
    assert from_wire(to_wire(state)) == state


# ------------------------------------------------------------------------------------------------------ points


def test_points_are_aers_and_agree_with_theory(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    points = explorer.points
    assert points["state"] == to_wire(explorer.state)
    assert [item["x"] for item in points["items"]] == [0.0, 40.0, 50.0, 80.0, 120.0, 160.0, 200.0]
    for item in points["items"]:
        there = rebuilt(explorer.protocol, {"link.fiber.length_km": item["x"]})
        assert item["n"] == 400
        # Six sigma of theory's own spread: a false alarm once in 10^8 tests.
        fidelity = there.theory()["fidelity"]
        assert abs(item["y"] - fidelity) < 6 * math.sqrt(fidelity * (1 - fidelity) / 400) + 1 / 400


def test_the_point_where_the_reader_is_comes_first(explorer):
    arrived = []
    explorer.observe(lambda change: arrived.append(change["new"]), "points")
    explorer.request_points()
    assert explorer.settle(60)
    assert [item["x"] for item in arrived[0]["items"]] == [explorer.protocol.link.fiber.length_km]
    assert [len(points["items"]) for points in arrived[:7]] == [1, 2, 3, 4, 5, 6, 7]
    errors = [points["items"][0]["std_error"] for points in arrived[6:]]
    assert errors == sorted(errors, reverse=True) and errors[0] > errors[-1]


def test_the_same_rng_gives_the_same_points():
    seen = []
    for _ in range(2):
        explorer = TeleportationExplorer(rng=11, shots=40)
        explorer.request_points()
        assert explorer.settle(60)
        seen.append(explorer.points["items"])
        explorer.close()
    assert seen[0] == seen[1]


def test_coming_back_shows_the_same_points(explorer):
    explorer.request_points()
    assert explorer.settle(60)
    first = explorer.points["items"]
    home = dict(explorer.state)
    explorer.state = {**home, "pair_fidelity": 0.7}
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"] != first
    explorer.state = home
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"] == first


def test_nothing_is_shot_before_somebody_looks(explorer):
    explorer.state = {**explorer.state, "length_km": 10}
    assert explorer.settle(60) and explorer.points["items"] == []
    explorer._repr_mimebundle_()
    explorer.state = {**explorer.state, "length_km": 20}
    assert explorer.settle(60) and explorer.points["state"]["length_km"] == 20


def test_a_failing_simulator_is_said_in_the_panel(explorer, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no memory left")

    monkeypatch.setattr("qnetlab.widgets._points.run", broken)
    explorer.request_points()
    assert explorer.settle(60)
    assert explorer.problem == "Aer gave no points: no memory left"
    monkeypatch.undo()
    explorer.state = {**explorer.state, "length_km": 10}
    explorer.request_points()
    assert explorer.settle(60) and explorer.points["items"] and explorer.problem == ""


def test_in_a_kernel_points_arrive_on_the_kernels_own_thread(monkeypatch):
    """Traits are not made for two threads; and who waits in a cell has the points all the same."""
    monkeypatch.setattr("qnetlab.widgets._kernel.get_ipython", lambda: SimpleNamespace(kernel=object()))
    threads = set()

    async def cell():
        kernel = threading.current_thread()
        explorer = TeleportationExplorer(shots=8)
        explorer.observe(lambda change: threads.add(threading.current_thread()), "points")
        explorer.request_points()
        while len(explorer.points["items"]) < 7:
            await asyncio.sleep(0.01)
        explorer.state = {**explorer.state, "length_km": 10}
        explorer.request_points()
        settled = explorer.settle(60)
        explorer.close()
        assert settled and explorer.points["state"]["length_km"] == 10
        assert threads == {kernel}

    with ThreadPoolExecutor(1) as other:  # a loop of its own, whatever runs in this thread
        other.submit(lambda: asyncio.run(cell())).result(60)


def test_only_the_newest_request_is_worked_on():
    going, seen = threading.Event(), []

    def work(request, outdated):
        going.wait(60)
        seen.append((request, outdated()))

    latest = Latest(work, failed=seen.append)
    for request in range(30):
        latest.submit(request)
    going.set()
    assert latest.settle(60)
    assert seen[-1] == (29, False) and len(seen) <= 2
    latest.close()
    latest.submit(99)
    assert seen[-1] == (29, False)


def test_a_failure_does_not_stop_the_next_request():
    failures, done = [], []

    def work(request, outdated):
        if request == "bad":
            raise ValueError(request)
        done.append(request)

    latest = Latest(work, failed=failures.append)
    for request in ("bad", "good"):
        latest.submit(request)
        assert latest.settle(60)
    latest.close()
    assert done == ["good"] and str(failures[0]) == "bad"


# ------------------------------------------------------------------------------------------------- being shown


def test_where_nothing_runs_there_is_a_sentence_a_table_and_a_figure(explorer):
    data, _ = explorer._repr_mimebundle_()
    fidelity = explorer.protocol.theory()["fidelity"]
    assert f"F = {fidelity:.3f}" in data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data
    page = ElementTree.fromstring(f"<div>{data['text/html']}</div>")
    cells = {row.find("th").text: row.find("td").text for row in page.iter("tr")}
    assert cells["Fiber length"] == "50 km" and cells["Memory T2"] == "0.01 s"
    assert cells["fidelity F, this message"] == f"{fidelity:.4f}"
    [image] = page.iter("img")
    assert "classical limit 2/3 at 0.667" in image.get("alt")
    kind, _, encoded = image.get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    figure = ElementTree.fromstring(base64.b64decode(encoded))
    assert figure.find("{*}title").text == "fidelity F against fiber length in km"
    assert len(figure.findall(".//{*}polyline")) == 3  # two curves and the level to compare with


def test_the_saved_page_needs_nothing_else(explorer, tmp_path):
    where = explorer.save_html(tmp_path / "page.html")
    text = where.read_text(encoding="utf-8")
    assert '<html lang="en">' in text and "<title>Teleportation" in text and "<h1>Teleportation" in text
    assert "before it was saved" in text.replace("\n", " ")
    assert not re.search(r"""(src|href)=["'](?!data:)""", text)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    [values] = re.findall(r'<script type="application/json" id="values">(.*?)</script>', text, re.DOTALL)
    saved = json.loads(values, parse_constant=pytest.fail)
    assert saved["state"] == to_wire(explorer.state)
    assert len(saved["points"]["items"]) == 7 and saved["config"]["live"] is False


def test_a_page_keeps_hostile_names_harmless(tmp_path):
    explorer = TeleportationExplorer(presets={"</script><script>alert(1)</script>": Link()})
    text = explorer.save_html(tmp_path / "page.html").read_text(encoding="utf-8")
    explorer.close()
    assert "<script>alert" not in text
    assert text.count("<script") == 2


@pytest.mark.parametrize(("path", "words"), [
    ("nowhere/page.html", "the folder must exist"), ("page.txt", "the file name must end in .html"),
])
def test_a_page_without_a_place_is_refused(explorer, tmp_path, path, words):
    with pytest.raises(ValueError, match=words):
        explorer.save_html(tmp_path / path)


def test_an_explorer_says_what_it_stands_for(explorer):
    assert repr(explorer).startswith("TeleportationExplorer(protocol=Teleportation(message='+'")


def test_the_package_names_its_explorers_without_importing_them():
    code = ("import sys, qnetlab.widgets as w; assert 'anywidget' not in sys.modules and 'qiskit' not in sys.modules; "
            "assert {'Explorer', 'BellExplorer', 'TeleportationExplorer'} < set(w.__all__); "
            "assert w.__all__ == sorted(w.__all__) and all(n.endswith('Explorer') for n in w.__all__); "
            "w.TeleportationExplorer; "
            "assert 'anywidget' in sys.modules; assert not hasattr(w, 'NoSuchExplorer')")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("settings", "words"), [
    ({"ranges": {"length_km": (0, 1, 1e-9)}}, "at most 10000 steps"),
    ({"ranges": "x"}, "ranges must map names"),
    ({"shots": 10**9}, "shots <= 1000000; got shots=1000000000"),
])
def test_what_would_never_end_is_refused(settings, words):
    with pytest.raises((ValueError, TypeError), match=words):
        TeleportationExplorer(**settings)
