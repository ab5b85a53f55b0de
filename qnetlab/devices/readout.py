"""Reading a matter qubit: how often the answer is wrong."""

from __future__ import annotations

from ..checks import number, require, value


@value
class Readout:
    """The readout of a matter qubit. The default never errs.

    Parameters
    ----------
    error_0 : float
        P(read 1 | it was 0), 0 to 1.
    error_1 : float
        P(read 0 | it was 1), 0 to 1, with error_0 + error_1 <= 1.

    Raises
    ------
    TypeError, ValueError
        If a field is not a number, out of its range, or if the two sum to more than 1.

    Notes
    -----
    A true probability p of "0" is read as p (1 - error_0) + (1 - p) error_1; a true <Z> as
    (1 - error_0 - error_1) <Z> + error_1 - error_0. Efficiency of a photon detector is loss, not this.

    >>> Readout(error_0=0.02, error_1=0.04).contrast
    0.94
    """

    error_0: float = number(default=0.0, low=0, high=1, doc="P(read 1 | it was 0)",
                            why="An error rate is a probability", fix="error_0=0.01")
    error_1: float = number(default=0.0, low=0, high=1, doc="P(read 0 | it was 1)",
                            why="An error rate is a probability", fix="error_1=0.01")

    def _check(self) -> None:
        require(self.error_0 + self.error_1 <= 1, "error_0 + error_1 must be <= 1",
                got={"error_0": self.error_0, "error_1": self.error_1},
                why="Beyond that the labels 0 and 1 are swapped", fix="swapping the two labels")

    @property
    def contrast(self) -> float:
        """What is left of <Z>: 1 - error_0 - error_1."""
        return 1 - self.error_0 - self.error_1
