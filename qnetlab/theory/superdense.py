"""Superdense coding in closed form: what Bob reads, how many bits a pair is good for, and what a thief gets."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from .bell_measurement import RESULTS, read_probability
from .entropy import binary_entropy, surprise
from .states import Pair, bell_fidelity

Number = Any  # a float or an array of floats

#: Most often that one qubit without a pair can bring two bits: d out of 4 messages, d = 2. (A. Nayak 1999, Proceedings
#: of FOCS, 369, doi:10.1109/SFFCS.1999.814608.)
GUESS_LIMIT = 1 / 2

#: Most bits that one qubit can bring without a pair. (A. S. Holevo 1973, Problems of Information Transmission 9, 177.)
PLAIN_BIT = 1.0

#: The Bell state that each message makes of phi_plus. A message is two bits, z x: the sign and the flip.
MESSAGE_STATES: dict[str, str] = {"00": "phi_plus", "01": "psi_plus", "10": "phi_minus", "11": "psi_minus"}
MESSAGES = tuple(MESSAGE_STATES)


def outcome_probabilities(message: str, pair: Pair, *, one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0,
                          error_0: Number = 0.0, error_1: Number = 0.0) -> dict[str, Number]:
    """How often Bob reads each of the four messages when one is sent.

    Parameters
    ----------
    message : "00", "01", "10" or "11"
        The bits z x: Alice applies X for x = 1, then Z for z = 1.
    pair : Pair
        The pair, meant to be phi_plus, as it is when Bob measures, with nothing encoded.
    one_qubit_error, two_qubit_error : float or array
        Average gate infidelity, 0 to 1/2 and 0 to 3/4.
    error_0, error_1 : float or array
        Bob's readout of each qubit, P(read 1 | 0) and P(read 0 | 1).

    Returns
    -------
    dict
        Message -> probability; they sum to 1.

    Notes
    -----
    With perfect gates the Bell measurement finds t for message m as often as the pair is the Bell state m + t (bit by
    bit): F_(m+t). Each of Alice's |m| = z + x gates replaces her half by a fully mixed one with probability l1 = 2 e1,
    which leaves 1/4 for every t: p_t = (1-l1)^|m| F_(m+t) + (1 - (1-l1)^|m|)/4. Bob's CNOT then loses both bits with
    probability l2 = 4 e2/3, his H the bit z with probability l1, and the readout turns each bit by itself. Exact for
    every pair of the family, since waiting on Bob's side commutes with all that Alice does.

    >>> outcome_probabilities("10", Pair(1.0, -1.0, 1.0))
    {'00': 0.0, '01': 0.0, '10': 1.0, '11': 0.0}
    >>> {read: round(p, 3) for read, p in outcome_probabilities("01", Pair(0.8, -0.8, 0.8)).items()}
    {'00': 0.05, '01': 0.85, '10': 0.05, '11': 0.05}
    """
    weights = [bell_fidelity(pair, state) for state in MESSAGE_STATES.values()]
    sent = MESSAGES.index(message)
    kept = (1 - 2 * one_qubit_error) ** message.count("1")
    found = [kept * weights[sent ^ t] + (1 - kept) / 4 for t in range(len(MESSAGES))]  # in the order of RESULTS

    seen = dict.fromkeys(MESSAGES, 0.0)
    for (t, true), read in itertools.product(enumerate(RESULTS), RESULTS):
        likely = read_probability(true, read, one_qubit_error=one_qubit_error, two_qubit_error=two_qubit_error,
                                  error_0=error_0, error_1=error_1)
        seen[f"{read[0]}{read[1]}"] = seen[f"{read[0]}{read[1]}"] + found[t] * likely
    return seen


def success_probability(message: str, pair: Pair, *, one_qubit_error: Number = 0.0, two_qubit_error: Number = 0.0,
                        error_0: Number = 0.0, error_1: Number = 0.0) -> Number:
    """How often Bob reads both bits right; the fidelity of the pair, for perfect gates and readout.

    Parameters
    ----------
    message : "00", "01", "10", "11" or "average"
        The bits z x, or the mean of all four.
    pair, one_qubit_error, two_qubit_error, error_0, error_1
        As in :func:`outcome_probabilities`.

    References
    ----------
    C. H. Bennett, S. J. Wiesner, Physical Review Letters 69, 2881 (1992), doi:10.1103/PhysRevLett.69.2881.

    >>> round(success_probability("average", Pair(0.8, -0.8, 0.8)), 6)  # fidelity 0.85
    0.85
    """
    asked = MESSAGES if message == "average" else (message,)
    each = [outcome_probabilities(m, pair, one_qubit_error=one_qubit_error, two_qubit_error=two_qubit_error,
                                  error_0=error_0, error_1=error_1)[m] for m in asked]
    return sum(each) / len(each)


def capacity(pair: Pair) -> Number:
    """Bits per sent qubit that this pair is good for when messages are encoded by Pauli gates, 0 to 2.

    Parameters
    ----------
    pair : Pair
        As it is when Bob measures; b is the receiver's half.

    Returns
    -------
    float or array
        C = 1 + S(rho_B) - S(rho_AB), reached with long messages and the best measurement of many pairs at once. Up to
        1 a plain bit does as well, without any pair.

    Notes
    -----
    rho_AB has the eigenvalues (1 + ZZ +- sqrt((ZA+ZB)^2 + (XX-YY)^2))/4 and (1 - ZZ +- sqrt((ZA-ZB)^2 + (XX+YY)^2))/4,
    and S(rho_B) = h((1 + ZB)/2). For Bell-diagonal pairs C = 2 - H(four Bell fidelities), which the fixed Bell
    measurement reaches too; a Werner pair carries more than one bit only above F = 0.810710, though it is entangled
    from 1/2 on.

    References
    ----------
    G. Bowen, Physical Review A 63, 022302 (2001), doi:10.1103/PhysRevA.63.022302.
    T. Hiroshima, Journal of Physics A 34, 6907 (2001), doi:10.1088/0305-4470/34/35/316.

    >>> from qnetlab.theory.states import fresh_pair
    >>> [round(float(capacity(fresh_pair("phi_plus", f, "white"))), 6) for f in (1.0, 0.95, 0.75)]
    [2.0, 1.634355, 0.792481]
    """
    even = np.hypot(pair.za + pair.zb, pair.xx - pair.yy)
    odd = np.hypot(pair.za - pair.zb, pair.xx + pair.yy)
    together = sum(surprise((1 + side * pair.zz + sign * root) / 4)
                   for side, root in ((1, even), (-1, odd)) for sign in (1, -1))
    return 1 + binary_entropy((1 + pair.zb) / 2) - together


def caught_probabilities(message: str, pair: Pair, *, one_qubit_error: Number = 0.0) -> dict[str, Number]:
    """How often a thief names each message who catches the sent qubit, has nothing else, and guesses as well as can be.

    Parameters
    ----------
    message : "00", "01", "10" or "11"
        What was sent.
    pair : Pair
        As it was before Alice encoded; what Bob's half does later changes nothing.
    one_qubit_error : float or array
        Average infidelity of Alice's gates, 0 to 1/2.

    Returns
    -------
    dict
        Message -> probability: 1/4 each, which is knowing nothing, unless Alice's memory pulled her half toward |0>.

    Notes
    -----
    Alone her half shows nothing but ZA, and only X turns it round: the best measurement is along Z, it tells x with
    (1 + k ZA)/2, k = (1 - 2 e1)^(z + x), and z has to be guessed.

    >>> caught_probabilities("10", Pair(1.0, -1.0, 1.0))
    {'00': 0.25, '01': 0.25, '10': 0.25, '11': 0.25}
    """
    tilt = pair.za * (1 - 2 * one_qubit_error) ** message.count("1")
    return {named: (1 + (1 if named[1] == message[1] else -1) * tilt) / 4 for named in MESSAGES}
