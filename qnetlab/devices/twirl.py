"""What two sides do on purpose to a pair, to know less about it."""

from __future__ import annotations

from ..checks import value


@value
class Twirl:
    """Both sides turn their qubits alike, at random, and forget how: any pair becomes a Werner pair of its fidelity.

    Notes
    -----
    Twelve pairs of rotations suffice, those that turn a tetrahedron into itself; the angles are agreed by phone, and
    the turns are taken as perfect.

    References
    ----------
    C. H. Bennett et al., Physical Review Letters 76, 722 (1996), doi:10.1103/PhysRevLett.76.722.

    >>> Twirl() == Twirl()
    True
    """
