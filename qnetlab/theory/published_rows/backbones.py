"""Published networks of trusted relays: on the ground, and over a satellite."""

from __future__ import annotations

from ..records import Published, Quantity, WrongModel

ROWS: tuple[Published, ...] = (
    Published(
        id="SAT05",
        authors="S.-K. Liao et al.",
        year=2018,
        journal="Physical Review Letters 120, 030501",
        doi="10.1103/PhysRevLett.120.030501",
        title="Satellite-relayed intercontinental quantum network",
        inputs=(
            Quantity(name="separation_km", value=7600, unit="km", confirmed=True, where="abstract"),
            Quantity(name="fiber_km", value=280, unit="km", confirmed=True,
                     where="abstract: an optical ground connection between Xinglong and Beijing"),
            Quantity(name="conference_min", value=75, unit="min", where="in reports on it; not in the abstract"),
        ),
        outputs=(Quantity(name="key_rate_bps", value=1000, unit="bit/s", confirmed=True,
                          where="abstract: '~kHz rate per passage' over a ground station"),),
        wrong_models=(WrongModel("the keys of both passes added", 2000),),
        note="The satellite announces K_A xor K_B: it is a trusted relay and knows the key. Nothing is entangled.",
    ),
    Published(
        id="SAT06",
        authors="Y.-A. Chen et al.",
        year=2021,
        journal="Nature 589, 214",
        doi="10.1038/s41586-020-03093-8",
        title="An integrated space-to-ground quantum communication network over 4,600 kilometres",
        inputs=(
            Quantity(name="fiber_links_more_than", value=700, confirmed=True, where="abstract"),
            Quantity(name="fiber_km_more_than", value=2000, unit="km", confirmed=True, where="abstract"),
            Quantity(name="remote_km_more_than", value=2600, unit="km", confirmed=True,
                     where="abstract: the remote node behind the satellite"),
            Quantity(name="satellite_links", value=2, confirmed=True, where="abstract"),
        ),
        outputs=(
            Quantity(name="key_rate_bps", value=47_800, unit="bit/s", confirmed=True,
                     where="abstract: average of a typical pass"),
            Quantity(name="times_more_than", value=40, confirmed=True,
                     where="abstract: 'more than 40 times higher than achieved previously'"),
            Quantity(name="reach_km", value=4600, unit="km", confirmed=True, where="title"),
        ),
        wrong_models=(WrongModel("the rate of 2017", 1102),),
        note="Trusted relays on the ground, and the satellite another one. No uncertainty is stated.",
    ),
)
