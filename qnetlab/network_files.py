"""Networks from files and into files: GraphML and JSON. A file of unknown origin is read, or refused in words."""

from __future__ import annotations

import json
import math
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import rustworkx

from .checks import refuse, require
from .codec import from_json, to_json
from .devices.link import Link
from .network.graph import MAX_EDGES, MAX_NODES, Network
from .network.places import Edge, Node, distance_km, with_length

#: Larger files are not opened, in bytes.
MAX_BYTES = 5_000_000
#: What a file may call a node's name, its places, and an edge's length: the first that is there counts.
_NAME = ("name", "label", "id")
_LATITUDE, _LONGITUDE = ("latitude_deg", "latitude", "lat"), ("longitude_deg", "longitude", "lon", "lng", "long")
_X, _Y, _LENGTH = ("x_km", "x"), ("y_km", "y"), ("length_km", "length")
_KINDS = (".graphml", ".xml", ".json")


def read_network(path: Any, *, link: Any = None, detour: float = 1.0, parallel: str = "refuse") -> Network:
    """A network from a file.

    Parameters
    ----------
    path : str or Path
        Ends in .graphml (or .xml) or .json.
    link : Link or None
        What every link is made of, but for its length, where the file does not say; None for perfect ones.
    detour : float
        Fiber over the way on the map, >= 1, where the file gives no length.
    parallel : "refuse" or "shortest"
        What to do where two nodes are joined more than once.

    Returns
    -------
    Network

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError, ValueError
        If it is too large, no GraphML or JSON, or no network; the message says what and where.

    Notes
    -----
    Nodes have a name (``name``, ``label`` or ``id``) and a place: ``latitude``, ``longitude`` in degrees, or ``x_km``,
    ``y_km``; without any places they stand in a circle and every edge needs ``length_km``. Edges may have a
    ``length_km``, or a whole ``link`` as :func:`write_network` writes it. JSON is ``{"nodes": [{"name": ...}],
    "edges": [{"a": ..., "b": ...}]}`` or what ``to_json`` makes. A document type or an entity in GraphML is refused: a
    file of a few lines could unpack to gigabytes.
    """
    require(parallel in ("refuse", "shortest"), "parallel must be 'refuse' or 'shortest'",
            got={"parallel": (parallel, "")}, why="Two nodes have at most one link here", fix="parallel='shortest'")
    require(isinstance(detour, (int, float)) and 1 <= detour < 100, "detour must satisfy 1 <= detour < 100",
            got={"detour": (detour, "")}, why="No fiber is shorter than the straight line", fix="detour=1.2")
    file = _file(path)
    text = _text(file)
    nodes, edges = _json(text) if file.suffix == ".json" else _graphml(text)
    if isinstance(nodes, Network):
        return nodes
    return _network(nodes, edges, Link() if link is None else link, detour, parallel)


def write_network(network: Network, path: Any) -> Path:
    """A network into a file that :func:`read_network`, and any tool that knows GraphML or JSON, can read.

    Parameters
    ----------
    network : Network
    path : str or Path
        Ends in .graphml (or .xml) or .json.

    Returns
    -------
    Path
        Of the file. Reading it gives an equal network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_network(write_network(Network.star(), f"{folder}/star.graphml")) == Network.star()
    True
    """
    require(isinstance(network, Network), "network must be a Network", got={"network": (network, "")},
            why="Nodes and edges are written", fix="Network.star()", error=TypeError)
    file = _file(path, there=False)
    file.write_text(to_json(network) if file.suffix == ".json" else _written(network), encoding="utf-8")
    return file


# ------------------------------------------------------------------------------------------------------ the file itself


