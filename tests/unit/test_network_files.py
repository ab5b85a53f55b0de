"""Networks in files: what is written is read again, foreign files are understood, hostile ones refused in words."""

import json
import string

import numpy as np
import pytest

from qnetlab import Edge, Fiber, Link, Memory, Network, Node, PhotonPairSource, read_network, to_json, write_network
from qnetlab.network.places import distance_km

CITIES = (Node(name="Delft", latitude_deg=52.0116, longitude_deg=4.3571),
          Node(name="Den Haag & Co", latitude_deg=52.0705, longitude_deg=4.3007),
          Node(name='"Leiden" <1>', latitude_deg=52.1601, longitude_deg=4.497))
LINK = Link(source=PhotonPairSource(fidelity=0.9), alice_memory=Memory(t2_s=0.01), fiber=Fiber(length_km=17.3))
EARTH = Network.laid(CITIES, [("Delft", "Den Haag & Co"), ('"Leiden" <1>', "Delft")], link=LINK, detour=1.3)
HEAD = ('<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key attr.name="label" attr.type="string" for="node" id="d1"/>'
        '<key attr.name="Latitude" attr.type="double" for="node" id="d2"/>'
        '<key attr.name="Longitude" attr.type="double" for="node" id="d3"/>'
        '<key attr.name="length" attr.type="double" for="edge" id="d4"/><graph edgedefault="undirected">')
TWO = ('<node id="0"><data key="d1">Linz</data><data key="d2">48.30639</data><data key="d3">14.28611</data></node>'
       '<node id="1"><data key="d1">Graz</data><data key="d2">47.06667</data><data key="d3">15.45</data></node>')
END = "</graph></graphml>"


def saved(tmp_path, text, name="net.graphml"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


@pytest.mark.parametrize("kind", ["graphml", "xml", "json"])
@pytest.mark.parametrize("net", [EARTH, Network(), Network.grid(rows=3, columns=4, link=LINK), Network.ring(nodes=30)],
                         ids=["earth", "default", "grid", "ring"])
def test_what_is_written_is_read_again(tmp_path, net, kind):
    assert read_network(write_network(net, tmp_path / f"net.{kind}")) == net


def test_graphml_of_others(tmp_path):
    """Names, places and letters as the topologies of the internet are published."""
    net = read_network(saved(tmp_path, HEAD + TWO + '<edge source="0" target="1"/>' + END), link=LINK, detour=1.2)
    assert [node.name for node in net.nodes] == ["Linz", "Graz"]
    edge = net.edge("Graz", "Linz")
    assert edge.length_km == pytest.approx(1.2 * distance_km(*net.nodes)) and edge.link.source.fidelity == 0.9
    long = '<edge source="0" target="1"><data key="d4">222</data></edge>'
    told = read_network(saved(tmp_path, HEAD + TWO + long + END))
    assert told.edges[0].length_km == 222


def test_json_of_others(tmp_path):
    rows = {"nodes": [{"name": "A", "x": 0, "y": "3"}, {"id": 7, "x_km": 4, "y_km": 0}],
            "links": [{"source": "A", "target": 7}, ]}
    net = read_network(saved(tmp_path, json.dumps(rows), "net.json"))
    assert [node.name for node in net.nodes] == ["A", "7"] and net.edges[0].length_km == 5
    placeless = {"nodes": [{"name": n} for n in "ABC"], "edges": [{"a": "A", "b": "C", "length_km": 9}]}
    assert read_network(saved(tmp_path, json.dumps(placeless), "n.json")).edge("A", "C").length_km == 9
    whole = {"nodes": [{"name": n} for n in "AB"], "edges": [{"a": "A", "b": "B", "link": json.loads(to_json(LINK))}]}
    assert read_network(saved(tmp_path, json.dumps(whole), "w.json")).edges[0] == Edge(link=LINK)


def test_two_links_between_two_nodes(tmp_path):
    text = HEAD + TWO + "".join(f'<edge source="{a}" target="{b}"><data key="d4">{km}</data></edge>'
                                for a, b, km in ((0, 1, 9), (1, 0, 7), (0, 1, 8))) + END
    with pytest.raises(ValueError, match="joined once; got edge='Graz-Linz'.*parallel='shortest'"):
        read_network(saved(tmp_path, text))
    assert read_network(saved(tmp_path, text), parallel="shortest").edges[0].length_km == 7


def rows(edge, one='{"name": "A"}', other='{"name": "B"}'):
    return f'{{"nodes": [{one}, {other}], "edges": [{edge}]}}'


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip(string.ascii_letters, string.ascii_letters[1:30], strict=False))
    + "]><graphml><graph><node id='&D;'/></graph></graphml>")
OUTSIDE = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml><graph><node id="&x;"/></graph></graphml>'


