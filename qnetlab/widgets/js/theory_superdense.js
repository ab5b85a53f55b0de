// One superdense coding in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of the protocol by name: those of the link, in theory_pairs.js, and one_qubit_error,
// two_qubit_error, bob_error_0, bob_error_1. A pair is what storedPair gives; a message is its two bits "z x", as "10".

import { binaryEntropy, surprise } from "./theory_entropy.js";
import { delaySeconds, pairWaitSeconds, storedPair } from "./theory_pairs.js";

const BITS = [[0, 0], [0, 1], [1, 0], [1, 1]]; // (z, x)

export const MESSAGES = ["00", "01", "10", "11"];
export const GUESS_LIMIT = 1 / 2;
export const PLAIN_BIT = 1;

// The pair as it is when Bob measures: his half has waited while Alice's travelled.
export function pairAtBob(p) {
  return storedPair(p, 0, delaySeconds(p));
}

// Fidelities to phi_plus, psi_plus, phi_minus, psi_minus: what the messages 00, 01, 10, 11 make of phi_plus.
function bellWeights({ correlators: [xx, yy, zz] }) {
  return [[1, -1, 1], [1, 1, -1], [-1, 1, 1], [-1, -1, -1]].map(([a, b, c]) => (1 + a * xx + b * yy + c * zz) / 4);
}

export function pairFidelity(pair) {
  return bellWeights(pair)[0];
}

// How often Bob reads 00, 01, 10 and 11 when `message` is sent.
export function outcomeProbabilities(p, pair, message) {
  const l1 = 2 * p.one_qubit_error;
  const l2 = (4 * p.two_qubit_error) / 3;
  const weights = bellWeights(pair);
  const sent = MESSAGES.indexOf(message);
  const gates = BITS[sent][0] + BITS[sent][1];
  const kept = (1 - l1) ** gates;
  const read = [
    [1 - p.bob_error_0, p.bob_error_1], // read 0, given 0 and 1
    [p.bob_error_0, 1 - p.bob_error_1], // read 1
  ];
  const seen = [0, 0, 0, 0];
  BITS.forEach(([mz, mx]) => {
    let measured = l2 / 4; // what the two qubits truly are when they are read
    BITS.forEach(([tz, tx], found) => {
      if (tx !== mx) return;
      const share = kept * weights[sent ^ found] + (1 - kept) / 4;
      measured += (1 - l2) * share * ((1 - l1) * (tz === mz ? 1 : 0) + l1 / 2);
    });
    BITS.forEach(([rz, rx], i) => {
      seen[i] += read[rz][mz] * read[rx][mx] * measured;
    });
  });
  return seen;
}

// How often both bits are right, on the mean over these messages.
export function successProbability(p, pair, messages = MESSAGES) {
  const each = messages.map((m) => outcomeProbabilities(p, pair, m)[MESSAGES.indexOf(m)]);
  return each.reduce((sum, share) => sum + share, 0) / each.length;
}

// Bits per sent qubit that this pair is good for, 0 to 2.
export function capacityBits({ correlators: [xx, yy, zz], z_alice, z_bob }) {
  const even = Math.hypot(z_alice + z_bob, xx - yy);
  const odd = Math.hypot(z_alice - z_bob, xx + yy);
  const values = [1 + zz + even, 1 + zz - even, 1 - zz + odd, 1 - zz - odd];
  return 1 + binaryEntropy((1 + z_bob) / 2) - values.reduce((sum, value) => sum + surprise(value / 4), 0);
}

// How often a thief names 00, 01, 10 and 11 who catches the sent qubit and has nothing else.
export function caughtProbabilities(p, { z_alice }, message) {
  const [z, x] = BITS[MESSAGES.indexOf(message)];
  const tilt = z_alice * (1 - 2 * p.one_qubit_error) ** (z + x);
  return BITS.map(([, named]) => (1 + (named === x ? tilt : -tilt)) / 4);
}

// Mean time of attempts until a message arrives, in seconds: each needs a pair, and a qubit that the fiber did not lose.
export function messageWaitSeconds(p) {
  const loss_db = p.attenuation_db_per_km * p.length_km + p.insertion_loss_db;
  return pairWaitSeconds(p) / 10 ** (-loss_db / 10);
}