def _file(path: Any, there: bool = True) -> Path:
    require(isinstance(path, (str, os.PathLike)), "path must name a file", got={"path": (path, "")},
            why="A network is read from there", fix="'network.graphml'", error=TypeError)
    file = Path(path)
    require(file.suffix in _KINDS, f"path must end in {', '.join(_KINDS)}", got={"path": str(path)},
            why="The ending says how to read it", fix=f"{file.with_suffix('.json').name!r}")
    require(file.is_file() or not there, "path must name a file that is there", got={"path": str(path)},
            why="Nothing was found", fix=f"{str(file.absolute())!r}, or where it really is", error=FileNotFoundError)
    return file


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        raw = opened.read(MAX_BYTES + 1)
    require(len(raw) <= MAX_BYTES, f"a network's file must hold at most {MAX_BYTES} bytes", got={"path": str(file)},
            why="A network of a thousand cities takes less", fix="a smaller one")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        refuse("a network's file must be text in UTF-8", got={"path": str(file)}, why=f"Reading stopped: {problem}",
               fix="saving it as UTF-8")


def _graphml(text: str) -> tuple[Any, Any]:
    low = text.lower()
    require("<!doctype" not in low and "<!entity" not in low, "GraphML must have no document type and no entities",
            got={"text": text}, why="A few lines of them could unpack to gigabytes",
            fix="the same file without <!DOCTYPE")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "network.graphml"  # never what its own name would have made of it, such as an archive
        copy.write_text(text, encoding="utf-8")
        try:
            graphs = rustworkx.read_graphml(str(copy))
        except Exception as problem:  # noqa: BLE001 - a reader of files of unknown origin may fail in any way
            refuse("the file must be GraphML", got={"text": text}, why=f"Reading stopped: {problem}",
                   fix="what write_network writes")
    require(len(graphs) == 1, "GraphML must hold one graph", got={"graphs": len(graphs)}, why="One of them is meant",
            fix="a file for each")
    graph = graphs[0]
    told = len(re.findall(r"<(?:\w+:)?edge[\s/>]", text))
    require(graph.num_edges() == told, "edges must join nodes of the file", got={"edges": told},
            why=f"Of these only {graph.num_edges()} could be read", fix="source and target that are ids of nodes")
    rows = [data if isinstance(data, Mapping) else {} for data in graph.nodes()]
    return rows, [(i, j, data if isinstance(data, Mapping) else {}) for i, j, data in graph.weighted_edge_list()]


def _json(text: str) -> tuple[Any, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        refuse("the file must be JSON", got={"text": text}, why=f"Reading stopped: {problem}",
               fix='{"nodes": [...], "edges": [...]}')
    if isinstance(data, dict) and "type" in data:
        found = from_json(text)
        require(isinstance(found, Network), "the file must hold a Network", got={"type": (data["type"], "")},
                why="It holds another value", fix="from_json for what it is")
        return found, None
    edges: Any = data.get("edges", data.get("links")) if isinstance(data, dict) else None
    nodes: Any = data.get("nodes") if isinstance(data, dict) else None
    good = all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in (nodes, edges))
    require(good, "JSON must hold lists of nodes and of edges", got={"text": text}, why="They make a network",
            fix='{"nodes": [{"name": "A"}, {"name": "B"}], "edges": [{"a": "A", "b": "B"}]}')
    ends = [(row.get("a", row.get("source")), row.get("b", row.get("target")), row) for row in edges]
    where: dict[str, int] = {}
    for i, row in enumerate(nodes):
        for key in ("id", "name"):
            where[repr(row.get(key))] = i
    for a, b, _ in ends:
        lost = next((end for end in (a, b) if repr(end) not in where), None)
        require(lost is None and a is not None and b is not None, "edges must join nodes of the file",
                got={"a": (a, ""), "b": (b, "")}, why="One of them is not among the nodes", fix='{"a": "A", "b": "B"}')
    return nodes, [(where[repr(a)], where[repr(b)], row) for a, b, row in ends]


# ------------------------------------------------------------------------------------------------- what it says


