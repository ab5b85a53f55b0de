"""GHZ states and networks: numbers worked out by hand, and the published one beside its pairs."""

import pytest

from qnetlab import GHZ, Fiber, Link, Network, Node, PhotonPairSource, published, run
from qnetlab.network.places import distance_km
from qnetlab.theory.states import fresh_pair
from qnetlab.theory.swapping import swapped_pair
from qnetlab.theory.teleportation import needed_pair_fidelity


@pytest.mark.parametrize(("fidelities", "populations", "coherence", "fidelity"), [
    ((1.0, 1.0), 1.0, 1.0, 1.0),
    ((0.9, 0.9), 0.871111, 0.751111, 0.811111),
    ((0.82, 0.79), 0.7568, 0.5472, 0.652),  # V = 0.76 and 0.72: 0.88 x 0.86, and 0.76 x 0.72
    ((0.5, 0.5), 0.444444, 0.111111, 0.277778),
])
def test_two_werner_pairs_and_three_parties(fidelities, populations, coherence, fidelity):
    links = tuple(Link(source=PhotonPairSource(fidelity=f)) for f in fidelities)
    seen = run(GHZ(links=links))
    found = [seen[name].value for name in ("populations", "coherence", "fidelity")]
    assert found == pytest.approx([populations, coherence, fidelity], abs=5e-7)


def test_the_published_state_is_genuine_and_below_its_pairs():
    found = published.ghz_comparison()
    assert found.predicted.value == pytest.approx(0.652, abs=1e-12)
    assert not found.measured.confirmed and not found.predicted.confirmed
    assert found.sigmas == pytest.approx((0.652 - 0.538) / 0.018, abs=1e-9)
    assert (found.measured.value - 0.5) / found.measured.uncertainty_low == pytest.approx(2.11, abs=0.01)
    average = sum(fresh_pair("phi_plus", f, "white").xx for f in (0.82, 0.79)) / 2
    assert average > found.predicted.value  # "fidelities average" would miss by more


def test_the_published_teleportation_over_a_middle_node_is_an_inversion():
    row = published.row("LINK08")
    needed = float(needed_pair_fidelity(row["average_fidelity"].value))
    assert needed == pytest.approx(0.553, abs=5e-4)
    swapped = swapped_pair([fresh_pair("phi_plus", f, "white") for f in (0.82, 0.79)])
    assert (1 + 3 * swapped.xx) / 4 > needed  # its pairs would have allowed more


def test_distances_between_cities():
    """Great circles between cities that one can look up on any map, in km."""
    places = {"Delft": (52.0116, 4.3571), "Paris": (48.8566, 2.3522), "Vienna": (48.2082, 16.3738),
              "Innsbruck": (47.2692, 11.4041)}
    nodes = {name: Node(name=name, latitude_deg=lat, longitude_deg=lon) for name, (lat, lon) in places.items()}
    assert distance_km(nodes["Delft"], nodes["Paris"]) == pytest.approx(378, abs=3)
    assert distance_km(nodes["Vienna"], nodes["Innsbruck"]) == pytest.approx(386, abs=3)
    net = Network.laid(nodes.values(), [("Vienna", "Innsbruck")], link=Link(fiber=Fiber(attenuation_db_per_km=0.2)))
    assert net.edges[0].link.success_probability == pytest.approx(10 ** (-net.edges[0].length_km / 50), rel=1e-9)
