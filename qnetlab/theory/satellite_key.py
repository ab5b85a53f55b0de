"""Where the key of a satellite's pass went: from the asymptotic share of its sifted bits to the published one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .entropy import binary_entropy
from .finite_key import two_decoy_key_length
from .published_rows.optics import ROWS

#: What the experiment's key was computed for, as quoted.
EPS_SEC, EPS_COR = 1e-9, 1e-15


class SatelliteKey(NamedTuple):
    """Secret bits per sifted signal bit, step by step; the last number is an inversion."""

    #: A session without end, e^-mu [1 - h(E)] - f h(E).
    asymptotic: float
    #: The same bits in one pass, by the bound of Lim et al. 2014.
    finite: float
    #: As published.
    published: float
    #: The f that error correction would have needed for that: computed from the published key, and so no prediction.
    needed_error_correction: float


def micius_key(error_correction: float = 1.16) -> SatelliteKey:
    """SAT02: the key of one pass over the ground station, and where the difference went.

    Parameters
    ----------
    error_correction : float
        f >= 1, bits disclosed over the Shannon limit.

    Notes
    -----
    From the published detections, intensities, their shares and the mean error rate: clicks in proportion to the light,
    half of them in the same basis, half of those in either; no dark counts. Both bases make a key, each tested by the
    other. The pass is taken as one session; its error rate and its losses varied, which costs more.

    References
    ----------
    S.-K. Liao et al., Nature 549, 43 (2017), doi:10.1038/nature23655 (numbers quoted, not seen in print); C. C. W. Lim
    et al., Physical Review A 89, 022307 (2014), doi:10.1103/PhysRevA.89.022307.

    >>> found = micius_key()
    >>> [round(share, 3) for share in found]
    [0.309, 0.203, 0.18, 1.407]
    """
    [row] = [published for published in ROWS if published.id == "SAT02"]
    number = {quantity.name: quantity.value for quantity in (*row.inputs, *row.outputs)}
    intensities = (number["signal_intensity"], number["decoy_intensity"], 0.0)
    shares = (number["signal_share"], number["decoy_share"], 1 - number["signal_share"] - number["decoy_share"])
    light = np.array([mu * p for mu, p in zip(intensities, shares, strict=True)])
    in_a_basis = number["detections"] * light / light.sum() / 4  # half in the same basis, half of those in this one
    error, bits = number["error_rate"], in_a_basis.sum()
    signals = 2 * in_a_basis[0]

    def per_signal(leak: float) -> float:
        found = two_decoy_key_length(intensities, shares, sifted_key=in_a_basis, sifted_test=in_a_basis,
                                     errors_test=error * in_a_basis, leak_bits=leak, eps_sec=EPS_SEC, eps_cor=EPS_COR)
        return float(2 * found.length / signals)

    shannon = bits * float(binary_entropy(error))
    published = number["key_bits"] / number["sifted_bits"]
    finite = per_signal(error_correction * shannon)
    asymptotic = np.exp(-intensities[0]) * (1 - binary_entropy(error)) - error_correction * binary_entropy(error)
    needed = error_correction + (finite - published) * signals / (2 * shannon)
    return SatelliteKey(float(asymptotic), finite, published, float(needed))