@pytest.mark.parametrize(("text", "name", "words"), [
    (LAUGHS, "a.graphml", "no document type and no entities"), (OUTSIDE, "a.graphml", "no entities"),
    ("<?xml version='1.0'?><!doctype x><graphml/>", "a.xml", "no entities"),
    ("", "a.graphml", "one graph|be GraphML"), ("{}", "a.graphml", "one graph|be GraphML"),
    (HEAD + TWO, "a.graphml", "GraphML|1 to"), (HEAD + END, "a.graphml", "1 to 2000 nodes"),
    (HEAD + TWO + END, "a.graphml", "1 to 10000 edges; got edges=0"),
    (HEAD + TWO.replace("48.30639", "north") + END, "a.graphml", "be GraphML"),
    (HEAD + TWO.replace("48.30639", "98.3") + '<edge source="0" target="1"/>' + END, "a.graphml", "latitude_deg <= 90"),
    (HEAD + TWO.replace("48.30639", "nan") + '<edge source="0" target="1"/>' + END, "a.graphml", "latitude_deg"),
    (HEAD + TWO + '<edge source="0" target="5"/>' + END, "a.graphml", "join nodes of the file; got edges=1"),
    (HEAD + TWO + '<edge source="0" target="0"/>' + END, "a.graphml", "two nodes"),
    (HEAD + "<node id='0'/>" * 3000 + END, "a.graphml", "GraphML|1 to 2000"),
    (HEAD + TWO + "</graph><graph edgedefault='undirected'>" + END, "a.graphml", "one graph; got graphs=2"),
    ("[" * 100_000, "a.json", "must be JSON"), ('{"a": 1', "a.json", "must be JSON"),
    ("[]", "a.json", "lists of nodes"), ('{"nodes": [1], "edges": []}', "a.json", "lists of nodes"),
    ('{"nodes": [], "edges": []}', "a.json", "1 to 2000"), ('{"type": "Fiber"}', "a.json", "must hold a Network"),
    ('{"type": "Nothing"}', "a.json", "a type of qnetlab"), ('{"type": {"a": 1}}', "a.json", "a type of qnetlab"),
    (rows('{"a": "A", "b": "Q"}'), "a.json", "nodes of the file; got a='A', b='Q'"),
    (rows('{"a": "A", "b": "B"}'), "a.json", "length_km where"),
    (rows('{"a": "A", "b": "B", "length_km": -3}'), "a.json", "length_km"),
    (rows('{"a": "A", "b": "A", "length_km": 1}', '{"name": "A"}'), "a.json", "two nodes"),
    (rows('{"a": "B", "b": ["A"], "length_km": 1}', '{"name": ["A"]}'), "a.json", "a text"),
    (rows('{"a": "A", "b": "B"}', '{"name": "A", "x": 1e999}'), "a.json", "a place"),
    (rows('{"a": "A", "b": "B"}', '{"name": "A", "x": 1e999}', '{"name": "B", "x": 1}'), "a.json", "x_km"),
    (rows('{"a": "A", "b": "B", "link": "{}"}'), "a.json", "qnetlab"),
    (rows('{"a": "A", "b": "B", "link": ' + to_json(Fiber()) + "}"), "a.json", "must be a Link"),
])
def test_hostile_and_broken_files_are_refused_in_words(tmp_path, text, name, words):
    with pytest.raises((ValueError, TypeError), match=words) as caught:
        read_network(saved(tmp_path, text, name))
    assert "; got " in str(caught.value) and "Try " in str(caught.value) and len(str(caught.value)) < 1000


def test_files_that_are_not_there_too_large_or_no_text(tmp_path):
    with pytest.raises(FileNotFoundError, match="a file that is there"):
        read_network(tmp_path / "nothing.json")
    with pytest.raises(ValueError, match="path must end in .graphml, .xml, .json"):
        read_network(saved(tmp_path, "", "net.gml"))
    with pytest.raises(TypeError, match="path must name a file"):
        read_network(7)
    with pytest.raises(ValueError, match="at most 5000000 bytes"):
        read_network(saved(tmp_path, " " * 5_000_001))
    (tmp_path / "wide.graphml").write_bytes((HEAD + END).encode("utf-16"))
    with pytest.raises(ValueError, match="text in UTF-8"):
        read_network(tmp_path / "wide.graphml")
    with pytest.raises(TypeError, match="network must be a Network"):
        write_network("A-B", tmp_path / "net.json")


def test_bytes_changed_at_random_never_end_without_words(tmp_path):
    """Three hundred damaged files each: a network, or words."""
    rng, said = np.random.default_rng(8), []
    for kind in ("graphml", "json"):
        good = bytearray(write_network(EARTH, tmp_path / f"good.{kind}").read_bytes())
        for _ in range(300):
            bad = bytearray(good)
            for _ in range(rng.integers(1, 6)):
                place = rng.integers(len(bad))
                bad[place:place + rng.integers(0, 9)] = bytes(rng.integers(32, 127, rng.integers(0, 4)).tolist())
            (tmp_path / f"bad.{kind}").write_bytes(bad)
            try:
                read_network(tmp_path / f"bad.{kind}")
            except (ValueError, TypeError) as problem:
                said.append(str(problem))
    assert len(said) > 100
    assert not [words for words in said if "; got " not in words]
