"""Three whole systems, made of cited presets; what no source says is named here, and is a choice."""

from __future__ import annotations

import dataclasses
import math

from ..devices import presets
from .key_rate import SecretKeyRate

#: Share of photons in the wrong detector of the two newer systems: a choice, good alignment.
_ALIGNED = 0.01


def gys_2004(*, length_km: float) -> SecretKeyRate:
    """The system of Gobby, Yuan and Shields 2004 as the decoy literature takes it: infinite decoys, mu = 0.48.

    3.3 % misalignment, f = 1.22 (X. Ma et al., Physical Review A 72, 012326 (2005)); unconfirmed like the presets.

    >>> round(gys_2004(length_km=100).reach_km, 1)
    142.0
    """
    source = dataclasses.replace(presets.gys_laser(), intensities=(0.48,))
    return SecretKeyRate(source=source, fiber=presets.gys_fiber(length_km=length_km), detector=presets.gys_detector(),
                         misalignment_error=0.033, decoys="infinite", error_correction=1.22)


def ingaas_system(*, length_km: float, block_bits: float = math.inf) -> SecretKeyRate:
    """A compact system: 625 MHz, free-running InGaAs diodes, one decoy, standard fiber.

    Chosen, not cited: intensities, their shares, basis choice, 1 % misalignment, a gate of 0.5 ns.
    """
    source = dataclasses.replace(presets.laser_625_mhz(), intensities=(0.4, 0.15), probabilities=(0.7, 0.3))
    return SecretKeyRate(source=source, fiber=presets.smf_28(length_km=length_km),
                         detector=dataclasses.replace(presets.ingaas(), gate_s=5e-10), misalignment_error=_ALIGNED,
                         basis_probability=0.9, block_bits=block_bits)


def snspd_system(*, length_km: float, block_bits: float = math.inf) -> SecretKeyRate:
    """A record-class system: 2.5 GHz, superconducting nanowires, one decoy, ultra-low-loss fiber.

    Chosen, not cited: intensities, their shares, basis choice, 1 % misalignment, a gate of 0.2 ns.
    """
    source = dataclasses.replace(presets.laser_2500_mhz(), intensities=(0.4, 0.15), probabilities=(0.7, 0.3))
    return SecretKeyRate(source=source, fiber=presets.ultra_low_loss(length_km=length_km),
                         detector=dataclasses.replace(presets.snspd(), gate_s=2e-10), misalignment_error=_ALIGNED,
                         basis_probability=0.9, block_bits=block_bits)
