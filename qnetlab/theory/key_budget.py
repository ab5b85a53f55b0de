"""What becomes of sifted bits, step by step: the budget of a finite key from single photons."""

from __future__ import annotations

import math

from ..checks import number, value
from .entropy import binary_entropy
from .finite_key import correctness_cost, sampling_deviation

#: Secret bits that authentication of one session uses up: two tags of 2 x 127 bits each.
AUTHENTICATION_BITS = 508


@value
class KeyBudget:
    """A session of BB84 with single photons, as a budget of bits.

    Parameters
    ----------
    key_bits : float
        Sifted bits of the basis that makes the key, 1 to 1e12.
    tested_share : float
        Share of all sifted bits that are compared in public, above 0 and below 1.
    qber : float
        Error rate of the compared bits, and of the others, 0 to 0.5.
    error_correction : float
        Bits disclosed over the least possible, f >= 1.
    eps : float
        Secrecy and correctness, each, 0 to 1.

    Notes
    -----
    The length of Tomamichel, Lim, Gisin, Renner 2012 with leakage f n h(Q). With a quarter as many test bits as key
    bits (a share of 0.2), Q = 5 %, f = 1.1 and eps 1e-10, 5000 key bits give nothing and 10 000 give 394.

    References
    ----------
    M. Tomamichel, C. C. W. Lim, N. Gisin, R. Renner, Nature Communications 3, 634 (2012), doi:10.1038/ncomms1631.

    >>> round(KeyBudget(key_bits=10_000).theory()["key"]), KeyBudget(key_bits=5000).theory()["key"]
    (394, 0.0)
    """

    key_bits: float = number(default=10_000.0, low=1, high=1e12, why="A key is made of bits", fix="key_bits=10_000")
    tested_share: float = number(default=0.2, low=0, low_open=True, high=1, high_open=True,
                                 why="Without a test nothing is known of Eve", fix="tested_share=0.2")
    qber: float = number(default=0.05, low=0, high=0.5, why="A coin is wrong half the time")
    error_correction: float = number(default=1.1, low=1, high=10, why="No code discloses less than the Shannon limit")
    eps: float = number(default=1e-10, low=0, low_open=True, high=1, high_open=True,
                        why="It is a probability of failure, and never 0", fix="eps=1e-10")

    def theory(self) -> dict[str, float]:
        """Bits of each step: sifted = tested + leaked + shortened + key, and gained = key - authenticated.

        ``tested`` were compared in public; ``leaked`` were disclosed by error correction and verification;
        ``shortened`` is what privacy amplification takes for Eve; ``missing`` is what a key would need more, 0 if there
        is one; ``worst`` is the error rate to be assumed, ``forever`` the secret share of key bits without end.
        """
        n = self.key_bits
        k = n * self.tested_share / (1 - self.tested_share)
        worst = min(self.qber + float(sampling_deviation(n, k, self.eps)), 0.5)
        leaked = self.error_correction * n * float(binary_entropy(self.qber)) + float(correctness_cost(self.eps))
        wanted = n * float(binary_entropy(worst)) + 2 * math.log2(1 / self.eps)
        length = n - leaked - wanted
        key = max(length, 0.0)
        leaked = min(leaked, n)  # nothing is left after that
        return {
            "sifted": n + k, "tested": k, "leaked": leaked, "shortened": n - leaked - key, "key": key,
            "authenticated": float(AUTHENTICATION_BITS), "gained": key - AUTHENTICATION_BITS,
            "missing": max(-length, 0.0), "worst": worst, "per_bit": key / n,
            "forever": max(1 - (1 + self.error_correction) * float(binary_entropy(self.qber)), 0.0),
        }
