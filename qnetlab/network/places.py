"""What a network is made of: nodes on a map, and edges with a link each."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from ..checks import custom, number, part, refuse, require, value
from ..devices.any_link import AnyLink
from ..devices.link import Link

#: Mean radius of the earth, in km.
EARTH_KM = 6371.0088
_LONGEST_NAME = 80


def _name(name: str, got: Any) -> str:
    if not isinstance(got, str):
        refuse(f"{name} must be a text", got={name: (got, "")}, why="Nodes are called by name", fix=f"{name}='A'",
               error=TypeError)
    require(0 < len(got) <= _LONGEST_NAME and got.isprintable() and got == got.strip(),
            f"{name} must be 1 to {_LONGEST_NAME} printable characters", got={name: (got, "")},
            why="It is written beside the node", fix=f"{name}='A'")
    return str(got)


@value
class Node:
    """A place of a network.

    Parameters
    ----------
    name : str
        What it is called; no two nodes of a network are called the same.
    x_km, y_km : float
        On a flat map, in km.
    latitude_deg, longitude_deg : float or None
        On the earth, in degrees, both or none; they go before x and y.

    Raises
    ------
    TypeError, ValueError
        If a field is of the wrong kind or out of its range.

    >>> delft = Node(name="Delft", latitude_deg=52.0116, longitude_deg=4.3571)
    >>> the_hague = Node(name="The Hague", latitude_deg=52.0705, longitude_deg=4.3007)
    >>> round(distance_km(delft, the_hague), 1)
    7.6
    """

    name: str = custom(default="A", coerce=_name, doc="what it is called")
    x_km: float = number(default=0.0, unit="km", low=-1e6, high=1e6, doc="on a flat map", why="A map has an edge")
    y_km: float = number(default=0.0, unit="km", low=-1e6, high=1e6, doc="on a flat map", why="A map has an edge")
    latitude_deg: float | None = number(default=None, unit="deg", optional=True, low=-90, high=90,
                                        doc="on the earth", why="The poles are at 90", fix="latitude_deg=52.0")
    longitude_deg: float | None = number(default=None, unit="deg", optional=True, low=-180, high=180,
                                         doc="on the earth", why="Greenwich is 0, east counts up",
                                         fix="longitude_deg=4.4")

    def _check(self) -> None:
        if (self.latitude_deg is None) != (self.longitude_deg is None):
            refuse("latitude_deg and longitude_deg must be given together",
                   got={"latitude_deg": (self.latitude_deg, "deg"), "longitude_deg": (self.longitude_deg, "deg")},
                   why="One of them is a circle, not a place", fix="latitude_deg=52.0, longitude_deg=4.4")

    @property
    def on_earth(self) -> bool:
        """Whether it has a latitude and a longitude."""
        return self.latitude_deg is not None


@value
class Edge:
    """Two nodes and the link that joins them.

    Parameters
    ----------
    a, b : str
        Their names; ``a`` is the link's alice, ``b`` its bob.
    link : Link or HeraldedLink
        What makes pairs between them.

    Raises
    ------
    TypeError, ValueError
        If a name is no name, or ``link`` makes no pairs.

    >>> from qnetlab.devices.fiber import Fiber
    >>> Edge(a="A", b="B", link=Link(fiber=Fiber(length_km=20))).length_km
    20.0
    """

    a: str = custom(default="A", coerce=_name, doc="one end, the link's alice")
    b: str = custom(default="B", coerce=_name, doc="the other end, the link's bob")
    link: AnyLink = part(default_factory=Link, like=AnyLink, doc="what makes pairs between them")

    def _check(self) -> None:
        require(self.a != self.b, "a and b must be two nodes", got={"a": self.a, "b": self.b},
                why="A node needs no link to itself", fix="a='A', b='B'")

    @property
    def length_km(self) -> float:
        """Fiber between them, in km."""
        return float(self.link.fiber.length_km)

    def other(self, name: str) -> str:
        """The other end."""
        return self.b if name == self.a else self.a


def distance_km(one: Node, other: Node) -> float:
    """How far two nodes are apart: the great circle on the earth, else the straight line, in km.

    >>> distance_km(Node(x_km=3), Node(y_km=4))
    5.0
    """
    if one.latitude_deg is None or other.latitude_deg is None:
        return math.hypot(one.x_km - other.x_km, one.y_km - other.y_km)
    lat, lat_2 = math.radians(one.latitude_deg), math.radians(other.latitude_deg)
    east = math.radians((other.longitude_deg or 0.0) - (one.longitude_deg or 0.0))
    half = math.sin((lat_2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_2) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def with_length(link: Any, length_km: float) -> Any:
    """The same link over a line of another length."""
    return dataclasses.replace(link, fiber=dataclasses.replace(link.fiber, length_km=length_km))


def turned(edge: Edge, first: str) -> AnyLink:
    """The link of an edge as seen from one of its ends, which becomes its alice."""
    link: Any = edge.link
    if edge.a == first or link.alice_memory == link.bob_memory:
        return edge.link
    mirrored: AnyLink = dataclasses.replace(link, alice_memory=link.bob_memory, bob_memory=link.alice_memory)
    return mirrored
