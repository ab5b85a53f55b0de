"""Where the numbers of lasers, detectors and quantum-key fibers come from."""

from __future__ import annotations

from .cited import Cited

_GYS = "C. Gobby, Z. L. Yuan, A. J. Shields, Applied Physics Letters 84, 3762 (2004), doi:10.1063/1.1738173"
_QUOTED = "seen only as quoted by others, with X. Ma et al., Physical Review A 72, 012326 (2005)"
_MARSILI = "F. Marsili et al., Nature Photonics 7, 210 (2013), doi:10.1038/nphoton.2013.13"
_KORZH = "B. Korzh et al., Applied Physics Letters 104, 081108 (2014), doi:10.1063/1.4866582"
_BOARON = "A. Boaron et al., Physical Review Letters 121, 190502 (2018), doi:10.1103/PhysRevLett.121.190502"

OPTICS_FIBERS = (
    Cited(preset="gys_fiber", field="attenuation_db_per_km", value=0.21, unit="dB/km", source=_GYS,
          where="fiber loss at 1550 nm", note=_QUOTED),
)

DETECTORS = (
    Cited(preset="gys_detector", field="efficiency", value=0.045, source=_GYS, where="Bob's transmittance",
          note="Bob's optics and the detector together; " + _QUOTED),
    Cited(preset="gys_detector", field="dark_count_rate_hz", value=850, unit="Hz", source=_GYS,
          where="dark count probability",
          note="1.7e-6 per gate, both detectors together, as if the gate were 1 ns: only the product is known; "
          + _QUOTED),
    Cited(preset="ingaas", field="efficiency", value=0.10, source=_KORZH, where="abstract", confirmed=True,
          note="free-running InGaAs diode at -110 C"),
    Cited(preset="ingaas", field="dark_count_rate_hz", value=1, unit="Hz", source=_KORZH, where="abstract",
          confirmed=True, note="'as low as 1 cps'"),
    Cited(preset="ingaas", field="dead_time_s", value=2e-5, unit="s", source=_KORZH, where="abstract", confirmed=True),
    Cited(preset="ingaas", field="afterpulse_probability", value=0.022, source=_KORZH, where="abstract",
          confirmed=True, note="for 20 us of dead time"),
    Cited(preset="snspd", field="efficiency", value=0.93, source=_MARSILI, where="title", confirmed=True,
          note="system detection efficiency, the coupling to the fiber included; above 90 % from 1520 to 1610 nm"),
    Cited(preset="snspd", field="dark_count_rate_hz", value=1, unit="Hz", source=_MARSILI, where="abstract",
          confirmed=True, note="of the shielded device; thermal light in a warm fiber adds to it"),
    Cited(preset="snspd", field="dead_time_s", value=4e-8, unit="s", source=_MARSILI, where="abstract",
          confirmed=True, note="reset time"),
    Cited(preset="snspd", field="jitter_s", value=6.37e-11, unit="s", source=_MARSILI, where="abstract",
          confirmed=True, note="150 ps full width at half maximum, over 2.355"),
)

LASERS = (
    Cited(preset="gys_laser", field="repetition_rate_hz", value=2e6, unit="Hz", source=_GYS, where="clock",
          note="recalled"),
    Cited(preset="laser_625_mhz", field="repetition_rate_hz", value=6.25e8, unit="Hz", source=_KORZH,
          where="abstract", confirmed=True),
    Cited(preset="laser_2500_mhz", field="repetition_rate_hz", value=2.5e9, unit="Hz", source=_BOARON,
          where="abstract", confirmed=True),
)