def _first(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    """What the row holds under the first of these names, in any letters; None if nothing."""
    low = {str(key).lower(): got for key, got in row.items() if got is not None}
    return next((low[name] for name in names if name in low), None)


def _network(rows: Any, ends: Any, like: Any, detour: float, parallel: str) -> Network:
    for what, found, most in (("nodes", rows, MAX_NODES), ("edges", ends, MAX_EDGES)):
        require(1 <= len(found) <= most, f"a network must have 1 to {most} {what}", got={what: len(found)},
                why="None is no network, and more is no picture", fix="a part of it")
    nodes = _nodes(rows)
    placed = _first(rows[0], (*_X, *_LATITUDE)) is not None
    made: dict[frozenset[int], Edge] = {}
    for i, j, row in ends:
        edge = _edge(nodes[i], nodes[j], row, like, detour, placed)
        pair = frozenset((i, j))
        require(pair not in made or parallel == "shortest", "two nodes must be joined once",
                got={"edge": f"{edge.a}-{edge.b}"}, why="Which of two is meant could not be said",
                fix="read_network(..., parallel='shortest')")
        if pair not in made or edge.length_km < made[pair].length_km:
            made[pair] = edge
    return Network(nodes=nodes, edges=tuple(made.values()))


def _nodes(rows: Any) -> tuple[Node, ...]:
    found = []
    for i, row in enumerate(rows):
        name = _first(row, _NAME)
        places = {"latitude_deg": _first(row, _LATITUDE), "longitude_deg": _first(row, _LONGITUDE),
                  "x_km": _first(row, _X), "y_km": _first(row, _Y)}
        given = {key: _plain(got) for key, got in places.items() if got is not None}
        if "latitude_deg" in given or "longitude_deg" in given:
            given = {key: got for key, got in given.items() if key.endswith("_deg")}
        found.append((str(i + 1) if name is None else str(name) if isinstance(name, int) else name, given))
    placed = [bool(given) for _, given in found]
    lost = [name for name, given in found if not given]
    require(all(placed) or not any(placed), "all nodes must have a place, or none", got={"without": lost[:3]},
            why="What has no place cannot be drawn", fix="latitude and longitude for each of them")
    turn = 2 * math.pi / len(found)
    return tuple(Node(name=name, **(given or {"x_km": math.sin(i * turn), "y_km": math.cos(i * turn)}))
                 for i, (name, given) in enumerate(found))


def _edge(one: Node, other: Node, row: Mapping[str, Any], like: Any, detour: float, placed: bool) -> Edge:
    whole, length = _first(row, ("link",)), _plain(_first(row, _LENGTH))
    if whole is not None:
        text = whole if isinstance(whole, str) else json.dumps(whole)
        return Edge(a=one.name, b=other.name, link=from_json(text))
    require(length is not None or placed, "an edge must have length_km where its nodes have no place",
            got={"edge": f"{one.name}-{other.name}"}, why="Nothing else says how long it is", fix="length_km=20")
    return Edge(a=one.name, b=other.name,
                link=with_length(like, detour * distance_km(one, other) if length is None else length))


def _plain(got: Any) -> Any:
    """A number that a file holds as text."""
    try:
        return float(got) if isinstance(got, str) else got
    except ValueError:
        return got  # whoever wanted a number will say so


# ------------------------------------------------------------------------------------------------------ writing


def _written(network: Network) -> str:
    on_earth = network.nodes[0].on_earth
    places = ("latitude_deg", "longitude_deg") if on_earth else ("x_km", "y_km")
    keys = [("name", "node", "string"), *((place, "node", "double") for place in places),
            ("length_km", "edge", "double"), ("link", "edge", "string")]
    ids = {(name, kind): f"d{i}" for i, (name, kind, _) in enumerate(keys)}

    def data(kind: str, **values: Any) -> str:
        return "".join(f'<data key="{ids[name, kind]}">{escape(str(got))}</data>' for name, got in values.items())

    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{ids[name, kind]}" for="{kind}" attr.name="{name}" attr.type="{what}"/>'
              for name, kind, what in keys]
    lines.append('<graph edgedefault="undirected">')
    number = {node.name: f"n{i}" for i, node in enumerate(network.nodes)}
    lines += [f'<node id="{number[node.name]}">{data("node", name=node.name, **{p: getattr(node, p) for p in places})}'
              "</node>" for node in network.nodes]
    lines += [f"<edge source={quoteattr(number[edge.a])} target={quoteattr(number[edge.b])}>"
              f'{data("edge", length_km=edge.length_km, link=to_json(edge.link))}</edge>' for edge in network.edges]
    return "\n".join([*lines, "</graph>", "</graphml>", ""])
