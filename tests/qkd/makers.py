"""An honest session in a few lines of numpy, for tests only: the real one comes from the photons."""

from __future__ import annotations

import numpy as np

from qnetlab.qkd.record import Record


def honest(pulses, *, qber=0.03, intensities=(1.0,), probabilities=(1.0,), p_z=0.5, transmittance=1.0, darks=0.0,
           rng=7):
    """A channel that loses and flips independently, and detectors with dark counts; Poissonian if there are decoys."""
    r = np.random.default_rng(rng)
    intensity = r.choice(len(intensities), size=pulses, p=probabilities).astype(np.uint8)
    alice_basis = (r.random(pulses) >= p_z).astype(np.uint8)
    sent = np.bincount(2 * intensity + alice_basis, minlength=2 * len(intensities)).reshape(-1, 2)
    mean = np.asarray(intensities)[intensity]
    arrive = transmittance if len(intensities) == 1 else -np.expm1(-mean * transmittance)
    photon = r.random(pulses) < arrive
    pulse = np.flatnonzero(photon | (r.random(pulses) < darks))
    n = len(pulse)
    alice_bit = r.integers(0, 2, n, dtype=np.uint8)
    alice_basis, bob_basis = alice_basis[pulse], (r.random(n) >= p_z).astype(np.uint8)
    right = photon[pulse] & (alice_basis == bob_basis)
    flipped = alice_bit ^ (r.random(n) < qber)
    bob_bit = np.where(right, flipped, r.integers(0, 2, n)).astype(np.uint8)
    return Record(pulse=pulse, alice_bit=alice_bit, alice_basis=alice_basis, intensity=intensity[pulse],
                  bob_basis=bob_basis, bob_bit=bob_bit, intensities=intensities, sent=sent, repetition_rate_hz=1e6)
